// Package mistake says what is wrong with something that a person wrote: a
// file, a setting, a word. A reader that finds a mistake goes on to the next, so
// that all of them are told at once ([List]), each with its place and with what
// to do about it ([Mistake]); [DidYouMean] and [Nearest] find the word that was
// meant.
//
// It reads nothing itself, and its texts are English, for those who run the
// program or prepare its files.
package mistake

import (
	"fmt"
	"strings"
)

// Place is where something was written. The zero value is nowhere.
type Place struct {
	// Source is the file's name as it was given or, for a setting, "environment"
	// or "flags".
	Source string
	// Line and Column count from 1; Column counts bytes. 0: not known, or about
	// the whole source or line.
	Line, Column int
	// Subject is the part of the source that it is about: a key's full name, a
	// variable, a flag with its dashes, a column. Empty: all of it.
	Subject string
}

// Mistake is one thing that can't be used as it was written or, where the reader
// says so, that is doubtful.
type Mistake struct {
	Place
	// Problem says what is wrong, Hint what to do about it. A Hint may be empty.
	Problem, Hint string
}

// String returns the mistake on one line, SOURCE:LINE:COLUMN: SUBJECT: PROBLEM;
// HINT without the parts that are empty. Editors and terminals can jump to such
// a beginning.
func (m Mistake) String() string {
	var b strings.Builder
	b.WriteString(m.Source)
	if m.Line > 0 {
		fmt.Fprintf(&b, ":%d", m.Line)
		if m.Column > 0 {
			fmt.Fprintf(&b, ":%d", m.Column)
		}
	}
	b.WriteString(": ")
	if m.Subject != "" {
		b.WriteString(m.Subject + ": ")
	}
	b.WriteString(m.Problem)
	if m.Hint != "" {
		b.WriteString("; " + m.Hint)
	}
	return b.String()
}

// List is the error of a reader that found mistakes.
type List struct {
	// Mistakes in the order that the reader promises; at least one.
	Mistakes []Mistake
	// More is how many were found beside those, and only counted.
	More int
}

// Error returns one mistake a line, and on a last line how many more there are.
func (l List) Error() string {
	lines := make([]string, len(l.Mistakes), len(l.Mistakes)+1)
	for i, m := range l.Mistakes {
		lines[i] = m.String()
	}
	if l.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", l.More))
	}
	return strings.Join(lines, "\n")
}
