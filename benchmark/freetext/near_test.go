package freetext

import "testing"

// Asked about is what a careful person would ask about, and nothing that tells wards from each
// other.
func TestIsNear(t *testing.T) {
	for _, one := range []struct {
		a, b string
		near bool
	}{
		{"Norrhamn", "Norrhamns", true},
		{"Norrhamn", "Norrhamns sjukhus", true},
		{"Norrhamns lasaret", "Norrhamns lasarett", true},
		{"Norht", "North", true},
		{"Alvsby", "Älvsby", true},
		{"Alfa", "A l f a", true},
		{"Norrhamns sjukhus", "N o r r h a m n", true},
		{"Nord Öst", "Nordöst", true},
		{"Ward A B", "Ward A C", false},
		{"Norrhamn", "norrhamn", false}, // the same
		{"Ward 1", "Ward 2", false},
		{"Ward", "Ward 2", false},
		{"Ward A", "Ward B", false},
		{"Avd. 4a", "Avd. 4b", false},
		{"North", "South", false},
		{"Alfa", "A1fa", true}, // digits that look like letters
		{"Alfa", "Aifa", true},
		{"Örebro", "0rebro", true},
		{"Malmö", "MALM0", true},
		{"Sahlgrenska", "5ahlgren5ka", true},
		{"Burnham", "Bumham", true}, // letters that do
		{"Alfa", "A-l-f-a", true},   // signs
		{"Alfa", "A.l.f.a", true},
		{"Alfa", "Al-fa", true},
		{"Alfa", "Al_fa", true},
		{"Alfa", "Alfa (ny)", true},
		{"Alfa", "The Alfa", true}, // articles
		{"Ljuset", "Det ljuset", true},
		{"Alfa", "Alpha", true}, // by ear
		{"Klinik Väst", "Clinic Wäst", true},
		{"Alfa", "Alffa", true},
		{"Alfa hospital", "Hospital Alfa", true}, // order
		{"Norrhamns sjukhus", "Norrhamn sjukus", true},
		{"North", "Norths", true}, // a typing mistake or a genitive, hardly two hospitals
		{"Ward 10", "Ward 11", false},
		{"Ward10", "Ward11", false},
		{"Ward1", "Ward0", false},
		{"1West", "0West", false},
		{"3West", "4West", false},
		{"Ward I", "Ward 1", false},
		{"Ward-1", "Ward-2", false},
		{"KIA", "KLA", false}, // abbreviations
		{"Unit ABC", "Unit ABD", false},
		{"North ward", "South ward", false},
		{"Eastern clinic", "Western clinic", false},
		{"Östra sjukhuset", "Västra sjukhuset", false},
		{"Alfa", "Beta", false},
		{"The", "Den", false},
		{"Ö", "Å", false},
		{"", "", false},
	} {
		if got := IsNear(one.a, one.b); got != one.near || IsNear(one.b, one.a) != got {
			t.Errorf("%q and %q: %v", one.a, one.b, got)
		}
	}
}
