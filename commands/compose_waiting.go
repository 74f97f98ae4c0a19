package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// maxWaiting decisions are listed in a message: two blocks each.
const maxWaiting = 20

// waiting reminds a facilitator of all that waits for them, each with what decides it.
func (w *composition) waiting() chat.Message {
	all := benchmark.AwaitingFacilitator(w.n, w.to.ID)
	text := w.t("waits.intro", "Count", len(all), "Network", w.n.Name)
	m := message(text)
	for _, one := range all[:min(len(all), maxWaiting)] {
		said, buttons := w.waits(one)
		m.Blocks = append(append(m.Blocks, chat.Paragraph{Text: said}), rows(buttons)...)
	}
	if left := len(all) - maxWaiting; left > 0 {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("posts.more", "Count", left)})
	}
	m.Blocks = append(m.Blocks, chat.Footnote{Text: w.t("waits.until")})
	return m
}

// waits says what waits for a facilitator, to one of them.
func (w *composition) waits(one benchmark.Waiting) (said string, buttons []chat.Button) {
	switch {
	case one.Round != "":
		r, _ := w.n.Round(one.Round)
		return w.waitsFor(one), []chat.Button{primary(w.button("publish", "publish", draftOf(w.n, r))), w.button("compare", "compare", roundIndicator(r.ID, ""))}
	case one.Newcomer != "":
		p, _ := w.n.Participant(one.Newcomer)
		if role, is := p.For(one.Organisation); is {
			p = role
		}
		o, _ := w.n.Organisation(one.Organisation)
		said = w.t("waits.newcomer-named", "Name", nameOf(w.l, p), "Organisation", o.Name, "Since", w.l.Date(one.Since, w.zone))
		return said, []chat.Button{primary(w.button("vouch-yes", "vouch", vouching(p, verdictYes))), w.button("vouch-no", "vouch", vouching(p, verdictNo))}
	}
	return w.waitsFor(one), w.organisationButtons(one.Organisation)
}

// waitsFor says what waits for a facilitator, and since when. It names no person.
func (w *composition) waitsFor(one benchmark.Waiting) string {
	return w.t("waits."+whatWaits(one), whatOf(w, one)...)
}

// whatWaits is the name of its words.
func whatWaits(one benchmark.Waiting) string {
	switch {
	case one.NobodyLeads():
		return "nobody-leads"
	case one.Round != "":
		return "round"
	case one.Newcomer != "":
		return "newcomer"
	}
	return "organisation"
}

// whatOf is what its words name.
func whatOf(w *composition, one benchmark.Waiting) []any {
	o, _ := w.n.Organisation(one.Organisation)
	of := []any{"Organisation", o.Name, "Since", w.l.Date(one.Since, w.zone)}
	if one.Round != "" {
		of = append(of, "Round", w.period(one.Round))
	}
	return of
}

// sought tells a seat that the network may choose a facilitator, and why; once that is
// settled, that it is.
func (w *composition) sought(notice benchmark.Notice) chat.Message {
	told := notice.Waiting
	if notice.Settled != "" {
		return w.soughtNoMore(notice)
	}
	choose := w.t("facilitator.choose")
	buttons := []chat.Button{primary(w.button("lead-me", "facilitator", "me")), w.button("lead-name", "facilitator", "name")}
	switch {
	case len(told) == 1:
		return message(w.waitsFor(told[0])+" "+choose, buttons...)
	case len(told) > 1:
		m := w.listed(w.t("waits.several"), told, w.waitsFor)
		m.Text += " " + choose
		m.Blocks = append(append(m.Blocks, chat.Paragraph{Text: choose}), rows(buttons)...)
		return m
	}
	text := w.t("waits.something")
	if !slices.ContainsFunc(w.n.Facilitators(), benchmark.Participant.MayLead) {
		text = w.t("waits.nobody-leads")
	}
	return message(text+" "+choose, buttons...)
}

// soughtNoMore is how the post reads in the end: what it was about, and how that ended.
func (w *composition) soughtNoMore(notice benchmark.Notice) chat.Message {
	what := func(one benchmark.Waiting) string { return w.t("waited."+whatWaits(one), whatOf(w, one)...) }
	told, end := notice.Waiting, w.t("waited."+notice.Settled)
	switch {
	case len(told) == 1 && told[0].NobodyLeads():
		return message(what(told[0]))
	case len(told) == 1:
		return message(w.t("waited.one", "What", what(told[0])) + " " + end)
	}
	m := w.listed(w.t("waited.several"), told, what)
	m.Text += " " + end
	m.Blocks = append(m.Blocks, chat.Paragraph{Text: end})
	return m
}

// listed is an introduction with a list of what waits.
func (w *composition) listed(intro string, told []benchmark.Waiting, say func(benchmark.Waiting) string) chat.Message {
	var items []string
	for _, one := range told[:min(len(told), maxWaiting)] {
		items = append(items, say(one))
	}
	if left := len(told) - maxWaiting; left > 0 {
		items = append(items, w.t("posts.more", "Count", left))
	}
	m := message(intro)
	m.Blocks = append(m.Blocks, chat.Items{Items: items})
	return m
}
