package benchmark_test

import (
	"errors"
	"fmt"
	"testing"

	"roundtable/benchmark"
)

// What is possible but unlikely is asked about, and taken once it is confirmed
// with a word why.
func TestUnlikelyFiguresAreAskedAbout(t *testing.T) {
	b := founded(t, 1, falls())
	for k := range 8 {
		b.do("p1", history(benchmark.Recorded{
			Period: fmt.Sprintf("201%d", k), Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Numerator: float64(20 + k%3), Denominator: 400},
		}))
	}
	b.open("2026-Q4")
	far := value(benchmark.Figure{Numerator: 200, Denominator: 400}, "")
	asked := func(why string) {
		t.Helper()
		_, err := b.try("p1", submitting(far))
		var many benchmark.Refusals
		if reason(err) != "far-from-own" {
			t.Fatalf("%s: %v, want far-from-own", why, err)
		}
		if !errors.As(err, &many) || !many[0].Question || many[0].Field != "falls" {
			t.Errorf("%s: %+v is no question about falls", why, many[0])
		}
	}
	asked("new")
	far.Confirmed = true
	asked("confirmed without a word")
	far.Note = " \u200b\n"
	asked("confirmed with nothing that can be seen")
	far.Note = "the whole hospital now"
	b.do("p1", submitting(far))
	far.Confirmed = false
	far.Note = "the whole hospital from now on"
	b.do("p1", submitting(far)) // it was confirmed already

	b.do("p1", benchmark.CloseRound{})
	redefined := falls()
	redefined.Numerator = "every fall, also without harm"
	b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{redefined}})
	b.open("2027-Q1")
	b.do("p1", submitting(value(benchmark.Figure{Numerator: 390, Denominator: 400}, ""))) // nothing to hold it against

	b = founded(t, 1, benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Proportion, Plausible: &benchmark.Range{Low: 0, High: 20}})
	b.open("2026-Q4")
	if _, err := b.try("p1", submitting(value(benchmark.Figure{Numerator: 21, Denominator: 100}, ""))); reason(err) != "outside-plausible" {
		t.Errorf("%v, want outside-plausible", err)
	}
}

// A quarter's count isn't held against those of years.
func TestCountsOfAnotherLengthAreNoHistory(t *testing.T) {
	for past, want := range map[string]string{"%d": "", "%d-Q4": "far-from-own"} {
		b := founded(t, 1, benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Count})
		for k := range 8 {
			b.do("p1", history(benchmark.Recorded{
				Period: fmt.Sprintf(past, 2010+k), Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Value: float64(400 + k%3)},
			}))
		}
		b.open("2026-Q4")
		if _, err := b.try("p1", submitting(value(benchmark.Figure{Value: 100}, ""))); reason(err) != want {
			t.Errorf("%s: %v, want %q", past, err, want)
		}
	}
}

// More falls than bed days are asked about in the first round too, where falls are counted
// per a thousand: not calls per day, not within a plausible range, and not once that was so.
func TestMoreThanExposureIsAskedAbout(t *testing.T) {
	rate := benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Rate, Multiplier: 1000, Numerator: "Falls.", Denominator: "Bed days."}
	single, wide := rate, rate
	single.Multiplier = 1
	wide.Plausible = &benchmark.Range{Low: 0, High: 200000}
	for name, test := range map[string]struct {
		indicator benchmark.Indicator
		before    float64 // of 400; 0: no round
		want      string
	}{
		"first round":    {rate, 0, "more-than-exposure"},
		"never before":   {rate, 3, "more-than-exposure"},
		"as before":      {rate, 900, ""},
		"per one":        {single, 0, ""},
		"said plausible": {wide, 0, ""},
	} {
		b := founded(t, 1, test.indicator)
		if test.before > 0 {
			past := history(benchmark.Recorded{Period: "2019-Q4", Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Numerator: test.before, Denominator: 400}})
			past.Unlikely = true
			b.do("p1", past)
		}
		b.open("2026-Q4")
		figure := value(benchmark.Figure{Numerator: 412, Denominator: 3}, "")
		if _, err := b.try("p1", submitting(figure)); reason(err) != test.want {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		figure.Confirmed, figure.Note = true, "counted by hand"
		if _, err := b.try("p1", submitting(figure)); err != nil && test.want != "" {
			t.Errorf("%s, confirmed: %v", name, err)
		}
	}
}

// What a file holds is doubted as what is typed: beside what is recorded and beside what is
// in the file itself. It is left out, and the rest is taken, until it is said to be right.
func TestUnlikelyHistoryIsLeftOut(t *testing.T) {
	rate := benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Rate, Multiplier: 1000, Numerator: "Falls.", Denominator: "Bed days."}
	share := benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}
	bounded := share
	bounded.Plausible = &benchmark.Range{Low: 0, High: 20}
	years := func(many int, last benchmark.Figure) (figures []benchmark.Recorded) {
		for k := range many {
			figures = append(figures, benchmark.Recorded{
				Period: fmt.Sprint(2001 + k), Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Numerator: float64(12 + k%3), Denominator: 400},
			})
		}
		return append(figures, benchmark.Recorded{Period: fmt.Sprint(2001 + many), Organisation: "o1", Indicator: "falls", Figure: last})
	}
	for name, test := range map[string]struct {
		indicator benchmark.Indicator
		before    int
		figure    benchmark.Figure
		want      string
	}{
		"more than exposure":   {rate, 0, benchmark.Figure{Numerator: 412, Denominator: 3}, "more-than-exposure"},
		"a hundred for twelve": {rate, 2, benchmark.Figure{Numerator: 120, Denominator: 12}, "more-than-exposure"},
		"far from the file":    {share, 8, benchmark.Figure{Numerator: 130, Denominator: 400}, "far-from-own"},
		"not plausible":        {bounded, 1, benchmark.Figure{Numerator: 130, Denominator: 400}, "outside-plausible"},
		"as ever":              {share, 8, benchmark.Figure{Numerator: 13, Denominator: 400}, ""},
	} {
		b := founded(t, 1, test.indicator)
		file := benchmark.RecordHistory{Figures: years(test.before, test.figure)}
		got := ""
		for k, ask := range benchmark.UnlikelyRecorded(b.n, file.Figures) {
			got += string(ask.Reason)
			if k != test.before {
				t.Errorf("%s: %s is asked about figure %d, want %d", name, got, k, test.before)
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		b.do("p1", file)
		if _, recorded := b.n.Round(benchmark.RoundID(file.Figures[test.before].Period)); recorded != (test.want == "") {
			t.Errorf("%s: taken %v", name, recorded)
		}
		if got := len(b.n.Rounds); got != test.before && test.want != "" {
			t.Errorf("%s: %d of the %d others were taken", name, got, test.before)
		}
		file.Unlikely = true
		b.do("p1", file)
		r, recorded := b.n.Round(benchmark.RoundID(file.Figures[test.before].Period))
		if v, _ := r.Submission("o1", "falls"); !recorded || v.Confirmed != (test.want != "") {
			t.Errorf("%s: said to be right, but recorded %v, confirmed %v", name, recorded, v.Confirmed)
		}
		if again := benchmark.UnlikelyRecorded(b.n, file.Figures); len(again) > 0 {
			t.Errorf("%s: what is recorded is asked about again", name)
		}
	}
}
