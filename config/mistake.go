package config

import (
	"cmp"
	"slices"

	"roundtable/mistake"
)

// Where a setting may have been written, when not in a file.
const (
	fromEnvironment = "environment"
	fromFlags       = "flags"
)

// mistake notes something that can't be used.
func (l *loader) mistake(at mistake.Place, problem, hint string) {
	l.mistakes = append(l.mistakes, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// warn notes something doubtful.
func (l *loader) warn(at mistake.Place, problem, hint string) {
	l.warnings = append(l.warnings, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// sorted orders by place; what has no line comes last, in the order it was found.
func sorted(ms []mistake.Mistake) []mistake.Mistake {
	slices.SortStableFunc(ms, func(a, b mistake.Mistake) int {
		if a.Line == 0 || b.Line == 0 {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return ms
}

// value is a text of the settings and where it was written.
type value struct {
	text string
	at   mistake.Place
}
