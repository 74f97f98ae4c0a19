package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// outsiders: everybody has answered a round that was shown. Somebody of Org 3 leads too, and
// one of Org 1 does.
func outsiders(t *testing.T) *table {
	b := founded(t, 3, falls())
	lastRound(b)
	b.do("p1", benchmark.AppointFacilitator("p3"))
	return b
}

func lastRound(b *table) {
	b.open("2026-Q3")
	for k := 1; k <= 3; k++ {
		b.submit(k, float64(20*k), 400)
	}
	b.close()
	b.publish()
}

// Who leads can't have the people of another organisation wait, with what it keeps, for a Yes
// of those of a third one: they may say No.
func TestNobodyIsLockedOutByAMerger(t *testing.T) {
	merge := benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}
	sitting := func(p benchmark.ParticipantID, user string) func(*table) {
		return func(b *table) {
			q := b.joins(user, "Org 2")
			b.do(p, benchmark.Vouch{Newcomer: q.ID, Yes: true})
		}
	}
	for name, tt := range map[string]struct {
		before func(*table)
		by     benchmark.ParticipantID
		want   string
	}{
		"a facilitator of a third one": {nil, "p1", "merge-theirs"},
		"one who waits to be let in":   {func(b *table) { b.do("", joining("u1", "Org 2")) }, "p1", "merge-theirs"},
		"one of theirs does it":        {func(b *table) { b.do("p1", benchmark.AppointFacilitator("p2")) }, "p2", ""},
		"a colleague waits":            {sitting("p2", "u9"), "p1", "merge-theirs"},
		"all of them are in both": {func(b *table) {
			b.do("", joining("u2", "Org 3"))
			b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
		}, "p1", ""},
		"they wait in the other one":           {func(b *table) { b.do("", joining("u2", "Org 3")) }, "p1", "merge-theirs"},
		"nobody is there":                      {func(b *table) { b.do("p2", benchmark.Leave{}) }, "p1", ""},
		"nobody is in the one where they come": {func(b *table) { b.do("p3", benchmark.Leave{}) }, "p1", ""},
	} {
		b := outsiders(t)
		if tt.before != nil {
			tt.before(b)
		}
		if _, err := b.try(tt.by, merge); reason(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
	b := outsiders(t)
	if _, err := b.try("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}); err != nil {
		t.Errorf("without the figures: %v", err)
	}
}

// Who was put out, and comes again by another's word, sees what was their own.
func TestWhoWasPutOutSeesTheirOwnAgain(t *testing.T) {
	b, omega, outsider := taken(t, nil)
	b.do("p1", benchmark.Vouch{Newcomer: "p2"})
	b.do("", joining("u2", "Omega"))
	b.do(outsider, benchmark.Vouch{Newcomer: "p2", Organisation: omega, Yes: true})
	if told := b.knows("p2"); told != "trend file" {
		t.Errorf("its own person reads %q", told)
	}
}

// An outsider who leads and sits in an organisation, with another who leads, tries to come by
// what a third one keeps, or to part it from its people, by any merger with figures: its people
// see it afterwards, and the outsiders don't.
func TestOutsidersTakeNothingByMergers(t *testing.T) {
	for _, leader := range []benchmark.ParticipantID{"p1", "p3"} {
		for _, through := range []benchmark.OrganisationID{"", "o1", "o4"} {
			b := outsiders(t)
			b.do("p1", benchmark.AddOrganisation("Harbour", false))
			from := benchmark.OrganisationID("o2")
			if through != "" {
				if _, err := b.try(leader, benchmark.MergeOrganisations{From: "o2", Into: through, Figures: true}); err == nil {
					from = through
				}
			}
			_, _ = b.try(leader, benchmark.MergeOrganisations{From: from, Into: "o3", Figures: true})
			for _, by := range []benchmark.ParticipantID{"p1", "p3"} {
				for _, o := range []benchmark.OrganisationID{"o1", "o3", "o4"} {
					if p, _ := b.n.Participant("p2"); !p.Confirmed {
						_, _ = b.try(by, benchmark.Vouch{Newcomer: "p2", Organisation: o})
					}
				}
			}
			r, _ := b.n.Round("2026-Q3")
			owner, _ := b.n.Participant("p2")
			if !b.n.OwnRounds(owner)(r, "o2") {
				t.Errorf("%s through %q: its people don't see what Org 2 kept", leader, through)
			}
			for _, id := range []benchmark.ParticipantID{"p1", "p3"} {
				outsider, _ := b.n.Participant(id)
				if b.n.OwnRounds(outsider)(r, "o2") {
					t.Errorf("%s through %q: %s sees what Org 2 kept", leader, through, id)
				}
			}
		}
	}
}
