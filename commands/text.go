package commands

import (
	"strings"

	"roundtable/benchmark/freetext"
	"roundtable/chat"
)

// mostNote is how much of a note is shown where the answer is what counts.
const mostNote = 300

// clipText cuts a text after so many characters; an ellipsis shows it.
func clipText(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return strings.TrimRight(string(letters[:most-1]), " .,;:") + "…"
}

// oneLine is the text without its line breaks and with one space between words.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// shown is what was typed, short enough to be shown again and unable to ping.
func shown(typed string) string {
	clean, err := freetext.Clean(typed, 1<<20)
	if err != nil {
		clean = ""
	}
	letters := []rune(chat.Quiet(clean))
	if len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return string(letters)
}

// joinLines puts b on a line below a.
func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}
