package playground

import (
	"strings"
	"time"

	"roundtable/chat"
)

// Style says how a transcript is laid out. The zero Style is without colour,
// 100 columns wide and in UTC.
type Style struct {
	// Colour adds ANSI colours; they say nothing that the words don't.
	Colour bool
	// Width in columns; 0 for 100, and never below 40.
	Width int
	// Zone is where the times are local.
	Zone *time.Location
	// Bot is the bot's name; empty for "Roundtable".
	Bot string
}

// gutter is the width of the column that holds times.
const gutter = 7

func (s Style) width() int {
	if s.Width == 0 {
		return 100
	}
	return max(s.Width, 40)
}

func (s Style) bot() span {
	if s.Bot == "" {
		return span{"Roundtable", robot}
	}
	return span{shorten(s.Bot, 40), robot}
}

func (s Style) local(t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

func (s Style) text(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.paint(s.Colour))
		b.WriteByte('\n')
	}
	return b.String()
}

// Message returns a message of the bot's as text.
func (s Style) Message(m chat.Message) string { return s.text(message(m, s.width())) }

// Form returns a form as text: a box with its fields, and with what is typed in
// them.
func (s Style) Form(f chat.Form) string { return s.text(form(f, s.width())) }

// Seen returns what a person sees in answer as text: the private message, then
// the form.
func (s Style) Seen(seen Seen) string {
	var lines []line
	if seen.Private != nil {
		lines = append(lines, message(seen.Private.Message, s.width())...)
	}
	if seen.Form != nil {
		lines = append(lines, form(*seen.Form, s.width())...)
	}
	return s.text(lines)
}

// Transcript returns a channel, or a direct conversation, as a person sees it
// now: each root with its thread below it. With the zero person it holds what
// all see.
func (c *Chat) Transcript(in chat.ChannelID, viewer chat.PersonID, s Style) string {
	visible := c.posts(in, func(p *Post) bool { return p.To == (chat.PersonID{}) || p.To == viewer })
	names := map[chat.PersonID]string{}
	for _, p := range c.People() {
		names[p.ID] = p.Name
	}
	t := teller{style: s, names: names}
	lines := []line{t.place(in)}
	for _, root := range visible {
		if root.Root != (chat.PostID{}) {
			continue
		}
		lines = append(lines, line{})
		lines = append(lines, t.post(root)...)
		for _, reply := range visible {
			if reply.Root == root.ID {
				lines = append(lines, line{})
				lines = append(lines, indent(4, t.narrower(4).post(reply))...)
			}
		}
	}
	c.mu.Lock()
	open, ok := c.state.forms[viewer]
	c.mu.Unlock()
	if ok && open.Channel == in {
		lines = append(lines, line{})
		lines = append(lines, indent(gutter, form(open.Form, s.width()-gutter))...)
	}
	return s.text(lines)
}
