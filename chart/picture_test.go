package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"sync"
	"testing"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// What stands where in some pictures. Look at them whenever that changes.
func TestPictureStructures(t *testing.T) {
	compare := func(language string, v view.View) drawing {
		d, ok := drawingOf(newViewText(locale.For(language), v))
		if !ok {
			t.Fatalf("no drawing of %s", v.Indicator.ID)
		}
		return d
	}
	follow := func(language string, s Series) drawing {
		one, err := newTrend(locale.For(language), s)
		if err != nil {
			t.Fatal(err)
		}
		return newTrendDrawing(one)
	}
	for name, d := range map[string]drawing{
		"rows":           compare("en", heart(t).seenBy("")),
		"rows-middle":    compare("sv", waits(t).seenBy("Mora")),
		"funnel":         compare("sv", sixty(t).seenBy("Alingsås lasarett B2")),
		"dots":           compare("en", stays(t).seenBy("Ca")),
		"blocks":         compare("en", culture(t).seenBy("Clinic 03")),
		"answers":        compare("sv", rounds(t).seenBy("Danderyds sjukhus")),
		"own":            compare("sv", heart(t).with(benchmark.Own).seenBy("Oxford")),
		"trend-rebased":  follow("en", rebased(t, 24)),
		"trend-of-three": follow("sv", series(t, los, losFigures(24), 9)),
	} {
		t.Run(name, func(t *testing.T) { goldenStructure(t, name, d) })
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
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
