package commands

import (
	"roundtable/benchmark"
	"roundtable/chat"
)

// relay is what somebody said elsewhere, with who said it.
func (w *composition) relay() chat.Message {
	topic := w.n.Topic(w.d.Topic)
	c := topic.Contributions[w.d.Contribution]
	switch {
	case c.Aged > 0:
		return message(w.t("relay.aged", "Count", c.Aged))
	case c.Withdrawn && c.WithdrawnBy == c.By:
		return message(w.t("relay.withdrawn"))
	case c.Withdrawn:
		return message(w.t("relay.taken-away"))
	}
	p, _ := w.n.Participant(c.By)
	words := chat.Quiet(w.n.Text(c.Text))
	if words == "" {
		words = w.t("relay.erased")
	}
	who := nameAndRole(w.l, w.n, p, w.d.Topic)
	head := w.t("relay."+string(c.Manner), "Who", who)
	if c.Manner == benchmark.CommitmentAnnounced {
		for _, k := range w.n.Commitments {
			if k.ID == c.Commitment {
				head = w.t("relay.commitment-until", "Who", who, "Until", w.l.Date(k.Until, w.zone))
			}
		}
	}
	if t, ok := w.n.Template().Indicator(c.Indicator); ok && c.Manner == benchmark.QuestionAsked {
		head = w.t("relay.question-about", "Who", who, "Title", t.Title)
	}
	m := chat.Message{Text: head + " " + words}
	if c.Manner == benchmark.Remark {
		m.Blocks = []chat.Block{chat.Quote{Text: words, By: who}}
		if c.Files > 0 && w.n.Text(c.Text) != "" {
			there := w.t("relay.files", "Count", c.Files)
			m.Text = joinLines(m.Text, there)
			m.Blocks = append(m.Blocks, chat.Footnote{Text: there})
		}
		return m
	}
	m.Blocks = []chat.Block{chat.Paragraph{Text: head}, chat.Quote{Text: words}}
	return m
}
