package locale

import (
	"slices"

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
	return slices.Clone(messages().languages)
}

// For returns the locale that suits a language as people and platforms name it
// ("sv", "sv-SE", "sv_FI", "en-GB"), matched by BCP 47. What isn't known, or
// isn't a language at all, gets English.
func For(name string) *Locale {
	c := messages()
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
