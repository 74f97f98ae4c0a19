package benchmark_test

import (
	"slices"
	"testing"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Deactivate("p1", true)}},
	refusals:  []refusalCase{{"bot-only", nil, "p1", benchmark.Deactivate("p2", true)}},
})

// Who is deactivated is asked nothing and told nothing; what they said and confirmed
// stands; once they are back, all is as before.
func TestDeactivated(t *testing.T) {
	b := founded(t, 3, falls())
	stranger(b)
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u10", Name: "Another"}, Organisation: "Org 3"})
	b.discharge()
	before := b.toPerson("p3")
	if !slices.Contains(before, benchmark.NudgeDuty) {
		t.Fatalf("p3 is told %v", before)
	}
	for _, p := range []benchmark.ParticipantID{"p2", "p3"} {
		b.do("", benchmark.Deactivate(p, true))
		if events := b.do("", benchmark.Deactivate(p, true)); len(events) > 0 {
			t.Errorf("deactivated twice: %v", events)
		}
	}
	if got := b.toPerson("p3"); len(got) > 0 {
		t.Errorf("who is gone is told %v", got)
	}
	if got := b.toPerson("p1"); !slices.Contains(got, benchmark.ConfirmDuty) {
		t.Errorf("with no member to ask, the facilitator is told %v", got)
	}
	if p, _ := b.n.Participant("p4"); !p.Confirmed {
		t.Error("whom they confirmed is so no more")
	}
	if _, ok := b.n.Current().Submission("o2", "falls"); !ok {
		t.Error("what they answered is gone")
	}
	b.do("", benchmark.Deactivate("p3", false))
	if diff := slices.Compare(before, b.toPerson("p3")); diff != 0 {
		t.Errorf("who is back is told %v, want %v", b.toPerson("p3"), before)
	}
}

// toPerson is what somebody is told, now or later.
func (b *table) toPerson(p benchmark.ParticipantID) (kinds []benchmark.DutyKind) {
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Participant == p {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}
