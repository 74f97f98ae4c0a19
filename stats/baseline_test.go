package stats

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
)

// The upper bound of nothing in n is as R has it.
func TestBoundOfNothingReference(t *testing.T) {
	file, err := os.Open("testdata/ci_proportion.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for k, name := range rows[0] {
		column[name] = k
	}
	checked := 0
	for _, r := range rows[1:] {
		n, _ := strconv.Atoi(r[column["n"]])
		want, err := strconv.ParseFloat(r[column["jeffreys_hi"]], 64)
		if r[column["x"]] != "0" || r[column["conf"]] != "0.95" || n == 0 || err != nil {
			continue
		}
		near(t, "upper bound of 0/"+strconv.Itoa(n), shareWithout(float64(n)), want)
		checked++
	}
	if checked == 0 {
		t.Fatal("no reference value was found")
	}
	near(t, "upper bound of none in 10", rateWithout(10), 0.251194309365744) // qchisq(.975, 1) / 2 / 10
}

func zeros(baseline, later, events, size int) []Proportion {
	var all []Proportion
	for k := range baseline + later {
		p := Proportion{0, size + k}
		if k >= baseline {
			p.Numerator = events
		}
		all = append(all, p)
	}
	return all
}

// Twelve rounds of nothing and then twelve with something: the baseline has no
// variation, what comes later is held against what it leaves possible, and a long
// run away from it is a signal.
func TestNothingAndThenSomething(t *testing.T) {
	for _, turned := range []bool{false, true} {
		for _, c := range []struct {
			events int
			signal bool
			runs   bool
		}{{0, false, false}, {1, false, true}, {3, false, true}, {9, true, true}} {
			all := zeros(12, 12, c.events, 100)
			for i, p := range all {
				if turned {
					all[i].Numerator = p.Denominator - p.Numerator
				}
			}
			chart, err := ProportionChart(PChart, all, Plan{})
			if err != nil {
				t.Fatal(err)
			}
			stretch, latest := chart.Stretches[0], chart.Points[23]
			if stretch.LimitStatus != NoVariation || !latest.HasLimits || latest.Sigma != 0 {
				t.Errorf("%d events: %+v, %+v", c.events, stretch, latest)
			}
			signal := AboveLimit
			if turned {
				signal = BelowLimit
			}
			if (latest.Signal == signal) != c.signal || (!c.signal && latest.Signal != NoSignal) {
				t.Errorf("%d events, turned %v: signal %v", c.events, turned, latest.Signal)
			}
			if got := stretch.Runs.Signal(); got != c.runs {
				t.Errorf("%d events, turned %v: runs %+v", c.events, turned, stretch.Runs)
			}
			if first := chart.Points[0]; first.Signal != NoSignal {
				t.Errorf("the first of the baseline is %v", first.Signal)
			}
		}
	}
}

// A single event now and then makes no run away from nothing.
func TestSomethingNowAndThenIsNoRun(t *testing.T) {
	all := zeros(12, 60, 0, 100)
	for k := 12; k < 72; k += 4 {
		all[k].Numerator = 1
	}
	chart, err := ProportionChart(PChart, all, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if runs := chart.Stretches[0].Runs; runs.Signal() {
		t.Errorf("%+v", runs)
	}
}

// With less than one event a round, nothing of a chart's limits is true.
func TestRareEventsHaveNoLimits(t *testing.T) {
	var rates []Rate
	var counts []float64
	var shares []Proportion
	for k := range 15 {
		events := 0
		if k%3 == 1 {
			events = 1
		}
		rates, counts = append(rates, Rate{events, 900}), append(counts, float64(events))
		shares = append(shares, Proportion{400 - events, 400})
	}
	for name, make := range map[string]func() (Chart, error){
		"rate":   func() (Chart, error) { return RateChart(UChart, rates, Plan{}) },
		"laney":  func() (Chart, error) { return RateChart(UPrimeChart, rates, Plan{}) },
		"share":  func() (Chart, error) { return ProportionChart(PChart, shares, Plan{}) },
		"counts": func() (Chart, error) { return XmR(counts, Plan{Counts: true}) },
	} {
		chart, err := make()
		if err != nil {
			t.Fatal(err)
		}
		if s := chart.Stretches[0]; s.LimitStatus != RareEvents || chart.Points[14].HasLimits || s.Runs.Signal() {
			t.Errorf("%s: %+v, %+v", name, s, chart.Points[14])
		}
	}
	chart, err := XmR(counts, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if chart.Stretches[0].LimitStatus != FrozenLimits {
		t.Error("values that are no counts have lost their limits")
	}
}

// Counts that were none in every round of the baseline have no variation either.
func TestNoCountsAndThenSome(t *testing.T) {
	counts := make([]float64, 14)
	counts[12], counts[13] = 1, 6
	chart, err := XmR(counts, Plan{Counts: true})
	if err != nil {
		t.Fatal(err)
	}
	if chart.Stretches[0].LimitStatus != NoVariation || chart.Points[12].Signal != NoSignal || chart.Points[13].Signal != AboveLimit {
		t.Errorf("%+v", chart)
	}
}

// How many of the rounds that limits stand on lie outside them.
func TestBaselineOutside(t *testing.T) {
	var all []Proportion
	for k := range 12 {
		all = append(all, Proportion{40_000 + 9_000*(k%3), 100_000})
	}
	chart, err := ProportionChart(PChart, all, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if got := chart.Stretches[0].Outside; got != 8 {
		t.Errorf("%d lie outside, want 8", got)
	}
}
