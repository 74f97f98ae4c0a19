package chart

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/locale"
)

// pictures are the golden ones. Look at them whenever they change.
func pictures(t *testing.T) map[string]func() (Picture, error) {
	en, sv := locale.For("en"), locale.For("sv")
	compare := func(l *locale.Locale, v benchmark.View) func() (Picture, error) {
		return func() (Picture, error) { return Comparison(l, v) }
	}
	follow := func(l *locale.Locale, s Series) func() (Picture, error) {
		return func() (Picture, error) { return Trend(l, s) }
	}
	return map[string]func() (Picture, error){
		"funnel":         compare(en, heart(t).seenBy("")),
		"funnel-sixty":   compare(sv, sixty(t).seenBy("Alingsås lasarett B2")),
		"rows":           compare(sv, waits(t).seenBy("Mora")),
		"columns":        compare(en, stays(t).seenBy("Ca")),
		"levels":         compare(en, culture(t).seenBy("Clinic 03")),
		"cells":          compare(sv, rounds(t).seenBy("Danderyds sjukhus")),
		"own":            compare(sv, heart(t).with(benchmark.Own).seenBy("Oxford")),
		"trend-of-three": follow(sv, series(t, los, losFigures(24), 9)),
	}
}

const mostBytes = 120_000 // of a golden picture

func TestPicturesGolden(t *testing.T) {
	for name, draw := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			p, err := draw()
			if err != nil {
				t.Fatal(err)
			}
			if len(p.PNG) > mostBytes {
				t.Errorf("%d bytes, at most %d", len(p.PNG), mostBytes)
			}
			path := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(path, p.PNG, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if differ := differing(t, want, p.PNG); differ > 0 {
				t.Errorf("%d pixels differ; look at the new one that -update writes", differ)
			}
		})
	}
}

// differing counts pixels that differ by more than rounding, which processors do
// differently.
func differing(t *testing.T, a, b []byte) int {
	t.Helper()
	x, y := decode(t, a), decode(t, b)
	if x.Bounds() != y.Bounds() {
		return x.Bounds().Dx() * x.Bounds().Dy()
	}
	differ := 0
	for j := x.Bounds().Min.Y; j < x.Bounds().Max.Y; j++ {
		for i := x.Bounds().Min.X; i < x.Bounds().Max.X; i++ {
			r, g, b, _ := x.At(i, j).RGBA()
			s, h, c, _ := y.At(i, j).RGBA()
			if apartBy(r, s)+apartBy(g, h)+apartBy(b, c) > 24 {
				differ++
			}
		}
	}
	return differ
}

func apartBy(a, b uint32) uint32 {
	a, b = a>>8, b>>8
	return max(a, b) - min(a, b)
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestPictureIsTwiceTheSheet(t *testing.T) {
	p, err := Comparison(locale.For("en"), heart(t).seenBy(""))
	if err != nil {
		t.Fatal(err)
	}
	if got := decode(t, p.PNG).Bounds().Size(); got != (image.Point{X: 1600, Y: 1000}) {
		t.Errorf("size %v", got)
	}
	if p.Name != "mortality-1991-1995.png" {
		t.Errorf("name %q", p.Name)
	}
}

func TestNoPicture(t *testing.T) {
	few := newExample(t, benchmark.Indicator{ID: "few", Title: "Few", Kind: benchmark.Proportion}, "2026").
		proportions(row{"A", 2, 12}, row{"B", 1, 14})
	for what, v := range map[string]benchmark.View{
		"texts": texts(t).seenBy(""), "nothing shown": few.seenBy(""), "one's own only": few.seenBy("A"), "nothing": {},
	} {
		if _, err := Comparison(locale.For("en"), v); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: error %v, want no picture", what, err)
		}
	}
	for what, s := range map[string]Series{
		"nothing": {Indicator: los}, "one": series(t, los, losFigures(1)), "texts": {Indicator: benchmark.Indicator{Kind: benchmark.Text}},
	} {
		if _, err := Trend(locale.For("en"), s); !errors.Is(err, ErrNoPicture) {
			t.Errorf("trend of %s: error %v, want no picture", what, err)
		}
	}
}

// Many pictures at once, each the same as when it is drawn alone.
func TestPicturesAtOnce(t *testing.T) {
	l, v := locale.For("sv"), heart(t).seenBy("Leeds")
	s := series(t, hygiene, hygieneFigures(30))
	alone, err := Comparison(l, v)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if p, err := Comparison(l, v); err != nil || !bytes.Equal(p.PNG, alone.PNG) {
				t.Errorf("drawn beside others it differs: %v", err)
			}
			if _, err := Trend(l, s); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestAltIsShort(t *testing.T) {
	for _, language := range locale.Languages() {
		l := locale.For(language)
		for _, c := range captions(t) {
			if n := utf8.RuneCountInString(alt(t, l, c.view)); n >= MaxAlt {
				t.Errorf("%s, %s: %d characters", c.what, language, n)
			}
		}
	}
}

// Any view of figures that a network takes is drawn and said, without a hole.
func TestAnyView(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(benchmark.Kinds).Draw(r, "kind")
		i := benchmark.Indicator{
			ID: "any", Title: rapid.StringN(1, 75, 300).Draw(r, "title"), Kind: kind, Levels: 5,
			Direction: rapid.SampledFrom([]benchmark.Direction{"", benchmark.Neutral, benchmark.Higher, benchmark.Lower}).Draw(r, "direction"),
			Unit:      rapid.SampledFrom([]string{"", "%", "days", "per 1 000 vårddygn"}).Draw(r, "unit"),
		}
		if rapid.Bool().Draw(r, "targeted") {
			i.Target = ptr(rapid.Float64Range(-1e12, 1e12).Draw(r, "target"))
		}
		e := newExample(t, i, "2026-Q4").with(rapid.SampledFrom([]benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}).Draw(r, "visibility"))
		n := rapid.IntRange(0, 70).Draw(r, "organisations")
		for k := range n {
			e.give(fmt.Sprintf("%s %d", rapid.StringN(0, 60, 200).Draw(r, "label"), k), anyFigure(r, kind))
		}
		viewer := ""
		if n > 0 && rapid.Bool().Draw(r, "own") {
			viewer = e.v.Marks[rapid.IntRange(0, n-1).Draw(r, "viewer")].Label
		}
		v := e.seenBy(viewer)
		if len(v.Marks) > 0 {
			v.Guess = rapid.SampledFrom([]benchmark.Position{"", benchmark.Below, benchmark.Around, benchmark.Above}).Draw(r, "guess")
		}
		l := locale.For(rapid.SampledFrom(locale.Languages()).Draw(r, "language"))
		if w := Caption(l, v); w.Headline == "" {
			r.Error("no headline")
		}
		p, err := ComparisonSVG(l, v)
		if err != nil {
			if !errors.Is(err, ErrNoPicture) {
				r.Error(err)
			}
			return
		}
		if bytes.Contains(p.SVG, []byte("NaN")) || bytes.Contains(p.SVG, []byte("Inf")) {
			r.Error("the drawing has places that are none")
		}
		if n := utf8.RuneCountInString(p.Alt); n == 0 || n >= MaxAlt {
			r.Errorf("alternative text of %d characters", n)
		}
	})
}

func anyFigure(r *rapid.T, kind benchmark.Kind) benchmark.Figure {
	whole := func(low, high int, name string) float64 { return float64(rapid.IntRange(low, high).Draw(r, name)) }
	switch kind {
	case benchmark.Proportion:
		d := whole(1, 1_000_000, "denominator")
		return benchmark.Figure{Numerator: whole(0, int(d), "numerator"), Denominator: d}
	case benchmark.Rate:
		return benchmark.Figure{Numerator: whole(0, 1_000_000, "events"), Denominator: rapid.Float64Range(1e-3, 1e6).Draw(r, "exposure")}
	case benchmark.Mean, benchmark.Duration:
		f := benchmark.Figure{Value: rapid.Float64Range(0, 1e12).Draw(r, "value"), N: whole(1, 10_000, "n")}
		if rapid.Bool().Draw(r, "known") {
			f.SD = ptr(rapid.Float64Range(0, 1e12).Draw(r, "sd"))
		}
		return f
	case benchmark.Count:
		return benchmark.Figure{Value: whole(0, 1_000_000, "count")}
	case benchmark.Scale:
		return benchmark.Figure{Value: whole(1, 5, "level")}
	case benchmark.YesNo:
		return benchmark.Figure{Value: whole(0, 1, "answer")}
	case benchmark.Text:
	}
	return benchmark.Figure{}
}

// Any series too.
func TestAnySeries(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(benchmark.Kinds).Draw(r, "kind")
		i := benchmark.Indicator{ID: "any", Title: "Any", Kind: kind, Levels: 5, Direction: benchmark.Lower, Since: 1}
		if rapid.Bool().Draw(r, "targeted") {
			i.Target = ptr(rapid.Float64Range(-1e6, 1e6).Draw(r, "target"))
		}
		s := Series{Indicator: i}
		since := 1
		for k := range rapid.IntRange(0, 40).Draw(r, "rounds") {
			f := anyFigure(r, kind)
			p, err := benchmark.ParsePeriod(fmt.Sprintf("%d-%02d", 2020+k/12, k%12+1))
			if err != nil {
				r.Fatal(err)
			}
			if rapid.IntRange(0, 9).Draw(r, "break") == 0 {
				since++
			}
			value, _ := f.Of(i)
			s.Points = append(s.Points, SeriesPoint{Period: p, Figure: f, Value: value, Since: since})
		}
		l := locale.For(rapid.SampledFrom(locale.Languages()).Draw(r, "language"))
		if w := TrendCaption(l, s); w.Headline == "" {
			r.Error("no headline")
		}
		p, err := TrendSVG(l, s)
		if err != nil {
			if !errors.Is(err, ErrNoPicture) {
				r.Error(err)
			}
			return
		}
		if bytes.Contains(p.SVG, []byte("NaN")) || bytes.Contains(p.SVG, []byte("Inf")) {
			r.Error("the drawing has places that are none")
		}
	})
}

func BenchmarkFunnelPNG(b *testing.B) {
	t := &testing.T{}
	l, v := locale.For("sv"), heart(t).seenBy("Leeds")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Comparison(l, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkControlChartPNG(b *testing.B) {
	t := &testing.T{}
	l, s := locale.For("sv"), series(t, hygiene, hygieneFigures(30))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Trend(l, s); err != nil {
			b.Fatal(err)
		}
	}
}
