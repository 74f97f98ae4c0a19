package locale

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// messageFiles returns the built-in files of a language by topic.
func messageFiles(t *testing.T, name string) map[string][]byte {
	t.Helper()
	entries, err := fs.ReadDir(files, path.Join("messages", name))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string][]byte{}
	for _, entry := range entries {
		content, err := fs.ReadFile(files, path.Join("messages", name, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		contents[entry.Name()] = content
	}
	return contents
}

// messagesOf returns the messages of a language by id, and fails for an id that
// is there twice.
func messagesOf(t *testing.T, name string) map[string]*i18n.Message {
	t.Helper()
	all := map[string]*i18n.Message{}
	from := map[string]string{}
	for file, content := range messageFiles(t, name) {
		read, err := readMessages(content)
		if err != nil {
			t.Fatalf("%s/%s: %v", name, file, err)
		}
		for _, m := range read {
			if other, twice := from[m.ID]; twice {
				t.Errorf("%s: %s is in %s and in %s", name, m.ID, other, file)
			}
			all[m.ID], from[m.ID] = m, file
		}
	}
	return all
}

func TestLanguagesAreComplete(t *testing.T) {
	english := messagesOf(t, Default)
	for _, name := range Languages() {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(topics(t, Default), topics(t, name)); diff != "" {
				t.Errorf("files (-%s +%s):\n%s", Default, name, diff)
			}
			translated := messagesOf(t, name)
			for id, m := range translated {
				if english[id] == nil {
					t.Errorf("%s is not in %s", id, Default)
					continue
				}
				sameHoles(t, m, english[id])
				pluralForms(t, language.MustParse(name), m, english[id])
			}
			for id := range english {
				if translated[id] == nil {
					t.Errorf("%s is missing", id)
				}
			}
		})
	}
}

func topics(t *testing.T, name string) []string {
	t.Helper()
	var names []string
	for file := range messageFiles(t, name) {
		names = append(names, file)
	}
	slices.Sort(names)
	return names
}

var anyBraces = regexp.MustCompile(`\{\{|\}\}`)

// sameHoles checks that every form has the placeholders of the English "other",
// but for Count, which "one" and its like may say in a word.
func sameHoles(t *testing.T, m, english *i18n.Message) {
	t.Helper()
	want := distinct(placeholders(english.Other))
	for form, text := range forms(m) {
		got := distinct(placeholders(text))
		need := want
		if form != "other" && !slices.Contains(got, "Count") {
			need = slices.DeleteFunc(slices.Clone(want), func(name string) bool { return name == "Count" })
		}
		if diff := cmp.Diff(need, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: placeholders of %q (-English +this):\n%s", m.ID, form, diff)
		}
		if anyBraces.MatchString(placeholder.ReplaceAllString(text, "")) {
			t.Errorf("%s: %q has braces that are no plain placeholder", m.ID, form)
		}
		if strings.TrimSpace(text) != text && m.ID != "list.comma" {
			t.Errorf("%s: %q has space around it", m.ID, form)
		}
	}
}

func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// pluralForms checks that a message with plural forms has just those that whole
// numbers need in the language.
func pluralForms(t *testing.T, tag language.Tag, m, english *i18n.Message) {
	t.Helper()
	var want []string
	if len(forms(english)) > 1 {
		want = categories(tag)
	} else {
		want = []string{"other"}
	}
	var got []string
	for form := range forms(m) {
		got = append(got, form)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: plural forms (-needed +here):\n%s", m.ID, diff)
	}
}

// categories returns the plural categories that whole numbers fall into (CLDR).
func categories(tag language.Tag) []string {
	names := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two",
		plural.Few: "few", plural.Many: "many", plural.Other: "other",
	}
	var found []string
	for n := range 1001 {
		found = append(found, names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)])
	}
	return distinct(found)
}

// A message stands in one file of its language: loaded from a second, the other
// text would be lost.
func TestEachMessageOnce(t *testing.T) {
	for _, name := range Languages() {
		where := map[string]string{}
		for file, content := range messageFiles(t, name) {
			read, err := readMessages(content)
			if err != nil {
				t.Fatalf("%s/%s: %v", name, file, err)
			}
			for _, m := range read {
				if other, twice := where[m.ID]; twice {
					t.Errorf("%s/%s: %s stands in %s, too", name, file, m.ID, other)
				}
				where[m.ID] = file
			}
		}
	}
}

func TestFilesAreSorted(t *testing.T) {
	for _, name := range Languages() {
		for file, content := range messageFiles(t, name) {
			var document yaml.Node
			if err := yaml.Load(content, &document); err != nil {
				t.Fatalf("%s/%s: %v", name, file, err)
			}
			sorted(t, name+"/"+file, &document)
		}
	}
}

func sorted(t *testing.T, where string, node *yaml.Node) {
	t.Helper()
	var keys []string
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 {
			keys = append(keys, child.Value)
			continue
		}
		sorted(t, where, child)
	}
	if !slices.IsSorted(keys) {
		t.Errorf("%s:%d: keys are not in order: %v", where, node.Line, keys)
	}
	if len(slices.Compact(slices.Clone(keys))) < len(keys) {
		t.Errorf("%s:%d: a key is there twice: %v", where, node.Line, keys)
	}
}
