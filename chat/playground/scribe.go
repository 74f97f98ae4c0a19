package playground

import (
	"io"
	"slices"
	"strings"

	"roundtable/chat"
)

// Scribe writes down a conversation as it happens: each change once. It needs
// to be told all changes of a chat from the first on. It is not safe for
// concurrent use.
type Scribe struct {
	w io.Writer
	t teller

	posts  map[chat.PostID]Post
	forms  map[chat.PersonID]OpenForm
	place  chat.ChannelID
	thread chat.PostID
	day    string
	begun  bool
}

// NewScribe returns a scribe that writes to w.
func NewScribe(w io.Writer, s Style) *Scribe {
	return &Scribe{
		w:     w,
		t:     teller{style: s, names: map[chat.PersonID]string{}},
		posts: map[chat.PostID]Post{},
		forms: map[chat.PersonID]OpenForm{},
	}
}

// Tell writes down one change; some, such as a new person, say nothing. The
// error is the writer's.
func (s *Scribe) Tell(c Change) error {
	switch {
	case c.Joined != nil:
		s.t.names[c.Joined.ID] = c.Joined.Name
	case c.Posted != nil:
		p := *c.Posted
		s.posts[p.ID] = p
		return s.write(c, channelOf(p.ID), p.Root, func(t teller) []line { return t.post(p) })
	case c.Edited != nil:
		return s.edited(c)
	case c.Deleted != nil:
		p := s.posts[*c.Deleted]
		return s.write(c, channelOf(p.ID), p.Root, func(t teller) []line {
			return []line{t.gone(c, p)}
		})
	case c.Reacted != nil:
		return s.reacted(c, *c.Reacted, " reacts with ", " to ")
	case c.Unreacted != nil:
		return s.reacted(c, *c.Unreacted, " takes ", " off ")
	case c.Acted != nil:
		return s.acted(c)
	case c.Answered != nil && c.Answered.Refused != "":
		return s.write(c, s.place, s.thread, func(t teller) []line {
			return indent(gutter, mistake("The chat refused the answer. "+c.Answered.Refused, t.cols()))
		})
	case c.FormShown != nil:
		what := "a form, only "
		if s.forms[c.FormShown.To].ID == c.FormShown.ID {
			what = "the form again, only "
		}
		s.forms[c.FormShown.To] = *c.FormShown
		return s.write(c, c.FormShown.Channel, c.FormShown.Thread, func(t teller) []line {
			head := line{{pad("", gutter), plain}, {what + t.called(c.FormShown.To) + " sees it", faint}}
			return append([]line{head}, indent(gutter, form(c.FormShown.Form, t.cols()))...)
		})
	case c.FormClosed != nil && c.FormClosed.Cancelled:
		f := s.forms[c.FormClosed.To]
		return s.write(c, f.Channel, f.Thread, func(t teller) []line {
			return []line{t.head(c.At, c.FormClosed.To, span{" closes the form without sending it", plain})}
		})
	}
	return nil
}

func (t teller) gone(c Change, p Post) line {
	return line{
		{pad(t.style.local(c.At).Format("15:04"), gutter), faint},
		{title(p.Message) + " by ", plain},
		t.name(p.By),
		{" is deleted", plain},
	}
}

func (s *Scribe) reacted(c Change, r Reaction, verb, to string) error {
	p := s.posts[r.Post]
	return s.write(c, channelOf(r.Post), p.Root, func(t teller) []line {
		return []line{t.head(c.At, r.By, span{verb + emoji(r.Emoji) + to + title(p.Message), plain})}
	})
}

// edited writes the lines of a post that are new.
func (s *Scribe) edited(c Change) error {
	old := s.posts[c.Edited.Post]
	now := old
	now.Message = c.Edited.Message
	s.posts[now.ID] = now
	return s.write(c, channelOf(now.ID), now.Root, func(t teller) []line {
		var before []string
		for _, l := range t.said(old) {
			before = append(before, l.String())
		}
		out := []line{t.head(c.At, c.Edited.By, span{" edits " + title(old.Message), plain})}
		for _, l := range t.said(now) {
			if i := slices.Index(before, l.String()); i >= 0 {
				before = slices.Delete(before, i, i+1)
			} else if l.columns() > 0 {
				out = append(out, append(line{{pad("", gutter-2) + "→ ", faint}}, l...))
			}
		}
		if len(out) == 1 && len(before) > 0 {
			out = append(out, of(faint, pad("", gutter-2)+"→ (only takes lines away)"))
		}
		return out
	})
}

// acted writes what a person did, where no post shows it.
func (s *Scribe) acted(c Change) error {
	a := *c.Acted
	var what func(t teller) []line
	switch {
	case a.Typed != nil && a.Post == chat.PostID{}:
		what = func(t teller) []line {
			text := wrap(a.Shown, t.cols())
			head := t.head(c.At, a.By, span{" types  ", faint})
			if len(text) == 1 && head.columns()+columns(text[0]) <= t.style.width() {
				return []line{append(head, span{text[0], strong})}
			}
			return append([]line{head}, indent(gutter, all(strong, text))...)
		}
	case a.Pressed != nil:
		what = func(t teller) []line {
			on := s.posts[a.Pressed.On]
			label := strings.Join(wrap(chat.Quiet(a.Shown), t.cols()), " ")
			return []line{t.head(c.At, a.By, span{" presses ", plain}, span{"[ " + label + " ]", press}, span{" under " + title(on.Message), plain})}
		}
	case a.Filled != nil:
		what = func(t teller) []line {
			head := t.head(c.At, a.By, span{" sends “" + shorten(chat.Quiet(a.Shown), 40) + "”", plain})
			given := answers(s.forms[a.By].Form, a.Filled.Values)
			return append([]line{head}, indent(gutter, facts(given, t.cols()))...)
		}
	default:
		return nil
	}
	return s.write(c, a.Channel, a.Thread, what)
}

// answers are what was filled in, under the labels of the form's fields.
func answers(f chat.Form, values map[string]string) []chat.Fact {
	var given []chat.Fact
	for _, field := range f.Fields {
		v := values[field.Name]
		for _, o := range field.Options {
			if o.Value == v {
				v = o.Label
				break
			}
		}
		if v != "" {
			given = append(given, chat.Fact{Name: field.Label, Value: v})
		}
	}
	return given
}

// write puts an item below the heads of its day, place and thread.
func (s *Scribe) write(c Change, in chat.ChannelID, thread chat.PostID, item func(teller) []line) error {
	var lines []line
	if day := s.t.style.local(c.At).Format("2006-01-02"); day != s.day {
		s.day = day
		lines = append(lines, line{}, s.t.day(c.At))
	}
	if in != s.place {
		s.place, s.thread = in, chat.PostID{}
		lines = append(lines, line{}, s.t.place(in))
	}
	t, deep := s.t, 0
	if thread != (chat.PostID{}) {
		deep = 4
		t = t.narrower(deep)
	}
	if thread != s.thread && deep > 0 {
		root := s.posts[thread]
		lines = append(lines, line{}, line{{pad("", gutter-3) + "↳ in the thread of " + title(root.Message), faint}})
	}
	s.thread = thread
	lines = append(lines, line{})
	lines = append(lines, indent(deep, item(t))...)
	if !s.begun {
		s.begun = true
		lines = lines[1:]
	}
	_, err := io.WriteString(s.w, s.t.style.text(lines))
	return err
}
