package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Who brings what theirs has answered or guessed to an organisation that nobody is left in sees
// that still, and nothing more: not what the other one had guessed there.
func TestWhatComesAlongIsSeen(t *testing.T) {
	guess := benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}}
	for name, c := range map[string]struct {
		theirs, mine func(b *table)
		sees         bool
	}{
		"an answer":                 {nil, func(b *table) { b.submit(2, 3, 400) }, true},
		"a guess":                   {nil, func(b *table) { b.do("p2", guess) }, true},
		"both":                      {nil, func(b *table) { b.submit(2, 3, 400); b.do("p2", guess) }, true},
		"an answer beside a guess":  {func(b *table) { b.do("p3", guess) }, func(b *table) { b.submit(2, 3, 400) }, false},
		"an answer beside another":  {func(b *table) { b.submit(3, 4, 400) }, func(b *table) { b.submit(2, 3, 400) }, false},
		"a guess beside an answer":  {func(b *table) { b.submit(3, 4, 400) }, func(b *table) { b.do("p2", guess) }, false},
		"nothing, where it skipped": {func(b *table) { b.do("p3", benchmark.Skip{}) }, func(*table) {}, false},
		"nothing, where a guess is": {func(b *table) { b.do("p3", guess) }, func(*table) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 4, falls())
			b.open("2026-Q2")
			b.submit(2, 40, 400)
			b.submit(3, 30, 400)
			b.close()
			b.publish()
			b.do("p1", benchmark.AppointFacilitator("p2"))
			b.open("2026-Q3")
			b.submit(4, 50, 400)
			b.do("p4", guess)
			if c.theirs != nil {
				c.theirs(b)
			}
			c.mine(b)
			b.do("p3", benchmark.Leave{})
			b.do("p1", benchmark.DismissFacilitator("p1"))
			b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
			p, _ := b.n.Participant("p2")
			r, _ := b.n.Round("2026-Q3")
			if got := b.n.MaySeeOwn(p, r); !p.Active() || got != c.sees {
				t.Errorf("sees what %s kept: %v, active: %v", p.Organisation, got, p.Active())
			}
		})
	}
}
