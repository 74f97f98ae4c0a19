package locale

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
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
	bundle.RegisterUnmarshalFunc("yaml", unmarshal)
	var tags []language.Tag
	for _, name := range c.languages {
		tag, err := language.Parse(name)
		if err != nil {
			return nil, fmt.Errorf("messages/%s: not a language: %w", name, err)
		}
		if err := c.loadFolder(bundle, files, name); err != nil {
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

func (c *catalog) loadFolder(bundle *i18n.Bundle, files fs.FS, name string) error {
	paths, err := fs.Glob(files, path.Join("messages", name, "*.yaml"))
	if err != nil {
		return fmt.Errorf("messages/%s: %w", name, err)
	}
	for _, p := range paths {
		content, err := fs.ReadFile(files, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		// The library takes the language from the file's name.
		parsed, err := bundle.ParseMessageFileBytes(content, name+".yaml")
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		for _, m := range parsed.Messages {
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

// forms returns the texts of a message by plural form, without those it lacks.
func forms(m *i18n.Message) map[string]string {
	all := map[string]string{
		"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other,
	}
	for form, text := range all {
		if text == "" {
			delete(all, form)
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// placeholders returns the names in a text, in order, with repeats.
func placeholders(text string) []string {
	var names []string
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	return names
}

// unmarshal gives YAML to the message library with every key and text as it is
// written: 1, yes and 12.50 are words here, not a number, a truth and 12.5.
func unmarshal(content []byte, into any) error {
	var document yaml.Node
	if err := yaml.Load(content, &document); err != nil {
		return err
	}
	target, ok := into.(*any)
	if !ok || document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return errors.New("not a file of messages")
	}
	value, err := asWritten(document.Content[0])
	*target = value
	return err
}

// asWritten returns a node as strings and maps of strings.
func asWritten(node *yaml.Node) (any, error) {
	switch node.Kind {
	case yaml.ScalarNode:
		return node.Value, nil
	case yaml.MappingNode:
		values := map[string]any{}
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			if _, twice := values[key.Value]; twice || key.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("line %d: key %q is there twice or is no word", key.Line, key.Value)
			}
			value, err := asWritten(node.Content[i+1])
			if err != nil {
				return nil, err
			}
			values[key.Value] = value
		}
		return values, nil
	default:
		return nil, fmt.Errorf("line %d: neither a text nor a map of texts", node.Line)
	}
}
