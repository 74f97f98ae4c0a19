package chart

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/locale"
)

// Any view of figures that a network takes is drawn and said, without a hole.
func TestAnyView(t *testing.T) { rapid.Check(t, anyView) }

func FuzzView(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anyView)) }

func anyView(r *rapid.T) {
	kind := rapid.SampledFrom(benchmark.Kinds).Draw(r, "kind")
	i := benchmark.Indicator{
		ID: "any", Title: rapid.StringN(1, 75, 300).Draw(r, "title"), Kind: kind, Levels: 5,
		Direction: rapid.SampledFrom([]benchmark.Direction{"", benchmark.Neutral, benchmark.Higher, benchmark.Lower}).Draw(r, "direction"),
		Unit:      rapid.SampledFrom([]string{"", "%", "days", "per 1 000 vårddygn"}).Draw(r, "unit"),
	}
	if rapid.Bool().Draw(r, "targeted") {
		i.Target = new(rapid.Float64Range(-1e12, 1e12).Draw(r, "target"))
	}
	e := newExample(r, i, "2026-Q4").with(rapid.SampledFrom([]benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}).Draw(r, "visibility"))
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
	if w := Caption(l, v); w.Headline.String() == "" {
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
			f.SD = new(rapid.Float64Range(0, 1e12).Draw(r, "sd"))
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
func TestAnySeries(t *testing.T) { rapid.Check(t, anySeries) }

func FuzzSeries(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anySeries)) }

func anySeries(r *rapid.T) {
	kind := rapid.SampledFrom(benchmark.Kinds).Draw(r, "kind")
	i := benchmark.Indicator{ID: "any", Title: "Any", Kind: kind, Levels: 5, Direction: benchmark.Lower, Since: 1}
	if rapid.Bool().Draw(r, "targeted") {
		i.Target = new(rapid.Float64Range(-1e6, 1e6).Draw(r, "target"))
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
	if w := TrendCaption(l, s); w.Headline.String() == "" {
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
}
