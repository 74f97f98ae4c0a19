package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"roundtable/mistake"
)

// sectionKind is a kind of mapping in the file; its text is its name in messages.
type sectionKind string

const (
	inFile       sectionKind = "the top of the file"
	inConnection sectionKind = "a connection"
	inSlack      sectionKind = "slack"
	inMattermost sectionKind = "mattermost"
)

// keysOf lists the known keys of each kind. A secret's KEY_file stands after
// its KEY.
var keysOf = map[sectionKind][]string{
	inFile:       {"journal", "journal_file", "listen", "public_url", "command", "setup", "erased_list", "backups_kept", "connections"},
	inConnection: {"name", "slack", "mattermost"},
	inSlack: {
		"app_token", "app_token_file", "bot_token", "bot_token_file",
		"signing_secret", "signing_secret_file", "api_url",
	},
	inMattermost: {
		"url", "token", "token_file", "command_token", "command_token_file",
		"team", "signing_key", "signing_key_file",
	},
}

// section is one mapping of the file, its keys known to be right.
type section struct {
	loader *loader
	at     mistake.Place
	nodes  map[string]*yaml.Node // by key: the value
	broken bool                  // something is here that can't be read, so what is missing may be in it
}

// section returns the mapping at a node; nothing at all is an empty one.
func (l *loader) section(n *yaml.Node, at mistake.Place, k sectionKind) section {
	s := section{loader: l, at: at, nodes: map[string]*yaml.Node{}}
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return s
	case n.Kind != yaml.MappingNode:
		if at.Line == 0 {
			s.at = l.place(n, at.Subject)
		}
		l.mistake(s.at, "this wants keys with values", "for example "+keysOf[k][0]+": ...")
		s.broken = true
		return s
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		keyAt := l.place(key, s.path(key.Value))
		switch {
		case key.Kind != yaml.ScalarNode || key.Value == "<<":
			s.broken = true
			l.mistake(l.place(key, at.Subject), "this is no key", "write KEY: VALUE; merging (<<) is not supported")
		case !slices.Contains(keysOf[k], key.Value):
			l.mistake(keyAt, "unknown key", hintForKey(key.Value, k))
		case s.nodes[key.Value] != nil:
			l.mistake(keyAt, "this key is here twice", "keep one")
		default:
			s.nodes[key.Value] = n.Content[i+1]
		}
	}
	return s
}

// hintForKey returns what an unknown key may have been meant to be.
func hintForKey(key string, k sectionKind) string {
	word := strings.ReplaceAll(strings.ToLower(key), "-", "_")
	if near := mistake.Nearest(word, keysOf[k]); len(near) > 0 {
		return "did you mean " + near[0] + "?"
	}
	for _, other := range []sectionKind{inFile, inConnection, inSlack, inMattermost} {
		if slices.Contains(keysOf[other], word) {
			return fmt.Sprintf("%s belongs under %s", word, other)
		}
	}
	return "the keys here are " + strings.Join(keysOf[k], ", ")
}

// path returns the full name of one of the section's keys.
func (s section) path(key string) string {
	if len(key) > maxQuoted {
		key = key[:maxQuoted] + "..."
	}
	key = strings.ToValidUTF8(strings.Map(printable, key), "?")
	if s.at.Subject == "" {
		return key
	}
	return s.at.Subject + "." + key
}

// text returns the value of a key; empty if it isn't there.
func (s section) text(key string) value {
	n := s.nodes[key]
	if n == nil {
		at := s.at
		at.Subject = s.path(key)
		return value{at: at}
	}
	return s.loader.scalar(n, s.loader.place(n, s.path(key)))
}

// subsection returns the mapping at a key, and whether the key is there.
func (s section) subsection(key string, k sectionKind) (section, bool) {
	n := s.nodes[key]
	if n == nil {
		return section{}, false
	}
	return s.loader.section(n, s.loader.place(n, s.path(key)), k), true
}

// list returns the nodes of the list at a key.
func (s section) list(key, hint string) []*yaml.Node {
	n := s.nodes[key]
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		s.loader.mistake(s.loader.place(n, s.path(key)), "this wants a list", hint)
		return nil
	}
	return n.Content
}
