package locale

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed messages
var files embed.FS

// catalog is every message of every language.
type catalog struct {
	languages []string // the default first
	locales   []*Locale
	matcher   language.Matcher
	// holes has the placeholders of each message, all languages together, so
	// that one that a caller forgot can be made visible.
	holes map[string][]string
	// plural tells which messages have plural forms.
	plural map[string]bool
}

// messages loads the built-in files once. They are part of the program and
// under test, so that not being able to read them is an impossible state.
var messages = sync.OnceValue(func() *catalog {
	c, err := load(files)
	if err != nil {
		panic("locale: built-in messages: " + err.Error())
	}
	return c
})

// load reads messages/<language>/*.yaml.
func load(files fs.FS) (*catalog, error) {
	folders, err := fs.ReadDir(files, "messages")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	c := &catalog{holes: map[string][]string{}, plural: map[string]bool{}}
	for _, folder := range folders {
		c.languages = append(c.languages, folder.Name())
	}
	slices.SortFunc(c.languages, func(a, b string) int {
		if a == Default || b == Default {
			return cmp.Compare(order(a), order(b))
		}
		return cmp.Compare(a, b)
	})
	bundle := i18n.NewBundle(language.MustParse(Default))
	var tags []language.Tag
	for _, name := range c.languages {
		tag, err := language.Parse(name)
		if err != nil || tag.String() != name {
			return nil, fmt.Errorf("messages/%s: not a language tag", name)
		}
		if err := c.loadFolder(bundle, files, tag); err != nil {
			return nil, err
		}
		tags = append(tags, tag)
		c.locales = append(c.locales, &Locale{
			tag:       tag,
			catalog:   c,
			localizer: i18n.NewLocalizer(bundle, name, Default),
			printer:   message.NewPrinter(tag),
		})
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// order puts the default language before all others.
func order(name string) int {
	if name == Default {
		return 0
	}
	return 1
}

func (c *catalog) loadFolder(bundle *i18n.Bundle, files fs.FS, tag language.Tag) error {
	paths, err := fs.Glob(files, path.Join("messages", tag.String(), "*.yaml"))
	if err != nil {
		return fmt.Errorf("messages/%s: %w", tag, err)
	}
	for _, p := range paths {
		content, err := fs.ReadFile(files, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		read, err := readMessages(content)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		if err := bundle.AddMessages(tag, read...); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		for _, m := range read {
			for _, form := range forms(m) {
				c.holes[m.ID] = append(c.holes[m.ID], placeholders(form)...)
			}
			slices.Sort(c.holes[m.ID])
			c.holes[m.ID] = slices.Compact(c.holes[m.ID])
			c.plural[m.ID] = c.plural[m.ID] || len(forms(m)) > 1
		}
	}
	return nil
}
