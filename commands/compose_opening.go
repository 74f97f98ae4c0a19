package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// opening is the round's post in a channel. It is edited as answers come in,
// and says how far the round has come, never who answered what.
func (w *composition) opening() chat.Message {
	r, p := w.round, w.n.Progress(w.round)
	t, _ := w.n.TemplateVersion(r.Template)
	title := w.t("opening.title", "Period", w.periodName())
	m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}}}
	switch r.Phase {
	case benchmark.Open:
		progress := w.t("opening.progress", "Count", p.Complete, "Organisations", p.Organisations)
		if p.Begun > 0 {
			progress += " " + w.t("opening.begun", "Count", p.Begun)
		}
		if p.Skipped > 0 {
			progress += " " + w.t("answered.skipped", "Count", p.Skipped)
		}
		footnote := "opening.footnote"
		if r.Publications > 0 {
			footnote = "opening.footnote-again"
		}
		m.Text += ". " + w.t("opening.until", "Due", w.when(dueOf(r)))
		m.Blocks = append(m.Blocks,
			chat.Paragraph{Text: w.t("opening.intro", "Count", len(t.Indicators))},
			chat.Paragraph{Text: w.promise(w.n, r)},
			chat.Facts{Facts: []chat.Fact{
				{Name: w.t("opening.due"), Value: w.when(dueOf(r))},
				{Name: w.t("opening.closes"), Value: w.when(r.Closes)},
				{Name: w.t("opening.so-far"), Value: bar(p.Complete, p.Organisations) + " " + progress},
			}},
			chat.Buttons{Buttons: w.answers(t)},
			chat.Footnote{Text: w.t(footnote)})
	case benchmark.Closed:
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("opening.closed") + " " + w.answered(p)})
	case benchmark.Published:
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("opening.published") + " " + w.answered(p)})
	}
	if news := announced(w); news != "" {
		m.Blocks = append(m.Blocks, chat.Footnote{Text: news})
	}
	return m
}

// announced says what stands in the opening post's thread; empty for nothing.
func announced(w *composition) string {
	var news []string
	for _, about := range benchmark.Announced(w.round) {
		news = append(news, w.t("announced."+about))
	}
	if len(news) == 0 {
		return ""
	}
	return w.t("opening.news", "News", w.l.List(news))
}

// answered says how many organisations answered a round that is over.
func (w *composition) answered(p benchmark.Progress) string {
	all := []string{w.t("answered.everything", "Count", p.Complete, "Organisations", p.Organisations)}
	if p.Begun > 0 {
		all = append(all, w.t("answered.part", "Count", p.Begun))
	}
	if p.Skipped > 0 {
		all = append(all, w.t("answered.skipped", "Count", p.Skipped))
	}
	return strings.Join(all, " ")
}

// bar draws progress with one mark an organisation, up to twelve.
func bar(done, all int) string {
	if all <= 0 {
		return ""
	}
	length := min(all, 12)
	full := done * length / all
	return strings.Repeat("●", full) + strings.Repeat("○", length-full)
}

// answers are the buttons of an open round. A guess is asked for where there is
// something to guess, and nothing has been shown.
func (w *composition) answers(t benchmark.Template) []chat.Button {
	buttons := []chat.Button{primary(w.button("submit", "submit", ""))}
	if w.round.Publications == 0 && slices.ContainsFunc(t.Indicators, benchmark.Indicator.Guessable) {
		buttons = append(buttons, w.button("guess", "predict", ""))
	}
	return append(buttons, w.button("skip", "skip", string(w.round.ID)), w.button("ask-definition", "ask", ""))
}
