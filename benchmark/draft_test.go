package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// drafted: Org 1 to 3 answered, and the round has closed. It returns what its draft showed.
func drafted(b *table) string {
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.submit(2, 30, 400)
	b.submit(3, 40, 400)
	b.close()
	return benchmark.DraftState(b.n, b.n.Current())
}

var _ = with(subject{
	refusals: []refusalCase{
		{"draft-changed", func(b *table) { drafted(b) }, "p1", benchmark.PublishRound{Round: "2026-Q4", Closing: 1, Draft: "another"}},
	},
})

// Nothing is shown that who presses hasn't seen in the draft; typed, it is shown as it is.
func TestChangedDraftIsNotPublished(t *testing.T) {
	changes := map[string]func(b *table){
		"corrected": func(b *table) {
			b.do("p2", benchmark.Submit{Round: "2026-Q4", Reason: "a late report", Items: []benchmark.Item{{
				Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 31, Denominator: 400}, Confirmed: true,
			}}})
		},
		"removed": func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o3", false)) },
		"merged":  func(b *table) { b.do("p1", benchmark.MergeOrganisations{From: "o3", Into: "o4"}) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 5, falls())
			seen := drafted(b)
			change(b)
			if _, err := b.try("p1", benchmark.PublishRound{Round: "2026-Q4", Closing: 1, Draft: seen}); reason(err) != "draft-changed" {
				t.Fatalf("the old draft: %v", err)
			}
			b.do("p1", benchmark.PublishRound{Round: "2026-Q4", Closing: 1, Draft: benchmark.DraftState(b.n, b.n.Current())})
			if b.n.Current().Phase != benchmark.Published {
				t.Error("the new draft shows nothing")
			}
		})
	}
	b := founded(t, 5, falls())
	drafted(b)
	changes["removed"](b)
	b.do("p1", benchmark.PublishRound{})
	if b.n.Current().Phase != benchmark.Published {
		t.Error("typed, nothing is shown")
	}
}
