package benchmark_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var abroad = benchmark.Workspace{Connection: "play", ID: "w2"}

func visitor(user string) benchmark.IdentityGiven {
	return benchmark.IdentityGiven{Connection: "play", User: user, Name: user, Workspace: "w2"}
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
