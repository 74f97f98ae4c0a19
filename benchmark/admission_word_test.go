package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// Who belongs to an organisation is for its people to say, for those who spoke for it until they
// went where nobody else can, and for a facilitator after two weeks; never for others.
func TestWhoseWordItIs(t *testing.T) {
	deserted := func(b *table) { b.do("p4", benchmark.Leave{}) }
	weeks := func(b *table) { b.now = b.now.Add(15 * 24 * time.Hour) }
	for name, tt := range map[string]struct {
		before func(b *table)
		by     benchmark.ParticipantID
		yes    bool
		want   string
	}{
		"a member":                              {nil, "p4", true, ""},
		"who has gone, and one is there":        {nil, "p2", true, "not-yours-to-confirm"},
		"who has gone, and nobody is there":     {deserted, "p2", true, ""},
		"their No":                              {deserted, "p2", false, "not-yours-to-confirm"},
		"another one, where nobody is":          {deserted, "p3", true, "not-yours-to-confirm"},
		"another one, after two weeks":          {weeks, "p3", true, "not-yours-to-confirm"},
		"a facilitator at once":                 {nil, "p1", true, "not-yours-to-confirm"},
		"a facilitator after two weeks":         {weeks, "p1", true, ""},
		"a facilitator, of who is there by now": {func(b *table) { b.do("p4", benchmark.Vouch{Newcomer: "p5", Yes: true}); weeks(b) }, "p1", true, "confirmed-already"},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		b.submit(2, 20, 400)
		b.do("p2", benchmark.Vouch{Newcomer: b.joins("u9", "Org 2").ID, Yes: true})
		b.joins("u2", "Org 3")
		b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
		newcomer := b.joins("u10", "Org 2").ID
		if tt.before != nil {
			tt.before(b)
		}
		if _, err := b.try(tt.by, benchmark.Vouch{Newcomer: newcomer, Yes: tt.yes}); reason(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// The first ones of an organisation see what was recorded of it, whatever the facilitator who
// says that they belong there sees of their own; who comes once these have gone does not.
func TestFirstOnesSeeWhatWasRecorded(t *testing.T) {
	for name, facilitator := range map[string]func(b *table){
		"who sees all":                    func(*table) {},
		"who was let in unseen at theirs": func(b *table) { abandoned(b); b.do("", joins("u1", "Org 2")) },
	} {
		b := founded(t, 2, falls())
		facilitator(b)
		b.do("p1", benchmark.AddOrganisation("Harbour", false))
		harbour, _ := b.n.OrganisationNamed("Harbour")
		b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: harbour.ID, Figure: figure}))
		r, _ := b.n.Round("2020")
		first := b.joins("u9", "Harbour").ID
		b.do("p1", benchmark.Vouch{Newcomer: first, Yes: true})
		if p, _ := b.n.Participant(first); !p.Active() || p.AdmittedUnseen() || !b.n.MaySeeOwn(p, r) {
			t.Errorf("a facilitator %s: the first is %+v", name, p)
		}
		b.do(first, benchmark.Leave{})
		next := b.joins("u10", "Harbour").ID
		b.do("p1", benchmark.Vouch{Newcomer: next, Yes: true})
		if p, _ := b.n.Participant(next); !p.Active() || !p.AdmittedUnseen() || b.n.MaySeeOwn(p, r) {
			t.Errorf("a facilitator %s: the next is %+v", name, p)
		}
	}
}

// Who is turned away is told of which organisation, and whether it was one of its people or a
// facilitator of another.
func TestWhoTurnedThemAway(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(b *table)
		by     benchmark.ParticipantID
		other  bool
	}{
		"a member":                 {nil, "p2", false},
		"a member who leads":       {func(b *table) { b.do("p1", benchmark.AppointFacilitator("p2")) }, "p2", false},
		"a facilitator of another": {func(b *table) { b.now = b.now.Add(15 * 24 * time.Hour) }, "p1", true},
	} {
		b := founded(t, 3, falls())
		q := b.joins("u9", "Org 2")
		if tt.before != nil {
			tt.before(b)
		}
		b.do(tt.by, benchmark.Vouch{Newcomer: q.ID})
		if q, _ = b.n.Participant(q.ID); q.TurnedAwayByFacilitator() != tt.other {
			t.Errorf("%s: said by a facilitator: %v", name, !tt.other)
		}
		told := b.owed(benchmark.WelcomeDuty)
		if len(told) != 1 || told[0].Participant != q.ID || told[0].Organisation != "o2" {
			t.Errorf("%s: told %+v", name, told)
		}
	}
}
