package chat_test

import (
	"slices"
	"testing"

	"roundtable/chat"
)

// What is cut short is cut at a word's end, wherever one is near; a word alone that is too long
// is cut within. Nothing hangs after the cut.
func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"short", 5, "short"},
		{"Falls with injury per 1,000 bed days", 20, "Falls with injury…"},
		{"Falls with injury per 1,000 bed days", 18, "Falls with injury…"},
		{"Fall med skada per 1 000 vårddygn", 16, "Fall med skada…"},
		{"Vårdrelaterade infektioner bland vårdtagare", 30, "Vårdrelaterade infektioner…"},
		{"Läkemedelsgenomgångsuppföljningar", 20, "Läkemedelsgenomgång…"},
		{"Se Läkemedelsgenomgångsuppföljningar", 20, "Se Läkemedelsgenomg…"}, // or next to nothing would be left
		{"Hand hygiene (before patient contact)", 16, "Hand hygiene…"},
		{"Hand hygiene, before – patient contact", 24, "Hand hygiene, before…"},
		{"first line\nsecond line", 14, "first line…"},
		{"x", 1, "x"},
		{"xy", 1, "…"},
	} {
		if got := chat.Shorten(c.text, c.most); got != c.want {
			t.Errorf("chat.Shorten(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func TestTellApart(t *testing.T) {
	got := chat.TellApart([]string{"Falls…", "Falls…", "Yes", "Yes", "Sores…", "Pressure sores at…", "Pressure sores at…"}, 18)
	want := []string{"Falls… 1", "Falls… 2", "Yes", "Yes", "Sores…", "Pressure sores… 1", "Pressure sores… 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
