package report

import "regexp"

// A spreadsheet takes a cell that starts with one of = + - @ (or its full-width
// form) for a formula. So that a text can't be one, an apostrophe is put before
// it, which spreadsheets take as "this is text": at the start of the cell, and
// where a program that expects another delimiter would see one start.
// https://owasp.org/www-community/attacks/CSV_Injection
var (
	formula = regexp.MustCompile(`(^|[;\t\r\n])([ \t\r\n]*)('*[=+\-@＝＋－＠])`)
	armed   = regexp.MustCompile(`(^|[;\t\r\n])([ \t\r\n]*)'('*[=+\-@＝＋－＠])`)
)

// harmless returns the text as it may stand in a cell.
func harmless(text string) string { return formula.ReplaceAllString(text, "$1$2'$3") }

// disarmed returns the text that harmless was given.
func disarmed(text string) string { return armed.ReplaceAllString(text, "$1$2$3") }
