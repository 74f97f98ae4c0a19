package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// letIn has p4 come to Org 2 by the word of p2, and p5 by that of p4, a day after each other.
func letIn(t *testing.T) *table {
	b := founded(t, 3, falls())
	for k, user := range []string{"u9", "u10"} {
		b.now = b.now.Add(24 * time.Hour)
		p := b.joins(user, "Org 2")
		b.do([]benchmark.ParticipantID{"p2", "p4"}[k], benchmark.Vouch{Newcomer: p.ID, Yes: true})
	}
	return b
}

// One wrong Yes isn't for good: who was confirmed before somebody may say that they don't
// belong there, whoever said that they do. Who came later, or is elsewhere, may not.
func TestWhoWasThereBeforeTakesBack(t *testing.T) {
	for name, tt := range map[string]struct {
		by, of benchmark.ParticipantID
		want   string
	}{
		"first, of one that the other let in": {"p2", "p5", ""},
		"second, of the first":                {"p4", "p2", "confirmed-already"},
		"last, of the second":                 {"p5", "p4", "confirmed-by"},
		"another organisation":                {"p3", "p5", "confirmed-already"},
	} {
		b := letIn(t)
		_, err := b.try(tt.by, benchmark.Vouch{Newcomer: tt.of, Organisation: "o2"})
		if p, _ := b.n.Participant(tt.of); reason(err) != tt.want || p.Active() != (tt.want != "") {
			t.Errorf("%s: %v, %+v", name, err, p)
		}
	}
}

// An impostor who was put out has let others in: these are known, and can be put out by
// whoever is left.
func TestWhomAnImpostorLetIn(t *testing.T) {
	b := letIn(t)
	b.do("p2", benchmark.Vouch{Newcomer: "p4"})
	for _, p := range benchmark.LetInBy(b.n, "p4", "o2") {
		b.do("p2", benchmark.Vouch{Newcomer: p.ID})
	}
	if left := b.n.Members("o2"); len(left) != 1 || left[0].ID != "p2" {
		t.Errorf("still there: %+v", left)
	}
	if again := b.joins("u10", "Org 2"); again.Confirmed {
		t.Error("who was put out is in again unasked")
	}
}

// Who was let in unseen, as nobody could vouch for them, puts out nobody who sees all.
func TestWhoSeesLessTakesNothingBack(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("", benchmark.Join{Person: visitor("u2"), Observer: true})
	stranger := b.joins("u9", "Org 2")
	b.do("p1", benchmark.Vouch{Newcomer: stranger.ID, Yes: true})
	owner := b.joins("u2", "Org 2")
	b.now = b.now.Add(15 * 24 * time.Hour)
	b.do("p1", benchmark.Vouch{Newcomer: owner.ID, Yes: true})
	if _, err := b.try(stranger.ID, benchmark.Vouch{Newcomer: owner.ID}); !b.seesOwn(owner.ID) || b.seesOwn(stranger.ID) || reason(err) != "confirmed-by" {
		t.Errorf("the owner of the figures is put out: %v", err)
	}
}
