package benchmark_test

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
)

// grows is an error when what is done for twice as many costs more than 2.6 times as
// much, in allocations: the time of a shared machine says less.
func grows(t *testing.T, n int, cost func(n int) (do func())) {
	t.Helper()
	one, two := testing.AllocsPerRun(2, cost(n)), testing.AllocsPerRun(2, cost(2*n))
	t.Logf("%.0f allocations for %d, %.0f for %d", one, n, two, 2*n)
	if one < 1 || two > 2.6*one {
		t.Errorf("%.0f allocations for %d, %.0f for %d: more than in proportion", one, n, two, 2*n)
	}
}

// TestWorkGrowsInProportion: what is done for all of a network's people, organisations or
// events takes about twice as much for twice as many, not four times.
func TestWorkGrowsInProportion(t *testing.T) {
	t.Run("duties of many people", func(t *testing.T) {
		grows(t, 90, func(n int) func() {
			b := founded(t, n, falls())
			b.open("2026-Q4")
			return func() { b.n.Duties(b.now, nil) }
		})
	})
	t.Run("organisations added", func(t *testing.T) {
		grows(t, 90, func(n int) func() {
			b := founded(t, 2, falls())
			var names []string
			for k := range n {
				names = append(names, fmt.Sprintf("Kommun %04d", k))
			}
			return func() {
				if _, err := b.n.Decide(benchmark.Actor{By: "p1"}, benchmark.AddOrganisations(names, names), b.now); err != nil {
					t.Fatal(err)
				}
			}
		})
	})
	t.Run("traces in an old journal", func(t *testing.T) {
		grows(t, 2_000, func(n int) func() {
			b := aged(t, n)
			events := func(yield func(benchmark.Event, error) bool) {
				for _, e := range b.log[:n] {
					if !yield(e, nil) {
						return
					}
				}
			}
			return func() {
				if _, err := benchmark.Traces([]benchmark.ParticipantID{"p2"}, events); err != nil {
					t.Fatal(err)
				}
			}
		})
	})
}
