package playground

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textStyle is how a piece of text is meant; colours never say what the words don't.
type textStyle int

const (
	plain textStyle = iota
	strong
	faint
	personName
	botName
	buttonLabel
	errorText
)

// ansiCodes are the ANSI sequences of the styles.
var ansiCodes = map[textStyle]string{
	strong:      "\x1b[1m",
	faint:       "\x1b[2m",
	personName:  "\x1b[1;36m",
	botName:     "\x1b[1;35m",
	buttonLabel: "\x1b[1;34m",
	errorText:   "\x1b[31m",
}

// span is a piece of a line in one style; line a line of them.
type (
	span struct {
		text  string
		style textStyle
	}
	line []span
)

func lineOf(i textStyle, text string) line { return line{{text, i}} }

// linesOf gives every text a line in the same style.
func linesOf(i textStyle, texts []string) []line {
	out := make([]line, len(texts))
	for n, t := range texts {
		out[n] = lineOf(i, t)
	}
	return out
}

func (l line) columns() int {
	n := 0
	for _, s := range l {
		n += columns(s.text)
	}
	return n
}

// String returns the line without styles.
func (l line) String() string { return l.render(false) }

func (l line) render(colour bool) string {
	var b strings.Builder
	for _, s := range l {
		if paint := ansiCodes[s.style]; colour && paint != "" && s.text != "" {
			b.WriteString(paint + s.text + "\x1b[0m")
		} else {
			b.WriteString(s.text)
		}
	}
	if colour {
		return b.String()
	}
	return strings.TrimRight(b.String(), " ")
}

// prefixed puts a prefix before every line; the first gets another one.
func prefixed(first, rest span, lines []line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		p := rest
		if i == 0 {
			p = first
		}
		out[i] = append(line{p}, l...)
	}
	return out
}

func indent(n int, lines []line) []line {
	s := span{strings.Repeat(" ", n), plain}
	return prefixed(s, s, lines)
}

// sanitize returns a text that a terminal shows and does not obey: control
// characters become visible, those that turn or hide text become U+FFFD. Line
// breaks stay, tabs become a space.
func sanitize(text string) string {
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
	for paragraph := range strings.SplitSeq(sanitize(text), "\n") {
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
				head, tail := splitAfter(w, cols-columns(now))
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

// splitAfter splits a word after at most cols columns, and after one character at
// least.
func splitAfter(word string, cols int) (head, tail string) {
	n := 0
	for i, r := range word {
		n += runeColumns(r)
		if n > cols && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// truncate returns the text's first line with at most cols columns; what was
// cut is shown by an ellipsis.
func truncate(text string, cols int) string {
	text, _, more := strings.Cut(strings.TrimSpace(sanitize(text)), "\n")
	if columns(text) > cols {
		text, _ = splitAfter(text, cols-1)
		more = true
	}
	if more {
		return strings.TrimRight(text, " .,;:") + "…"
	}
	return text
}
