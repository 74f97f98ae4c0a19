package locale

import (
	"fmt"
	"math"
	"strconv"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// T returns the message with the id, its placeholders filled from args, which
// are names and values by turns:
//
//	l.T("submit.left", "Count", 3, "Organisation", "Ward 12")
//
// Strings are put in as they are. int, int64 and float64 are written as the
// language writes them (1234 is "1,234" or "1 234"), so give a year as a
// string, and a number that needs a certain number of decimals through
// [Locale.Number]. Other values are written by [fmt.Sprint].
//
// "Count" chooses the plural form too, when the message has any.
//
// A message that a language lacks comes in English. An id that doesn't exist
// gives ⟦id⟧ and a placeholder that got no value gives ⟦Name⟧; the tests look
// for both. A last name without a value is left out.
func (l *Locale) T(id string, args ...any) string {
	data := make(map[string]string, len(args)/2)
	for _, name := range l.catalog.holes[id] {
		data[name] = hole(name)
	}
	var count any
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		data[name] = l.write(args[i+1])
		if name == "Count" && l.catalog.plural[id] {
			count = countOf(args[i+1])
		}
	}
	// The error only says that the language lacks the message, or that the
	// message lacks the plural form; the text is then the best there is.
	text, _ := l.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: count})
	if text == "" {
		return hole(id)
	}
	return text
}

// Has reports whether there is a message with the id, in any language.
func Has(id string) bool {
	_, ok := messages().holes[id]
	return ok
}

func hole(name string) string { return "⟦" + name + "⟧" }

// write puts a value into words for a placeholder.
func (l *Locale) write(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return l.Integer(v)
	case int64:
		return l.Integer(int(v))
	case float64:
		return l.Decimal(v)
	default:
		return fmt.Sprint(v)
	}
}

// countOf returns what the plural rules take, or nil, which chooses "other", for
// what isn't a number and for those below zero: the rules look past the sign,
// and -1 must not come out as "one left".
func countOf(value any) any {
	switch v := value.(type) {
	case int:
		if v >= 0 {
			return v
		}
	case int64:
		if v >= 0 {
			return v
		}
	case float64:
		if v >= 0 && !math.IsInf(v, 0) {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return nil
}
