package commands

import "testing"

func TestFigureFirst(t *testing.T) {
	for text, want := range map[string]bool{
		"3/412": true, "3 / 412 new ward": true, "323/24": true, "12,5": true, "17": true,
		"3 years ago were worse": false, "are counted how?": false, "": false, "24/7 is when we are open": true,
	} {
		if got := figureFirst.MatchString(text); got != want {
			t.Errorf("%q is taken for an answer: %v, want %v", text, got, want)
		}
	}
}
