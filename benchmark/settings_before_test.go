package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// The round before is the one that was opened before, whatever its period; one of the past
// that was recorded is none.
func TestOpenedBefore(t *testing.T) {
	b := founded(t, 2, falls())
	opened := func(id benchmark.RoundID) *benchmark.Round {
		b.open(string(id))
		r, _ := b.n.Round(id)
		return r
	}
	first := opened("2026-Q4")
	if before := benchmark.OpenedBefore(b.n, first); before != nil {
		t.Errorf("before the first round comes %s", before.ID)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{
		Organisation: b.n.Organisations[0].ID, Indicator: "falls", Period: "2025-Q1",
		Figure: benchmark.Figure{Numerator: 20, Denominator: 400},
	}}})
	second := opened("2026-Q2")
	if before := benchmark.OpenedBefore(b.n, second); before != first {
		t.Errorf("before the second comes %v", before)
	}
	if before := benchmark.OpenedBefore(b.n, first); before != nil {
		t.Errorf("before the first comes %s, of an earlier period", before.ID)
	}
}
