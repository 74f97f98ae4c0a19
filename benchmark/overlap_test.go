package benchmark_test

import (
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// overlapping is a journal of an earlier version, with past rounds that overlap: falls of
// an organisation by period, "3" of 400.
func overlapping(t *testing.T, change func(s *benchmark.Settings), figures ...string) *benchmark.Network {
	t.Helper()
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 0 })) // nothing is refused
	for _, f := range figures {
		period, events, _ := strings.Cut(f, " ")
		b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{
			Organisation: "o1", Indicator: "falls", Period: period, Figure: benchmark.Figure{Numerator: float64(len(events)), Denominator: 400},
		}}})
	}
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 7 }))
	if change != nil {
		b.do("p1", setting(change))
	}
	return b.n
}

// A year and its quarters: where one of them is withheld, or isn't there, the year would
// tell it.
func TestAWholeThatTellsAPartIsWithheld(t *testing.T) {
	shown, small := strings.Repeat("*", 20), "***"
	for name, tt := range map[string]struct {
		figures []string
		want    string // the periods that are shown
	}{
		"the year alone":                  {[]string{"2025 " + shown}, "2025"},
		"all quarters are shown":          {[]string{"2025 " + shown, "2025-Q1 " + shown, "2025-Q2 " + shown, "2025-Q3 " + shown, "2025-Q4 " + shown}, "2025 2025-Q1 2025-Q2 2025-Q3 2025-Q4"},
		"one quarter is withheld":         {[]string{"2025 " + shown, "2025-Q1 " + shown, "2025-Q2 " + small, "2025-Q3 " + shown, "2025-Q4 " + shown}, "2025-Q1 2025-Q3 2025-Q4"},
		"the first quarter is not there":  {[]string{"2025 " + shown, "2025-Q2 " + shown, "2025-Q3 " + shown, "2025-Q4 " + shown}, "2025-Q2 2025-Q3 2025-Q4"},
		"the second quarter is not there": {[]string{"2025 " + shown, "2025-Q1 " + shown, "2025-Q3 " + shown, "2025-Q4 " + shown}, "2025-Q1 2025-Q3 2025-Q4"},
		"the last quarter is not there":   {[]string{"2025 " + shown, "2025-Q1 " + shown, "2025-Q2 " + shown, "2025-Q3 " + shown}, "2025-Q1 2025-Q2 2025-Q3"},
		"halves, and months of one": {[]string{
			"2025 " + shown, "2025-H1 " + shown, "2025-H2 " + shown, "2025-Q3 " + shown, "2025-Q4 " + small,
		}, "2025-H1 2025-Q3"},
		"a week across two months": {[]string{"2025-W05 " + shown, "2025-01 " + shown, "2025-02 " + shown}, "2025-W05"},
		"other years":              {[]string{"2024 " + shown, "2025-Q1 " + small}, "2024"},
	} {
		n := overlapping(t, nil, tt.figures...)
		var got []string
		for _, r := range n.Rounds {
			v, err := view.Of(n, r.ID, "falls", view.Viewer{Organisation: "o2"})
			if err != nil {
				t.Fatal(err)
			}
			if v.Marks[0].Withheld == "" {
				got = append(got, string(r.ID))
			}
			own, _ := view.Of(n, r.ID, "falls", view.Viewer{Organisation: "o1"})
			if own.Marks[0].Withheld != "" {
				t.Errorf("%s: one's own of %s is withheld", name, r.ID)
			}
		}
		slices.Sort(got)
		want := strings.Fields(tt.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: shown are %v, want %v", name, got, want)
		}
	}
}

// Where nothing is withheld nothing tells of it, and everything is shown.
func TestNothingIsWithheldWithoutAThreshold(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 0 }))
	for _, period := range []string{"2025", "2025-Q1", "2025-Q3"} {
		b.do("p1", history(benchmark.Recorded{Organisation: "o1", Indicator: "falls", Period: period, Figure: benchmark.Figure{Numerator: 3, Denominator: 400}}))
	}
	for _, r := range b.n.Rounds {
		if v, err := view.Of(b.n, r.ID, "falls", view.Viewer{}); err != nil || v.Marks[0].Withheld != "" {
			t.Errorf("%s: %v, %+v", r.ID, err, v.Marks)
		}
	}
}

// One is the least threshold: a whole that tells a one is withheld, and no period may overlap.
func TestOverlapUnderTheLeastThreshold(t *testing.T) {
	n := overlapping(t, func(s *benchmark.Settings) { s.SmallNumber = 1 }, "2025 "+strings.Repeat("*", 20), "2025-Q1 "+strings.Repeat("*", 19))
	if v, err := view.Of(n, "2025", "falls", view.Viewer{}); err != nil || v.Marks[0].Withheld == "" {
		t.Errorf("three quarters with one are told by the year: %v, %+v", err, v.Marks)
	}
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 1 }))
	recorded := func(period string) benchmark.RecordHistory {
		return history(benchmark.Recorded{Organisation: "o1", Indicator: "falls", Period: period, Figure: figure})
	}
	b.do("p1", recorded("2025"))
	if _, err := b.try("p1", recorded("2025-Q1")); reason(err) != "period-overlaps" {
		t.Errorf("a quarter of a year that is there: %v", err)
	}
}

// A quarter that an organisation couldn't measure is no part that is known: the year tells it.
func TestAWholeTellsAPartThatWasNotMeasured(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 0 }))
	for _, period := range []string{"2026", "2026-Q1", "2026-Q2", "2026-Q3"} {
		b.do("p1", history(benchmark.Recorded{Organisation: "o1", Indicator: "falls", Period: period, Figure: figure}))
	}
	b.open("2026-Q4")
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 7 }))
	b.do("p1", submitting(benchmark.Item{Indicator: "falls", Answer: benchmark.NotMeasured}))
	b.close()
	b.publish()
	if v, err := view.Of(b.n, "2026", "falls", view.Viewer{}); err != nil || v.Marks[0].Withheld == "" {
		t.Errorf("the year is shown, and so is what the last quarter could be: %v, %+v", err, v.Marks)
	}
}

// A figure of a round that is open can't be had from a longer one that is shown.
func TestAWholeDoesNotTellAnOpenPart(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.SmallNumber = 0 }))
	for _, period := range []string{"2026", "2026-Q1", "2026-Q2", "2026-Q3"} {
		b.do("p1", history(benchmark.Recorded{Organisation: "o1", Indicator: "falls", Period: period, Figure: figure}))
	}
	b.open("2026-Q4")
	year := func() view.Mark {
		v, err := view.Of(b.n, "2026", "falls", view.Viewer{Organisation: "o2"})
		if err != nil {
			t.Fatal(err)
		}
		return v.Marks[0]
	}
	b.submit(1, 30, 400)
	if m := year(); m.Withheld == "" {
		t.Errorf("the fourth quarter is open, and the year shows it: %+v", m)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	if m := year(); m.Withheld != "" {
		t.Errorf("all quarters are shown, and the year isn't: %+v", m)
	}
}
