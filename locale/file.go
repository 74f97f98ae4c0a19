package locale

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
)

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
	return collect("", document.Content[0])
}

// collect returns the messages in a map, each with the keys on the way to it as
// its id.
func collect(prefix string, node *yaml.Node) ([]*i18n.Message, error) {
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
			inner, err := collect(id+".", value)
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
