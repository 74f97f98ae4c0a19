package stats

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStandingOf(t *testing.T) {
	for points, want := range map[int]LimitStatus{
		0: NoLimits, 1: NoLimits, 5: NoLimits, 6: TrialLimits, 11: TrialLimits, 12: FrozenLimits, 99: FrozenLimits,
	} {
		if got := limitStatusOf(points); got != want {
			t.Errorf("%d points: %v, want %v", points, got, want)
		}
	}
}

// A series gets trial limits at its sixth point, and from its twelfth on limits
// that later points don't move.
func TestLimitsAreFrozen(t *testing.T) {
	values := []float64{5, 7, 6, 8, 5, 6, 7, 9, 6, 5, 8, 7, 30, 31, 29, 30}
	chart := func(n int) Chart {
		c, err := XmR(values[:n], Plan{})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := chart(5); c.Points[4].HasLimits || c.Stretches[0].LimitStatus != NoLimits || c.Stretches[0].Centre != 6.2 {
		t.Errorf("five points: %+v", c)
	}
	if six, seven := chart(6), chart(7); six.Points[0].High == seven.Points[0].High || six.Stretches[0].LimitStatus != TrialLimits {
		t.Errorf("trial limits should move: %v, %v", six.Points[0].High, seven.Points[0].High)
	}
	twelve, all := chart(12), chart(len(values))
	if twelve.Points[0].High != all.Points[15].High || all.Stretches[0].Baseline != 12 {
		t.Errorf("frozen limits moved from %v to %v", twelve.Points[0].High, all.Points[15].High)
	}
	if got := all.Points[12].Signal; got != AboveLimit {
		t.Errorf("the first point after a jump is %v, want above-limit", got)
	}
}

func TestEmptySeries(t *testing.T) {
	chart, err := XmR(nil, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if len(chart.Points) != 0 || len(chart.Stretches) != 0 {
		t.Errorf("an empty series gives %+v", chart)
	}
}

func TestSegments(t *testing.T) {
	low, high := []float64{1, 2, 1, 3, 2, 1, 2, 3}, []float64{11, 12, 11, 13, 12, 11, 12}
	chart, err := XmR(slices.Concat(low, high, []float64{5}), Plan{Segments: []Segment{{}, {Start: 8}, {Start: 15}}})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := XmR(high, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(alone.Points, chart.Points[8:15]); diff != "" {
		t.Errorf("a segment differs from the same points alone: %s", diff)
	}
	var got [][3]int
	for _, s := range chart.Stretches {
		got = append(got, [3]int{s.Start, s.End, int(s.LimitStatus)})
	}
	want := [][3]int{{0, 8, int(TrialLimits)}, {8, 15, int(TrialLimits)}, {15, 16, int(NoLimits)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, p := range chart.Points {
		if p.Signal != NoSignal {
			t.Errorf("a level that was rebased gives a signal: %+v", p)
		}
	}
}

func TestSegmentErrors(t *testing.T) {
	for what, segments := range map[string][]Segment{
		"not from 0":     {{Start: 1}},
		"negative":       {{Start: -1}},
		"out of order":   {{}, {Start: 4}, {Start: 2}},
		"twice":          {{}, {Start: 4}, {Start: 4}},
		"beyond the end": {{}, {Start: 8}},
		"short baseline": {{Baseline: 5}},
		"no baseline":    {{Baseline: -1}},
	} {
		if _, err := XmR(make([]float64, 8), Plan{Segments: segments}); !errors.Is(err, ErrSegments) {
			t.Errorf("%s: error %v, want segments", what, err)
		}
	}
	if _, err := XmR(nil, Plan{Segments: []Segment{{}, {Start: 1}}}); !errors.Is(err, ErrSegments) {
		t.Errorf("segments of an empty series: error %v, want segments", err)
	}
}

func TestScreenRanges(t *testing.T) {
	values := []float64{5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 60}
	plain, err := XmR(values, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	screened, err := XmR(values, Plan{ScreenRanges: true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "all ranges", plain.Stretches[0].MovingRange, 65./11)
	near(t, "without the jump", screened.Stretches[0].MovingRange, 1)
}

// A tenth can't be held exactly in binary, and its sum is off. Equal values
// must still lie on their own mean.
func TestAllEqualGivesNoSignal(t *testing.T) {
	values, shares := make([]float64, 14), make([]Proportion, 14)
	rates := make([]Rate, 14)
	for i := range values {
		values[i], shares[i], rates[i] = 0.1, Proportion{i + 1, 3 * (i + 1)}, Rate{3 * (i + 1), 0.7 * float64(i+1)}
	}
	xmr, err := XmR(values, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	share, err := ProportionChart(PPrimeChart, shares, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	rate, err := RateChart(UPrimeChart, rates, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if p := xmr.Points[13]; p.Low != 0.1 || p.Centre != 0.1 || p.High != 0.1 {
		t.Errorf("lines of equal values: %+v", p)
	}
	if !share.Stretches[0].FellBack || share.Points[0].Low >= share.Points[0].Centre {
		t.Errorf("p' of equal proportions didn't fall back to p: %+v", share.Stretches[0])
	}
	if !rate.Stretches[0].FellBack || rate.Stretches[0].SigmaZ != 0 {
		t.Errorf("u' of equal rates didn't fall back to u: %+v", rate.Stretches[0])
	}
	for _, chart := range []Chart{xmr, share} {
		for i, p := range chart.Points {
			if p.Signal != NoSignal {
				t.Errorf("%v chart, point %d: %v", chart.Kind, i, p.Signal)
			}
		}
		if chart.Stretches[0].Runs.Useful != 0 {
			t.Errorf("%v chart: runs %+v, want no useful point", chart.Kind, chart.Stretches[0].Runs)
		}
	}
}

func TestNoVariation(t *testing.T) {
	none, all := make([]Proportion, 14), make([]Proportion, 14)
	rates := make([]Rate, 14)
	for i := range none {
		none[i], all[i], rates[i] = Proportion{0, 40}, Proportion{40, 40}, Rate{0, 40}
	}
	none[13], all[13], rates[13] = Proportion{1, 40}, Proportion{39, 40}, Rate{1, 40}
	var charts []Chart
	for _, kind := range []ChartKind{PChart, PPrimeChart} {
		for _, o := range [][]Proportion{none, all} {
			chart, err := ProportionChart(kind, o, Plan{})
			if err != nil {
				t.Fatal(err)
			}
			charts = append(charts, chart)
		}
	}
	for _, kind := range []ChartKind{UChart, UPrimeChart} {
		chart, err := RateChart(kind, rates, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		charts = append(charts, chart)
	}
	for i, chart := range charts {
		if s, p := chart.Stretches[0], chart.Points[13]; s.LimitStatus != NoVariation || !p.HasLimits || p.Sigma != 0 || p.Signal != NoSignal {
			t.Errorf("chart %d, %v: %+v, last point %+v", i, chart.Kind, s, p)
		}
	}
}

func TestChartErrors(t *testing.T) {
	xmr := func(x float64) error { _, err := XmR([]float64{1, x}, Plan{}); return err }
	share := func(k ChartKind, p Proportion) error {
		_, err := ProportionChart(k, []Proportion{p}, Plan{})
		return err
	}
	rate := func(k ChartKind, r Rate) error { _, err := RateChart(k, []Rate{r}, Plan{}); return err }
	for _, c := range []struct {
		what string
		err  error
		want error
	}{
		{"NaN", xmr(math.NaN()), ErrImpossible},
		{"infinite", xmr(math.Inf(1)), ErrImpossible},
		{"2 of 1", share(PChart, Proportion{2, 1}), ErrImpossible},
		{"0 of 0", share(PChart, Proportion{0, 0}), ErrUndefined},
		{"a rate's kind", share(UChart, Proportion{1, 2}), ErrImpossible},
		{"negative", rate(UChart, Rate{-1, 1}), ErrImpossible},
		{"no exposure", rate(UPrimeChart, Rate{0, 0}), ErrUndefined},
		{"a proportion's kind", rate(PChart, Rate{1, 1}), ErrImpossible},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: error %v, want %v", c.what, c.err, c.want)
		}
	}
}

func TestRunsBelowTenAreNotJudged(t *testing.T) {
	values := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1}
	if r := RunsAround(values, 0); r.Assessed || r.Signal() || r.Longest != 9 {
		t.Errorf("nine points: %+v", r)
	}
	r := RunsAround(append(values, 1), 0)
	if !r.LongRun() || !r.FewCrossings() || !r.Signal() {
		t.Errorf("ten points on one side: %+v", r)
	}
	if diff := cmp.Diff(Runs{}, RunsAroundMedian(nil)); diff != "" {
		t.Errorf("no points: %s", diff)
	}
}
