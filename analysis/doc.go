// Package analysis compares the figures of a file, without a network or a chat:
// for somebody's own spreadsheet.
//
// [Read] takes a file of figures as [report.ReadFigures] does, with a template or
// without one; then the kinds of the indicators follow from the columns. [New]
// compares the organisations of each indicator and period, and follows each
// organisation over time. What comes of it is written as text, as JSON
// ([Result], described in docs/analyse.md) and as pictures.
//
// The comparison is the same as in a network: it is made of one, in memory, that
// shows everything. So nothing is withheld: small numbers are shown, as the
// figures are the reader's own. Organisations stand by name, never by value.
//
// It doesn't read other files than those it is given, and knows no clock.
package analysis
