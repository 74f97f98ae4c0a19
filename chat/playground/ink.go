package playground

import "strings"

// ink is how a piece of text is meant; colours never say what the words don't.
type ink int

const (
	plain ink = iota
	strong
	faint
	person
	robot
	press
	wrong
)

// paints are the ANSI sequences of the inks.
var paints = map[ink]string{
	strong: "\x1b[1m",
	faint:  "\x1b[2m",
	person: "\x1b[1;36m",
	robot:  "\x1b[1;35m",
	press:  "\x1b[1;34m",
	wrong:  "\x1b[31m",
}

// span is a piece of a line in one ink; line a line of them.
type (
	span struct {
		text string
		ink  ink
	}
	line []span
)

func of(i ink, text string) line { return line{{text, i}} }

// all gives every text a line in the same ink.
func all(i ink, texts []string) []line {
	out := make([]line, len(texts))
	for n, t := range texts {
		out[n] = of(i, t)
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

// String is the line without ink.
func (l line) String() string { return l.paint(false) }

func (l line) paint(colour bool) string {
	var b strings.Builder
	for _, s := range l {
		if paint := paints[s.ink]; colour && paint != "" && s.text != "" {
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

// behind puts a prefix before every line; the first gets another one.
func behind(first, rest span, lines []line) []line {
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
	return behind(s, s, lines)
}
