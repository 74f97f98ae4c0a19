package stats

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWilsonReference(t *testing.T) {
	for _, r := range referenceCSV(t, "ci_proportion.csv") {
		what := "wilson " + r["x"] + "/" + r["n"] + " " + r["conf"]
		got, err := Wilson(Proportion{r.int(t, "x"), r.int(t, "n")}, levelOf(t, r["conf"]))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		near(t, what+" low", got.Low, r.float(t, "wilson_lo"))
		near(t, what+" high", got.High, r.float(t, "wilson_hi"))
	}
}

func TestGarwoodReference(t *testing.T) {
	for _, r := range referenceCSV(t, "ci_poisson_count.csv") {
		what := "garwood " + r["count"] + " " + r["conf"]
		got, err := Garwood(r.int(t, "count"), levelOf(t, r["conf"]))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		near(t, what+" low", got.Low, r.float(t, "exact_lo"))
		near(t, what+" high", got.High, r.float(t, "exact_hi"))
	}
}

func TestMeanIntervalReference(t *testing.T) {
	var want struct {
		X            []float64
		Mean, Lo, Hi float64
		SD           float64
	}
	referenceJSON(t, "ci_mean_t.json", &want)
	got, err := MeanInterval(Mean{Value: want.Mean, SD: want.SD, SDKnown: true, N: len(want.X)}, Level95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t low", got.Low, want.Lo)
	near(t, "t high", got.High, want.Hi)
}

func TestRateInterval(t *testing.T) {
	got, err := RateInterval(Rate{Events: 3, Exposure: 2000}, Level95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "low", got.Low, 0.618672122895602/2000)
	near(t, "high", got.High, 8.76727306974232/2000)
}

func TestIntervalEdges(t *testing.T) {
	z2 := Level95.Z() * Level95.Z()
	none, _ := Wilson(Proportion{0, 20}, Level95)
	all, _ := Wilson(Proportion{20, 20}, Level95)
	if none.Low != 0 || all.High != 1 {
		t.Errorf("0/20 starts at %v and 20/20 ends at %v, want exactly 0 and 1", none.Low, all.High)
	}
	near(t, "0/20 high", none.High, z2/(20+z2))
	near(t, "20/20 low", all.Low, 20/(20+z2))

	flat, err := MeanInterval(Mean{Value: 4, SDKnown: true, N: 5}, Level998)
	if diff := cmp.Diff(Interval{4, 4}, flat); diff != "" || err != nil {
		t.Errorf("all equal: %s %v", diff, err)
	}
}

func TestIntervalErrors(t *testing.T) {
	wilson := func(r, n int) error { _, err := Wilson(Proportion{r, n}, Level95); return err }
	rate := func(r int, e float64) error { _, err := RateInterval(Rate{r, e}, Level95); return err }
	mean := func(m Mean) error { _, err := MeanInterval(m, Level95); return err }
	count := func(x int) error { _, err := Garwood(x, Level95); return err }
	for _, c := range []struct {
		what string
		err  error
		want error
	}{
		{"0 of 0", wilson(0, 0), ErrUndefined},
		{"2 of 1", wilson(2, 1), ErrImpossible},
		{"-1 of 1", wilson(-1, 1), ErrImpossible},
		{"too large", wilson(1, MaxSize+1), ErrImpossible},
		{"no exposure", rate(0, 0), ErrUndefined},
		{"events without exposure", rate(1, 0), ErrImpossible},
		{"negative exposure", rate(1, -1), ErrImpossible},
		{"exposure NaN", rate(1, math.NaN()), ErrImpossible},
		{"exposure infinite", rate(1, math.Inf(1)), ErrImpossible},
		{"negative count", count(-1), ErrImpossible},
		{"one person", mean(Mean{Value: 1, SD: 1, SDKnown: true, N: 1}), ErrUndefined},
		{"nobody", mean(Mean{}), ErrUndefined},
		{"sd unknown", mean(Mean{Value: 1, N: 5}), ErrUndefined},
		{"sd negative", mean(Mean{SD: -1, SDKnown: true, N: 5}), ErrImpossible},
		{"mean NaN", mean(Mean{Value: math.NaN(), N: 5}), ErrImpossible},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: error %v, want %v", c.what, c.err, c.want)
		}
	}
}
