package benchmark_test

import (
	"math"
	"testing"

	"roundtable/benchmark"
)

func TestFigureCheck(t *testing.T) {
	type fig = benchmark.Figure
	for _, test := range []struct {
		kind   benchmark.Kind
		figure fig
		reason string // empty: taken
	}{
		{benchmark.Proportion, fig{Numerator: 3, Denominator: 412}, ""},
		{benchmark.Proportion, fig{Denominator: 412}, ""},
		{benchmark.Proportion, fig{Numerator: 412, Denominator: 412}, ""},
		{benchmark.Proportion, fig{Numerator: 413, Denominator: 412}, "numerator-over-denominator"},
		{benchmark.Proportion, fig{}, "denominator-zero"},
		{benchmark.Proportion, fig{Numerator: -1, Denominator: 412}, "negative"},
		{benchmark.Proportion, fig{Numerator: 3, Denominator: -412}, "negative"},
		{benchmark.Proportion, fig{Numerator: 2.5, Denominator: 412}, "not-whole"},
		{benchmark.Proportion, fig{Numerator: 3, Denominator: 2e9}, "too-large"},
		{benchmark.Proportion, fig{Numerator: math.NaN(), Denominator: 412}, "not-a-figure"},
		{benchmark.Proportion, fig{Numerator: 3, Denominator: math.Inf(1)}, "not-a-figure"},
		{benchmark.Proportion, fig{Numerator: 3, Denominator: 412, Value: 1}, "not-a-figure"},
		{benchmark.Rate, fig{Numerator: 3, Denominator: 4.25}, ""},
		{benchmark.Rate, fig{Numerator: 3, Denominator: 0.0009}, "exposure-tiny"},
		{benchmark.Rate, fig{Numerator: 3}, "denominator-zero"},
		{benchmark.Rate, fig{Numerator: 3.5, Denominator: 4}, "not-whole"},
		{benchmark.Rate, fig{Numerator: 3, Denominator: -4}, "negative"},
		{benchmark.Mean, fig{Value: -12.5, N: 30}, ""},
		{benchmark.Mean, fig{Value: 12.5, N: 30, SD: new(0.0)}, ""},
		{benchmark.Mean, fig{Value: 12.5}, "n-missing"},
		{benchmark.Mean, fig{Value: 12.5, N: 2.5}, "not-whole"},
		{benchmark.Mean, fig{Value: 12.5, N: -2}, "negative"},
		{benchmark.Mean, fig{Value: 12.5, N: 3, SD: new(-1.0)}, "negative"},
		{benchmark.Mean, fig{Value: 12.5, N: 3, SD: new(math.Inf(-1))}, "not-a-figure"},
		{benchmark.Mean, fig{Value: -2e12, N: 3}, "too-large"},
		{benchmark.Mean, fig{Value: 1, N: 3, Numerator: 3}, "not-a-figure"},
		{benchmark.Duration, fig{Value: 4.5}, ""},
		{benchmark.Duration, fig{Value: 4.5, N: 12, SD: new(1.0)}, ""},
		{benchmark.Duration, fig{Value: -4.5}, "negative"},
		{benchmark.Count, fig{Value: 12}, ""},
		{benchmark.Count, fig{}, ""},
		{benchmark.Count, fig{Value: -1}, "negative"},
		{benchmark.Count, fig{Value: 1.5}, "not-whole"},
		{benchmark.Count, fig{Value: 2, SD: new(1.0)}, "not-a-figure"},
		{benchmark.Scale, fig{Value: 5}, ""},
		{benchmark.Scale, fig{Value: 6}, "not-on-scale"},
		{benchmark.Scale, fig{}, "not-on-scale"},
		{benchmark.Scale, fig{Value: 2.5}, "not-on-scale"},
		{benchmark.YesNo, fig{}, ""},
		{benchmark.YesNo, fig{Value: 1}, ""},
		{benchmark.YesNo, fig{Value: 2}, "not-yes-or-no"},
		{benchmark.Text, fig{}, ""},
		{benchmark.Text, fig{Value: 1}, "not-a-figure"},
	} {
		b := founded(t, 1, falls())
		asking(test.kind)(b)
		_, err := b.try("p1", submitting(value(test.figure, "We talk.")))
		if reason(err) != test.reason {
			t.Errorf("%s %+v: %v, want %q", test.kind, test.figure, err, test.reason)
		}
		i, _ := b.n.Template().Indicator("falls")
		if bad := test.figure.Check(i); (bad == nil) != (test.reason == "") {
			t.Errorf("%s %+v: checked to %v, want %q", test.kind, test.figure, bad, test.reason)
		}
	}
}

func TestFigureOf(t *testing.T) {
	for _, test := range []struct {
		i    benchmark.Indicator
		f    benchmark.Figure
		want float64
		ok   bool
	}{
		{benchmark.Indicator{Kind: benchmark.Proportion}, benchmark.Figure{Numerator: 1, Denominator: 8}, 12.5, true},
		{benchmark.Indicator{Kind: benchmark.Rate}, benchmark.Figure{Numerator: 1, Denominator: 8}, 125, true},
		{benchmark.Indicator{Kind: benchmark.Rate, Multiplier: 16}, benchmark.Figure{Numerator: 1, Denominator: 8}, 2, true},
		{benchmark.Indicator{Kind: benchmark.Mean, Multiplier: 16}, benchmark.Figure{Value: 3, N: 2}, 3, true},
		{benchmark.Indicator{Kind: benchmark.Proportion}, benchmark.Figure{Numerator: 1}, 0, false},
		{benchmark.Indicator{Kind: benchmark.Text}, benchmark.Figure{}, 0, false},
	} {
		if x, ok := test.f.Of(test.i); x != test.want || ok != test.ok {
			t.Errorf("%+v of %+v: %v %v, want %v", test.f, test.i, x, ok, test.want)
		}
	}
}
