package web

import (
	"slices"
	"strings"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// take takes in one change. The caller holds the lock.
func (b *board) take(c playground.Change) {
	switch {
	case c.Joined != nil:
		b.people[c.Joined.ID] = *c.Joined
		b.add(newFrame(c.Seq, "people", &content{}))
	case c.Opened != nil, c.Archived != nil:
		b.channels = b.chat.Channels()
		b.add(newFrame(c.Seq, "people", &content{}))
	case c.Acted != nil:
		b.acted(c)
	case c.Answered != nil:
		b.answered(c)
	case c.Posted != nil:
		b.posted(c.Seq, *c.Posted)
	case c.Edited != nil:
		b.changed(c, c.Edited.Post)
	case c.Deleted != nil:
		b.changed(c, *c.Deleted)
	case c.Reacted != nil:
		b.changed(c, c.Reacted.Post)
	case c.Unreacted != nil:
		b.changed(c, c.Unreacted.Post)
	case c.FormShown != nil:
		f := newFrame(c.Seq, "form", &content{form: c.FormShown})
		f.to = c.FormShown.To
		f.supersede(b.forms[f.to])
		b.forms[f.to] = f
		b.add(f)
	case c.FormClosed != nil:
		f := newFrame(c.Seq, "form-closed", &content{closed: c.FormClosed.ID})
		f.to = c.FormClosed.To
		f.supersede(b.forms[f.to])
		delete(b.forms, f.to)
		b.add(f)
	}
}

func (b *board) add(f *frame) { b.frames = append(b.frames, f) }

// posted puts a new post where it stands.
func (b *board) posted(seq int64, p playground.Post) {
	it := &item{
		in: chat.ChannelID{Connection: p.ID.Connection, Channel: p.ID.Channel}, root: p.Root, to: p.To, by: p.By, seq: seq,
	}
	b.items[p.ID] = it
	b.inside[it.in] = append(b.inside[it.in], it)
	if root := b.items[p.Root]; root != nil && p.To == (chat.PersonID{}) {
		root.replies++
		root.last = p.At
		b.footChanged(seq, p.Root, root)
	}
	b.show(seq, it, p)
}

// changed shows a post as it is after the change.
func (b *board) changed(c playground.Change, id chat.PostID) {
	it := b.items[id]
	if it == nil {
		return
	}
	p := it.latest.content.Load().post
	switch {
	case c.Edited != nil:
		p.Message, p.EditedAt = c.Edited.Message, c.At
		p.Edits++
	case c.Deleted != nil:
		p.Deleted, p.Message, p.Reactions = true, chat.Message{}, nil
		if root := b.items[it.root]; root != nil && it.to == (chat.PersonID{}) {
			root.replies--
			b.footChanged(c.Seq, it.root, root)
		}
	case c.Reacted != nil:
		p.Reactions = append(slices.Clip(p.Reactions), *c.Reacted)
	case c.Unreacted != nil:
		var rest []playground.Reaction
		for _, r := range p.Reactions {
			if r != *c.Unreacted {
				rest = append(rest, r)
			}
		}
		p.Reactions = rest
	}
	b.show(c.Seq, it, p)
}

func (b *board) show(seq int64, it *item, p playground.Post) {
	f := newFrame(seq, "post", &content{post: p})
	f.it = it
	f.supersede(it.latest)
	it.latest = f
	b.add(f)
}

// footChanged tells what is said of a thread below its root, and has the root
// itself put into words anew for pages to come.
func (b *board) footChanged(seq int64, id chat.PostID, root *item) {
	f := newFrame(seq, "foot", &content{foot: foot{elementID(id), root.replies, root.last}})
	f.it = root
	f.supersede(root.foot)
	root.foot = f
	b.add(f)
	root.latest.content.Store(&content{post: root.latest.content.Load().post})
}

// acted shows a person the command that they typed and that nobody else sees.
func (b *board) acted(c playground.Change) {
	a := *c.Acted
	b.acts[a.ID] = a
	if a.Typed == nil || a.Post != (chat.PostID{}) {
		return
	}
	b.posted(c.Seq, b.aside(a, "typed-"+a.ID, a.Shown, c))
}

// answered tells a person, and with them a developer, when the chat could not
// show what the bot said.
func (b *board) answered(c playground.Change) {
	a := b.acts[c.Answered.Act]
	delete(b.acts, c.Answered.Act)
	if c.Answered.Refused != "" && a.ID != "" {
		why := strings.TrimPrefix(c.Answered.Refused, "playground: ")
		b.posted(c.Seq, b.aside(a, "refused-"+a.ID, why, c))
	}
}

// aside is a line that stands in no chat: the page's own.
func (b *board) aside(a playground.Act, name, text string, c playground.Change) playground.Post {
	return playground.Post{
		ID:   chat.PostID{Connection: a.Channel.Connection, Channel: a.Channel.Channel, Message: name},
		Root: a.Thread, By: a.By, To: a.By, At: c.At, Message: chat.Say(text),
	}
}
