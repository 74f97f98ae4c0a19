package benchmark_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"roundtable/benchmark"
)

// One letter is enough for as many as there are letters; where there are more each has two,
// who comes later too.
func TestHowManyLetters(t *testing.T) {
	for many, want := range map[int]int{3: 1, 24: 1, 25: 2} {
		b := founded(t, many, falls())
		b.do("p1", seeing(benchmark.Coded))
		for _, o := range b.n.Organisations {
			if len(o.Code) != want {
				t.Errorf("%s of %d is %q", o.ID, many, o.Code)
			}
		}
		record := func(o benchmark.OrganisationID, period string) {
			b.do("p1", history(benchmark.Recorded{Period: period, Indicator: "falls", Organisation: o, Figure: figure}))
		}
		record("o1", "2020")
		if many != 24 { // the next one is the 25th
			for k := range map[int]int{1: 3, 2: 80}[want] { // so many that some have a letter that is taken there
				b.do("p1", benchmark.AddOrganisation(fmt.Sprintf("Clinic %dx%d", k, k), true))
			}
		}
		for _, o := range b.n.Organisations {
			record(o.ID, "2020")
		}
		b.open("2026-Q4")
		for k := range many {
			b.submit(k+1, 20, 400)
		}
		b.close()
		for _, r := range []benchmark.RoundID{"2020", "2026-Q4"} {
			for o, letter := range lettersIn(b, r) {
				if len(letter) != want {
					t.Errorf("%s: %s of %d is %q", r, o, many, letter)
				}
			}
		}
	}
}

// The 25th isn't told by being the first of two letters, in the first round either.
func TestTheFirstOfTwoLetters(t *testing.T) {
	b := founded(t, 24, falls())
	b.do("p1", seeing(benchmark.Coded))
	b.do("p1", benchmark.AddOrganisation("Lake", false))
	b.joins("u99", "Lake")
	b.open("2026-Q4")
	for k := range 25 {
		b.submit(k+1, 20, 400)
	}
	b.close()
	letters := lettersIn(b, "2026-Q4")
	for o, letter := range letters {
		if len(letter) != 2 {
			t.Errorf("%s is %q", o, letter)
		}
	}
	b.publish()
	b.open("2027-Q1")
	for k := range 25 {
		b.submit(k+1, 20, 400)
	}
	b.close()
	if again := lettersIn(b, "2027-Q1"); len(letters) != 25 || !maps.Equal(letters, again) {
		t.Errorf("they were %v, and are %v", letters, again)
	}
}

// Who never answered has no letter to be told in a round that was shown and is open again; who
// has taken an answer back has one until the round is shown anew.
func TestLettersOfWhatIsOpenAgain(t *testing.T) {
	b := founded(t, 4, falls())
	b.do("p1", seeing(benchmark.Coded))
	b.open("2026-Q3")
	b.noted(2, "")
	b.noted(3, "")
	b.close()
	b.publish()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "some were late"})
	b.do("p2", benchmark.Withdraw{})
	tell := func() string {
		return fmt.Sprint(benchmark.LetterTells(b.n, "o2"), benchmark.LetterTells(b.n, "o3"), benchmark.LetterTells(b.n, "o4"))
	}
	if got := tell(); got != "true true false" {
		t.Errorf("open again: %s", got)
	}
	b.now = b.now.Add(time.Hour)
	b.close()
	b.publish()
	if got := tell(); got != "false true false" {
		t.Errorf("shown anew: %s", got)
	}
}
