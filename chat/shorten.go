package chat

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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

// TellApart returns the labels, of at most so many characters each, with numbers behind
// those that [Shorten] cut to the same: nobody could choose between them. Labels that are
// whole stay as they are.
func TellApart(labels []string, most int) []string {
	alike := map[string]int{}
	for _, l := range labels {
		alike[l]++
	}
	told, seen := slices.Clone(labels), map[string]int{}
	for k, l := range labels {
		if alike[l] == 1 || !strings.HasSuffix(l, "…") {
			continue
		}
		seen[l]++
		number := " " + strconv.Itoa(seen[l])
		if room := most - len(number); utf8.RuneCountInString(l) > room {
			l = Shorten(strings.TrimSuffix(l, "…")+" ", room)
		}
		told[k] = l + number
	}
	return told
}
