package benchmark_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// goingOver: p2 of Org 2 has answered the open round, and asks to be with Org 3 instead.
func goingOver(t *testing.T) *table {
	b := founded(t, 4, falls())
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("", joins("u2", "Org 3"))
	return b
}

func (b *table) rolesOf(id benchmark.ParticipantID) (all []string) {
	p, _ := b.n.Participant(id)
	for role := range p.Roles() {
		confirmed := ""
		if role.Confirmed {
			confirmed = ", confirmed"
		}
		all = append(all, string(role.Organisation)+confirmed)
	}
	return all
}

// Who goes over stays where they are until the other one says Yes.
func TestGoingOverWaitsForTheYes(t *testing.T) {
	b := goingOver(t)
	if diff := cmp.Diff([]string{"o2, confirmed", "o3"}, b.rolesOf("p2")); diff != "" {
		t.Fatalf("asked (-want +got):\n%s", diff)
	}
	if p, _ := b.n.Participant("p2"); !b.seesOwn("p2") || p.HasSeveral() {
		t.Error("they don't see what they have answered, or have to say for whom they speak")
	}
	b.do("p2", submitting(value(figure, "")))
	if v, _ := b.n.Current().Submission("o2", "falls"); v.Figure != figure {
		t.Errorf("they answered for the old one: %+v", v)
	}
	if told := b.kinds(benchmark.NoticeDuty); len(told) > 0 {
		t.Errorf("told early: %+v", told)
	}
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	if diff := cmp.Diff([]string{"o3, confirmed"}, b.rolesOf("p2")); diff != "" {
		t.Errorf("confirmed (-want +got):\n%s", diff)
	}
	told := b.kinds(benchmark.NoticeDuty)
	if len(told) != 1 || told[0].Participant != "p1" {
		t.Fatalf("told: %+v", told)
	}
	if notice, _ := b.n.NoticeOf(told[0]); notice.About != benchmark.MovedNotice || notice.Organisation != "o2" || notice.Into != "o3" {
		t.Errorf("told of %+v", notice)
	}
	if slices.ContainsFunc(b.n.Members("o2"), func(p benchmark.Participant) bool { return p.ID == "p2" }) || !b.seesOwn("p2") {
		t.Error("they speak for the old one still, or don't see what the new one has answered")
	}
}

// A No leaves them where they were; so does whatever else becomes of it.
func TestGoingOverThatDoesNotCome(t *testing.T) {
	for name, tt := range map[string]struct {
		then func(b *table)
		want []string
	}{
		"a No":                        {func(b *table) { b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3"}) }, []string{"o2, confirmed"}},
		"they think again":            {func(b *table) { b.do("p2", benchmark.PartFrom("o3")) }, []string{"o2, confirmed"}},
		"another one instead":         {func(b *table) { b.do("", joins("u2", "Org 4")) }, []string{"o2, confirmed", "o4"}},
		"as well":                     {func(b *table) { b.do("", joining("u2", "Org 3")) }, []string{"o2, confirmed", "o3"}},
		"the new one is removed":      {func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o3", true)) }, []string{"o2, confirmed"}},
		"the old one is removed":      {func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o2", true)) }, []string{"o3"}},
		"they are with the old alone": {func(b *table) { b.do("", joins("u2", "Org 2")) }, []string{"o2, confirmed", "o3"}},
		"the old becomes another, and a Yes": {func(b *table) {
			b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o4"})
			b.do("p4", benchmark.Vouch{Newcomer: "p2", Organisation: "o4", Yes: true})
			b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
		}, []string{"o3, confirmed"}},
		"the old becomes the new, and a Yes": {func(b *table) {
			b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"})
			b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
		}, []string{"o3, confirmed"}},
		"a Yes to being with both": {func(b *table) {
			b.do("", joining("u2", "Org 3"))
			b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
		}, []string{"o2, confirmed", "o3, confirmed"}},
	} {
		b := goingOver(t)
		tt.then(b)
		if diff := cmp.Diff(tt.want, b.rolesOf("p2")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
