package playground

import (
	"fmt"
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
		return span{"Roundtable", botName}
	}
	return span{truncate(s.Bot, 40), botName}
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
		b.WriteString(l.render(s.Colour))
		b.WriteByte('\n')
	}
	return b.String()
}

// Message returns a message of the bot's as text.
func (s Style) Message(m chat.Message) string { return s.text(messageLines(m, s.width())) }

// Form returns a form as text: a box with its fields, and with what is typed in
// them.
func (s Style) Form(f chat.Form) string { return s.text(formLines(f, s.width())) }

// Seen returns what a person sees in answer as text: the private message, then
// the form.
func (s Style) Seen(seen Seen) string {
	var lines []line
	if seen.Private != nil {
		lines = append(lines, messageLines(seen.Private.Message, s.width())...)
	}
	if seen.Form != nil {
		lines = append(lines, formLines(*seen.Form, s.width())...)
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
	t := layout{style: s, names: names}
	lines := []line{t.channelHeading(in)}
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
		lines = append(lines, indent(gutter, formLines(open.Form, s.width()-gutter))...)
	}
	return s.text(lines)
}

// layout lays out single things that happened.
type layout struct {
	style Style
	names map[chat.PersonID]string
}

// narrower is a layout that leaves n columns free.
func (l layout) narrower(n int) layout {
	l.style.Width = l.style.width() - n
	return l
}

// author is who wrote something; the zero person is the bot.
func (l layout) author(id chat.PersonID) span {
	if id == (chat.PersonID{}) {
		return l.style.bot()
	}
	return span{l.displayName(id), personName}
}

func (l layout) displayName(id chat.PersonID) string {
	if n := l.names[id]; n != "" {
		return truncate(n, 40)
	}
	return truncate(id.User, 40)
}

// channelHeading heads what happens in a channel or direct conversation.
func (l layout) channelHeading(in chat.ChannelID) line {
	text := "#" + truncate(in.Channel, 50) + " · " + truncate(in.Connection, 20)
	if who, direct := directPartner(in); direct {
		text = l.displayName(who) + " and " + l.style.bot().text + ", direct · " + truncate(in.Connection, 20)
	}
	return line{{"── ", faint}, {text, strong}, {" " + l.rule(columns(text)+4), faint}}
}

// dayHeading heads what happens on a date.
func (l layout) dayHeading(at time.Time) line {
	text := l.style.local(at).Format("Monday 2 January 2006")
	return line{{"══ ", faint}, {text, strong}, {" " + strings.Repeat("═", max(0, l.style.width()-columns(text)-4)), faint}}
}

func (l layout) rule(used int) string { return strings.Repeat("─", max(0, l.style.width()-used)) }

// headLine is a line that says when, who and what.
func (l layout) headLine(at time.Time, who chat.PersonID, what ...span) line {
	return append(line{{pad(l.style.local(at).Format("15:04"), gutter), faint}, l.author(who)}, what...)
}

// bodyColumns is how wide what stands below a head may be.
func (l layout) bodyColumns() int { return l.style.width() - gutter }

// body lays out the text of a post, without its head.
func (l layout) body(p Post) []line {
	if p.ByBot() {
		return messageLines(p.Message, l.bodyColumns())
	}
	return linesOf(plain, wrap(p.Message.Text, l.bodyColumns()))
}

// post lays out a post as it stands now.
func (l layout) post(p Post) []line {
	var notes []string
	if p.To != (chat.PersonID{}) {
		notes = append(notes, "only "+l.displayName(p.To)+" sees this")
	}
	switch {
	case p.Edits == 1:
		notes = append(notes, "edited")
	case p.Edits > 1:
		notes = append(notes, fmt.Sprintf("edited %d times", p.Edits))
	}
	note := span{}
	if len(notes) > 0 {
		note = span{" · " + strings.Join(notes, " · "), faint}
	}
	body := indent(gutter, l.body(p))
	if p.To != (chat.PersonID{}) {
		bar := span{pad("", gutter-2) + "┊ ", faint}
		body = prefixed(bar, bar, l.body(p))
	}
	out := append([]line{l.headLine(p.At, p.By, note)}, body...)
	if r := l.reactions(p); r != "" {
		out = append(out, indent(gutter, linesOf(faint, wrap(r, l.bodyColumns())))...)
	}
	return out
}

// deletion is the line that says that a post is gone.
func (l layout) deletion(c Change, p Post) line {
	return line{
		{pad(l.style.local(c.At).Format("15:04"), gutter), faint},
		{titleOf(p.Message) + " by ", plain},
		l.author(p.By),
		{" is deleted", plain},
	}
}

// reactions sums up a post's reactions: "💡 Anna, Björn   👍 Anna".
func (l layout) reactions(p Post) string {
	var order []string
	by := map[string][]string{}
	for _, r := range p.Reactions {
		if _, ok := by[r.Emoji]; !ok {
			order = append(order, r.Emoji)
		}
		by[r.Emoji] = append(by[r.Emoji], l.displayName(r.By))
	}
	for i, e := range order {
		order[i] = emojiText(e) + " " + strings.Join(by[e], ", ")
	}
	return strings.Join(order, "   ")
}

// emojiText shows the emojis that people are likely to use, and others by name.
func emojiText(name string) string {
	known := map[string]string{
		"bulb": "💡", "+1": "👍", "thumbsup": "👍", "heart": "❤", "eyes": "👀",
		"tada": "🎉", "white_check_mark": "✅", "wave": "👋", "thinking_face": "🤔",
	}
	if e, ok := known[name]; ok {
		return e
	}
	return ":" + truncate(name, 30) + ":"
}
