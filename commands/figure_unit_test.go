package commands

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/locale"
)

// What says again what is counted is no note, and a second part of a figure is part of it.
func TestUnitsAreNoNotes(t *testing.T) {
	falls := benchmark.Indicator{ID: "falls", Title: "Fall", Kind: benchmark.Rate, Unit: "per 1 000 vårddygn", Multiplier: 1000, Numerator: "Fall på avdelningen.", Denominator: "Vårddygn i perioden."}
	ulcers := benchmark.Indicator{ID: "ulcers", Title: "Trycksår, prevalens", Kind: benchmark.Proportion, Unit: "%", Numerator: "Patienter med trycksår.", Denominator: "Undersökta patienter."}
	stay := benchmark.Indicator{ID: "stay", Title: "Vårdtid, median", Kind: benchmark.Duration, Unit: "dygn"}
	for _, c := range []struct {
		i     benchmark.Indicator
		typed string
		value float64 // of the denominator where there is one
		note  string
	}{
		{falls, "3 av 412 vårddygn", 412, ""},
		{falls, "9/980 per 1000 vårddygn", 980, ""},
		{falls, "9/980 Per 1 000 vårddygn, ny avdelning", 980, "ny avdelning"},
		{falls, "9/980 vårddygn ny avdelning", 980, "ny avdelning"},
		{falls, "9/980 fall", 980, ""},
		{falls, "9/980 fall på natten", 980, "fall på natten"},
		{falls, "9/980 per 10000 vårddygn", 980, "per 10000 vårddygn"},
		{ulcers, "6/52 patienter", 52, ""},
		{ulcers, "6/52 patienter på nya avdelningen", 52, "patienter på nya avdelningen"},
		{ulcers, "6/52 ny avdelning", 52, "ny avdelning"},
		{stay, "4 dygn och 12 timmar", 4.5, ""},
		{stay, "4 days and 12 hours, en storm", 4.5, "en storm"},
		{stay, "4 dygn 12 timmar", 4.5, ""},
	} {
		item, err := readItem(locale.For("sv"), c.i, c.typed, true)
		got := item.Figure.Denominator + item.Figure.Value
		if err != nil || got != c.value || item.Note != c.note {
			t.Errorf("%q: %v with the note %q: %v", c.typed, got, item.Note, err)
		}
	}
	for _, typed := range []string{"12 timmar 4 dygn", "4 dygn: 12 min 3 timmar", "4,5 2 dygn"} {
		if item, err := readItem(locale.For("sv"), stay, typed, true); err == nil {
			t.Errorf("%q is read as %v with the note %q", typed, item.Figure.Value, item.Note)
		}
	}
}
