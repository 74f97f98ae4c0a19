package analysis

import "testing"

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
