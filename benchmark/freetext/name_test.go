package freetext

import "testing"

func TestNameKey(t *testing.T) {
	for _, same := range [][]string{
		{"Älvsby", "A\u0308lvsby", "älvsby", "ÄLVSBY", " Älvsby ", "Älvsby.", "“Älvsby”", "Ä\u200blvsby", "Älvsby\ufe0f", "Ä\U000e0101lvsby"},
		{"North Hospital", "north  hospital", "North\u00a0Hospital", "North\u2003Hospital", "North\u3000Hospital", "North\u2800Hospital", "NORTH HOSPITAL;", "Nоrth Hоspital"},
		{"S:t Görans sjukhus", "s:t görans sjukhus,"},
		{"Malmö–Lund", "Malmö - Lund", "malmö-lund", "Malmö\u2011Lund"},
		{"St Mary's", "St Mary’s"},
		{"Straße", "STRASSE"},
		{"Ｗard 3", "Ward 3", "ward\t3"},
		{"Норд", "норд"},
	} {
		for _, other := range same[1:] {
			if NameKey(other) != NameKey(same[0]) {
				t.Errorf("%q (%q) is not taken for %q (%q)", other, NameKey(other), same[0], NameKey(same[0]))
			}
		}
	}
	for _, different := range [][2]string{{"Ward 1", "Ward 2"}, {"Aby", "Åby"}, {"Alvsby", "Älvsby"}, {"North", "South"}, {"Ward A", "Ward"}} {
		if NameKey(different[0]) == NameKey(different[1]) {
			t.Errorf("%q is taken for %q", different[0], different[1])
		}
	}
}

func TestName(t *testing.T) {
	for typed, want := range map[string]string{"A\u0308lvsby": "Älvsby", " North\t\nHospital ": "North Hospital", "Nära\u00a0vård": "Nära vård"} {
		if got := Name(typed); got != want {
			t.Errorf("%q is kept as %q", typed, got)
		}
	}
}

// Names that differ in accents only are alike, whatever else they are made of.
func TestBare(t *testing.T) {
	for _, one := range []struct {
		a, b  string
		alike bool
	}{
		{"Malmö", "Malmo", true},
		{"MALMO\u0308", "malmo", true},
		{"Tromsø", "Tromso", true},
		{"Næstved", "Naestved", true},
		{"Łódź", "Lodz", true},
		{"Åre", "Are", true},
		{"Malmö", "Malmo\u0308", false}, // the same
		{"Malmö", "Malma", false},
		{"Ward 1", "Ward 2", false},
	} {
		a, b := NameKey(one.a), NameKey(one.b)
		if got := a != b && Bare(a) == Bare(b); got != one.alike {
			t.Errorf("%s and %s: %v", one.a, one.b, got)
		}
	}
	if !IsNear("Åre", "Are") {
		t.Error("Åre and Are are not near")
	}
}

// A name that is kept is the same as the one that was typed, and kept names stay.
func FuzzNameKey(f *testing.F) {
	f.Add("A\u0308lvsby  .")
	f.Fuzz(func(t *testing.T, s string) {
		kept := Name(s)
		if NameKey(kept) != NameKey(s) || Name(kept) != kept {
			t.Errorf("%q is kept as %q: %q, %q", s, kept, NameKey(s), NameKey(kept))
		}
		if NameKey(NameKey(s)) != NameKey(s) {
			t.Errorf("%q: %q, %q", s, NameKey(s), NameKey(NameKey(s)))
		}
	})
}
