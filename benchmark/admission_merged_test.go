package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// leftBehind: Org 3 has answered, and nobody speaks for it; a facilitator of Org 2 merges
// theirs, which has answered the open round, into it.
func leftBehind(t *testing.T) (b *table, colleague benchmark.ParticipantID) {
	b = founded(t, 3, falls())
	b.open("2026-Q3")
	b.submit(3, 20, 400)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.do("p3", benchmark.Leave{})
	p := b.joins("u9", "Org 2")
	b.do("p2", benchmark.Vouch{Newcomer: p.ID, Yes: true})
	b.open("2026-Q4")
	b.submit(2, 30, 400)
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	return b, p.ID
}

// What an organisation's people have answered stays theirs to see and correct when it
// becomes of one that nobody could let them into; what that one kept stays hidden.
func TestOwnAnswersAfterAMerger(t *testing.T) {
	b, colleague := leftBehind(t)
	before, _ := b.n.Round("2026-Q3")
	for _, id := range []benchmark.ParticipantID{"p2", colleague} {
		if !b.seesOwn(id) {
			t.Errorf("%s doesn't see what they have answered", id)
		}
		if p, _ := b.n.Participant(id); !p.AdmittedUnseen() || b.n.MaySeeOwn(p, before) {
			t.Errorf("%s sees what Org 3 had answered", id)
		}
	}
	b.do("p2", benchmark.Withdraw{})
	if !b.seesOwn(colleague) {
		t.Error("what a colleague took back is hidden")
	}
}

// Who comes after, or has answered there before, keeps all of it hidden.
func TestOthersAnswersAfterAMerger(t *testing.T) {
	b, colleague := leftBehind(t)
	stranger := b.joins("u10", "Org 3")
	b.do(colleague, benchmark.Vouch{Newcomer: stranger.ID, Yes: true})
	if b.seesOwn(stranger.ID) {
		t.Error("a stranger sees what was answered")
	}
	if _, err := b.try(stranger.ID, submitting(value(figure, ""))); reason(err) != "round-before-you" {
		t.Errorf("a stranger answers in its place: %v", err)
	}
}
