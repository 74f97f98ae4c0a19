package chart

import "testing"

// TestWithin: what is put within another sentence keeps its blanks.
func TestWithin(t *testing.T) {
	for sentence, want := range map[string]string{
		"1 higher and 3 lower.": "1 higher and 3 lower",
		"Ålder spelar in. ":     "ålder spelar in",
		"A":                     "a",
	} {
		if got := Within(sentence); got != want {
			t.Errorf("%q becomes %q, want %q", sentence, got, want)
		}
	}
}
