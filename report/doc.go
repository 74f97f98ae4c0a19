// Package report holds the files that a network gives out and takes in.
//
// Taken in: templates as YAML ([ReadTemplate]), figures of past rounds as CSV
// ([ReadFigures]) and whole journals as JSON lines ([ReadJournal]). A reader
// takes all of a file or nothing, reads no more than a stated size, and reports
// everything that is wrong at once, each with its line and column and what to
// do about it ([mistake.List]).
//
// Given out: the same three ([WriteTemplate], [WriteFigures], [WriteJournal]),
// in the form that the readers take. Figures are made from what a viewer may
// see and from nothing else, and every such file says what it is for.
//
// The package also holds the templates that a new network may start from
// ([Starters]).
package report
