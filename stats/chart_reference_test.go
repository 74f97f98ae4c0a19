package stats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// spcSeries is one chart of qicharts2. Limits are null where all values are
// equal, and lcl95 and ucl95 are two thirds of the way to them.
type spcSeries struct {
	X      []float64
	R, N   []float64
	Freeze int
	Chart  struct {
		Y             []float64
		CL, LCL, UCL  []float64
		LCL95, UCL95  []float64
		SigmaSignal   []bool `json:"sigma_signal"`
		Useful        int    `json:"n_useful"`
		Longest       int    `json:"longest_run"`
		LongestMost   int    `json:"longest_run_max"`
		Crossings     int    `json:"n_crossings"`
		CrossingsLeas int    `json:"n_crossings_min"`
		RunsSignal    bool   `json:"runs_signal"`
	} `json:"unscreened"`
}

func TestChartReference(t *testing.T) {
	var all map[string]spcSeries
	referenceJSON(t, "spc_charts.json", &all)
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			points := len(s.X) + len(s.R)
			plan := Plan{Segments: []Segment{{Baseline: points}}}
			if s.Freeze > 0 {
				plan.Segments[0].Baseline = s.Freeze
			}
			// qicharts2 has 3/1.128 for our 2.66.
			limit := 1.0
			if strings.HasPrefix(name, "xmr") {
				limit = 3 / 1.128 / 2.66
			}
			chart := spcChart(t, name, s, plan)
			for i, p := range chart.Points {
				near(t, fmt.Sprintf("value %d", i), p.Value, s.Chart.Y[i])
				near(t, fmt.Sprintf("centre %d", i), p.Centre, s.Chart.CL[i])
				near(t, fmt.Sprintf("high %d", i), p.Centre+limit*(p.High-p.Centre), s.Chart.UCL[i])
				near(t, fmt.Sprintf("low %d", i), p.Centre+limit*(p.Low-p.Centre), s.Chart.LCL[i])
				near(t, fmt.Sprintf("two thirds up %d", i), p.Centre+limit*2*p.Sigma, s.Chart.UCL95[i])
				near(t, fmt.Sprintf("two thirds down %d", i), max(0, p.Centre-limit*2*p.Sigma), s.Chart.LCL95[i])
				if got := p.Signal == AboveLimit || p.Signal == BelowLimit; got != s.Chart.SigmaSignal[i] {
					t.Errorf("point %d outside: %v, want %v", i, got, s.Chart.SigmaSignal[i])
				}
			}
			// qicharts2 counts runs around the chart's centre.
			runs := RunsAround(s.Chart.Y, chart.Stretches[0].Centre)
			want := Runs{
				Centre: chart.Stretches[0].Centre, Useful: s.Chart.Useful,
				Longest: s.Chart.Longest, LongestMost: s.Chart.LongestMost,
				Crossings: s.Chart.Crossings, CrossingsLeast: s.Chart.CrossingsLeas,
				Assessed: s.Chart.Useful >= LeastForRuns,
			}
			if diff := cmp.Diff(want, runs); diff != "" {
				t.Error(diff)
			}
			if runs.Signal() != s.Chart.RunsSignal {
				t.Errorf("runs signal %v, want %v", runs.Signal(), s.Chart.RunsSignal)
			}
		})
	}
}

func spcChart(t *testing.T, name string, s spcSeries, plan Plan) Chart {
	t.Helper()
	var proportions []Proportion
	var rates []Rate
	for i := range s.R {
		proportions = append(proportions, Proportion{int(s.R[i]), int(s.N[i])})
		rates = append(rates, Rate{int(s.R[i]), s.N[i]})
	}
	var chart Chart
	var err error
	switch kind, _, _ := strings.Cut(name, "_"); kind {
	case "xmr":
		chart, err = XmR(s.X, plan)
	case "p":
		chart, err = ProportionChart(PChart, proportions, plan)
	case "pp":
		chart, err = ProportionChart(PPrimeChart, proportions, plan)
	case "u":
		chart, err = RateChart(UChart, rates, plan)
	case "up":
		chart, err = RateChart(UPrimeChart, rates, plan)
	default:
		t.Fatalf("no chart for %q", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return chart
}

// The published limits of Montgomery's example 6.5: 279.78 and 321.22, with the
// exact constant.
func TestMontgomery(t *testing.T) {
	var all map[string]spcSeries
	referenceJSON(t, "spc_charts.json", &all)
	chart, err := XmR(all["xmr_montgomery_6_5"].X, Plan{Segments: []Segment{{Baseline: 20}}})
	if err != nil {
		t.Fatal(err)
	}
	s := chart.Stretches[0]
	near(t, "centre", s.Centre, 300.5)
	near(t, "high", chart.Points[0].High, 300.5+2.66*s.MovingRange)
	nearBy(t, "high as published", 300.5+3/1.128*s.MovingRange, 321.22, 1e-4)
}

func TestRunLimitsReference(t *testing.T) {
	for _, r := range referenceCSV(t, "anhoej_limits.csv") {
		useful := r.int(t, "n_useful")
		values := make([]float64, useful)
		for i := range values {
			values[i] = 1
		}
		got := RunsAround(values, 0)
		if got.LongestMost != r.int(t, "longest_run_max") || got.CrossingsLeast != r.int(t, "crossings_min") {
			t.Errorf("%d useful points: longest %d, crossings %d, want %s, %s", useful,
				got.LongestMost, got.CrossingsLeast, r["longest_run_max"], r["crossings_min"])
		}
	}
}

func TestRunSeriesReference(t *testing.T) {
	var all map[string]struct {
		X              []float64
		Median         float64
		Useful         int `json:"n_useful"`
		Longest        int `json:"longest_run"`
		LongestMost    int `json:"longest_run_max"`
		Crossings      int `json:"n_crossings"`
		CrossingsLeast int `json:"n_crossings_min"`
		Signal         bool
	}
	referenceJSON(t, "anhoej_series.json", &all)
	for name, s := range all {
		got := RunsAroundMedian(s.X)
		want := Runs{s.Median, s.Useful, s.Longest, s.Crossings, s.LongestMost, s.CrossingsLeast, s.Useful >= 10}
		if diff := cmp.Diff(want, got); diff != "" || got.Signal() != s.Signal {
			t.Errorf("%s: signal %v, want %v; %s", name, got.Signal(), s.Signal, diff)
		}
	}
}

func TestMakingDataCountReference(t *testing.T) {
	var all map[string]struct {
		Y      []float64
		Screen bool
		Mean   float64
		Low    float64  `json:"lpl"`
		High   float64  `json:"upl"`
		Types  []string `json:"special_cause_type"`
		Words  []string `json:"point_type_improve_up"`
	}
	referenceJSON(t, "nhs_making_data_count.json", &all)
	types := map[string]Signal{
		"Common Cause": NoSignal, "Above UCL": AboveLimit, "Below LCL": BelowLimit,
		"7 Point Trend (Increasing)": Rising, "7 Point Trend (Decreasing)": Falling,
		"2 in 3 Above CL": NearUpper, "2 in 3 Below CL": NearLower,
		"7 Points Above CL": AboveMean, "7 Points Below CL": BelowMean,
	}
	words := map[string]Variation{
		"common_cause": CommonCause, "special_cause_improvement": Improvement, "special_cause_concern": Concern,
	}
	for name, s := range all {
		chart, err := XmR(s.Y, Plan{Segments: []Segment{{Baseline: len(s.Y)}}, ScreenRanges: s.Screen})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, p := range chart.Points {
			what := fmt.Sprintf("%s, point %d", name, i)
			near(t, what+" mean", p.Centre, s.Mean)
			near(t, what+" low", p.Low, s.Low)
			near(t, what+" high", p.High, s.High)
			if want, ok := types[s.Types[i]]; !ok || p.Signal != want {
				t.Errorf("%s: %v, want %s", what, p.Signal, s.Types[i])
			}
			if got, want := p.Signal.Variation(HigherIsBetter), words[s.Words[i]]; got != want {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
	}
}
