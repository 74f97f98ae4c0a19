package chat

import (
	"strings"
	"unicode"
)

// Shorten returns a text of at most so many characters, cut at a word's end: an ellipsis
// shows that something is left out, and no mark hangs before it. A text whose words are so
// long that less than half would be left is cut within a word.
func Shorten(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	end := max(most-1, 0) // one for the ellipsis
	for at := end; at > end/2; at-- {
		if unicode.IsSpace(letters[at]) {
			end = at
			break
		}
	}
	return strings.TrimRight(string(letters[:end]), " \t\n\r\u00a0.,;:–—-(/") + "…"
}
