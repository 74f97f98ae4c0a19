package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Others see no note that may hold a figure, whichever version of the template names it.
func TestMayShowNote(t *testing.T) {
	b := founded(t, 2, falls(), benchmark.Indicator{ID: "kateter", Title: "Kateter, urinvägar", Kind: benchmark.Proportion})
	practice := benchmark.Indicator{ID: "how", Title: "How we do it", Kind: benchmark.Text}
	b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{practice}})
	for words, want := range map[string]bool{
		"kateter 3/400":         false, // of a version before
		"falls were 3 of 400":   false,
		"3/400":                 false,
		"3/20":                  false,
		"new ward\n3":           false,
		"new ward; 12,5 %":      false,
		"new ward (4)":          false,
		"new ward, 4":           false,
		"1,5 more nurses":       true,
		"ny avdelning 4/1412":   false,
		"3 of 400 patients":     false,
		"":                      true,
		"new ward":              true,
		"open 24/7":             true,
		"counted from 1/3":      true,
		"since 31/12":           true,
		"since 12/31":           true,
		"since 32/12":           false,
		"since 31/13":           false,
		"since 13/31":           false,
		"since 12/32":           false,
		"since 1,5/12":          false,
		"since 12/1,5":          false,
		"2 of 3 nurses are new": true,
		"2026":                  true,
		"ward 12 has moved":     true,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, falls(), words); got != want {
			t.Errorf("%q may be shown: %v, want %v", words, got, want)
		}
	}
	if !benchmark.MayShowNote(b.n.Templates, practice, "All 40 of 41 rooms are seen every hour.") || benchmark.MayShowNote(b.n.Templates, practice, "kateter 3/400") {
		t.Error("what is described is shown unless it names an indicator's figure")
	}
}
