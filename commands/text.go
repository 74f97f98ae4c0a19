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

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// lines returns the lines that hold something.
func lines(text string) []string {
	var found []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// sentenceOf is a definition with a stop at its end.
func sentenceOf(text string) string {
	return strings.TrimRight(oneLine(text), " .;,:") + "."
}

// defined is a definition of one sentence without the stop at its end, so that
// it can stand beside another.
func defined(text string) string {
	text = oneLine(text)
	if strings.Contains(text, ". ") {
		return text
	}
	return strings.TrimRight(text, " .;,:")
}
