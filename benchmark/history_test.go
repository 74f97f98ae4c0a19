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
			b.do("p1", history(benchmark.Recorded{Period: "2019-Q4", Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Numerator: test.before, Denominator: 400}}))
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
