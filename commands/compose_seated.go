package commands

import (
	"roundtable/benchmark"
	"roundtable/chat"
)

// maxSeated organisations are named in a welcome.
const maxSeated = 12

// seated tells a channel that the bot is here and for what, or that another
// channel has come to the table and hears what is said.
func (w *composition) seated() func() (chat.Message, error) {
	if w.d.Taken != w.d.Seat {
		return aboutSeat(w, "seated.elsewhere")
	}
	m := seatedHere(w)
	return func() (chat.Message, error) { return m, nil }
}

// seatedHere welcomes the channel that has come.
func seatedHere(w *composition) chat.Message {
	id := "seated.first"
	if len(w.n.Seats) > 0 && w.d.Seat != w.n.Seats[0].ID {
		id = "seated.here"
	}
	text := w.t(id, "Network", w.n.Name)
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	m.Blocks = append(m.Blocks, w.whoTakesPart()...)
	m.Blocks = append(m.Blocks,
		chat.Buttons{Buttons: []chat.Button{primary(w.button("join", "join", "")), w.button("template", "template", ""), w.button("help", "help", "")}},
		chat.Footnote{Text: w.t("purpose")})
	return m
}

// whoTakesPart names the organisations, where their names are shown to all.
func (w *composition) whoTakesPart() []chat.Block {
	present := w.n.OrganisationsNow()
	all := len(present)
	switch {
	case all == 0:
		return nil
	case w.n.Settings.Visibility != benchmark.Named:
		return []chat.Block{chat.Paragraph{Text: w.t("seated.count", "Count", all)}}
	}
	var names []string
	for _, o := range present[:min(all, maxSeated)] {
		names = append(names, o.Name)
	}
	if left := all - maxSeated; left > 0 {
		names = append(names, w.t("posts.more", "Count", left))
	}
	return []chat.Block{chat.Paragraph{Text: w.t("seated.who")}, chat.Items{Items: names}}
}

// linked tells a facilitator that somebody has used the code.
func (w *composition) linked() func() (chat.Message, error) {
	s, _ := w.n.Seat(w.d.Taken)
	by, known := w.n.Participant(s.By)
	who, seat := nameOf(w.l, by), seatNamed(w, s.ID)
	return func() (chat.Message, error) {
		if known {
			return message(w.t("linked.by", "Network", w.network, "Channel", seat(), "Name", who)), nil
		}
		return message(w.t("linked.somebody", "Network", w.network, "Channel", seat())), nil
	}
}

// templateTopic is where the template is talked about before the first round.
func (w *composition) templateTopic() chat.Message {
	t := w.n.Template()
	text := w.t("template.topic", "Name", t.Name, "Count", len(t.Indicators))
	return message(text, w.button("template", "template", ""), w.button("ask", "ask", ""), w.button("join", "join", ""))
}
