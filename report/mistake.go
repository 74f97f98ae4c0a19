package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing in a file that can't be taken in.
type Mistake struct {
	// File is its name as it was given.
	File string
	// Line and Column count from 1; Column counts bytes. Zero: it is about the
	// whole file or line.
	Line, Column int
	// What is it about: "indicator 3, kind" or "numerator (column 4)". It may
	// be empty.
	What string
	// Problem says what is wrong, Hint what to do about it. A Hint may be empty.
	Problem, Hint string
}

// String returns the mistake on one line, beginning with its place in the form
// that editors and terminals can jump to.
func (m Mistake) String() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d", m.Line)
		if m.Column > 0 {
			fmt.Fprintf(&b, ":%d", m.Column)
		}
	}
	b.WriteString(": ")
	if m.What != "" {
		b.WriteString(m.What + ": ")
	}
	b.WriteString(m.Problem)
	if m.Hint != "" {
		b.WriteString("; " + m.Hint)
	}
	return b.String()
}

// MaxMistakes is how many mistakes are told of one file; the rest is counted.
const MaxMistakes = 50

// Mistakes is the error of a file that can't be taken in: what is wrong, at
// least one thing, in the order of the file.
type Mistakes struct {
	Told []Mistake
	// More is how many there are beside those.
	More int
}

// Error returns one mistake a line, and how many more there are.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms.Told), len(ms.Told)+1)
	for i, m := range ms.Told {
		lines[i] = m.String()
	}
	if ms.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", ms.More))
	}
	return strings.Join(lines, "\n")
}

// place is where something was written.
type place struct {
	line, column int
	what         string
}

// mistakes collects what is wrong with one file.
type mistakes struct {
	file  string
	found []Mistake
	more  int
}

// full says whether a further mistake will only be counted, so that nobody
// need look for its hint.
func (c *mistakes) full() bool { return len(c.found) >= MaxMistakes }

func (c *mistakes) add(at place, problem, hint string) {
	if c.full() {
		c.more++
		return
	}
	c.found = append(c.found, Mistake{File: c.file, Line: at.line, Column: at.column, What: at.what, Problem: problem, Hint: hint})
}

// err returns [Mistakes], or nil when there are none.
func (c *mistakes) err() error {
	if len(c.found) == 0 {
		return nil
	}
	slices.SortStableFunc(c.found, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return Mistakes{Told: c.found, More: c.more}
}

// maxQuoted is how much of a wrong value a message repeats, in characters.
const maxQuoted = 60

// quote repeats a value. What can't be seen, such as marks that turn the
// direction of writing, is spelled out.
func quote(s string) string {
	end, count := len(s), 0
	for i := range s {
		if count == maxQuoted {
			end = i
			break
		}
		count++
	}
	if end < len(s) {
		s = s[:end] + "..."
	}
	return fmt.Sprintf("%q", s)
}
