package locale

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Default is the language that everything falls back to.
const Default = "en"

// Locale writes in one language. Get one from [For]; it is safe for use by
// several goroutines at once.
type Locale struct {
	tag       language.Tag
	catalog   *catalog
	localizer *i18n.Localizer
	printer   *message.Printer
}

// Languages returns the languages that have messages, as BCP 47 tags ("en",
// "sv"): the default first, then by tag.
func Languages() []string {
	return slices.Clone(builtIn().languages)
}

// For returns the locale that suits a language as people and platforms name it
// ("sv", "sv-SE", "sv_FI", "en-GB"), matched by BCP 47. What isn't known, or
// isn't a language at all, gets English.
func For(name string) *Locale {
	c := builtIn()
	wanted, err := language.Parse(name)
	if err != nil {
		return c.locales[0]
	}
	_, i, confidence := c.matcher.Match(wanted)
	if confidence == language.No {
		return c.locales[0]
	}
	return c.locales[i]
}

// Language returns the locale's own tag, one of [Languages].
func (l *Locale) Language() string { return l.tag.String() }

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
	for _, name := range l.catalog.placeholders[id] {
		data[name] = unresolved(name)
	}
	var count any
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		data[name] = l.format(args[i+1])
		if name == "Count" && l.catalog.plural[id] {
			count = countOf(args[i+1])
		}
	}
	// The error only says that the language lacks the message, or that the
	// message lacks the plural form; the text is then the best there is.
	text, _ := l.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: count})
	if text == "" {
		return unresolved(id)
	}
	return text
}

// Has reports whether there is a message with the id, in any language.
func Has(id string) bool {
	_, ok := builtIn().placeholders[id]
	return ok
}

// unresolved makes a missing message or value visible.
func unresolved(name string) string { return "⟦" + name + "⟧" }

// format returns the text of a value for a placeholder.
func (l *Locale) format(value any) string {
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

// countOf returns the count for the plural rules, or nil, which chooses "other", for
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

// List joins words as in a sentence: "a", "a and b", "a, b and c". None gives "".
func (l *Locale) List(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return l.T("list.pair", "First", strings.Join(words[:last], l.T("list.comma")), "Last", words[last])
}
