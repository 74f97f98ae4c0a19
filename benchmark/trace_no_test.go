package benchmark_test

import (
	"fmt"
	"strings"
	"testing"

	"roundtable/benchmark"
)

// A no and a nought are told like any other answer: that one said no about a newcomer and about
// figures that were to stay, that a practice isn't in use, that nothing happened.
func TestTracesTellEveryNo(t *testing.T) {
	practice := benchmark.Indicator{ID: "board", Title: "A board in use", Kind: benchmark.YesNo}
	visits := benchmark.Indicator{ID: "visits", Title: "Visits", Kind: benchmark.Count}
	how := benchmark.Indicator{ID: "how", Title: "How", Kind: benchmark.Text}
	b := founded(t, 3, falls(), practice, visits, how)
	b.open("2027-Q1")
	zero := func(id benchmark.IndicatorID, f benchmark.Figure, note string) {
		b.do("p1", benchmark.Submit{Items: []benchmark.Item{{Indicator: id, Answer: benchmark.Value, Figure: f, Note: note}}})
	}
	zero("board", benchmark.Figure{}, "we never had one")
	zero("visits", benchmark.Figure{}, "")
	zero("falls", benchmark.Figure{Denominator: 400}, "")
	zero("how", benchmark.Figure{}, "we meet at the bed")
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u8", Name: "New"}, Organisation: "Org 1"})
	b.do("p1", benchmark.Vouch{Newcomer: "p4"})
	b.do("p1", benchmark.RemoveOrganisation("o3", false))
	traces, err := benchmark.Traces([]benchmark.ParticipantID{"p1"}, b.events())
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, x := range traces {
		fmt.Fprintf(&all, "%s %s %s\n", x.Kind, x.As, x.Content)
	}
	for _, want := range []string{
		`"figure":{"value":0,"yes":false}`, `"figure":{"value":0}`, `"figure":{"denominator":400,"numerator":0}`,
		`participant.confirmed  {"participant":"p4","yes":false`, `"figures":false`,
		"text.written note {", "text.written practice {",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no %s in\n%s", want, all.String())
		}
	}
}
