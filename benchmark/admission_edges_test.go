package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

func (b *table) joins(user, organisation string) benchmark.Participant {
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: user}, Organisation: organisation})
	p, _ := b.n.At(benchmark.Address{Connection: "play", User: user})
	return p
}

// Only who came to an organisation that keeps something, where nobody could vouch for
// them, is admitted unseen.
func TestAdmittedUnseen(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2027-Q1")
	b.do("p2", benchmark.Skip{}) // nothing else was ever done for Org 2
	member, _ := b.n.Participant("p3")
	waiting := b.joins("u9", "Org 3")
	b.do("p2", benchmark.Leave{})
	asked := b.joins("u8", "Org 2")
	if member.AdmittedUnseen() || waiting.AdmittedUnseen() || waiting.Confirmed || asked.Confirmed {
		t.Errorf("member %+v, waiting %+v, asked about %+v", member, waiting, asked)
	}
	b.do("p3", benchmark.Skip{})
	b.do("p3", benchmark.Leave{})
	b.do("p1", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u1", Name: "Anna"}, Organisation: "Org 3"})
	if p, _ := b.n.Participant("p1"); !p.AdmittedUnseen() {
		t.Errorf("the only facilitator, in Org 3 that kept something: %+v", p)
	}
}

// What is said about somebody twice, or of somebody who isn't there any more, changes nothing.
func TestVouchingForWhoDoesNotWait(t *testing.T) {
	b := founded(t, 3, falls())
	p := b.joins("u9", "Org 2")
	b.do("p2", benchmark.Vouch{Newcomer: p.ID, Yes: true})
	if _, err := b.try("p2", benchmark.Vouch{Newcomer: p.ID, Yes: true}); reason(err) != string(refusal.ConfirmedAlready) {
		t.Errorf("vouched for again: %v", err)
	}
	gone := b.joins("u8", "Org 2")
	b.do(gone.ID, benchmark.Leave{})
	if _, err := b.try("p2", benchmark.Vouch{Newcomer: gone.ID, Yes: true}); reason(err) != string(refusal.NobodyWaits) {
		t.Errorf("vouched for who has left: %v", err)
	}
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Newcomer == gone.ID {
			t.Errorf("still owed of who has left: %s", d.Key)
		}
	}
}

// Who isn't confirmed can't vouch for an organisation, however well known their own is.
func TestUnconfirmedVouchForNothing(t *testing.T) {
	b := founded(t, 3, falls())
	p := b.joins("u9", "Org 2")
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u8", Name: "H"}, Organisation: "Elsewhere", New: true})
	o, _ := b.n.OrganisationNamed("Elsewhere")
	if _, err := b.try(p.ID, benchmark.VouchFor(o.ID)); reason(err) != string(refusal.NotYoursToVouch) {
		t.Errorf("vouched for by who isn't confirmed: %v", err)
	}
}
