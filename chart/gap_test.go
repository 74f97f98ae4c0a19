package chart

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// pointsOf has a value of 1 in each of the periods.
func pointsOf(t *testing.T, periods string) []SeriesPoint {
	t.Helper()
	var points []SeriesPoint
	for id := range strings.SplitSeq(periods, " ") {
		p, err := benchmark.ParsePeriod(id)
		if err != nil {
			t.Fatal(err)
		}
		points = append(points, SeriesPoint{Period: p, Value: 1})
	}
	return points
}

// Periods without a value are counted by their length, between the first and the last;
// and said so.
func TestMissing(t *testing.T) {
	for periods, want := range map[string]struct {
		count int
		says  string
	}{
		"2022-01 2022-02 2022-05 2022-06 2022-08": {3, "3 months are missing."},
		"2026-12-31 2027-01-02":                   {1, "One day is missing."},
		"2026-W51 2027-W02":                       {3, "3 weeks are missing."},
		"2025-Q4 2026-Q2":                         {1, "One quarter is missing."},
		"2025-T1 2026-T1":                         {2, "2 thirds of a year are missing."},
		"2024-H1 2025-H2":                         {2, "2 half-years are missing."},
		"2019 2023":                               {3, "3 years are missing."},
		"2019-FY20 2023-FY24":                     {3, "3 financial years are missing."},
		"1991-1995 2001-2005":                     {1, "One period is missing."},
		"1991-1995 1993-1997":                     {},
		"2026-01 2026-02":                         {},
		"2026":                                    {},
	} {
		s := Series{Indicator: benchmark.Indicator{ID: "wait", Title: "Wait", Kind: benchmark.Duration}, Points: pointsOf(t, periods)}
		if got := s.Missing(); got != want.count {
			t.Errorf("%s: %d, want %d", periods, got, want.count)
		}
		if text := TrendCaption(locale.For("en"), s).String(); !strings.Contains(text, want.says) || want.says == "" && strings.Contains(text, "missing") {
			t.Errorf("%s: %q, want %q", periods, text, want.says)
		}
	}
}

// Lengths of period are kept apart, each with how many values of others there are.
func TestByLength(t *testing.T) {
	all := Series{Points: pointsOf(t, "2025-01 2025 2025-FY26 2026-02 2026-04")}.byLength()
	var got []string
	for _, s := range all {
		line := ""
		for _, p := range s.Points {
			line += p.Period.ID + " "
		}
		got = append(got, line)
		if s.Others != 5-len(s.Points) {
			t.Errorf("%s: %d others", line, s.Others)
		}
	}
	if diff := cmp.Diff([]string{"2025 ", "2025-FY26 ", "2025-01 2026-02 2026-04 "}, got); diff != "" {
		t.Error(diff)
	}
}

// Missing periods take their room along the series, and the line is open there.
func TestGapsTakeTheirRoom(t *testing.T) {
	s := Series{Points: pointsOf(t, "2022-01 2022-02 2022-05 2022-06 2022-08")}
	places := s.places()
	if diff := cmp.Diff([]float64{0, 1, 4, 5, 7}, places); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]float64{-0.5, 0.5, 2.5, 4.5, 6, 7.5}, edges(places)); diff != "" {
		t.Error(diff)
	}
	want := []stats.Stretch{{Start: 1, End: 2}, {Start: 2, End: 4}, {Start: 4, End: 5}}
	if diff := cmp.Diff(want, trend{s: s}.unbroken(stats.Stretch{Start: 1, End: 5})); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[string]float64{"2022-01-01": -0.5, "2022-03-01": 1.5, "2022-03-16": 2, "2022-05-01": 3.5, "2022-08-31": 7.5, "2024-01-01": 7.5} {
		day, err := time.Parse(time.DateOnly, at)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := s.positionOf(day); !ok || got < want-0.05 || got > want+0.05 {
			t.Errorf("%s lies at %g, want %g", at, got, want)
		}
	}
}
