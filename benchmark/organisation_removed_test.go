package benchmark_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.TakeOut("o1", true)}},
	refusals: []refusalCase{
		{"not-a-participant", nil, "", benchmark.TakeOut("o2", true)},
		{"not-your-organisation", nil, "p1", benchmark.TakeOut("o2", true)},
		{"not-your-organisation", nil, "p2", benchmark.TakeOut("o9", true)},
		{"not-confirmed", func(b *table) { b.do("", joining("u2", "Org 3")) }, "p2", benchmark.TakeOut("o3", false)},
		{"not-your-organisation", nil, "p2", benchmark.StayTogether("o3")},
		{"not-yours-to-take-out", func(b *table) { abandoned(b); b.do("", joins("u1", "Org 2")) }, "p1", benchmark.TakeOut("o2", false)},
	},
	life: func(b *table) {
		addOrganisation(b, "USER60", "Lake")
		o, _ := b.n.OrganisationNamed("Lake")
		b.do(b.n.Participants[len(b.n.Participants)-1].ID, benchmark.TakeOut(o.ID, true))
	},
	last: func(b *table) {
		addOrganisation(b, "USER61", "Pond")
		first := b.n.Participants[len(b.n.Participants)-1].ID
		second := b.joins("USER62", "Pond")
		b.do(b.n.Facilitators()[0].ID, benchmark.VouchFor(second.Organisation))
		b.do(first, benchmark.Vouch{Newcomer: second.ID, Yes: true})
		b.do(second.ID, benchmark.TakeOut(second.Organisation, false))
		b.do(first, benchmark.StayTogether(second.Organisation))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"take out":      func() benchmark.Intent { return benchmark.TakeOut(w.anOrganisation(), once(w.t, 2)) },
			"stay together": func() benchmark.Intent { return benchmark.StayTogether(w.anOrganisation()) },
		}
	},
})

// An organisation leaves by its own choice: its figures stay as they were, or go.
func TestTakingOut(t *testing.T) {
	for figures, want := range map[bool][]string{true: {"Org 1 20", "Org 2 40"}, false: {"Org 1 20"}} {
		b := lived(t)
		b.do("", joins("u8", "Org 2"))
		b.do("p2", benchmark.TakeOut("o2", figures))
		if diff := cmp.Diff(want, marks(t, b, "2026-Q3")); diff != "" {
			t.Errorf("kept %v (-want +got):\n%s", figures, diff)
		}
		for _, id := range []benchmark.ParticipantID{"p2", "p4"} {
			if p, _ := b.n.Participant(id); p.Left || p.Organisation != "" {
				t.Errorf("kept %v: %+v", figures, p)
			}
		}
		var told []benchmark.ParticipantID
		seats := 0
		for _, d := range b.kinds(benchmark.NoticeDuty) {
			notice, _ := b.n.NoticeOf(d)
			switch {
			case notice.Kept != figures || notice.Organisation != "o2" || notice.By != "p2":
				t.Errorf("told of %+v", notice)
			case d.Seat != "":
				seats++
			default:
				told = append(told, d.Participant)
			}
		}
		slices.Sort(told)
		if diff := cmp.Diff([]benchmark.ParticipantID{"p1", "p4"}, told); diff != "" || seats != 1 {
			t.Errorf("kept %v: %d seats (-want +got):\n%s", figures, seats, diff)
		}
		if _, err := b.try("p2", benchmark.TakeOut("o2", figures)); reason(err) != "organisation-went" {
			t.Errorf("a second time: %v", err)
		}
	}
}

// Where organisations don't see each other, what is common stays though one goes.
func TestTakingOutWhereNobodySees(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22)
	b.close()
	b.publish()
	before := b.common()
	for k := 5; k <= 7; k++ {
		b.do(participant(k), benchmark.TakeOut(b.n.Organisations[k-1].ID, false))
		if diff := cmp.Diff(before, b.common()); diff != "" {
			t.Fatalf("%d have gone (-before +after):\n%s", k-4, diff)
		}
	}
}

// What one that leaves had taken in goes with it, where that is theirs who take it out.
func TestTakingOutWhatWasMerged(t *testing.T) {
	for figures, want := range map[bool][]string{true: {"Org 1 20", "Org 2 40"}, false: {"Org 1 20"}} {
		b := lived(t)
		b.do("p1", benchmark.AppointFacilitator("p2"))
		b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
		b.do("p3", benchmark.TakeOut("o3", figures))
		b.do("p2", benchmark.TakeOut("o3", figures))
		if diff := cmp.Diff(want, marks(t, b, "2026-Q3")); diff != "" {
			t.Errorf("kept %v (-want +got):\n%s", figures, diff)
		}
	}
}

// Who is in several organisations stays in the others as they are, whatever becomes of one.
func TestOneOfSeveralGoes(t *testing.T) {
	roles := func(b *table) (all []string) {
		p, _ := b.n.Participant("p2")
		for role := range p.Roles() {
			confirmed := ""
			if role.Confirmed {
				confirmed = ", confirmed"
			}
			all = append(all, string(role.Organisation)+confirmed)
		}
		return all
	}
	agreed := func(b *table) { inTwo(b); b.do("p3", benchmark.TakeOut("o3", true)) }
	willing := func(b *table) { inTwo(b); b.do("p2", benchmark.TakeOut("o3", true)) }
	waiting := func(b *table) { b.do("", joining("u2", "Org 3")) }
	alone := func(b *table) { waiting(b); b.do("p3", benchmark.Leave{}) }
	merging := func(from, into benchmark.OrganisationID) benchmark.Intent {
		return benchmark.MergeOrganisations{From: from, Into: into}
	}
	for name, tt := range map[string]struct {
		before func(*table)
		by     benchmark.ParticipantID
		what   benchmark.Intent
		want   []string
	}{
		"the first is removed":            {inTwo, "p1", benchmark.RemoveOrganisation("o2", true), []string{"o3, confirmed"}},
		"the second is removed":           {inTwo, "p1", benchmark.RemoveOrganisation("o3", true), []string{"o2, confirmed"}},
		"the first leaves":                {inTwo, "p2", benchmark.TakeOut("o2", true), []string{"o3, confirmed"}},
		"the second leaves":               {agreed, "p2", benchmark.TakeOut("o3", true), []string{"o2, confirmed"}},
		"another's member takes it out":   {willing, "p3", benchmark.TakeOut("o3", true), []string{"o2, confirmed"}},
		"the first becomes the second":    {inTwo, "p1", merging("o2", "o3"), []string{"o3, confirmed"}},
		"the second becomes the first":    {inTwo, "p1", merging("o3", "o2"), []string{"o2, confirmed"}},
		"the first becomes a third":       {inTwo, "p1", merging("o2", "o1"), []string{"o1", "o3, confirmed"}},
		"the second becomes a third":      {inTwo, "p1", merging("o3", "o1"), []string{"o2, confirmed", "o1"}},
		"where they wait":                 {waiting, "p1", merging("o2", "o3"), []string{"o3"}},
		"from where they wait":            {waiting, "p1", merging("o3", "o2"), []string{"o2, confirmed"}},
		"where they wait and nobody was":  {alone, "p1", merging("o2", "o3"), []string{"o3, confirmed"}},
		"where they wait and are removed": {waiting, "p1", benchmark.RemoveOrganisation("o3", true), []string{"o2, confirmed"}},
	} {
		b := founded(t, 3, falls())
		tt.before(b)
		b.do(tt.by, tt.what)
		if diff := cmp.Diff(tt.want, roles(b)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What was sent of one organisation isn't sent again when it becomes the first of several.
func TestTheOtherOneIsTheSame(t *testing.T) {
	welcomes := func(b *table) (keys []string) {
		for _, d := range b.kinds(benchmark.WelcomeDuty) {
			if d.Participant == "p2" {
				keys = append(keys, d.Key)
			}
		}
		return keys
	}
	for name, leave := range map[string]func(*table){
		"taken out": func(b *table) { b.do("p2", benchmark.TakeOut("o2", true)) },
		"removed":   func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o2", true)) },
		"merged":    func(b *table) { b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}) },
		"left":      func(b *table) { b.do("p2", benchmark.PartFrom("o2")) },
		"merged on": func(b *table) { b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o1"}) },
	} {
		b := founded(t, 3, falls())
		inTwo(b)
		before := welcomes(b)
		leave(b)
		if diff := cmp.Diff(before, welcomes(b)); diff != "" || len(before) != 1 {
			t.Errorf("%s (-before +after):\n%s", name, diff)
		}
	}
}
