package chart

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// Of many points, chance alone puts some outside: two in a thousand.
func TestManyLooks(t *testing.T) {
	looks := newExample(t, benchmark.Indicator{ID: "share", Title: "Share", Kind: benchmark.Proportion}, "2026")
	for k := range 60 {
		looks.give(fmt.Sprintf("Org %02d", k), benchmark.Figure{Numerator: float64(20 + k%5), Denominator: 100})
	}
	v := looks.seenBy("")
	for n, want := range map[int]string{
		1:  "Of 60 points with limits, chance alone puts less than one outside.",
		6:  "Of 360 points with limits, chance alone puts about one outside.",
		9:  "Of 540 points with limits, chance alone puts about one outside.",
		20: "Of 1,200 points with limits, chance alone puts about 2 outside.",
	} {
		views := make([]view.View, n)
		for k := range views {
			views[k] = v
		}
		s, ok := ManyLooks(locale.For("en"), views)
		if !ok || s.String() != want {
			t.Errorf("of %d views: %q, want %q", n, s, want)
		}
	}
	for name, v := range map[string]view.View{"own": heart(t).with(benchmark.Own).seenBy(""), "counts": incidents(t).seenBy("")} {
		if s, ok := ManyLooks(locale.For("en"), []view.View{v}); ok {
			t.Errorf("%s: %q, where no point has limits", name, s)
		}
	}
}
