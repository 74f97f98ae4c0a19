package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Where a setting may have been written, when not in a file.
const (
	fromEnvironment = "environment"
	fromFlags       = "flags"
)

// Mistake is one thing in the settings that can't be used or, among
// [Config.Warnings], that can be used but is doubtful. It never holds a secret.
type Mistake struct {
	// Source is the file's name as it was given, "environment" or "flags".
	Source string
	// Line and Column count from 1. Zero: not known, or not in a file.
	Line, Column int
	// Key is where in the source: "connections[0].slack.bot_token", the name of
	// an environment variable, or a flag with its dashes. Empty: all of it.
	Key string
	// Problem says what is wrong, Hint what to do about it. A Hint may be empty.
	Problem, Hint string
}

// String returns the mistake on one line, beginning with its place in the form
// that editors and terminals can jump to.
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
	if m.Key != "" {
		b.WriteString(m.Key + ": ")
	}
	b.WriteString(m.Problem)
	if m.Hint != "" {
		b.WriteString("; " + m.Hint)
	}
	return b.String()
}

// Mistakes is the error of [Load]: everything that is wrong, at least one, in
// the order of the file, then those of the environment and the flags.
type Mistakes []Mistake

// Error returns one mistake a line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// sorted orders by place; what has no line comes last, in the order it was found.
func sorted(ms []Mistake) []Mistake {
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		if a.Line == 0 || b.Line == 0 {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return ms
}

// place is where a value was written.
type place struct {
	source       string
	line, column int
	key          string
}

// value is a text of the settings and where it was written.
type value struct {
	text string
	at   place
}

// mistake notes something that can't be used.
func (l *loader) mistake(at place, problem, hint string) {
	l.mistakes = append(l.mistakes, at.say(problem, hint))
}

// warn notes something doubtful.
func (l *loader) warn(at place, problem, hint string) {
	l.warnings = append(l.warnings, at.say(problem, hint))
}

func (p place) say(problem, hint string) Mistake {
	return Mistake{Source: p.source, Line: p.line, Column: p.column, Key: p.key, Problem: problem, Hint: hint}
}
