package playground

import (
	"io"
	"slices"
	"strings"

	"roundtable/chat"
)

// TranscriptWriter writes down a conversation as it happens: each change once. It needs
// to be told all changes of a chat from the first on. It is not safe for
// concurrent use.
type TranscriptWriter struct {
	out    io.Writer
	layout layout

	posts   map[chat.PostID]Post
	forms   map[chat.PersonID]OpenForm
	place   chat.ChannelID
	thread  chat.PostID
	day     string
	started bool
}

// NewTranscriptWriter returns one that writes to w.
func NewTranscriptWriter(w io.Writer, s Style) *TranscriptWriter {
	return &TranscriptWriter{
		out:    w,
		layout: layout{style: s, names: map[chat.PersonID]string{}},
		posts:  map[chat.PostID]Post{},
		forms:  map[chat.PersonID]OpenForm{},
	}
}

// Write writes down one change; some, such as a new person, say nothing. The
// error is the writer'w.
func (w *TranscriptWriter) Write(c Change) error {
	switch {
	case c.Joined != nil:
		w.layout.names[c.Joined.ID] = c.Joined.Name
	case c.Posted != nil:
		p := *c.Posted
		w.posts[p.ID] = p
		return w.writeItem(c, channelOf(p.ID), p.Root, func(lay layout) []line { return lay.post(p) })
	case c.Edited != nil:
		return w.writeEdit(c)
	case c.Deleted != nil:
		p := w.posts[*c.Deleted]
		return w.writeItem(c, channelOf(p.ID), p.Root, func(lay layout) []line {
			return []line{lay.deletion(c, p)}
		})
	case c.Reacted != nil:
		return w.writeReaction(c, *c.Reacted, " reacts with ", " to ")
	case c.Unreacted != nil:
		return w.writeReaction(c, *c.Unreacted, " takes ", " off ")
	case c.Acted != nil:
		return w.writeAct(c)
	case c.Answered != nil && c.Answered.Refused != "":
		return w.writeItem(c, w.place, w.thread, func(lay layout) []line {
			return indent(gutter, errorLines("The chat refused the answer. "+c.Answered.Refused, lay.bodyColumns()))
		})
	case c.FormShown != nil:
		what := "a form, only "
		if w.forms[c.FormShown.To].ID == c.FormShown.ID {
			what = "the form again, only "
		}
		w.forms[c.FormShown.To] = *c.FormShown
		return w.writeItem(c, c.FormShown.Channel, c.FormShown.Thread, func(lay layout) []line {
			head := line{{pad("", gutter), plain}, {what + lay.displayName(c.FormShown.To) + " sees it", faint}}
			return append([]line{head}, indent(gutter, formLines(c.FormShown.Form, lay.bodyColumns()))...)
		})
	case c.FormClosed != nil && c.FormClosed.Cancelled:
		f := w.forms[c.FormClosed.To]
		return w.writeItem(c, f.Channel, f.Thread, func(lay layout) []line {
			return []line{lay.headLine(c.At, c.FormClosed.To, span{" closes the form without sending it", plain})}
		})
	}
	return nil
}

func (w *TranscriptWriter) writeReaction(c Change, r Reaction, verb, to string) error {
	p := w.posts[r.Post]
	return w.writeItem(c, channelOf(r.Post), p.Root, func(lay layout) []line {
		return []line{lay.headLine(c.At, r.By, span{verb + emojiText(r.Emoji) + to + titleOf(p.Message), plain})}
	})
}

// writeEdit writes the lines of a post that are new.
func (w *TranscriptWriter) writeEdit(c Change) error {
	old := w.posts[c.Edited.Post]
	now := old
	now.Message = c.Edited.Message
	w.posts[now.ID] = now
	return w.writeItem(c, channelOf(now.ID), now.Root, func(lay layout) []line {
		var before []string
		for _, l := range lay.body(old) {
			before = append(before, l.String())
		}
		out := []line{lay.headLine(c.At, c.Edited.By, span{" edits " + titleOf(old.Message), plain})}
		for _, l := range lay.body(now) {
			if i := slices.Index(before, l.String()); i >= 0 {
				before = slices.Delete(before, i, i+1)
			} else if l.columns() > 0 {
				out = append(out, append(line{{pad("", gutter-2) + "→ ", faint}}, l...))
			}
		}
		if len(out) == 1 && len(before) > 0 {
			out = append(out, lineOf(faint, pad("", gutter-2)+"→ (only takes lines away)"))
		}
		return out
	})
}

// writeAct writes what a person did, where no post shows it.
func (w *TranscriptWriter) writeAct(c Change) error {
	a := *c.Acted
	var what func(lay layout) []line
	switch {
	case a.Typed != nil && a.Post == chat.PostID{}:
		what = func(lay layout) []line {
			text := wrap(a.Shown, lay.bodyColumns())
			head := lay.headLine(c.At, a.By, span{" types  ", faint})
			if len(text) == 1 && head.columns()+columns(text[0]) <= lay.style.width() {
				return []line{append(head, span{text[0], strong})}
			}
			return append([]line{head}, indent(gutter, linesOf(strong, text))...)
		}
	case a.Pressed != nil:
		what = func(lay layout) []line {
			on := w.posts[a.Pressed.On]
			label := strings.Join(wrap(chat.Quiet(a.Shown), lay.bodyColumns()), " ")
			return []line{lay.headLine(c.At, a.By, span{" presses ", plain}, span{"[ " + label + " ]", buttonLabel}, span{" under " + titleOf(on.Message), plain})}
		}
	case a.Filled != nil:
		what = func(lay layout) []line {
			head := lay.headLine(c.At, a.By, span{" sends “" + truncate(chat.Quiet(a.Shown), 40) + "”", plain})
			given := filledFacts(w.forms[a.By].Form, a.Filled.Values)
			return append([]line{head}, indent(gutter, factLines(given, lay.bodyColumns()))...)
		}
	default:
		return nil
	}
	return w.writeItem(c, a.Channel, a.Thread, what)
}

// filledFacts are what was filled in, under the labels of the form's fields.
func filledFacts(f chat.Form, values map[string]string) []chat.Fact {
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

// writeItem puts an item below the heads of its day, place and thread.
func (w *TranscriptWriter) writeItem(c Change, in chat.ChannelID, thread chat.PostID, item func(layout) []line) error {
	var lines []line
	if day := w.layout.style.local(c.At).Format("2006-01-02"); day != w.day {
		w.day = day
		lines = append(lines, line{}, w.layout.dayHeading(c.At))
	}
	if in != w.place {
		w.place, w.thread = in, chat.PostID{}
		lines = append(lines, line{}, w.layout.channelHeading(in))
	}
	lay, deep := w.layout, 0
	if thread != (chat.PostID{}) {
		deep = 4
		lay = lay.narrower(deep)
	}
	if thread != w.thread && deep > 0 {
		root := w.posts[thread]
		lines = append(lines, line{}, line{{pad("", gutter-3) + "↳ in the thread of " + titleOf(root.Message), faint}})
	}
	w.thread = thread
	lines = append(lines, line{})
	lines = append(lines, indent(deep, item(lay))...)
	if !w.started {
		w.started = true
		lines = lines[1:]
	}
	_, err := io.WriteString(w.out, w.layout.style.text(lines))
	return err
}
