package benchmark_test

import (
	"slices"
	"testing"

	"roundtable/benchmark"
)

// emptied: Org 2 has answered the open round, and a facilitator has taken back the Yes to
// its only member.
func emptied(b *table) {
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o2"})
}

func (b *table) seesOwn(id benchmark.ParticipantID) bool {
	p, _ := b.n.Participant(id)
	return p.Active() && b.n.MaySeeOwn(p, b.n.Current())
}

// toldEverywhere says whether every seat is told of it, and not only some people.
func (b *table) toldEverywhere(about string) bool {
	return slices.ContainsFunc(b.n.Duties(b.now, nil), func(d benchmark.Duty) bool {
		notice, known := b.n.NoticeOf(d)
		return d.Kind == benchmark.NoticeDuty && known && d.Participant == "" && notice.About == about
	})
}

// Whom a facilitator lets into an organisation that nobody speaks for any more doesn't see
// what it kept to itself, nor does anybody whom they let in.
func TestEmptiedByAFacilitator(t *testing.T) {
	b := founded(t, 3, falls())
	emptied(b)
	if !b.toldEverywhere(benchmark.EmptiedNotice) {
		t.Error("nobody is told that Org 2 was emptied")
	}
	accomplice := b.joins("u9", "Org 2")
	b.do("p1", benchmark.Vouch{Newcomer: accomplice.ID, Yes: true})
	if p, _ := b.n.Participant(accomplice.ID); !p.AdmittedUnseen() || b.seesOwn(accomplice.ID) {
		t.Errorf("let in by a facilitator, seeing all: %+v", p)
	}
	if !b.toldEverywhere(benchmark.UnseenNotice) {
		t.Error("nobody is told whom the facilitator let in")
	}
	b.do("p1", benchmark.Vouch{Newcomer: accomplice.ID, Yes: true}) // again
	b.do("", joins("u1", "Org 2"))
	b.do(accomplice.ID, benchmark.Vouch{Newcomer: "p1", Yes: true})
	late := b.joins("u10", "Org 2")
	b.now = b.now.AddDate(0, 0, 15)
	b.do("p1", benchmark.Vouch{Newcomer: late.ID, Yes: true})
	for _, id := range []benchmark.ParticipantID{accomplice.ID, "p1", late.ID} {
		if b.seesOwn(id) {
			t.Errorf("%s sees what Org 2 answered", id)
		}
	}
}

// Who was taken back returns as they were by another facilitator's word, and not by the one
// who took it back.
func TestReturningWhoWasTakenBack(t *testing.T) {
	for by, sees := range map[benchmark.ParticipantID]bool{"p1": false, "p3": true} {
		b := founded(t, 3, falls())
		b.do("p1", benchmark.AppointFacilitator("p3"))
		emptied(b)
		b.joins("u2", "Org 2")
		b.do(by, benchmark.Vouch{Newcomer: "p2", Yes: true})
		if p, _ := b.n.Participant("p2"); !p.Active() || b.seesOwn("p2") != sees {
			t.Errorf("by %s: %+v", by, p)
		}
	}
}

// Who spoke for an organisation until they moved may say who follows them.
func TestWhoMovedSaysWhoFollows(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("", joins("u2", "Org 3"))
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	follower := b.joins("u9", "Org 2")
	b.do("p2", benchmark.Vouch{Newcomer: follower.ID, Yes: true})
	if !b.seesOwn(follower.ID) {
		t.Error("who follows by the word of who was there sees nothing")
	}
}

// Who has moved away takes back no Yes any more.
func TestWhoMovedTakesNothingBack(t *testing.T) {
	b := founded(t, 3, falls())
	stranger(b)
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	b.do("", joins("u2", "Org 3"))
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	if _, err := b.try("p2", benchmark.Vouch{Newcomer: "p4", Organisation: "o2"}); reason(err) != "confirmed-already" {
		t.Errorf("taken back from elsewhere: %v", err)
	}
	if p, _ := b.n.Participant("p4"); !p.Active() {
		t.Error("evicted by who has left")
	}
}
