package benchmark_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// compared is a round about one indicator, shown: the first organisation's figure is
// withheld, the last but one can't measure it, the last says nothing, and the others
// answered with the figures.
func compared(t *testing.T, i benchmark.Indicator, small benchmark.Figure, figures []benchmark.Figure) *table {
	t.Helper()
	b := founded(t, len(figures)+3, i)
	b.open("2026-Q4")
	answer := func(k int, f benchmark.Figure) {
		item := benchmark.Item{Indicator: i.ID, Answer: benchmark.Value, Figure: f}
		if i.Kind == benchmark.Text {
			item.Note = "We walk round every hour."
		}
		b.do(participant(k), benchmark.Submit{Items: []benchmark.Item{item}})
	}
	answer(1, small)
	for k, f := range figures {
		answer(k+2, f)
	}
	b.do(participant(len(figures)+2), benchmark.Submit{Items: []benchmark.Item{{Indicator: i.ID, Answer: benchmark.NotMeasured}}})
	b.close()
	b.publish()
	return b
}

// seenBy is what an organisation sees of the indicator; empty is the public.
func (b *table) seenBy(o benchmark.OrganisationID, i benchmark.IndicatorID) view.View {
	b.t.Helper()
	v, err := view.Of(b.n, lastQuarter, i, view.Viewer{Organisation: o})
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// comparison is what the statistics say of those that are shown, and of one's own.
type comparison struct {
	funnel    stats.Funnel
	intervals []stats.Interval // of those that are shown, in the indicator's unit; nil for none
	own       stats.Point      // where the withheld one lies, for its owner
	interval  stats.Interval   // its own, for its owner
}

// Each kind is compared by its own statistics, of those that are shown alone; who isn't is
// held against them, and sees so itself.
func TestEachKindIsComparedByItsOwnStatistics(t *testing.T) {
	sd := new(4.0)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	times := func(x float64, i stats.Interval) stats.Interval {
		return stats.Interval{Low: x * i.Low, High: x * i.High}
	}
	fraction := func(r, n float64) benchmark.Figure { return benchmark.Figure{Numerator: r, Denominator: n} }
	for name, tt := range map[string]struct {
		indicator benchmark.Indicator
		small     benchmark.Figure
		figures   []benchmark.Figure
		want      func() (c comparison)
	}{
		"proportion": {
			benchmark.Indicator{Kind: benchmark.Proportion},
			fraction(5, 60),
			[]benchmark.Figure{fraction(20, 100), fraction(30, 200), fraction(90, 300), fraction(40, 400)},
			func() (c comparison) {
				shown := []stats.Proportion{{Numerator: 20, Denominator: 100}, {Numerator: 30, Denominator: 200}, {Numerator: 90, Denominator: 300}, {Numerator: 40, Denominator: 400}}
				var err error
				c.funnel, err = stats.ProportionFunnel(shown)
				must(err)
				for _, p := range shown {
					x, err := stats.Wilson(p, stats.Level95)
					must(err)
					c.intervals = append(c.intervals, times(100, x))
				}
				own := stats.Proportion{Numerator: 5, Denominator: 60}
				c.own, err = c.funnel.PlaceProportion(own)
				must(err)
				x, err := stats.Wilson(own, stats.Level95)
				must(err)
				c.interval = times(100, x)
				return c
			},
		},
		"rate": {
			benchmark.Indicator{Kind: benchmark.Rate, Multiplier: 1000},
			fraction(4, 900),
			[]benchmark.Figure{fraction(20, 1000), fraction(30, 2000), fraction(90, 3000), fraction(40, 4000)},
			func() (c comparison) {
				shown := []stats.Rate{{Events: 20, Exposure: 1000}, {Events: 30, Exposure: 2000}, {Events: 90, Exposure: 3000}, {Events: 40, Exposure: 4000}}
				var err error
				c.funnel, err = stats.RateFunnel(shown)
				must(err)
				for _, r := range shown {
					x, err := stats.RateInterval(r, stats.Level95)
					must(err)
					c.intervals = append(c.intervals, times(1000, x))
				}
				own := stats.Rate{Events: 4, Exposure: 900}
				c.own, err = c.funnel.PlaceRate(own)
				must(err)
				x, err := stats.RateInterval(own, stats.Level95)
				must(err)
				c.interval = times(1000, x)
				return c
			},
		},
		"mean": {
			benchmark.Indicator{Kind: benchmark.Mean},
			benchmark.Figure{Value: 9, N: 5, SD: sd},
			[]benchmark.Figure{{Value: 10, N: 20, SD: sd}, {Value: 11, N: 30, SD: sd}, {Value: 14, N: 40, SD: sd}, {Value: 12, N: 50, SD: sd}},
			func() (c comparison) {
				shown := []stats.Mean{{Value: 10, N: 20, SD: 4, SDKnown: true}, {Value: 11, N: 30, SD: 4, SDKnown: true}, {Value: 14, N: 40, SD: 4, SDKnown: true}, {Value: 12, N: 50, SD: 4, SDKnown: true}}
				var err error
				c.funnel, err = stats.MeanFunnel(shown)
				must(err)
				for _, m := range shown {
					x, err := stats.MeanInterval(m, stats.Level95)
					must(err)
					c.intervals = append(c.intervals, x)
				}
				own := stats.Mean{Value: 9, N: 5, SD: 4, SDKnown: true}
				c.own, err = c.funnel.PlaceMean(own)
				must(err)
				c.interval, err = stats.MeanInterval(own, stats.Level95)
				must(err)
				return c
			},
		},
		"count": {
			benchmark.Indicator{Kind: benchmark.Count},
			benchmark.Figure{Value: 4},
			[]benchmark.Figure{{Value: 10}, {Value: 20}, {Value: 30}, {Value: 40}},
			func() (c comparison) {
				for _, x := range []int{10, 20, 30, 40} {
					i, err := stats.Garwood(x, stats.Level95)
					must(err)
					c.intervals = append(c.intervals, i)
				}
				var err error
				c.interval, err = stats.Garwood(4, stats.Level95)
				must(err)
				return c
			},
		},
		"duration": {
			benchmark.Indicator{Kind: benchmark.Duration},
			benchmark.Figure{Value: 4, N: 3},
			[]benchmark.Figure{{Value: 10, N: 50}, {Value: 20, N: 50}, {Value: 30, N: 50}, {Value: 40, N: 50}},
			func() comparison { return comparison{} },
		},
	} {
		i := tt.indicator
		i.ID, i.Title = "x", "X"
		b := compared(t, i, tt.small, tt.figures)
		want := tt.want()
		own := b.seenBy("o1", "x")
		for _, v := range []view.View{b.seenBy("", "x"), own} {
			if diff := cmp.Diff(want.funnel, v.Funnel, cmp.AllowUnexported(stats.Funnel{})); diff != "" {
				t.Errorf("%s, the funnel (-want +got):\n%s", name, diff)
			}
			for k := range tt.figures {
				m := v.Marks[k+1]
				if len(want.funnel.Points) > 0 && m.Point != want.funnel.Points[k] || len(want.funnel.Points) == 0 && m.Point != (stats.Point{}) {
					t.Errorf("%s: %s lies at %+v", name, m.Label, m.Point)
				}
				if m.HasInterval != (want.intervals != nil) || want.intervals != nil && cmp.Diff(want.intervals[k], m.Interval) != "" {
					t.Errorf("%s: the interval of %s is %+v, want %+v", name, m.Label, m.Interval, want.intervals)
				}
			}
			if last := v.Marks[len(v.Marks)-1]; last.Answer != benchmark.NotMeasured || last.Point != (stats.Point{}) || last.HasInterval {
				t.Errorf("%s: who can't measure it is placed: %+v", name, last)
			}
			if !v.HasMiddle || !v.HasSpread {
				t.Errorf("%s: no middle", name)
			}
		}
		if m := b.seenBy("", "x").Marks[0]; m.Withheld == "" || m.Point != (stats.Point{}) || m.HasInterval {
			t.Errorf("%s: what is withheld is placed: %+v", name, m)
		}
		if m := own.Marks[0]; m.Point != want.own || m.Interval != want.interval || m.HasInterval != (want.intervals != nil) {
			t.Errorf("%s: one's own lies at %+v, %+v, want %+v, %+v", name, m.Point, m.Interval, want.own, want.interval)
		}
	}
}

// A mean without its spread has no interval; a yes and a text have no middle.
func TestWhatCannotBeCompared(t *testing.T) {
	mean := func(x float64) benchmark.Figure { return benchmark.Figure{Value: x, N: 30} }
	b := compared(t, benchmark.Indicator{ID: "x", Title: "X", Kind: benchmark.Mean}, mean(9), []benchmark.Figure{mean(10), mean(11)})
	for _, m := range b.seenBy("o1", "x").Marks {
		if m.HasInterval || m.Interval != (stats.Interval{}) {
			t.Errorf("the interval of a mean without its spread: %+v", m)
		}
	}
	for kind, f := range map[benchmark.Kind]benchmark.Figure{benchmark.YesNo: {Value: 1}, benchmark.Text: {}} {
		b := compared(t, benchmark.Indicator{ID: "x", Title: "X", Kind: kind}, f, []benchmark.Figure{f, f, f})
		if v := b.seenBy("", "x"); v.HasMiddle || v.HasSpread || v.Middle != 0 {
			t.Errorf("the middle of %s: %v", kind, v.Middle)
		}
	}
}
