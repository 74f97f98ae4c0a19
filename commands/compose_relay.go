package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// relay is what somebody said elsewhere, with who said it.
func (w *writer) relay() chat.Message {
	topic := w.n.Topic(w.d.Topic)
	c := topic.Contributions[w.d.Contribution]
	switch {
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
	who := who(w.l, w.n, p)
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
		return m
	}
	m.Blocks = []chat.Block{chat.Paragraph{Text: head}, chat.Quote{Text: words}}
	return m
}

// who is a participant as others know them: "Owen Hughes (parent
// representative, Leeds)". A coded network hides the organisation, but not who
// speaks; nobody speaks for one that has not confirmed them.
func who(l *locale.Locale, n *benchmark.Network, p benchmark.Participant) string {
	var more []string
	if p.Profession != "" {
		more = append(more, string(p.Profession))
	}
	if o, ok := n.Organisation(p.Organisation); ok && p.Confirmed && n.Settings.Visibility == benchmark.Named {
		more = append(more, o.Name)
	}
	name := nameOf(l, p)
	if len(more) > 0 {
		name += " (" + strings.Join(more, ", ") + ")"
	}
	return chat.Quiet(name)
}

func nameOf(l *locale.Locale, p benchmark.Participant) string {
	if p.Name == "" {
		return l.T("person.somebody")
	}
	return chat.Quiet(p.Name)
}
