package playground

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// clean returns a text that a terminal shows and does not obey: control
// characters become visible, those that turn or hide text become U+FFFD. Line
// breaks stay, tabs become a space.
func clean(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\r':
			return '\n'
		case r == '\t' || r == '\u00a0':
			return ' '
		case r < 0x20:
			return '\u2400' + r // the control picture
		case r == 0x7f:
			return '\u2421'
		case unicode.Is(unicode.Cc, r):
			return '\uFFFD'
		case r == '\u200d' || unicode.Is(unicode.Variation_Selector, r):
			return r // parts of an emoji
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r):
			return '\uFFFD'
		}
		return r
	}, text)
}

// columns returns how many columns of a terminal a text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if r == '\u200d' || unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 2
	}
	return 1
}

// pad fills a text with spaces up to a number of columns.
func pad(text string, cols int) string {
	return text + strings.Repeat(" ", max(0, cols-columns(text)))
}

// wrap breaks a text into lines of at most cols columns, at spaces where it
// can. Line breaks of the text are kept, spaces at the ends of lines are not.
func wrap(text string, cols int) []string {
	cols = max(cols, 8)
	var lines []string
	for paragraph := range strings.SplitSeq(clean(text), "\n") {
		words := strings.Fields(paragraph)
		// What was indented stays so, for lists that somebody typed.
		indent := len(paragraph) - len(strings.TrimLeft(paragraph, " "))
		now := strings.Repeat(" ", min(indent, cols/4))
		empty := true
		for _, w := range words {
			if !empty && columns(now)+1+columns(w) > cols {
				lines = append(lines, now)
				now, empty = "", true
			}
			if !empty {
				now += " "
			}
			for columns(now)+columns(w) > cols {
				head, tail := cut(w, cols-columns(now))
				lines = append(lines, now+head)
				now, w = "", tail
			}
			now += w
			empty = false
		}
		lines = append(lines, strings.TrimRight(now, " "))
	}
	return lines
}

// cut splits a word after at most cols columns, and after one character at
// least.
func cut(word string, cols int) (head, tail string) {
	n := 0
	for i, r := range word {
		n += runeColumns(r)
		if n > cols && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// shorten returns the text's first line with at most cols columns; what was
// cut is shown by an ellipsis.
func shorten(text string, cols int) string {
	text, _, more := strings.Cut(strings.TrimSpace(clean(text)), "\n")
	if columns(text) > cols {
		text, _ = cut(text, cols-1)
		more = true
	}
	if more {
		return strings.TrimRight(text, " .,;:") + "…"
	}
	return text
}
