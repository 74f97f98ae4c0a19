package playground

import (
	"fmt"
	"strings"
	"time"

	"roundtable/chat"
)

// teller lays out single things that happened.
type teller struct {
	style Style
	names map[chat.PersonID]string
}

// narrower is a teller that leaves n columns free.
func (t teller) narrower(n int) teller {
	t.style.Width = t.style.width() - n
	return t
}

// name is who wrote something; the zero person is the bot.
func (t teller) name(id chat.PersonID) span {
	if id == (chat.PersonID{}) {
		return t.style.bot()
	}
	return span{t.called(id), person}
}

func (t teller) called(id chat.PersonID) string {
	if n := t.names[id]; n != "" {
		return shorten(n, 40)
	}
	return shorten(id.User, 40)
}

// place heads what happens in a channel or direct conversation.
func (t teller) place(in chat.ChannelID) line {
	text := "#" + shorten(in.Channel, 50) + " · " + shorten(in.Connection, 20)
	if who, direct := withWhom(in); direct {
		text = t.called(who) + " and " + t.style.bot().text + ", direct · " + shorten(in.Connection, 20)
	}
	return line{{"── ", faint}, {text, strong}, {" " + t.rule(columns(text)+4), faint}}
}

// day heads what happens on a date.
func (t teller) day(at time.Time) line {
	text := t.style.local(at).Format("Monday 2 January 2006")
	return line{{"══ ", faint}, {text, strong}, {" " + strings.Repeat("═", max(0, t.style.width()-columns(text)-4)), faint}}
}

func (t teller) rule(used int) string { return strings.Repeat("─", max(0, t.style.width()-used)) }

// head is a line that says when, who and what.
func (t teller) head(at time.Time, who chat.PersonID, what ...span) line {
	return append(line{{pad(t.style.local(at).Format("15:04"), gutter), faint}, t.name(who)}, what...)
}

// cols is how wide what stands below a head may be.
func (t teller) cols() int { return t.style.width() - gutter }

// said lays out the text of a post, without its head.
func (t teller) said(p Post) []line {
	if p.ByBot() {
		return message(p.Message, t.cols())
	}
	return all(plain, wrap(p.Message.Text, t.cols()))
}

// post lays out a post as it stands now.
func (t teller) post(p Post) []line {
	var notes []string
	if p.To != (chat.PersonID{}) {
		notes = append(notes, "only "+t.called(p.To)+" sees this")
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
	body := indent(gutter, t.said(p))
	if p.To != (chat.PersonID{}) {
		bar := span{pad("", gutter-2) + "┊ ", faint}
		body = behind(bar, bar, t.said(p))
	}
	out := append([]line{t.head(p.At, p.By, note)}, body...)
	if r := t.reactions(p); r != "" {
		out = append(out, indent(gutter, all(faint, wrap(r, t.cols())))...)
	}
	return out
}

// reactions sums up a post's reactions: "💡 Anna, Björn   👍 Anna".
func (t teller) reactions(p Post) string {
	var order []string
	by := map[string][]string{}
	for _, r := range p.Reactions {
		if _, ok := by[r.Emoji]; !ok {
			order = append(order, r.Emoji)
		}
		by[r.Emoji] = append(by[r.Emoji], t.called(r.By))
	}
	for i, e := range order {
		order[i] = emoji(e) + " " + strings.Join(by[e], ", ")
	}
	return strings.Join(order, "   ")
}

// emoji shows the emojis that people are likely to use, and others by name.
func emoji(name string) string {
	known := map[string]string{
		"bulb": "💡", "+1": "👍", "thumbsup": "👍", "heart": "❤", "eyes": "👀",
		"tada": "🎉", "white_check_mark": "✅", "wave": "👋", "thinking_face": "🤔",
	}
	if e, ok := known[name]; ok {
		return e
	}
	return ":" + shorten(name, 30) + ":"
}
