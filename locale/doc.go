// Package locale writes messages, numbers and dates as a language does, and
// reads numbers as people type them.
//
// The messages live in messages/<language>/<topic>.yaml and are built into the
// program. Nested maps become dotted ids; a map of plural forms is one message:
//
//	submit:
//	  left:
//	    one: "One indicator left."
//	    other: "{{.Count}} indicators left."
//	  saved: "Saved: {{.Indicator}}."
//
// is asked for with
//
//	locale.For("sv").T("submit.left", "Count", 3)
//	locale.For("sv").T("submit.saved", "Indicator", "Falls")
//
// Placeholders are plain ({{.Name}}), so that a translator needs no template
// language. A map whose keys are all plural forms (zero, one, two, few, many,
// other), with "other" among them, is one message; any other map is a part of
// the id.
//
// A language is added by adding a folder of files. The tests of this package
// then hold it to having every message, each with the placeholders and plural
// forms that it needs, and look through the program for ids that don't exist.
//
// What it promises: every call returns something that can be shown, for every
// language, id and number; what is missing is visible (⟦submit.saved⟧, ⟦Indicator⟧, –)
// and never an error or a panic. What it doesn't do: escape text for a chat
// platform, choose a zone, or read dates.
package locale
