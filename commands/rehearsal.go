package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// In a rehearsal everything says that it is one: what is posted, replied and asked
// for, before anything else.

// rehearsed is a reply as it is in a rehearsal; in a real network as it is.
func (r *request) rehearsed(reply chat.Reply) chat.Reply {
	isRehearsal := r.c.options.Rehearsal
	r.read(func(n *benchmark.Network) { isRehearsal = n.Rehearsal })
	if !isRehearsal {
		return reply
	}
	if reply.Message != nil {
		reply.Message = new(r.rehearsedMessage(*reply.Message))
	}
	if reply.Form != nil {
		f := *reply.Form
		f.Intro = joinLines(r.t("rehearsal.mark"), f.Intro)
		reply.Form = &f
	}
	return reply
}

// rehearsedMessage is a message that says that it belongs to a rehearsal, also in the
// text that notifications show.
func (a audience) rehearsedMessage(m chat.Message) chat.Message {
	m.Text = a.t("rehearsal.text", "Text", m.Text)
	if len(m.Blocks) > 0 && len(m.Blocks) < chat.MaxBlocks {
		m.Blocks = slices.Insert(slices.Clone(m.Blocks), 0, chat.Block(chat.Footnote{Text: a.t("rehearsal.mark")}))
	}
	return m
}

// rehearsed renders a message of a rehearsal.
func (w *composition) rehearsed(render func() (chat.Message, error)) func() (chat.Message, error) {
	return func() (chat.Message, error) {
		m, err := render()
		if err != nil {
			return m, err
		}
		return w.rehearsedMessage(m), nil
	}
}
