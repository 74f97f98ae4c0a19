package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// pictures are the golden ones. Look at them whenever they change.
func pictures(t *testing.T) map[string]func() (Picture, error) {
	en, sv := locale.For("en"), locale.For("sv")
	compare := func(l *locale.Locale, v view.View) func() (Picture, error) {
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
		"trend-rebased":  follow(en, rebased(t, 24)),
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

// An SVG is well formed whatever a label holds.
func TestSVGIsXML(t *testing.T) {
	e := newExample(t, benchmark.Indicator{ID: "odd", Title: `<b> & "quotes" ' ]]>`, Kind: benchmark.Proportion}, "2026").
		proportions(row{"A & B <i>", 20, 120}, row{"\x00\x1b[31m\ufffe\xff", 30, 140}, row{"مستشفى 🏥", 24, 190})
	p, err := ComparisonSVG(locale.For("sv"), e.seenBy(""))
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(p.SVG)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoPicture(t *testing.T) {
	few := newExample(t, benchmark.Indicator{ID: "few", Title: "Few", Kind: benchmark.Proportion}, "2026").
		proportions(row{"A", 2, 12}, row{"B", 1, 14})
	for what, v := range map[string]view.View{
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

func BenchmarkFunnelPNG(b *testing.B) {
	l, v := locale.For("sv"), heart(b).seenBy("Leeds")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Comparison(l, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkControlChartPNG(b *testing.B) {
	l, s := locale.For("sv"), series(b, hygiene, hygieneFigures(30))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Trend(l, s); err != nil {
			b.Fatal(err)
		}
	}
}
