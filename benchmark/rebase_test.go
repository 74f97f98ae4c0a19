package benchmark_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Rebase("o1", "falls", "2026-Q4", "why")}},
	refusals: []refusalCase{
		{"facilitator-only", nil, "p2", benchmark.Rebase("o2", "falls", "2026-Q4", "why")},
		{"no-such-organisation", nil, "p1", benchmark.Rebase("o9", "falls", "2026-Q4", "why")},
		{"no-such-indicator", nil, "p1", benchmark.Rebase("o2", "x", "2026-Q4", "why")},
		{"no-limits", hasPractice, "p1", benchmark.Rebase("o2", "practice", "2026-Q4", "why")},
		{"period", nil, "p1", benchmark.Rebase("o2", "falls", "soon", "why")},
		{"rebase-reason", nil, "p1", benchmark.Rebase("o2", "falls", "2026-Q4", " ")},
		{"personal-number", nil, "p1", benchmark.Rebase("o2", "falls", "2026-Q4", "since 811218-9876 came")},
		{"rebased-already", isRebased, "p1", benchmark.Rebase("o2", "falls", "2026-Q4", "why")},
		{"not-rebased", isRebased, "p1", benchmark.TakeRebaseBack("o2", "falls", "2026-Q3", "why")},
		{"not-rebased", isRebased, "p1", benchmark.TakeRebaseBack("o1", "falls", "2026-Q4", "why")},
		{"facilitator-only", isRebased, "p2", benchmark.TakeRebaseBack("o2", "falls", "2026-Q4", "why")},
	},
	last: func(b *table) {
		b.do("p1", benchmark.Rebase("o1", "falls", "2026-Q4", "WORDS"))
		b.do("p1", benchmark.TakeRebaseBack("o1", "falls", "2026-Q4", "WORDS"))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		where := func() (benchmark.OrganisationID, benchmark.IndicatorID, string, string) {
			return pick[benchmark.OrganisationID](w.t, "o1", "o2", "o9"), w.anIndicator(), pick(w.t, "2026-Q3", "2026-Q4", "x"), anyWords(w.t)
		}
		return map[string]func() benchmark.Intent{
			"rebase":      func() benchmark.Intent { return benchmark.Rebase(where()) },
			"rebase back": func() benchmark.Intent { return benchmark.TakeRebaseBack(where()) },
		}
	},
})

func hasPractice(b *table) {
	b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{falls(), {ID: "practice", Title: "How", Kind: benchmark.Text}}, Reason: "agreed"})
}

func isRebased(b *table) { b.do("p1", benchmark.Rebase("o2", "falls", "2026-Q4", "A new ward.")) }

// rebasesOf are an organisation's, as "2026-Q4 A new ward."
func rebasesOf(n *benchmark.Network, o benchmark.OrganisationID) (all []string) {
	for from, reason := range benchmark.Rebases(n, o, "falls") {
		all = append(all, fmt.Sprint(from.ID, " ", reason))
	}
	return all
}

// TestRebase: a rebase is one organisation's, in order of time; it is taken back as it was
// made, and can be made again. Its words go as all words do.
func TestRebase(t *testing.T) {
	b := founded(t, 3, falls())
	isRebased(b)
	b.do("p1", benchmark.Rebase("o2", "falls", "2025-Q1", "Counted from the register."))
	want := func(what string, o benchmark.OrganisationID, all ...string) {
		t.Helper()
		if diff := cmp.Diff(all, rebasesOf(b.n, o)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	want("two", "o2", "2025-Q1 Counted from the register.", "2026-Q4 A new ward.")
	want("another's", "o1")
	b.do("p1", benchmark.TakeRebaseBack("o2", "falls", "2026-Q4", "It was a holiday ward."))
	want("taken back", "o2", "2025-Q1 Counted from the register.")
	b.do("p1", benchmark.Rebase("o2", "falls", "2026-Q4", "A new ward, for good."))
	want("again", "o2", "2025-Q1 Counted from the register.", "2026-Q4 A new ward, for good.")
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	want("merged", "o2")
	want("merged", "o3", "2025-Q1 Counted from the register.", "2026-Q4 A new ward, for good.")
}
