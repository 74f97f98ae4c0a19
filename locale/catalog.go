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
	// placeholders are those of each message, all languages together, so
	// that one that a caller forgot can be made visible.
	placeholders map[string][]string
	// plural tells which messages have plural forms.
	plural map[string]bool
}

// builtIn loads the built-in files once. They are part of the program and
// under test, so that not being able to read them is an impossible state.
var builtIn = sync.OnceValue(func() *catalog {
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
	c := &catalog{placeholders: map[string][]string{}, plural: map[string]bool{}}
	for _, folder := range folders {
		c.languages = append(c.languages, folder.Name())
	}
	slices.SortFunc(c.languages, func(a, b string) int {
		if a == Default || b == Default {
			return cmp.Compare(defaultFirst(a), defaultFirst(b))
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

// defaultFirst is a sort key that puts the default language before all others.
func defaultFirst(name string) int {
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
				c.placeholders[m.ID] = append(c.placeholders[m.ID], placeholders(form)...)
			}
			slices.Sort(c.placeholders[m.ID])
			c.placeholders[m.ID] = slices.Compact(c.placeholders[m.ID])
			c.plural[m.ID] = c.plural[m.ID] || len(forms(m)) > 1
		}
	}
	return nil
}

// readMessages reads a file of messages. Keys and texts are taken as they are
// written: 1, yes and 12.50 are words here, not a number, a truth and 12.5.
func readMessages(content []byte) ([]*i18n.Message, error) {
	var document yaml.Node
	if err := yaml.Load(content, &document); err != nil {
		return nil, err
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("not a file of messages")
	}
	return collectMessages("", document.Content[0])
}

// collectMessages returns the messages in a map, each with the keys on the way to it as
// its id.
func collectMessages(prefix string, node *yaml.Node) ([]*i18n.Message, error) {
	var found []*i18n.Message
	var seen []string
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.Value == "" || slices.Contains(seen, key.Value) {
			return nil, fmt.Errorf("line %d: key %q is there twice or is no word", key.Line, key.Value)
		}
		seen = append(seen, key.Value)
		id := prefix + key.Value
		switch {
		case value.Kind == yaml.ScalarNode && value.Value != "":
			found = append(found, &i18n.Message{ID: id, Other: value.Value})
		case value.Kind == yaml.MappingNode && isPlural(value):
			found = append(found, pluralMessage(id, value))
		case value.Kind == yaml.MappingNode:
			inner, err := collectMessages(id+".", value)
			if err != nil {
				return nil, err
			}
			found = append(found, inner...)
		default:
			return nil, fmt.Errorf("line %d: %s is neither a text nor a map of texts", value.Line, id)
		}
	}
	return found, nil
}

// pluralWords are the names of plural forms (CLDR).
var pluralWords = []string{"zero", "one", "two", "few", "many", "other"}

// isPlural reports whether a map has the plural forms of one message: "other",
// which every language has, and no words but those.
func isPlural(node *yaml.Node) bool {
	other := false
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if value.Kind != yaml.ScalarNode || !slices.Contains(pluralWords, key.Value) {
			return false
		}
		other = other || key.Value == "other"
	}
	return other
}

func pluralMessage(id string, node *yaml.Node) *i18n.Message {
	m := &i18n.Message{ID: id}
	into := map[string]*string{"zero": &m.Zero, "one": &m.One, "two": &m.Two, "few": &m.Few, "many": &m.Many, "other": &m.Other}
	for i := 0; i+1 < len(node.Content); i += 2 {
		*into[node.Content[i].Value] = node.Content[i+1].Value
	}
	return m
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
