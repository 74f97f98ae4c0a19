package report

import (
	"errors"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark/freetext"
)

// longText is so long, in bytes, that no limit of ours can hold it, however
// much of it is taken out; it need not be looked at.
const longText = 1 << 20

// clean returns a text as the domain keeps it and, when that is longer than the
// limit, how many characters it has.
func clean(text string, limit int) (cleaned string, tooLong int) {
	if len(text) > longText {
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
