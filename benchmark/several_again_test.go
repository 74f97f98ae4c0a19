package benchmark_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// Who joins the organisation that they are in once more, as of another profession say, sees of
// it what they saw before, and nothing more.
func TestJoiningOnceMoreShowsNoMore(t *testing.T) {
	nurse := func(b *table, user, organisation string, also bool) {
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: user}, Organisation: organisation, Profession: "nurse", Also: also})
	}
	b := founded(t, 2, falls())
	abandoned(b)
	b.do("", joining("u1", "Org 2"))
	nurse(b, "u1", "Org 2", true)
	p, _ := b.n.Participant("p1")
	role, _ := p.For("o2")
	if !role.Active() || !role.AdmittedUnseen() || b.n.MaySeeOwn(role, b.n.Current()) {
		t.Errorf("where nobody could vouch: %+v", role)
	}

	b = founded(t, 2, falls())
	b.open("2026-Q4")
	q := b.joins("u9", "Org 2")
	b.do("p2", benchmark.Vouch{Newcomer: q.ID, Yes: true})
	confirmed := b.now
	b.now = b.now.Add(time.Hour)
	nurse(b, "u9", "Org 2", false)
	if q, _ = b.n.Participant(q.ID); !q.ConfirmedBefore(confirmed) || q.ConfirmedBy() != "p2" {
		t.Errorf("confirmed since then, by p2: %+v", q)
	}
}

// Who waits for an organisation beside theirs, and joins again when nobody is left there, is
// let in as anybody is then: what it had answered stays hidden.
func TestWaitingUntilNobodyIsLeft(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.do("", joining("u1", "Org 2"))
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Leave{})
	b.do("", joining("u1", "Org 2"))
	p, _ := b.n.Participant("p1")
	role, _ := p.For("o2")
	if !role.Active() || !role.AdmittedUnseen() || b.n.MaySeeOwn(role, b.n.Current()) {
		t.Errorf("%+v", role)
	}
}

// In early journals who had left came back as who they were; since when they are there is
// counted from then on.
func TestComingBackInEarlyJournals(t *testing.T) {
	b := founded(t, 2, falls())
	before := b.now
	b.do("p2", benchmark.Leave{})
	b.now = b.now.Add(time.Hour)
	e := benchmark.Event{Seq: b.n.Seq + 1, At: b.now, By: "p2", Body: benchmark.ParticipantJoined{Participant: "p2", Organisation: "o2", Confirmed: true}}
	if err := b.n.Apply(e); err != nil {
		t.Fatal(err)
	}
	if p, _ := b.n.Participant("p2"); p.ConfirmedBefore(before) || !p.ConfirmedBefore(b.now) {
		t.Errorf("%+v", p)
	}
}

// Who goes from one organisation to the other and back before anybody has answered is asked
// about once in each.
func TestBackAndForthIsAskedAboutOnce(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "P9"}, Observer: true})
	for k, want := range [][]string{{"confirm p2 of o2"}, {"confirm p3 of o3"}, nil, nil} {
		b.joins("u9", fmt.Sprint("Org ", 2+k%2))
		if diff := cmp.Diff(want, b.asks()); diff != "" {
			t.Errorf("step %d (-want +got):\n%s", k, diff)
		}
		b.discharge()
	}
}

// Who comes along when an organisation becomes of another is asked about there, and told what
// is said, however often they have been in either.
func TestComingAlongIsAskedAndTold(t *testing.T) {
	yes := func(o benchmark.OrganisationID) benchmark.Vouch {
		return benchmark.Vouch{Newcomer: "p2", Organisation: o, Yes: true}
	}
	for _, before := range []int{0, 1, 2} { // times in the one that goes
		for _, there := range []int{0, 1, 2} { // times in the one that stays
			for _, first := range []bool{false, true} {
				name := fmt.Sprintf("%d times in the one, %d in the other, as the first: %v", before, there, first)
				b := founded(t, 4, falls())
				again := func(organisation string, o benchmark.OrganisationID, voucher benchmark.ParticipantID) {
					b.do("", joining("u2", organisation))
					b.discharge()
					b.do(voucher, yes(o))
					b.discharge()
				}
				for range there {
					again("Org 4", "o4", "p4")
					b.do("p2", benchmark.PartFrom("o4"))
				}
				for range before {
					again("Org 3", "o3", "p3")
					b.do("p2", benchmark.PartFrom("o3"))
				}
				again("Org 3", "o3", "p3")
				if first {
					b.do("p2", benchmark.PartFrom("o2"))
				}
				b.do("p1", benchmark.MergeOrganisations{From: "o3", Into: "o4"})
				asked, early := askedAndTold(b, "o4")
				b.discharge()
				b.do("p4", yes("o4"))
				if _, told := askedAndTold(b, "o4"); len(asked) != 1 || len(early) != 1 || len(told) != 1 {
					t.Errorf("%s: asked %v, told %v, and then %v", name, asked, early, told)
				}
			}
		}
	}
}

// Who waits to be let in goes on waiting where theirs goes, though its people are there at once.
func TestWhoWaitsGoesOnWaiting(t *testing.T) {
	b := founded(t, 3, falls())
	q := b.joins("u9", "Org 2")
	b.do("p3", benchmark.Leave{})
	b.discharge()
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	q, _ = b.n.Participant(q.ID)
	if q.Organisation != "o3" || q.Confirmed {
		t.Errorf("%+v", q)
	}
	if diff := cmp.Diff([]string{"confirm p2 of o3"}, b.asks()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Who has parted from the organisation that they were to leave, before they are let in where
// they go, is there then, and nobody is told anything anew.
func TestGoingOverHavingParted(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", joining("u2", "Org 1"))
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o1", Yes: true})
	b.do("p2", benchmark.PartFrom("o1"))
	b.joins("u2", "Org 3")
	b.do("p2", benchmark.PartFrom("o2"))
	b.discharge()
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	p, _ := b.n.Participant("p2")
	if told := b.toldOf(); !p.Active() || p.Organisation != "o3" || told != "" {
		t.Errorf("%+v, told %q", p, told)
	}
}

// Who waited beside their own, went, and comes to it alone is asked about anew.
func TestComingAloneAfterwardsIsAskedAbout(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", joining("u2", "Org 3"))
	b.discharge()
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Observer: true})
	b.discharge()
	b.joins("u2", "Org 3")
	if diff := cmp.Diff([]string{"confirm p3 of o3"}, b.asks()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
