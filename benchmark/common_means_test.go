package benchmark_test

import (
	"math"
	"slices"
	"testing"

	"roundtable/benchmark"
)

// A value is read with three significant digits, or with fewer where values of its size
// have no more decimals; the bounds between sizes belong to the larger.
func TestAsRead(t *testing.T) {
	stay, events, level := stays(), benchmark.Indicator{Kind: benchmark.Count}, benchmark.Indicator{Kind: benchmark.Scale}
	for _, tt := range []struct {
		indicator     benchmark.Indicator
		x, read, step float64
	}{
		{stay, 0, 0, 0.1},
		{stay, 0.00004, 0, 0.0001},
		{stay, 0.00996, 0.01, 0.0001},
		{stay, 0.01, 0.01, 0.001},
		{stay, 0.0346, 0.035, 0.001},
		{stay, 0.0996, 0.1, 0.001},
		{stay, 0.1, 0.1, 0.01},
		{stay, 0.346, 0.35, 0.01},
		{stay, 0.996, 1, 0.01},
		{stay, 1, 1, 0.1},
		{stay, 1.26, 1.3, 0.1},
		{stay, 99.96, 100, 0.1},
		{stay, 100, 100, 1},
		{stay, 100.6, 101, 1},
		{stay, 999.6, 1000, 1},
		{stay, 1000, 1000, 10},
		{stay, 1000.6, 1000, 10},
		{stay, 12345, 12300, 100},
		{stay, -12345, -12300, 100},
		{stay, -0.346, -0.35, 0.01},
		{events, 0.346, 0.3, 0.1},
		{level, 0.346, 0.3, 0.1},
	} {
		read, step := benchmark.AsRead(tt.indicator, tt.x)
		if math.Abs(read-tt.read) > 1e-9 || math.Abs(step-tt.step) > 1e-9 {
			t.Errorf("%v of %s is read as %v, in steps of %v; want %v, %v", tt.x, tt.indicator.Kind, read, step, tt.read, tt.step)
		}
	}
}

// What is read tells the sum of the values to within half a step each.
func TestSumTheMeanTells(t *testing.T) {
	low, high := benchmark.SumOf(stays(), []float64{1, 2, 4, 7}) // read as 3.5
	if math.Abs(low-13.8) > 1e-9 || math.Abs(high-14.2) > 1e-9 {
		t.Errorf("of four values read as 3.5 the sum lies between %v and %v, want 13.8 and 14.2", low, high)
	}
}

// Six values: their middle four are shown only where who lies far out can't tell by them
// what the next one is, to a tenth of it.
func TestMiddleOfSixTellsNobodysValue(t *testing.T) {
	days, mean := stays(), benchmark.Indicator{Kind: benchmark.Mean}
	level := benchmark.Indicator{Kind: benchmark.Scale, Levels: 100}
	for _, tt := range []struct {
		what      string
		indicator benchmark.Indicator
		values    []float64
		shown     bool
	}{
		// Their sum is read as 40.2 at most.
		{"the next could just be as high as who looks", days, []float64{0, 0.5, 1, 1.9, 36.6, 40.2}, true},
		{"the next can't", days, []float64{0, 0.5, 1, 1.9, 36.6, 40.3}, false},
		{"the next could be a tenth higher", days, []float64{0, 1, 1.5, 1.5, 36, 80}, true},
		{"the next can't, by a little", days, []float64{0, 1, 1, 1.4, 36.6, 80}, false},
		{"where none need be more than nothing", days, []float64{0, 1, 1, 2, 36, 39}, true},
		{"where all others are one at least", level, []float64{1, 1, 2, 3.1, 33.9, 36.2}, true},
		{"where all others are one at least, and that is too much", level, []float64{1, 1, 2, 3.1, 33.9, 37.3}, false},
		{"where others can be below nothing", mean, []float64{0, 0, 0, 1, 39, 80}, true},
		// All but one may be a hundred.
		{"the next could just be as low as who looks", level, []float64{59.8, 60, 100, 100, 100, 100}, true},
		{"the next can't be lower", level, []float64{59.7, 60, 100, 100, 100, 100}, false},
		{"the next could not be a tenth lower", level, []float64{40, 50, 100, 100, 100, 100}, false},
		{"the next could be a tenth lower", level, []float64{40, 80, 95, 98, 98.6, 100}, true},
	} {
		got := benchmark.CommonOf(tt.indicator, tt.values...)
		if (got.Organisations == 6) != tt.shown || !tt.shown && got != (benchmark.Common{}) {
			t.Errorf("%s: %+v, shown should be %v", tt.what, got, tt.shown)
		}
	}
}

// frozenOften is how often something was frozen of the indicator.
func (b *table) frozenOften(i benchmark.IndicatorID) (often int) {
	for _, e := range b.log {
		if c, is := e.Body.(benchmark.CommonShown); is && c.Indicator == i {
			often++
		}
	}
	return often
}

// Where there is nothing to show, and was nothing, nothing is written of it anew.
func TestNothingCommonIsFrozenOnce(t *testing.T) {
	b := privately(t, 1, 2, 4)
	b.close()
	b.publish()
	b.stayed(1, 3)
	b.stayed(2, 5)
	if often := b.frozenOften("stay"); often != 1 || b.common() != (benchmark.Common{}) {
		t.Errorf("frozen %d times: %+v", often, b.common())
	}
}

// Where all agreed and nothing was shown, who changes isn't told by what is shown then:
// that takes three others too.
func TestNothingOfAllWhoAgreeIsFrozen(t *testing.T) {
	b := privately(t, 5, 5, 5, 5, 5, 5)
	b.close()
	b.publish()
	for k, x := range map[int]float64{1: 1, 5: 7, 6: 9} {
		b.stayed(k, x)
		if got := b.common(); got != (benchmark.Common{}) {
			t.Fatalf("with the change of %d something is shown: %+v", k, got)
		}
	}
	b.stayed(4, 6)
	if got := b.common(); got.Organisations != 6 || got.Middle != 5.8 { // 5 5 6 7
		t.Errorf("four have changed: %+v", got)
	}
}

// Past periods that are recorded together are each frozen of their own figures.
func TestCommonOfPeriodsRecordedTogether(t *testing.T) {
	b := founded(t, 6, stays())
	b.do("p1", seeing(benchmark.Own))
	var h benchmark.RecordHistory
	for k := range 6 {
		for year, x := range map[string]float64{"2024": 10, "2025": 1} {
			h.Figures = append(h.Figures, benchmark.Recorded{
				Organisation: b.n.Organisations[k].ID, Indicator: "stay", Period: year, Figure: benchmark.Figure{Value: x * float64(k+1)},
			})
		}
	}
	slices.SortFunc(h.Figures, func(x, y benchmark.Recorded) int { return int(x.Figure.Value - y.Figure.Value) })
	b.do("p1", h)
	for id, want := range map[benchmark.RoundID]float64{"2024": 35, "2025": 3.5} {
		r, _ := b.n.Round(id)
		if got := r.Common("stay"); got.Organisations != 6 || got.Middle != want {
			t.Errorf("%s: %+v, want a middle of %v", id, got, want)
		}
	}
}
