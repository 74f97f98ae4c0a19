package slacktest

import (
	"fmt"
	"slices"
	"strings"
)

// Post is a message as people see it.
type Post struct {
	Channel, TS, Thread string
	// From is who wrote it: "U…".
	From string
	// Text is all that can be read: of the blocks when there are some, with alt
	// texts and the labels of buttons, a line each.
	Text string
	// Fallback is the text for notifications.
	Fallback string
	Buttons  []string
	Blocks   []any
	// Files are the names of those shared with it.
	Files    []string
	Metadata map[string]any
	Edited   bool
	// Reactions by name, with who put them.
	Reactions map[string][]string
}

func (m *message) seen() Post {
	p := Post{
		Channel: m.channel.ID, TS: m.ts, Thread: m.thread, From: m.from.ID, Text: m.reads(), Fallback: read(m.text), Buttons: buttons(m.blocks),
		Blocks: m.blocks, Metadata: m.metadata, Edited: m.edited != "",
	}
	for _, f := range m.files {
		p.Files = append(p.Files, f.Name)
	}
	for _, r := range m.reacted {
		if p.Reactions == nil {
			p.Reactions = map[string][]string{}
		}
		p.Reactions[r.name] = slices.Clone(r.users)
	}
	return p
}

// buttons are the labels of all buttons.
func buttons(v any) []string {
	var labels []string
	all, _ := v.([]any)
	for _, b := range all {
		m, _ := b.(map[string]any)
		inside, _ := m["elements"].([]any)
		for _, e := range append([]any{m["accessory"]}, inside...) {
			if el, _ := e.(map[string]any); el["type"] == "button" {
				labels = append(labels, textOf(el["text"]))
			}
		}
	}
	return labels
}

func seenAll(all []*message) []Post {
	var out []Post
	for _, m := range all {
		out = append(out, m.seen())
	}
	return out
}

// Posts are the messages in a channel: the roots and what was broadcast.
func (s *Slack) Posts(channel string) ([]Post, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil, fmt.Errorf("%w: channel %s", ErrNotThere, channel)
	}
	return seenAll(c.roots()), nil
}

// Replies are the messages in a thread, without its root.
func (s *Slack) Replies(channel, root string) ([]Post, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil || c.find(root) == nil {
		return nil, fmt.Errorf("%w: thread %s in %s", ErrNotThere, root, channel)
	}
	return seenAll(c.replies(root)), nil
}

// Ephemerals are the messages that only this person sees, wherever, oldest
// first.
func (u *User) Ephemerals() []Post {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	var all []*message
	for _, c := range u.s.channels {
		for _, m := range c.messages {
			if m.only == u && !m.gone {
				all = append(all, m)
			}
		}
	}
	slices.SortFunc(all, func(a, b *message) int { return stamps(a.ts, b.ts) })
	return seenAll(all)
}

// Directs is what stands in the direct conversation with the app, replies in
// threads included, oldest first.
func (u *User) Directs(a *App) []Post {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	var out []Post
	for _, m := range u.s.direct(u, a).messages {
		if !m.gone && m.only == nil {
			out = append(out, m.seen())
		}
	}
	return out
}

// Modal is a modal or home page as the person sees it.
type Modal struct {
	ID, Callback, Title, Submit, Close, Metadata string
	// Text is all that can be read of the blocks, a line each.
	Text    string
	Buttons []string
	Fields  []ModalField
	Blocks  []any
	// Depth is how many modals lie upon each other.
	Depth int
}

// ModalField is an element with a value.
type ModalField struct {
	Block, Action, Label, Hint, Placeholder string
	// Kind is the element's type; Value what it holds now, Error what stands
	// at it.
	Kind, Value, Error string
	Options            []string
	Optional           bool
}

// Modal is what is open in front of the person.
func (u *User) Modal() (m Modal, open bool) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	v := u.top()
	if v == nil {
		return Modal{}, false
	}
	m = v.seen()
	m.Depth = len(u.stack)
	return m, true
}

// Home is the person's page of the app, as it was last published.
func (u *User) Home(a *App) (page Modal, published bool) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	v := u.homes[a.ID]
	if v == nil {
		return Modal{}, false
	}
	return v.seen(), true
}

func (v *view) seen() Modal {
	list, _ := v.spec["blocks"].([]any)
	m := Modal{
		ID: v.id, Title: textOf(v.spec["title"]), Submit: textOf(v.spec["submit"]), Close: textOf(v.spec["close"]), Text: shown(list),
		Buttons: buttons(list), Blocks: list,
	}
	m.Callback, _ = v.spec["callback_id"].(string)
	m.Metadata, _ = v.spec["private_metadata"].(string)
	for _, in := range v.inputs() {
		f := ModalField{Block: in.block, Action: in.action, Label: in.label, Hint: in.hint, Value: v.value(in), Error: v.errors[in.block], Optional: in.optional}
		f.Kind, _ = in.element["type"].(string)
		f.Placeholder = textOf(in.element["placeholder"])
		for _, o := range choices(in.element) {
			f.Options = append(f.Options, optionValue(o))
		}
		m.Fields = append(m.Fields, f)
	}
	return m
}

// Strip takes the emphasis marks of mrkdwn away, for comparing words.
func Strip(text string) string {
	return strings.NewReplacer("*", "", "_", "", "`", "", "~", "").Replace(text)
}
