package analysis

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/locale"
)

// A total is known by its name, alone or beside what it is the total of; an organisation that
// only sounds like one is none.
func TestNamesOfTotals(t *testing.T) {
	for name, want := range map[string]bool{
		"vgr totalt": true, "total vgr": true, "totalt": true, "summa (alla)": true, "riket": true, "region skåne, totalt": true, "total: north": true,
		"alla hjärtans klinik": false, "north": false, "totality clinic": false, "all saints": false, "st total's ward": false,
	} {
		if got := isCalledTotal(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// The ends of intervals and limits have as many decimals as each other in a table, however
// near to nothing one of them is; a value that isn't zero doesn't read as zero.
func TestEndsHaveLikeDecimals(t *testing.T) {
	i := benchmark.Indicator{ID: "falls", Kind: benchmark.Proportion}
	n := newNumberFormat(locale.For("en"), i, []float64{0.0030, 0.0042, 0.0022})
	if got, want := n.span(0.00000043, 0.000073), "0.0000% – 0.0073%"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := n.value(0.000043), "0.000043%"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
