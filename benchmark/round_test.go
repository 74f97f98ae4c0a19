package benchmark_test

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// A round from founding to publishing.
func TestRoundLives(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 412)
	b.submit(2, 30, 380)
	if _, err := view.Of(b.n, "2026-Q4", "falls", view.Viewer{}); reason(err) != "not-published" {
		t.Errorf("a view before closing: %v, want not-published", err)
	}
	b.do("p3", benchmark.Skip{})
	c := b.n.Current()
	if got, want := b.n.Progress(c), (benchmark.Progress{Organisations: 3, Complete: 2, Skipped: 1}); got != want {
		t.Errorf("progress %+v, want %+v", got, want)
	}
	b.do("p1", benchmark.CloseRound{})
	if _, err := b.try("p3", benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.NotMeasured}}}); reason(err) != "round-closed" {
		t.Errorf("an answer after closing: %v, want round-closed", err)
	}
	b.do("p1", benchmark.PublishRound{})
	v, err := view.Of(b.n, "2026-Q4", "falls", view.Viewer{Organisation: "o2"})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Marks) != 2 || !v.Marks[1].You || v.Funnel.Centre != 0 || v.HasMiddle || len(v.Absent) != 1 || v.Absent[0].Organisation != "o3" || v.Counts.Skipped != 1 {
		t.Errorf("view %+v", v)
	}
}

// Answering takes "not this round" back.
func TestSkipIsTakenBack(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.do("p2", benchmark.Skip{})
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Withdraw{})
	if got, want := b.n.Progress(b.n.Current()), (benchmark.Progress{Organisations: 2}); got != want {
		t.Errorf("progress %+v, want %+v", got, want)
	}
}

// Once the due time has passed, the lock alone can be moved: who hears then that
// some are silent wants to give them more time, not to say when it was due.
func TestOverdueRoundIsExtended(t *testing.T) {
	b := founded(t, 2, falls())
	isOverdue(b)
	due := b.n.Current().Due
	b.do("p1", benchmark.ExtendRound{Due: due, Closes: b.now.AddDate(0, 0, 14)})
	if r := b.n.Current(); !r.Due.Equal(due) || !r.Closes.Equal(b.now.AddDate(0, 0, 14)) {
		t.Errorf("due %v, closes %v", r.Due, r.Closes)
	}
}

// A round that is published late, or corrected after others were, is shown all
// the same; and however many are corrected, the open one is looked after.
func TestOldRoundsAreShown(t *testing.T) {
	b := founded(t, 2, falls())
	for k := range 6 {
		b.open(fmt.Sprintf("2020-%02d", k+1))
		b.submit(1, 20, 400)
		b.do("p1", benchmark.CloseRound{})
		if k > 0 {
			b.do("p1", benchmark.PublishRound{})
		}
		b.discharge()
	}
	b.do("p1", benchmark.PublishRound{Round: "2020-01"})
	b.discharge()
	if d := b.n.Discharged("comparison/2020-01/falls/s1"); d.Done == 0 {
		t.Error("what was published late was not shown")
	}
	b.open("2020-07")
	b.discharge()
	for k := range 6 {
		b.do("p1", benchmark.Submit{
			Round: benchmark.RoundID(fmt.Sprintf("2020-%02d", k+1)), Reason: "counted again",
			Items: []benchmark.Item{value(benchmark.Figure{Numerator: 21, Denominator: 400}, "")},
		})
		corrected := b.kinds(benchmark.ComparisonDuty)
		if len(corrected) != 1 || corrected[0].Edit.Message == "" {
			t.Errorf("round %d is corrected, owed is %+v", k+1, corrected)
		}
		b.discharge()
		if len(b.kinds(benchmark.CloseDuty)) != 1 || len(b.kinds(benchmark.NudgeDuty)) == 0 {
			t.Error("the open round is forgotten")
		}
	}
}
