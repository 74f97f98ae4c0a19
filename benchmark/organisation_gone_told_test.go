package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

// How long it is asked whether an organisation leaves, who began it, and that it isn't asked
// anew for every word.
func TestWordsForLeavingAreGathered(t *testing.T) {
	weeks := 14 * 24 * time.Hour
	for wait, goes := range map[time.Duration]bool{weeks - time.Hour: true, weeks + time.Hour: false} {
		b := letIn(t)
		if by, _, waits := benchmark.LeavingOf(b.n, "o2"); waits || by != "" {
			t.Errorf("before: begun by %q, waits: %v", by, waits)
		}
		b.do("p4", benchmark.TakeOut("o2", false))
		b.discharge()
		b.do("p5", benchmark.TakeOut("o2", false))
		if told := b.toldOf(); told != "" {
			t.Errorf("told again: %s", told)
		}
		if by, _, waits := benchmark.LeavingOf(b.n, "o2"); !waits || by != "p4" {
			t.Errorf("begun by %s, waits: %v", by, waits)
		}
		b.now = b.now.Add(wait)
		b.do("p2", benchmark.TakeOut("o2", false))
		if o, _ := b.n.Organisation("o2"); o.Gone != goes {
			t.Errorf("after %v it is gone: %v", wait, o.Gone)
		}
	}
}

// Of who was there when an organisation was removed the one who had been there longest takes
// its figures out, and the others are told who that is; then it has left.
func TestWhoTakesRemovedFiguresOut(t *testing.T) {
	b := letIn(t)
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p1", benchmark.RemoveOrganisation("o2", true))
	_, err := b.try("p4", benchmark.TakeOut("o2", false))
	longest, _ := b.n.Participant("p2")
	if reason(err) != "not-longest-there" || !slices.Contains(refusedWith(err), any(longest.Name)) {
		t.Errorf("%v", err)
	}
	b.discharge()
	events := b.do("p2", benchmark.TakeOut("o2", false))
	p, _ := b.n.Participant("p2")
	if _, was := benchmark.LastOf(b.n, p, "o2"); was || !benchmark.Leaves(events) {
		t.Errorf("still theirs: %v, has left: %v", was, benchmark.Leaves(events))
	}
	if told := b.toldOf(); told != "organisation-left  o2, organisation-left p1 o2" {
		t.Errorf("told is %q", told)
	}
}

// refusedWith are the words of a refusal.
func refusedWith(err error) []any {
	one, _ := err.(*benchmark.Refusal) //nolint:errorlint // it is none other
	if one == nil {
		return nil
	}
	return one.Args
}

// What a facilitator removes with its figures is nobody's any more, and hasn't left.
func TestRemovedIsNotLeft(t *testing.T) {
	b := lived(t)
	events := b.do("p1", benchmark.RemoveOrganisation("o2", false))
	p, _ := b.n.Participant("p2")
	if _, was := benchmark.LastOf(b.n, p, "o2"); was || benchmark.Leaves(events) {
		t.Errorf("theirs: %v, has left: %v", was, benchmark.Leaves(events))
	}
}

// Nobody comes in by the workspace of an organisation that is gone; by those of others they do.
func TestRemovingUnbindsItsWorkspaces(t *testing.T) {
	b := founded(t, 3, falls())
	other := benchmark.Workspace{Connection: "play", ID: "w3"}
	for user, w := range map[string]benchmark.Workspace{"u8": abroad, "u9": other} {
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: user, Workspace: w.ID}, Organisation: "Org 1"})
	}
	b.do("p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "o2"})
	b.do("p1", benchmark.BindWorkspace{Workspace: other, Organisation: "o3"})
	b.do("p1", benchmark.RemoveOrganisation("o2", true))
	if _, bound := b.n.BoundTo(abroad); bound {
		t.Error("its workspace is bound still")
	}
	if o, _ := b.n.BoundTo(other); o.ID != "o3" {
		t.Errorf("another one is bound to %q", o.ID)
	}
}

// What is told says whether figures stay, or go, where there were any.
func TestRemovingTellsOfFigures(t *testing.T) {
	for name, tt := range map[string]struct {
		remove        benchmark.OrganisationID
		figures       bool
		kept, dropped bool
	}{
		"answered, stays":            {"o2", true, true, false},
		"answered, goes":             {"o2", false, false, true},
		"silent, stays":              {"o3", true, false, false},
		"silent, goes":               {"o3", false, false, false},
		"another one's in it, stays": {"o5", true, true, false},
		"another one's in it, goes":  {"o5", false, false, true},
	} {
		b := founded(t, 5, falls())
		b.open("2026-Q3")
		b.submit(2, 20, 400)
		b.submit(4, 20, 400)
		b.close()
		b.publish()
		b.open("2026-Q4")
		b.do("p1", benchmark.AppointFacilitator("p4"))
		b.do("p4", benchmark.MergeOrganisations{From: "o4", Into: "o5", Figures: true})
		b.discharge()
		b.do("p1", benchmark.RemoveOrganisation(tt.remove, tt.figures))
		for _, d := range b.owed(benchmark.NoticeDuty) {
			if notice, _ := b.n.NoticeOf(d); notice.Kept != tt.kept || notice.Dropped != tt.dropped {
				t.Errorf("%s: %s says kept: %v, dropped: %v", name, notice.About, notice.Kept, notice.Dropped)
			}
		}
	}
}

// Where figures stay an organisation belongs to the rounds that were shown, silent or not, and
// to the open one if it has answered.
func TestRemovedBelongsToWhatWasShown(t *testing.T) {
	for o, want := range map[benchmark.OrganisationID]bool{"o2": true, "o3": false} {
		b := founded(t, 4, falls())
		b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o4", Figure: figure}))
		b.open("2026-Q3")
		b.submit(4, 20, 400)
		b.close()
		b.publish()
		b.open("2026-Q4")
		b.submit(2, 20, 400)
		b.do("p1", benchmark.RemoveOrganisation(o, true))
		for _, r := range b.n.Rounds {
			if r.ID != "2026-Q4" && !r.TakesPart(o) || r.ID == "2026-Q4" && r.TakesPart(o) != want {
				t.Errorf("%s belongs to %s: %v", o, r.ID, r.TakesPart(o))
			}
		}
	}
}
