package chart

import (
	"math"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// One value far beyond the rest stands at the right edge, and the scale is for the others; a
// scale of answers is shown whole.
func TestOneFarValueFlattensNothing(t *testing.T) {
	marksOf := func(values ...float64) []view.Mark {
		marks := make([]view.Mark, len(values))
		for i, x := range values {
			marks[i] = view.Mark{Value: x, HasValue: true, Answer: benchmark.Value}
		}
		return marks
	}
	count := viewText{l: locale.For("en"), v: view.View{Indicator: benchmark.Indicator{Kind: benchmark.Count}}}
	for name, tt := range map[string]struct {
		values []float64
		high   float64
		far    bool
	}{
		"one far":           {[]float64{3, 5, 6, 8, 9, 140}, 10, true},
		"none":              {[]float64{3, 5, 6, 8, 9, 12}, 15, false},
		"half are":          {[]float64{3, 5, 6, 80, 90, 140}, 150, false},
		"too few to be far": {[]float64{3, 5, 140}, 150, false},
		"all but one zero":  {[]float64{0, 0, 0, 0, 0, 0, 9}, 10, false},
		"two of twenty":     {[]float64{1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 90, 95}, 6, true},
	} {
		a := count.newAcross(marksOf(tt.values...), nil)
		a.between(20, 320)
		if far := !math.IsInf(a.far, 1); far != tt.far || a.high != tt.high {
			t.Errorf("%s: far %v, to %g; want %v, to %g", name, far, a.high, tt.far, tt.high)
		}
		for _, x := range tt.values {
			if at := a.at(x); at < 20 || at > 320 {
				t.Errorf("%s: %g is at %g", name, x, at)
			}
		}
	}
	scale := viewText{l: locale.For("en"), v: view.View{Indicator: benchmark.Indicator{Kind: benchmark.Scale, Levels: 7}}}
	if a := scale.newAcross(marksOf(3, 3, 4), nil); a.low != 1 || a.high != 7 {
		t.Errorf("the scale goes from %g to %g", a.low, a.high)
	}
}
