package report

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark/freetext"
)

// maxCleanedBytes is a length that no text within our limits can have, however
// much of it is cleaned away; a longer one is refused unread.
const maxCleanedBytes = 1 << 20

// clean returns a text as the domain keeps it and, when that is longer than the
// limit, how many characters it has.
func clean(text string, limit int) (cleaned string, tooLong int) {
	if len(text) > maxCleanedBytes {
		return "", utf8.RuneCountInString(text)
	}
	cleaned, err := freetext.Clean(text, limit)
	if long, ok := errors.AsType[*freetext.TooLongError](err); ok {
		return "", long.Limit + long.Over
	}
	return cleaned, 0
}

// oneLine folds white space, line breaks included.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// A spreadsheet takes a cell that starts with one of = + - @ (or its full-width
// form) for a formula. So that a text can't be one, an apostrophe is put before
// it, which spreadsheets take as "this is text": at the start of the cell, and
// where a program that expects another delimiter would see one start.
// https://owasp.org/www-community/attacks/CSV_Injection
var (
	formula        = regexp.MustCompile(`(^|[;\t\r\n])([ \t\r\n]*)('*[=+\-@＝＋－＠])`)
	escapedFormula = regexp.MustCompile(`(^|[;\t\r\n])([ \t\r\n]*)'('*[=+\-@＝＋－＠])`)
)

// escapeFormula returns the text as it may stand in a cell: not as a formula.
func escapeFormula(text string) string { return formula.ReplaceAllString(text, "$1$2'$3") }

// unescapeFormula returns the text that escapeFormula was given.
func unescapeFormula(text string) string { return escapedFormula.ReplaceAllString(text, "$1$2$3") }

// formatPlain writes a number with as many decimals as it has and no exponent.
func formatPlain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
