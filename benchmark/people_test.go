package benchmark_test

import (
	"slices"
	"testing"

	"roundtable/benchmark"
)

// A facilitator who changes organisation is one still, and is vouched for as anybody is.
func TestFacilitatorMoves(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u1"}, Organisation: "Org 2", Profession: "manager"})
	p, _ := b.n.Participant("p1")
	if role, is := p.For("o2"); !p.Facilitator || !is || role.Confirmed || p.Profession != "manager" {
		t.Errorf("%+v", p)
	}
}

// Who left comes back as anybody else does; who was turned away and comes again
// is asked about again.
func TestComingBack(t *testing.T) {
	b := founded(t, 3, falls())
	stranger(b) // a second one at Org 2, who stays
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	again := benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2"}, Organisation: "Org 2"}
	b.do("p2", benchmark.Leave{})
	b.do("", again)
	if p, _ := b.n.Participant("p5"); p.Confirmed || p.Organisation != "o2" {
		t.Errorf("%+v is confirmed at once", p)
	}
	for range 2 {
		b.discharge()
		b.do("p4", benchmark.Vouch{Newcomer: "p5"})
		b.do("", again)
		owed := slices.IndexFunc(b.n.Duties(b.now, nil), func(d benchmark.Duty) bool { return d.Kind == benchmark.ConfirmDuty && d.Participant == "p4" })
		if owed < 0 {
			t.Fatal("nobody is asked")
		}
	}
}

// A newcomer who has chosen another organisation meanwhile isn't confirmed there by
// whoever was asked about the first.
func TestVouchingForAnother(t *testing.T) {
	b := founded(t, 3, falls())
	fromAbroad(b)
	b.do("", benchmark.Join{Person: visitor("u8"), Organisation: "Org 3"})
	for _, yes := range []bool{true, false} {
		if _, err := b.try("p1", benchmark.Vouch{Newcomer: "p4", Organisation: "o2", Yes: yes}); reason(err) != "nobody-waits" {
			t.Errorf("asked about Org 2, at Org 3 by now: %v", err)
		}
	}
	b.do("p3", benchmark.Vouch{Newcomer: "p4", Organisation: "o3", Yes: true})
}

// Somebody whose name could not be told at first, or is another now, is known by it
// once they join again; what can't be told takes nothing away.
func TestKnownBetter(t *testing.T) {
	b := founded(t, 3, falls())
	who := visitor("u8")
	nobody := benchmark.Identity{Connection: who.Connection, User: who.User}
	for _, one := range []struct {
		person benchmark.Identity
		events int
		name   string
	}{{nobody, 2, ""}, {who, 2, "u8"}, {who, 0, "u8"}, {nobody, 0, "u8"}} {
		events := b.do("", benchmark.Join{Person: one.person, Organisation: "Org 2"})
		if p, _ := b.n.Participant("p4"); len(events) != one.events || p.Name != one.name || p.Organisation != "o2" || p.Confirmed {
			t.Errorf("%+v: %d events, %+v", one, len(events), p)
		}
	}
	if len(b.n.Participants) != 4 {
		t.Errorf("there are %d participants", len(b.n.Participants))
	}
}
