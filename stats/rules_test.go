package stats

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Points lie around a centre of 0 with a sigma of 1: limits at 3, two thirds
// at 2.
func TestSignals(t *testing.T) {
	for _, c := range []struct {
		what   string
		values []float64
		want   string // one letter a point, see below
	}{
		{"nothing", []float64{1, -1, 1, -1, 1, -1, 1}, "......."},
		{"on the limits", []float64{3, -3, 3, -3}, "...."},
		{"outside", []float64{3.1, 0, -3.1}, "A.B"},
		{"six rising", []float64{-2, -1, 0, 1, 2, 2.5}, "......"},
		{"seven rising", []float64{-2, -1, 0, 1, 1.5, 1.6, 1.7}, "RRRRRRR"},
		{"seven with a tie", []float64{-2, -1, 0, 0, 1.5, 1.6, 1.7}, "......."},
		{"outside goes before a trend", []float64{-1, 0, 1, 1.5, 1.6, 1.7, 3.1}, "RRRRRRA"},
		{
			"the turning point falls",
			[]float64{-1.6, -1, -.5, 0, .5, 1, 1.6, 1, .5, 0, -.5, -1, -1.6},
			"RRRRRRFFFFFFF",
		},
		{"two of three", []float64{2.1, 2.2, 0.1}, "UU."},
		{"two of three, apart", []float64{2.1, 0.1, 2.2}, "U.U"},
		{"on two thirds", []float64{2, 2, 2}, "..."},
		{"two of three, across", []float64{2.1, -0.1, 2.2}, "..."},
		{"two of three, one on the centre", []float64{2.1, 0, 2.2}, "..."},
		{"two of three below", []float64{-2.1, -0.1, -2.2}, "L.L"},
		{"outside is also beyond two thirds", []float64{3.1, 2.2, 0.1}, "AU."},
		{"only two points", []float64{2.1, 2.1}, ".."},
		{"six above", []float64{1, 1, 1, 1, 1, 1}, "......"},
		{"seven above", []float64{1, 1, 1, 1, 1, 1, 1}, "aaaaaaa"},
		{"nine below", []float64{-1, -1, -1, -1, -1, -1, -1, -1, -1}, "bbbbbbbbb"},
		{"a point on the centre ends a shift", []float64{1, 1, 1, 1, 0, 1, 1, 1, 1}, "........."},
		{"near goes before a shift", []float64{1, 1, 2.1, 2.1, 1, 1, 1}, "aaUUaaa"},
		{"one point", []float64{1}, "."},
		{"none", nil, ""},
	} {
		points := make([]ChartPoint, len(c.values))
		for i, x := range c.values {
			points[i].Value = x
			points[i].setLimits(0, 1, math.Inf(-1), math.Inf(1))
		}
		markSignals(points)
		var got strings.Builder
		for _, p := range points {
			got.WriteByte(".ABRFULab"[p.Signal])
		}
		if got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.what, got.String(), c.want)
		}
	}
}

func TestVariation(t *testing.T) {
	for _, s := range []Signal{AboveLimit, Rising, NearUpper, AboveMean} {
		got := []Variation{s.Variation(HigherIsBetter), s.Variation(LowerIsBetter), s.Variation(Neutral)}
		if diff := cmp.Diff([]Variation{Improvement, Concern, Change}, got); diff != "" {
			t.Errorf("%v: %s", s, diff)
		}
	}
	for _, s := range []Signal{BelowLimit, Falling, NearLower, BelowMean} {
		got := []Variation{s.Variation(HigherIsBetter), s.Variation(LowerIsBetter), s.Variation(Neutral)}
		if diff := cmp.Diff([]Variation{Concern, Improvement, Change}, got); diff != "" {
			t.Errorf("%v: %s", s, diff)
		}
	}
	for _, d := range []Direction{Neutral, HigherIsBetter, LowerIsBetter} {
		if got := NoSignal.Variation(d); got != CommonCause {
			t.Errorf("no signal: %v, want none", got)
		}
	}
}

func TestAssurance(t *testing.T) {
	limits := ChartPoint{HasLimits: true, Low: 10, Centre: 15, High: 20}
	for _, c := range []struct {
		point     ChartPoint
		target    float64
		direction Direction
		want      Assurance
	}{
		{limits, 21, HigherIsBetter, ConsistentlyMisses},
		{limits, 9, HigherIsBetter, ConsistentlyMeets},
		{limits, 21, LowerIsBetter, ConsistentlyMeets},
		{limits, 9, LowerIsBetter, ConsistentlyMisses},
		{limits, 20, HigherIsBetter, MayOrMayNot},
		{limits, 10, LowerIsBetter, MayOrMayNot},
		{limits, 15, Neutral, NoAssurance},
		{ChartPoint{}, 15, HigherIsBetter, NoAssurance},
	} {
		got, err := c.point.Assurance(c.target, c.direction)
		if got != c.want || err != nil {
			t.Errorf("target %g, direction %d: %v %v, want %v", c.target, c.direction, got, err, c.want)
		}
	}
	if _, err := limits.Assurance(math.NaN(), HigherIsBetter); err == nil {
		t.Error("a target of NaN was taken")
	}
}

func TestTimeWords(t *testing.T) {
	var got []string
	for s := NoSignal; s <= BelowMean; s++ {
		got = append(got, s.String())
	}
	for v := CommonCause; v <= Change; v++ {
		got = append(got, v.String())
	}
	for a := NoAssurance; a <= MayOrMayNot; a++ {
		got = append(got, a.String())
	}
	for k := XmRChart; k <= UPrimeChart; k++ {
		got = append(got, k.String())
	}
	for s := NoLimits; s <= NoVariation; s++ {
		got = append(got, s.String())
	}
	for r := TooShort; r <= AnyChange; r++ {
		got = append(got, r.String())
	}
	want := []string{
		"none", "above-limit", "below-limit", "rising", "falling", "near-upper", "near-lower", "above-mean", "below-mean",
		"none", "improvement", "concern", "change",
		"none", "consistently-meets", "consistently-misses", "may-or-may-not",
		"xmr", "p", "p'", "u", "u'",
		"no-limits", "trial", "frozen", "no-variation",
		"too-short", "compared", "any-change",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
