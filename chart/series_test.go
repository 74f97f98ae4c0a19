package chart

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/locale"
)

// series makes one of proportions, a month each; versions begin at the indices.
func series(t tester, i benchmark.Indicator, figures []benchmark.Figure, versions ...int) Series {
	t.Helper()
	i.Since = 1 + len(versions)
	s := Series{Indicator: i}
	for k, f := range figures {
		p, err := benchmark.ParsePeriod(fmt.Sprintf("%d-%02d", 2024+k/12, k%12+1))
		if err != nil {
			t.Fatal(err)
		}
		since := 1
		for _, v := range versions {
			if k >= v {
				since++
			}
		}
		value, ok := f.Of(i)
		if !ok {
			t.Fatal("no value in figure", k)
		}
		s.Points = append(s.Points, SeriesPoint{Period: p, Figure: f, Value: value, Since: since})
	}
	return s
}

var hygiene = benchmark.Indicator{
	ID: "hygiene", Title: "Följsamhet till basala hygienrutiner", Kind: benchmark.Proportion, Direction: benchmark.Higher, Target: new(90.0),
}

func hygieneFigures(n int) []benchmark.Figure {
	figures := make([]benchmark.Figure, n)
	for i := range figures {
		d := 80 + (i*37)%60
		figures[i] = benchmark.Figure{Numerator: float64(d*(74+(i*i*31)%13)/100 + i/9*4), Denominator: float64(d)}
	}
	return figures
}

var los = benchmark.Indicator{ID: "stay", Title: "Length of stay", Kind: benchmark.Duration, Unit: "days", Direction: benchmark.Lower}

func losFigures(n int) []benchmark.Figure {
	figures := make([]benchmark.Figure, n)
	for i := range figures {
		figures[i] = benchmark.Figure{Value: 7 + float64((i*i*17)%23)/10}
		if i == 19 {
			figures[i].Value = 12.4
		}
	}
	return figures
}

// A network's rounds become a series: of one kind, in order, with the versions of
// the definition.
func TestSeriesOf(t *testing.T) {
	count := benchmark.Indicator{ID: "stay", Title: "Stays", Kind: benchmark.Count, Since: 1}
	first, second := los, los
	first.Since, second.Since = 2, 3
	n := &benchmark.Network{Templates: []benchmark.Template{
		{Version: 1, Indicators: []benchmark.Indicator{count}},
		{Version: 2, Indicators: []benchmark.Indicator{first}},
		{Version: 3, Indicators: []benchmark.Indicator{second}},
	}}
	for k, version := range []int{1, 2, 2, 3} {
		p, err := benchmark.ParsePeriod(fmt.Sprintf("2026-%02d", k+1))
		if err != nil {
			t.Fatal(err)
		}
		answer := benchmark.Version{Answer: benchmark.Value, Figure: benchmark.Figure{Value: float64(k)}}
		if k == 2 {
			answer = benchmark.Version{Answer: benchmark.NotMeasured}
		}
		n.Rounds = append(n.Rounds, &benchmark.Round{
			ID: benchmark.RoundID(p.ID), Period: p, Template: version,
			Submissions: map[benchmark.Slot]*benchmark.Submission{
				{Organisation: "o1", Indicator: "stay"}: {Versions: []benchmark.Version{answer}},
			},
		})
	}
	s := SeriesOf(n, "o1", second, nil)
	var got []string
	for _, p := range s.Points {
		got = append(got, fmt.Sprintf("%s: %g by version %d", p.Period.ID, p.Value, p.Since))
	}
	if diff := cmp.Diff([]string{"2026-02: 1 by version 2", "2026-04: 3 by version 3"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1}, s.breaks()); diff != "" {
		t.Error(diff)
	}
}

// trended is a series with what it is an example of.
type trended struct {
	what   string
	series Series
}

func trends(t tester) []trended {
	steady := func(n int, value float64) []benchmark.Figure {
		figures := make([]benchmark.Figure, n)
		for i := range figures {
			figures[i].Value = value
		}
		return figures
	}
	rising := losFigures(14)
	for i := range 7 {
		rising[7+i].Value = 7.1 + 0.15*float64(i)
	}
	falls := benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Rate, Unit: "per 1,000 bed days", Direction: benchmark.Lower, Target: new(9.0)}
	rates := make([]benchmark.Figure, 16)
	none := make([]benchmark.Figure, 8)
	for i := range rates {
		rates[i] = benchmark.Figure{Numerator: float64(9 + (i*i*7)%9), Denominator: 3000 + float64(i*97%500)}
	}
	for i := range none {
		none[i].Denominator = 900
	}
	dose := benchmark.Indicator{ID: "dose", Title: "Dose", Kind: benchmark.Mean, Direction: benchmark.Lower, Target: new(0.2)}
	scale := benchmark.Indicator{ID: "culture", Title: "We speak up", Kind: benchmark.Scale, Levels: 5, Direction: benchmark.Higher}
	levels := make([]benchmark.Figure, 12)
	for i := range levels {
		levels[i].Value = float64(2 + i/5 + i%2)
	}
	return []trended{
		{"nothing", Series{Indicator: los}},
		{"texts", Series{Indicator: benchmark.Indicator{Kind: benchmark.Text}, Points: make([]SeriesPoint, 1)}},
		{"one", series(t, hygiene, hygieneFigures(1))},
		{"a run chart of four", series(t, hygiene, hygieneFigures(4))},
		{"trial limits on nine", series(t, hygiene, hygieneFigures(9))},
		{"limits, close to the upper one", series(t, hygiene, hygieneFigures(30))},
		{"above the limit", series(t, los, losFigures(20))},
		{"a new definition", series(t, los, losFigures(24), 9)},
		{"a definition that is newer still", series(t, los, losFigures(14), 6, 12)},
		{"rising", series(t, los, rising)},
		{"a rate that meets its target", series(t, falls, rates)},
		{"no events", series(t, falls, none)},
		{"all the same", series(t, los, steady(13, 6))},
		{"all at the target", series(t, dose, steady(12, 0.2))},
		{"a scale", series(t, scale, levels)},
		{"rebased, with actions", rebased(t, 24)},
		{"rebased just now", rebased(t, 16)},
		{"a target that chance decides", aiming(t, 75)},
		{"a target that takes a change", aiming(t, 99)},
		{"Laney", laney(t)},
	}
}

// rebased is a series with limits that were made anew, and what was tried.
func rebased(t tester, n int) Series {
	t.Helper()
	s := series(t, los, losFigures(n))
	s.Rebases = []Rebase{{From: s.Points[13].Period, Reason: "the ward moved."}}
	s.Actions = []Action{
		{At: s.Points[0].Period.Start.AddDate(-1, 0, 0), Text: "Before all of it"},
		{At: s.Points[3].Period.Start.AddDate(0, 0, 14), Text: "Discharge planned on the first day"},
		{At: s.Points[11].Period.Start, Text: "A phone call after two days."},
	}
	return s
}

func aiming(t tester, target float64) Series {
	t.Helper()
	i := hygiene
	i.Target = &target
	return series(t, i, hygieneFigures(15))
}

func laney(t tester) Series {
	t.Helper()
	s := series(t, hygiene, hygieneFigures(14))
	s.Method, s.Baseline = PPrime, 10
	return s
}

// A rebase cuts where there is something on both sides, and once.
func TestCuts(t *testing.T) {
	s := series(t, los, losFigures(10), 4)
	for _, k := range []int{0, 4, 7, 7} {
		s.Rebases = append(s.Rebases, Rebase{From: s.Points[k].Period, Reason: "because"})
	}
	after, err := benchmark.ParsePeriod("2031")
	if err != nil {
		t.Fatal(err)
	}
	s.Rebases = append(s.Rebases, Rebase{From: after})
	want := []segment{{at: 4, version: 2}, {at: 7, reason: "because"}}
	if diff := cmp.Diff(want, s.segments(), cmp.AllowUnexported(segment{})); diff != "" {
		t.Error(diff)
	}
}

// Each method suits what it suits, and nothing else.
func TestMethods(t *testing.T) {
	for _, m := range []Method{Usual, XmR, P, PPrime, U, UPrime} {
		share, stay := series(t, hygiene, hygieneFigures(12)), series(t, los, losFigures(12))
		share.Method, stay.Method = m, m
		if _, err := share.Control(); (err == nil) != (m != U && m != UPrime) {
			t.Errorf("%q of a proportion: %v", m, err)
		}
		if _, err := stay.Control(); (err == nil) != (m == Usual || m == XmR) {
			t.Errorf("%q of a duration: %v", m, err)
		}
	}
}

// Without limits, nothing in the picture says how little a small step may mean:
// the axis does. With limits it is theirs.
func TestTrendAxisMakesNoFallOfASmallStep(t *testing.T) {
	i := los
	i.Target = nil
	for _, c := range []struct {
		name      string
		values    []float64
		low, high float64 // between which a side of the axis begins and ends
	}{
		{"a small step", []float64{7.4, 7.1}, 6.4, 8.1},
		{"the same twice", []float64{7.4, 7.4}, 6.5, 8.3},
		{"a large step", []float64{7.4, 1.3}, 0, 7.4},
		{"small numbers stay above 0", []float64{0, 0.1}, 0, 0.1},
	} {
		var figures []benchmark.Figure
		for _, x := range c.values {
			figures = append(figures, benchmark.Figure{Value: x})
		}
		trend, err := newTrend(locale.For("en"), series(t, i, figures))
		if err != nil {
			t.Fatal(err)
		}
		a := trend.values()
		if a.low > c.low || a.high < c.high || a.low < 0 {
			t.Errorf("%s: the axis goes from %g to %g, want from at most %g to at least %g", c.name, a.low, a.high, c.low, c.high)
		}
	}
}
