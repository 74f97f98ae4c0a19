package slacktest

import (
	"regexp"
	"strings"
)

// Ping is somebody whom a message of an app called.
type Ping struct {
	Channel, TS string
	// Whom is "U…", "S…", "here", "channel" or "everyone".
	Whom string
}

// Pings lists everybody whom messages of apps called, in order.
func (s *Slack) Pings() []Ping {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Ping(nil), s.pings...)
}

var mention = regexp.MustCompile(`<(?:@([UWB][A-Z0-9]+)|!(here|channel|everyone)|!subteam\^(S[A-Z0-9]+))(?:\|[^>]*)?>`)

// notePings reads a message as Slack does.
func (m *message) notePings() {
	s := m.channel.s
	if m.from.bot == nil {
		return
	}
	var read strings.Builder
	if m.blocks == nil {
		read.WriteString(m.text)
	}
	eachText(m.blocks, func(kind, text string) {
		if kind == "mrkdwn" || kind == "markdown" {
			read.WriteString(text + "\n")
		}
	})
	for _, found := range mention.FindAllStringSubmatch(read.String(), -1) {
		s.pings = append(s.pings, Ping{Channel: m.channel.ID, TS: m.ts, Whom: found[1] + found[2] + found[3]})
	}
	for _, b := range m.blocks {
		m.richPings(b)
	}
}

// richPings finds mentions in rich text.
func (m *message) richPings(v any) {
	s := m.channel.s
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			m.richPings(one)
		}
	case map[string]any:
		whom := ""
		switch v["type"] {
		case "broadcast":
			whom, _ = v["range"].(string)
		case "user":
			whom, _ = v["user_id"].(string)
		case "usergroup":
			whom, _ = v["usergroup_id"].(string)
		}
		if whom != "" {
			s.pings = append(s.pings, Ping{Channel: m.channel.ID, TS: m.ts, Whom: whom})
		}
		m.richPings(v["elements"])
	}
}

var (
	link    = regexp.MustCompile(`<((?:https?://|mailto:|tel:)[^|>]*)(?:\|([^>]*))?>`)
	entries = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)

// read is mrkdwn as a person reads it: links by their label, no escapes.
// Emphasis stays as it is written.
func read(mrkdwn string) string {
	mrkdwn = link.ReplaceAllStringFunc(mrkdwn, func(l string) string {
		parts := link.FindStringSubmatch(l)
		if parts[2] != "" {
			return parts[2]
		}
		return parts[1]
	})
	return entries.Replace(mrkdwn)
}

// eachText calls visit with every text in blocks and the kind of its object.
func eachText(v any, visit func(kind, text string)) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			eachText(one, visit)
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		s, isText := v["text"].(string)
		if isText && kind != "" {
			visit(kind, s)
		}
		if alt, ok := v["alt_text"].(string); ok {
			visit("alt_text", alt)
		}
		for _, key := range []string{"title", "label", "text", "fields", "elements", "element", "accessory", "placeholder", "hint", "options", "rows"} {
			if inner, ok := v[key]; ok {
				if _, simple := inner.(string); !simple {
					eachText(inner, visit)
				}
			}
		}
	}
}

// shown is all of blocks that can be read, a line each.
func shown(blocks any) string {
	var b strings.Builder
	eachText(blocks, func(kind, text string) {
		if kind == "mrkdwn" || kind == "markdown" {
			text = read(text)
		}
		b.WriteString(text + "\n")
	})
	return strings.TrimSuffix(b.String(), "\n")
}

// reads is all that can be read of a message.
func (m *message) reads() string {
	out := read(m.text)
	if m.blocks != nil {
		out = shown(m.blocks)
	}
	for _, f := range m.files {
		out += "\n" + f.Title + "\n" + f.Name
		if f.Alt != "" {
			out += "\n" + f.Alt
		}
	}
	return strings.TrimPrefix(out, "\n")
}
