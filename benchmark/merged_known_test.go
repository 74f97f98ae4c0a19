package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// What two organisations kept that are one now is each one's own people's, and of both for who
// has heard of both.
func TestKnowingOfBoth(t *testing.T) {
	b := founded(t, 4, falls())
	lastRoundOf(b, 4)
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p1", benchmark.AppointFacilitator("p3"))
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o4", Figures: true})
	b.do("p3", benchmark.MergeOrganisations{From: "o3", Into: "o4", Figures: true})
	r, _ := b.n.Round("2026-Q3")
	see := func(id benchmark.ParticipantID) (seen string) {
		p, _ := b.n.Participant(id)
		for _, o := range []benchmark.OrganisationID{"o2", "o3", "o4"} {
			if b.n.OwnRounds(p)(r, o) {
				seen += string(o) + " "
			}
		}
		return seen
	}
	is := func(when string, id benchmark.ParticipantID, want string) {
		t.Helper()
		if got := see(id); got != want {
			t.Errorf("%s: %s sees %q, want %q", when, id, got, want)
		}
	}
	is("before anybody is let in", "p2", "")
	b.do("p4", benchmark.Vouch{Newcomer: "p2", Yes: true})
	b.do("p4", benchmark.Vouch{Newcomer: "p3", Yes: true})
	is("let in by who was there", "p2", "o2 o4 ")
	is("let in by who was there", "p3", "o3 o4 ")
	is("let in by who was there", "p4", "o4 ")
	b.do("p2", benchmark.Vouch{Newcomer: "p3", Yes: true})
	is("told by a colleague", "p3", "o2 o3 o4 ")
	is("having told", "p2", "o2 o4 ")
	if _, err := b.try("p2", benchmark.Vouch{Newcomer: "p3", Yes: true}); reason(err) != "confirmed-already" {
		t.Errorf("there is nothing more to tell: %v", err)
	}
}

// Who has seen all of an organisation sees it again when they come back, by whosever word of
// those who know of less; and who knows of less sees all once they are told by who does.
func TestComingBackKnowsAsMuch(t *testing.T) {
	b := founded(t, 4, falls())
	lastRoundOf(b, 4)
	b.do("", joins("u2", "Org 1"))
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o1", Yes: true})
	late := b.joins("u9", "Org 2").ID
	b.do("p1", benchmark.Vouch{Newcomer: late, Yes: true}) // nobody there sees what was before
	b.joins("u2", "Org 2")
	b.now = b.now.Add(15 * 24 * time.Hour)
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o2", Yes: true})
	b.do("p4", benchmark.Leave{})
	b.do("p1", benchmark.AddOrganisation("Harbour", false))
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o5", Figures: true})
	r, _ := b.n.Round("2026-Q3")
	sees := func(id benchmark.ParticipantID) bool {
		p, _ := b.n.Participant(id)
		return b.n.OwnRounds(p)(r, "o2")
	}
	if !sees("p2") || sees(late) {
		t.Fatalf("who was there sees it: %v, who came later: %v", sees("p2"), sees(late))
	}
	b.do("p2", benchmark.PartFrom("o5"))
	b.joins("u2", "Harbour")
	b.do(late, benchmark.Vouch{Newcomer: "p2", Yes: true})
	if !sees("p2") || sees(late) {
		t.Errorf("who is back sees it: %v, whose word it was: %v", sees("p2"), sees(late))
	}
	b.do("p2", benchmark.Vouch{Newcomer: late, Yes: true})
	if !sees(late) {
		t.Error("who was told doesn't see it")
	}
}

// Who came along to an organisation that nobody is left in, and that has answered the same
// round, sees there what theirs had kept, and not what that one had.
func TestWhatTheirsKeptAmongOthers(t *testing.T) {
	b := founded(t, 3, falls())
	lastRoundOf(b, 3)
	b.do("p3", benchmark.Leave{})
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	p, _ := b.n.Participant("p2")
	r, _ := b.n.Round("2026-Q3")
	if theirs, others := b.n.OwnRounds(p)(r, "o2"), b.n.OwnRounds(p)(r, "o3"); !p.Active() || !theirs || others {
		t.Errorf("sees what Org 2 kept: %v, what Org 3 kept: %v; %+v", theirs, others, p)
	}
}

// Who has an organisation without figures takes it out, whatever was merged with figures into
// others, or without into theirs.
func TestTakingOutWhatHasNothing(t *testing.T) {
	for name, merge := range map[string]benchmark.MergeOrganisations{
		"with figures, into another": {From: "o2", Into: "o3", Figures: true},
		"without, into theirs":       {From: "o2", Into: "o4"},
	} {
		b := founded(t, 4, falls())
		lastRoundOf(b, 3)
		b.do("p1", benchmark.AppointFacilitator("p2"))
		b.do("p2", merge)
		if _, err := b.try("p4", benchmark.TakeOut("o4", false)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who was let in unseen has only those wait by a merger who see no more than they do.
func TestWhoHasOthersWait(t *testing.T) {
	for _, colleague := range []bool{false, true} {
		b := founded(t, 3, falls())
		lastRoundOf(b, 3)
		b.do("", joins("u2", "Org 1"))
		b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o1", Yes: true})
		late := b.joins("u9", "Org 2").ID
		b.do("p1", benchmark.Vouch{Newcomer: late, Yes: true})
		want := ""
		if colleague { // who was there before is there again
			b.joins("u2", "Org 2")
			b.now = b.now.Add(15 * 24 * time.Hour)
			b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o2", Yes: true})
			want = "merge-theirs"
		}
		b.do("p1", benchmark.AppointFacilitator(late))
		if _, err := b.try(late, benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}); reason(err) != want {
			t.Errorf("with a colleague who sees all, %v: %v", colleague, err)
		}
	}
}
