package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// toldOf is what is owed to be told: about what, to whom and of which organisation.
func (b *table) toldOf() string {
	var all []string
	for _, d := range b.owed(benchmark.NoticeDuty) {
		notice, ok := b.n.NoticeOf(d)
		if !ok {
			b.t.Fatalf("%s tells nothing", d.Key)
		}
		all = append(all, strings.TrimSpace(fmt.Sprint(notice.About, " ", d.Participant, " ", notice.Organisation, " ", notice.Into)))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// alsoAlone: p2 is in Org 2 and in Lake, alone in each.
func alsoAlone(b *table) {
	j := joining("u2", "Lake")
	j.New = true
	b.do("", j)
}

// Who is in several organisations is missed in each of those that they leave, however they do.
func TestLeavingOneOfSeveralIsTold(t *testing.T) {
	observe := benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Observer: true}
	moving := benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Organisation: "Org 1"}
	waiting := func(b *table) { b.do("", joining("u2", "Org 3")) }
	for name, tt := range map[string]struct {
		before func(b *table)
		by     benchmark.ParticipantID
		intent benchmark.Intent
		want   string
	}{
		"the second":                     {inTwo, "p2", benchmark.PartFrom("o3"), "parted p3 o3"},
		"the first":                      {inTwo, "p2", benchmark.PartFrom("o2"), "parted p1 o2"},
		"one that they wait for":         {waiting, "p2", benchmark.PartFrom("o3"), ""},
		"one's only one":                 {nil, "p2", benchmark.PartFrom("o2"), "parted p1 o2"},
		"both, as an observer":           {inTwo, "", observe, "parted p1 o2, parted p3 o3"},
		"one's only one, as an observer": {nil, "", observe, "parted p1 o2"},
		"both, with the network":         {inTwo, "p2", benchmark.Leave{}, "went p1 o2, went p3 o3"},
		"two alone, with the network":    {alsoAlone, "p2", benchmark.Leave{}, "went p1 o2, went p1 o4"},
		"two alone, as an observer":      {alsoAlone, "", observe, "parted p1 o2, parted p1 o4"},
		"the first, for one that waits":  {inTwo, "", moving, ""},
	} {
		b := founded(t, 3, falls())
		if tt.before != nil {
			tt.before(b)
		}
		b.discharge()
		b.do(tt.by, tt.intent)
		if diff := cmp.Diff(tt.want, b.toldOf()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		b.discharge()
		if left := b.toldOf(); left != "" {
			t.Errorf("%s: told again: %s", name, left)
		}
	}
}

// Whoever becomes an observer has spoken for all their organisations, and comes back to each as
// somebody who was there.
func TestAnObserverHasSpokenForAll(t *testing.T) {
	b := founded(t, 3, falls())
	inTwo(b)
	b.open("2026-Q4")
	b.submit(3, 40, 400)
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Observer: true})
	b.do("p3", benchmark.Leave{})
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "P9"}, Organisation: "Org 3"})
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Organisation: "o3", Yes: true}) // who spoke for it may still say so
	if p, _ := b.n.Participant("p4"); !p.Active() || p.AdmittedUnseen() {
		t.Errorf("%+v", p)
	}
}

// The people of a workspace belong to its organisation, whichever of theirs that is.
func TestBindingConfirmsInEveryRole(t *testing.T) {
	b := founded(t, 3, falls())
	j := joining("u2", "Org 3")
	j.Person.Workspace, j.Person.Name = "w3", "P2"
	b.do("", j)
	b.do("p1", benchmark.BindWorkspace{Workspace: benchmark.Workspace{Connection: "play", ID: "w3"}, Organisation: "o3"})
	p, _ := b.n.Participant("p2")
	if role, is := p.For("o3"); !is || !role.Active() {
		t.Errorf("in the second one: %+v", role)
	}
	if role, is := p.For("o2"); !is || !role.Active() {
		t.Errorf("in the first one: %+v", role)
	}
}

// Who is in the new organisation too has no word for it, and who speaks for one that counts has,
// whichever of theirs that is.
func TestVouchingInEveryRole(t *testing.T) {
	b := founded(t, 3, falls())
	added(b) // Ward of mine, o4, by p4
	b.do("", joining("u2", "Ward of mine"))
	b.do("p4", benchmark.Vouch{Newcomer: "p2", Organisation: "o4", Yes: true})
	if _, err := b.try("p2", benchmark.VouchFor("o4")); reason(err) != "not-yours-to-vouch" {
		t.Errorf("who is in it: %v", err)
	}
	addOrganisation(b, "u8", "Harbour") // o5, by p5: not counted yet
	b.do("", joining("u8", "Org 3"))
	b.do("p3", benchmark.Vouch{Newcomer: "p5", Organisation: "o3", Yes: true})
	b.do("p5", benchmark.VouchFor("o4"))
	if o, _ := b.n.Organisation("o4"); o.Vouched {
		t.Error("one word was enough")
	}
	b.do("p1", benchmark.AppointFacilitator("p3"))
	b.do("p1", benchmark.DismissFacilitator("p3"))
}

// asks are the duties by which somebody is asked about, or told of, where they belong.
func (b *table) asks() (keys []string) {
	for _, d := range b.owed(benchmark.ConfirmDuty, benchmark.WelcomeDuty) {
		keys = append(keys, fmt.Sprint(d.Kind, " ", d.Participant, " of ", d.Organisation))
	}
	slices.Sort(keys)
	return keys
}

// Each time somebody comes to an organisation its people are asked once, and they are told
// once what came of it, however often they have been there and whichever of theirs it was.
func TestComingAgainIsAskedAndTold(t *testing.T) {
	b := founded(t, 3, falls())
	b.discharge()
	step := func(what string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, b.asks()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		b.discharge()
		if again := b.asks(); len(again) > 0 {
			t.Errorf("%s, again: %v", what, again)
		}
	}
	also := joining("u2", "Org 3")
	yes := benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true}
	b.do("", also)
	step("comes too", "confirm p3 of o3")
	b.do("p3", yes)
	step("is welcome", "welcome p2 of o3")
	b.do("p2", benchmark.PartFrom("o3"))
	step("goes")
	b.do("", also)
	step("comes again", "confirm p3 of o3")
	b.do("p2", benchmark.PartFrom("o3"))
	step("goes before they answer")
	b.do("", also)
	step("comes a third time", "confirm p3 of o3")
	b.do("p3", yes)
	step("is welcome again", "welcome p2 of o3")
	b.do("p2", benchmark.PartFrom("o2"))
	step("the second is the first now")
	b.do("p2", benchmark.PartFrom("o3"))
	step("is in none")
	b.do("", joins("u2", "Org 3"))
	step("comes to it alone", "confirm p3 of o3")
	b.do("p3", yes)
	step("is welcome alone", "welcome p2 of o3")
	b.do("", joining("u2", "Org 1"))
	step("comes to a second", "confirm p1 of o1")
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o1", Yes: true})
	step("is welcome there", "welcome p2 of o1")
	b.do("", joins("u2", "Org 1"))
	step("stays there alone")
	b.do("", joins("u2", "Org 3"))
	step("comes back in its place", "confirm p3 of o3")
	b.do("p3", yes)
	step("is welcome back", "welcome p2 of o3")
}

// A No to somebody who stays in another organisation is told to them too.
func TestNoToOneOfSeveralIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(b *table)
		by     benchmark.ParticipantID
		of     benchmark.OrganisationID
	}{
		"the second, who waited":        {func(b *table) { b.do("", joining("u2", "Org 3")) }, "p3", "o3"},
		"the second, taken back":        {inTwo, "p3", "o3"},
		"the first, taken back":         {inTwo, "p1", "o2"},
		"the first, while they go over": {func(b *table) { b.do("", joins("u2", "Org 3")) }, "p1", "o2"},
		"the second, the only now":      {func(b *table) { inTwo(b); b.do("p2", benchmark.PartFrom("o2")) }, "p3", "o3"},
	} {
		b := founded(t, 3, falls())
		tt.before(b)
		b.discharge()
		b.do(tt.by, benchmark.Vouch{Newcomer: "p2", Organisation: tt.of})
		told := 0
		for _, d := range b.n.Duties(b.now, nil) {
			notice, _ := b.n.NoticeOf(d)
			if d.Participant == "p2" && (d.Kind == benchmark.WelcomeDuty && d.Organisation == tt.of || notice.About == benchmark.NotWithNotice && notice.Organisation == tt.of) {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%s: told %d times: %v", name, told, b.toldOf())
		}
	}
}
