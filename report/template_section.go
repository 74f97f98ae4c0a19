package report

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"roundtable/locale"
	"roundtable/mistake"
)

// Limits of a template's texts, in characters.
const (
	maxLabel      = 75   // what stands in a form's label or option
	maxDefinition = 3000 // what explains
)

// section is one mapping of a template.
type section struct {
	*templateReader
	at     mistake.Place
	nodes  map[string]*yaml.Node // by key: the value
	broken bool                  // something is here that can't be read, so what is missing may be in it
}

// mapping returns the keys and values at a node, which are among the known.
func (t *templateReader) mapping(n *yaml.Node, what string, known []string) section {
	s := section{templateReader: t, at: mistake.Place{Line: n.Line, Column: n.Column, Subject: what}, nodes: map[string]*yaml.Node{}}
	if n.Kind == yaml.AliasNode {
		t.scalarAt(n, s.at)
		s.broken = true
		return s
	}
	if n.Kind != yaml.MappingNode {
		t.add(s.at, "this wants keys with values", "for example "+known[0]+": ...")
		s.broken = true
		return s
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		at := mistake.Place{Line: key.Line, Column: key.Column, Subject: what}
		switch {
		case key.Kind != yaml.ScalarNode || key.Value == "<<":
			s.broken = true
			t.add(at, "this is no key", "write KEY: VALUE; merging (<<) is not supported")
		case !slices.Contains(known, key.Value):
			t.add(at, "unknown key "+quote(key.Value), mistake.DidYouMean(key.Value, known, "the keys here are"))
		case s.nodes[key.Value] != nil:
			t.add(at, "the key "+key.Value+" is here twice", "keep one")
		default:
			s.nodes[key.Value] = n.Content[i+1]
		}
	}
	return s
}

// place returns where the value of a key is, or should be.
func (s section) place(key string) mistake.Place {
	at := s.at
	at.Subject = strings.TrimPrefix(at.Subject+", "+key, ", ")
	if n := s.nodes[key]; n != nil {
		at.Line, at.Column = n.Line, n.Column
	}
	return at
}

// scalar returns the one value at a key as it is written; empty if there is
// none.
func (s section) scalar(key string) string { return s.scalarAt(s.nodes[key], s.place(key)) }

func (t *templateReader) scalarAt(n *yaml.Node, at mistake.Place) string {
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return ""
	case n.Kind == yaml.ScalarNode:
		return n.Value
	case n.Kind == yaml.AliasNode:
		t.add(at, "aliases (*name) are not followed", "write the value out")
	default:
		t.add(at, "this wants one value", "write it on the same line, after the colon")
	}
	return ""
}

// text returns a text of at most limit characters, cleaned.
func (s section) text(key string, limit int) string {
	return s.clean(s.scalar(key), s.place(key), limit)
}

func (t *templateReader) clean(text string, at mistake.Place, limit int) string {
	cleaned, tooLong := clean(text, limit)
	if tooLong > 0 {
		t.add(at, fmt.Sprintf("the text has %d characters", tooLong), fmt.Sprintf("shorten it to %d", limit))
	}
	return cleaned
}

// line returns a text on one line.
func (s section) line(key string, limit int) string {
	return oneLine(s.text(key, limit))
}

// list returns the nodes of the list at a key.
func (s section) list(key, hint string) []*yaml.Node {
	n := s.nodes[key]
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return nil
	case n.Kind != yaml.SequenceNode:
		s.add(s.place(key), "this wants a list", hint)
		return nil
	}
	return n.Content
}

// yamlNumber is a number as YAML has it; all others are read as people type them.
var yamlNumber = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// number returns the number at a node, nil if there is none.
func (t *templateReader) number(n *yaml.Node, at mistake.Place) *float64 {
	text := t.scalarAt(n, at)
	if text == "" {
		return nil
	}
	if yamlNumber.MatchString(text) {
		if x, err := strconv.ParseFloat(text, 64); err == nil && x <= locale.LargestNumber && x >= -locale.LargestNumber {
			x += 0 // takes the sign off -0
			return &x
		}
	}
	x, err := locale.ParseNumber(text)
	if bad, ok := errors.AsType[*locale.NumberError](err); ok {
		if bad.Problem == locale.NumberAmbiguous { // no option says how a template writes decimals
			t.add(at, quote(text)+" can be read in two ways", "write "+strconv.FormatFloat(bad.Readings[0], 'f', 4, 64)+" or "+formatPlain(bad.Readings[1]))
			return nil
		}
		t.tellNumber(at, bad)
		return nil
	}
	return &x
}

// languageTag is a language as BCP 47 writes it, near enough to notice a mistake.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (s section) language() string {
	language := strings.TrimSpace(s.scalar("language"))
	if language != "" && !languageTag.MatchString(language) {
		s.add(s.place("language"), quote(language)+" is no language", "for example en or sv")
	}
	return language
}
