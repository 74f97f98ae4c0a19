package benchmark_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var abroad = benchmark.Workspace{Connection: "play", ID: "w2"}

func visitor(user string) benchmark.Identity {
	return benchmark.Identity{Connection: "play", User: user, Name: user, Workspace: "w2"}
}

// fromAbroad has somebody of another workspace wait at Org 2, as p4.
func fromAbroad(b *table) {
	b.do("", benchmark.Join{Person: visitor("u8"), Organisation: "Org 2"})
}

// Who comes from a workspace that is bound need not choose, and is confirmed.
func TestBoundWorkspace(t *testing.T) {
	b := founded(t, 3, falls())
	fromAbroad(b)
	if diff := cmp.Diff([]benchmark.Workspace{abroad}, b.n.Workspaces()); diff != "" {
		t.Errorf("workspaces (-want +got):\n%s", diff)
	}
	bind := benchmark.BindWorkspace{Workspace: abroad, Organisation: "org 2"}
	b.do("p1", bind)
	if events := b.do("p1", bind); len(events) > 0 {
		t.Errorf("binding again is followed by %+v", events)
	}
	if p, _ := b.n.Participant("p4"); !p.Confirmed {
		t.Error("who waited at the organisation is not confirmed")
	}
	b.do("", benchmark.Join{Person: visitor("u9")})
	if p, _ := b.n.Participant("p5"); p.Organisation != "o2" || !p.Confirmed {
		t.Errorf("joined without choosing: %+v", p)
	}
	b.do("", benchmark.Join{Person: visitor("u10"), Organisation: "Org 3"})
	if p, _ := b.n.Participant("p6"); p.Organisation != "o3" || p.Confirmed {
		t.Errorf("chose another organisation: %+v", p)
	}
	stranger := visitor("u11")
	stranger.Connection = "elsewhere"
	if _, err := b.try("", benchmark.Join{Person: stranger}); reason(err) != "name-empty" {
		t.Errorf("of a workspace of the same id elsewhere: %v", err)
	}
	b.do("p1", benchmark.BindWorkspace{Workspace: abroad})
	if _, err := b.try("", benchmark.Join{Person: visitor("u12")}); reason(err) != "name-empty" {
		t.Errorf("after the binding has ended: %v", err)
	}
	if p, _ := b.n.Participant("p5"); !p.Active() {
		t.Errorf("who was in is no longer: %+v", p)
	}
}

// A guest of a workspace that is bound is one of its people only once somebody says
// so.
func TestGuestsAreVouchedFor(t *testing.T) {
	guest := func(user string) benchmark.Identity {
		v := visitor(user)
		v.Guest = true
		return v
	}
	b := founded(t, 3, falls())
	b.do("", benchmark.Join{Person: guest("u8"), Organisation: "Org 2"})
	b.do("p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "Org 2"})
	b.do("", benchmark.Join{Person: guest("u9"), Organisation: "Org 2"})
	for _, id := range []benchmark.ParticipantID{"p4", "p5"} {
		if p, _ := b.n.Participant(id); p.Confirmed || !p.Guest {
			t.Errorf("%+v is confirmed, or no guest", p)
		}
	}
	if _, err := b.try("", benchmark.Join{Person: guest("u10")}); reason(err) != "name-empty" {
		t.Errorf("a guest without a choice: %v", err)
	}
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Organisation: "o2", Yes: true})
	if p, _ := b.n.Participant("p4"); !p.Active() {
		t.Errorf("vouched for, and still not in: %+v", p)
	}
	b.do("", benchmark.Join{Person: visitor("u9"), Organisation: "Org 2"}) // belongs there by now
	if p, _ := b.n.Participant("p5"); !p.Active() || p.Guest {
		t.Errorf("no guest any more, and still not in: %+v", p)
	}
}
