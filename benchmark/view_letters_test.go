package benchmark_test

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// Of two under letters each knows the other: below three that can be shown, nobody sees the
// letter, figure or words of another. From three on, whose is whose is a guess, for a yes and a no
// as for a figure: how many said yes tells as much.
func TestFewLettersShowNothing(t *testing.T) {
	kinds := map[string]struct {
		indicator benchmark.Indicator
		figure    benchmark.Figure
		note      string
	}{
		"proportion": {falls(), benchmark.Figure{Numerator: 40, Denominator: 400}, "a new ward"},
		"yes-no":     {benchmark.Indicator{ID: "falls", Title: "Rounds", Kind: benchmark.YesNo}, benchmark.Figure{Value: 1}, "a new ward"},
		"text":       {benchmark.Indicator{ID: "falls", Title: "How we round", Kind: benchmark.Text}, benchmark.Figure{}, "Every morning at eight."},
	}
	for name, kind := range kinds {
		for shown := range 5 {
			t.Run(fmt.Sprintf("%s of %d", name, shown), func(t *testing.T) {
				b := founded(t, 6, kind.indicator)
				b.do("p1", seeing(benchmark.Coded))
				b.open("2026-Q3")
				for k := range shown {
					b.do(participant(k+1), benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.Value, Figure: kind.figure, Note: kind.note}}})
				}
				b.do("p6", benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.NotMeasured, Note: "no time"}}})
				b.close()
				for _, viewer := range []view.Viewer{{Draft: true}, {Draft: true, Organisation: "o1"}} {
					v, err := view.Of(b.n, "2026-Q3", "falls", viewer)
					if err != nil {
						t.Fatal(err)
					}
					others := 0
					for _, m := range v.Marks {
						if !m.You {
							others++
						}
					}
					want := 0
					if shown >= 3 {
						want = shown + 1
						if viewer.Organisation != "" {
							want--
						}
					}
					if others != want || v.Counts.Values != shown {
						t.Errorf("%q sees %d others of %d values: %+v", viewer.Organisation, others, v.Counts.Values, v.Marks)
					}
				}
			})
		}
	}
}
