package benchmark_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.RenameOrganisation("o1", "x")}},
	refusals: []refusalCase{
		{"facilitator-only", nil, "p2", benchmark.RenameOrganisation("o2", "Mine")},
		{"facilitator-only", nil, "p2", benchmark.RemoveOrganisation("o1", false)},
		{"facilitator-only", nil, "p2", benchmark.MergeOrganisations{From: "o1", Into: "o2"}},
		{"no-such-organisation", nil, "p1", benchmark.RemoveOrganisation("o9", true)},
		{"organisation-removed", func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o3", true)) }, "p1", benchmark.RenameOrganisation("o3", "x")},
		{"organisation-removed", func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o3", true)) }, "p2", benchmark.VouchFor("o3")},
		{"organisation-merged", func(b *table) { b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}) }, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}},
		{"organisation-went", func(b *table) { b.do("p3", benchmark.TakeOut("o3", true)) }, "p1", benchmark.RemoveOrganisation("o3", true)},
		{"no-such-organisation", nil, "p1", benchmark.MergeOrganisations{From: "o1", Into: "o9"}},
		{"organisation-taken", nil, "p1", benchmark.RenameOrganisation("o2", "ORG  3.")},
		{"organisation-taken", nil, "p1", benchmark.AddOrganisation("ORG  3.", true)},
		{"organisation-near", nil, "p1", benchmark.AddOrganisation("Orgg 3", false)},
		{"facilitator-only", nil, "p2", benchmark.AddOrganisation("Harbour", false)},
		{"name-empty", nil, "p1", benchmark.RenameOrganisation("o2", " . ")},
		{"name-too-short", nil, "p1", benchmark.RenameOrganisation("o2", "O17")},
		{"merge-of-one", nil, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o2"}},
		{"organisation-unvouched", added, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o4"}},
		{"merge-of-own", func(b *table) { b.open("2026-Q4"); b.submit(2, 20, 400) }, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o1", Figures: true}},
		{"merge-unshown", func(b *table) { b.open("2026-Q4"); b.submit(2, 20, 400) }, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}},
		{"merge-theirs", func(b *table) { lastRound(b) }, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}},
		{"organisation-near", nil, "", benchmark.Join{Person: visitor("u8"), Organisation: "Orgg 2", New: true}},
		{"organisation-near", nil, "", benchmark.Join{Person: visitor("u8"), Organisation: "Orgg 2"}},
		{"one-at-a-time", added, "", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9"}, Organisation: "Another of mine", New: true}},
	},
	life: func(b *table) {
		for k, name := range []string{"Harbour", "Mountain"} {
			addOrganisation(b, fmt.Sprint("USER", 50+k), name)
			o, _ := b.n.OrganisationNamed(name)
			b.do("p1", benchmark.VouchFor(o.ID))
			b.do("p1", benchmark.RenameOrganisation(o.ID, name+" hospital"))
		}
		harbour, _ := b.n.OrganisationNamed("Harbour hospital")
		mountain, _ := b.n.OrganisationNamed("Mountain hospital")
		b.do("p1", benchmark.MergeOrganisations{From: harbour.ID, Into: mountain.ID, Figures: true})
		b.do("p1", benchmark.RemoveOrganisation(mountain.ID, false))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"add": func() benchmark.Intent {
				return benchmark.AddOrganisation(pick(w.t, "Hospital Y", "Added", anyWords(w.t)), once(w.t, 2))
			},
			"rename": func() benchmark.Intent {
				return benchmark.RenameOrganisation(w.anOrganisation(), pick(w.t, "Hospital Z", "New", anyWords(w.t)))
			},
			"merge": func() benchmark.Intent {
				return benchmark.MergeOrganisations{From: w.anOrganisation(), Into: w.anOrganisation(), Figures: once(w.t, 2)}
			},
			"remove": func() benchmark.Intent { return benchmark.RemoveOrganisation(w.anOrganisation(), once(w.t, 2)) },
		}
	},
})

// A name is the same however it is written, and none is there twice.
func TestNamesAreThereOnce(t *testing.T) {
	for _, twice := range [][]string{{"Älvsby", "A\u0308lvsby"}, {"North", "north "}, {"Nära vård", "nära\u00a0vård."}} {
		b := newTable(t)
		if _, err := b.try("", settled(func(f *benchmark.Found) { f.Organisations = twice })); reason(err) != "organisation-twice" {
			t.Errorf("setup takes %q: %v", twice, err)
		}
		b.do("", settled(func(f *benchmark.Found) { f.Organisations, f.Mine = twice[:1], "Elsewhere" }))
		b.do("", benchmark.Join{Person: visitor("u8"), Organisation: twice[1], New: true})
		if len(b.n.Organisations) != 2 {
			t.Errorf("joining %q makes another one: %+v", twice[1], b.n.Organisations)
		}
	}
	b := newTable(t)
	b.do("", settled(func(f *benchmark.Found) { f.Organisations = []string{"A\u0308lvsby"} }))
	if got := b.n.Organisations[0].Name; got != "Älvsby" {
		t.Errorf("kept as %q", got)
	}
}

// Who is sure that they mean another one gets it.
func TestNearButAnother(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("", benchmark.Join{Person: visitor("u8"), Organisation: "Orgg 2", New: true, Sure: true})
	if _, ok := b.n.OrganisationNamed("Orgg 2"); !ok {
		t.Error("it isn't there")
	}
}

// lived: two rounds with three organisations, the first shown, the second open; Org 2 has
// answered in both, Org 3 in the second.
func lived(t *testing.T) *table {
	b := founded(t, 3, falls())
	b.open("2026-Q3")
	for k := 1; k <= 2; k++ {
		b.submit(k, float64(20*k), 400)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.open("2026-Q4")
	b.submit(2, 41, 400)
	return b
}

func marks(t *testing.T, b *table, round benchmark.RoundID) (all []string) {
	t.Helper()
	v, err := view.Of(b.n, round, "falls", view.Viewer{Draft: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range v.Marks {
		all = append(all, fmt.Sprintf("%s %g", m.Label, m.Figure.Numerator))
	}
	return all
}

func TestRenaming(t *testing.T) {
	b := lived(t)
	b.do("p1", benchmark.RenameOrganisation("o2", "Org 2, new"))
	if diff := cmp.Diff([]string{"Org 1 20", "Org 2, new 40"}, marks(t, b, "2026-Q3")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.do("p1", benchmark.RenameOrganisation("o2", "ORG 2, NEW")) // its own name, written otherwise
}

func TestMerging(t *testing.T) {
	for _, one := range []struct {
		answered, figures, there bool
		before, now              []string
	}{
		{false, true, true, []string{"Org 1 20", "Org 2 40"}, []string{"Org 3 41"}},
		{true, true, false, []string{"Org 1 20", "Org 2 40"}, []string{"Org 3 99"}},
		{false, false, false, []string{"Org 1 20"}, nil},
	} {
		b := lived(t)
		if one.answered {
			b.submit(3, 99, 400)
		}
		b.do("p1", benchmark.AppointFacilitator("p2"))
		b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: one.figures})
		if diff := cmp.Diff(one.before, marks(t, b, "2026-Q3")); diff != "" {
			t.Errorf("%+v: the round that was shown (-want +got):\n%s", one, diff)
		}
		if got := b.n.Progress(b.n.Current()); got.Organisations != 2 {
			t.Errorf("%+v: the open round has %+v", one, got)
		}
		i, _ := b.n.Template().Indicator("falls")
		past := b.n.History("o3", i, b.n.Current(), nil)
		if (len(past) == 1) != one.figures {
			t.Errorf("%+v: its history is %+v", one, past)
		}
		if p, _ := b.n.Participant("p2"); p.Organisation != "o3" || p.Confirmed != one.there {
			t.Errorf("%+v: %+v, there at once: %v", one, p, one.there)
		}
		if _, err := b.try("p2", benchmark.Skip{}); (reason(err) != "not-confirmed") != one.there {
			t.Errorf("%+v: %v", one, err)
		}
		b.do("p1", benchmark.CloseRound{})
		if diff := cmp.Diff(one.now, marks(t, b, "2026-Q4")); diff != "" {
			t.Errorf("%+v: the round that was open (-want +got):\n%s", one, diff)
		}
		if o, ok := b.n.OrganisationNamed("Org 2"); !ok || o.ID != "o3" {
			t.Errorf("%+v: who looks for it finds %+v", one, o)
		}
	}
}

// Where the one that stays has neither people nor anything else, those who come are its
// people; but what comes along guards it.
func TestMergingIntoAnEmptyOne(t *testing.T) {
	b := lived(t)
	b.do("p3", benchmark.Leave{})
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	if p, _ := b.n.Participant("p2"); !p.Active() || p.Organisation != "o3" {
		t.Errorf("%+v", p)
	}
	b.do("p2", benchmark.Leave{})
	b.do("", joins("u9", "Org 3"))
	if p, _ := b.n.Participant("p4"); p.Confirmed {
		t.Errorf("a stranger is let in: %+v", p)
	}
}

func TestRemoving(t *testing.T) {
	for figures, before := range map[bool][]string{true: {"Org 1 20", "Org 2 40"}, false: {"Org 1 20"}} {
		b := lived(t)
		b.do("p1", benchmark.RemoveOrganisation("o2", figures))
		if diff := cmp.Diff(before, marks(t, b, "2026-Q3")); diff != "" {
			t.Errorf("kept %v (-want +got):\n%s", figures, diff)
		}
		want := 2
		if figures {
			want++ // it has answered
		}
		if got := b.n.Progress(b.n.Current()); got.Organisations != want {
			t.Errorf("kept %v: the open round has %+v", figures, got)
		}
		if p, _ := b.n.Participant("p2"); p.Organisation != "" || p.Active() {
			t.Errorf("kept %v: %+v", figures, p)
		}
		b.do("p1", benchmark.CloseRound{})
		b.open("2027-Q1")
		if b.n.Current().TakesPart("o2") {
			t.Errorf("kept %v: it takes part in what opens afterwards", figures)
		}
		if _, err := b.try("", joins("u9", "Org 2")); reason(err) != "no-such-organisation" {
			t.Errorf("kept %v: joining what is gone: %v", figures, err)
		}
	}
}

// What was written beside figures that go is erased.
func TestRemovingErasesNotes(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.do("p2", submitting(value(figure, "a note of theirs")))
	b.do("p1", benchmark.RemoveOrganisation("o2", false))
	owed := slices.IndexFunc(b.n.Duties(b.now, nil), func(d benchmark.Duty) bool { return d.Kind == benchmark.EraseDuty && len(b.n.ToErase(d)) == 1 })
	if owed < 0 {
		t.Error("the note isn't to be erased")
	}
}
