package report

import (
	"bytes"
	"errors"
	"testing"

	"roundtable/benchmark"
)

// Whoever leaves gets what is theirs whole, and nothing else: small numbers, the open
// round, where others see nobody's figure. What was merged into theirs is of those who came
// with it.
func TestWriteOwnFigures(t *testing.T) {
	n := recorded(t, func(s *benchmark.Settings) { s.Visibility = benchmark.Own })
	anna, _ := n.Participant("p1")
	n.do("", benchmark.Join{Person: anna.Identity, Organisation: "o1"})
	n.do("p1", benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 2, Denominator: 4100},
	}}})
	n.do("p1", benchmark.MergeOrganisations{From: "o3", Into: "o2", Figures: true})
	me := benchmark.Participant{ID: "p2", Organisation: "o1", Confirmed: true}
	merged := benchmark.Participant{ID: "p3", Organisation: "o2", Confirmed: true}
	stranger := benchmark.Participant{ID: "p4", Organisation: "o1"}
	for name, p := range map[string]benchmark.Participant{"mine": me, "mine-merged": merged, "mine-not": stranger} {
		var b bytes.Buffer
		answers, err := WriteOwnFigures(&b, &n.Network, p)
		if want := map[string]int{"mine": 8, "mine-merged": 5}[name]; err != nil || answers != want {
			t.Errorf("%s: %d answers, want %d: %v", name, answers, want, err)
		}
		checkCells(t, b.Bytes())
		checkGolden(t, "testdata/figures/"+name+".csv", b.String())
	}
	broken := errors.New("broken")
	if _, err := WriteOwnFigures(failing{broken}, &n.Network, me); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
