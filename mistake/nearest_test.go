package mistake

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"journal", "listen", "name", "token", "token_file", "team"}
	for word, want := range map[string]string{
		"jurnal": "journal", "lisetn": "listen", "naem": "name", "tokens": "token", "token_fil": "token_file",
		"x": "", "nam": "name", "port": "", "": "", "zzzzzz": "",
	} {
		got := ""
		if near := Nearest(word, known); len(near) > 0 {
			got = near[0]
		}
		if got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	known := []string{"numerator", "denominator", "value", "note"}
	for word, want := range map[string]string{
		"Valeu":     "did you mean value?",
		"nominator": "did you mean denominator?",
		"value (%)": "did you mean value?",
		"nix":       "the columns are numerator, denominator, value, note",
		"sum":       "the columns are numerator, denominator, value, note",
	} {
		if got := DidYouMean(word, known, "the columns are"); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", word, got, want)
		}
	}
	if got := DidYouMean("x", nil, "there are"); got != "" {
		t.Errorf("without known words: %q", got)
	}
	many := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	if got, want := DidYouMean("zzz", many, "there are"), "there are a, b, c, d, e, f, g, h and 2 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 3, 0},
		{"falls", "falls", 3, 0},
		{"fals", "falls", 3, 1},
		{"flals", "falls", 3, 1},
		{"fälls", "falls", 3, 1},
		{"kitten", "sitting", 3, 3},
		{"kitten", "sitting", 2, 3},
		{"kitten", "sitting", 1, 2},
		{"", "abcd", 2, 3},
	} {
		for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := EditDistance(pair[0], pair[1], tt.limit); got != tt.want {
				t.Errorf("EditDistance(%q, %q, %d) = %d, want %d", pair[0], pair[1], tt.limit, got, tt.want)
			}
		}
	}
}
