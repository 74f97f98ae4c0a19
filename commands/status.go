package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// statusVerb shows where the round is.
var statusVerb = verb{
	name: "status", synonyms: []string{"where", "läge"}, needs: aNetwork,
	typed: showStatus, pressed: showStatus,
}

// showStart is the trigger alone: where one is, and what can be done next.
func showStart(ctx context.Context, r *request) chat.Reply {
	switch {
	case r.table == nil:
		if networks := networksElsewhere(ctx, r); networks != "" {
			return r.say(r.t("bare.elsewhere", "Networks", networks), r.button("setup", "setup", ""), r.button("link", "link", ""), r.button("help", "help", ""))
		}
		return r.say(r.t("bare.no-network"), primary(r.button("setup", "setup", "")), r.button("link", "link", ""), r.button("help", "help", ""))
	case r.me.ID == "":
		var name string
		r.read(func(n *benchmark.Network) { name = n.Name })
		text := r.t("bare.not-joined", "Network", name)
		if hasLeft(r) {
			text = r.t("bare.left", "Network", name)
		}
		return r.say(text, primary(r.button("join", "join", "")), r.button("template", "template", ""), r.button("help", "help", ""))
	}
	return showStatus(ctx, r, "")
}

// showStatus is the round now, and what is missing for one's own organisation.
func showStatus(ctx context.Context, r *request, _ string) chat.Reply {
	var m chat.Message
	r.read(func(n *benchmark.Network) { m = statusMessage(r, n) })
	reply := chat.Reply{Message: &m}
	if !r.me.Facilitator {
		return reply
	}
	return waitsForSeats(ctx, r, reply)
}

func statusMessage(r *request, n *benchmark.Network) chat.Message {
	c := n.Current()
	if c == nil {
		text := r.t("status.no-round", "Network", n.Name, "Count", len(n.Template().Indicators))
		buttons := []chat.Button{r.button("template", "template", ""), r.button("ask", "ask", ""), r.button("help", "help", "")}
		if r.me.Facilitator {
			buttons = append([]chat.Button{primary(r.button("open", "open", ""))}, buttons...)
		}
		sentences := []string{text}
		for role := range r.me.Roles() {
			if role.Organisation != "" && !role.Confirmed {
				at := *r
				at.me = role
				sentences = append(sentences, waitsFor(&at, n))
			}
		}
		return message(strings.Join(sentences, " "), buttons...)
	}
	p := n.Progress(c)
	text := r.t("status."+string(c.Phase), "Period", r.period(c.ID), "Due", r.when(dueOf(c)), "Closes", r.when(c.Closes),
		"Count", p.Complete, "Organisations", p.Organisations)
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Heading{Text: n.Name}, chat.Paragraph{Text: text}}}
	for role := range r.me.Roles() {
		at := *r
		at.me = role
		m.Blocks = append(m.Blocks, ownPart(&at, n, c)...)
	}
	m.Blocks = append(m.Blocks, stillSilent(r, n, c)...)
	for _, row := range nextActions(r, n, c) {
		if len(row) > 0 {
			m.Blocks = append(m.Blocks, chat.Buttons{Buttons: row})
		}
	}
	return m
}

// stillSilent tells who leads which organisations have something left. Under letters it
// doesn't: who asks again and again would see which begins, and learn its letter by what
// it lacks afterwards.
func stillSilent(r *request, n *benchmark.Network, c *benchmark.Round) []chat.Block {
	if !r.me.Facilitator || c.Phase != benchmark.Open {
		return nil
	}
	silent, all := silentIn(r.audience, n, c)
	switch {
	case all == 0:
		return nil
	case c.Visibility == benchmark.Coded:
		return []chat.Block{chat.Footnote{Text: r.t("status.left-coded")}}
	}
	return []chat.Block{chat.Paragraph{Text: r.t("status.left", "Count", all)}, chat.Items{Items: silent}}
}

// ownPart is what one's own organisation has answered, and what is missing:
// answer by answer, or of a long template part by part.
func ownPart(r *request, n *benchmark.Network, c *benchmark.Round) []chat.Block {
	o, ok := n.Organisation(r.me.Organisation)
	if !ok {
		return nil
	}
	if !r.me.Confirmed {
		return []chat.Block{chat.Paragraph{Text: waitsFor(r, n)}}
	}
	if c.Skipped[o.ID] && c.Answered(o.ID) == 0 {
		return []chat.Block{chat.Paragraph{Text: r.t("status.own-skipped", "Organisation", o.Name)}}
	}
	if text, hidden := ownHidden(r, n, c, o); hidden {
		return []chat.Block{chat.Paragraph{Text: text}}
	}
	sheet := newAnswerSheet(r, n, c)
	line := r.t("status.own", "Organisation", o.Name, "Done", len(sheet.answers), "All", len(sheet.template.Indicators))
	var facts []chat.Fact
	asked, settle := inDoubt(r, n, sheet)
	if parts := partsOf(r.l, sheet.template.Indicators); len(parts) > 1 {
		for _, p := range parts {
			facts = append(facts, chat.Fact{Name: p.title, Value: r.t("status.part", "Done", sheet.answered(p.indicators), "All", len(p.indicators))})
		}
		return append([]chat.Block{chat.Paragraph{Text: line}, chat.Facts{Facts: facts}}, settle...)
	}
	shared := sheet.isShared(r.me.ID)
	for _, i := range sheet.template.Indicators {
		value := locale.Missing
		if v, answered := sheet.answers[i.ID]; answered {
			value = answerText(r.l, i, v, sheet.notes[i.ID])
			if p, _ := n.Participant(v.By); shared && v.By != "" {
				value += " " + r.t("status.by", "Name", nameOf(r.l, p), "When", r.shortly(v.At))
			}
		}
		if asked[i.ID] {
			value += " " + r.t("status.in-doubt")
		}
		facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: value})
	}
	return append([]chat.Block{chat.Paragraph{Text: line}, chat.Facts{Facts: facts}}, settle...)
}

// inDoubt are the answers of one's own that stand in doubt, and what settles them.
func inDoubt(r *request, n *benchmark.Network, sheet answerSheet) (asked map[benchmark.IndicatorID]bool, settle []chat.Block) {
	asked = map[benchmark.IndicatorID]bool{}
	for _, d := range doubtsIn(r, n, sheet) {
		asked[d.Only] = true
	}
	if len(asked) == 0 {
		return asked, nil
	}
	return asked, []chat.Block{
		chat.Paragraph{Text: r.t("status.doubts", "Count", len(asked))},
		chat.Buttons{Buttons: []chat.Button{submitButton(r, "doubts", submitButtonState{Round: sheet.id, Doubts: true})}},
	}
}

// waitsFor says who has been asked whether one belongs to the organisation that one chose.
func waitsFor(r *request, n *benchmark.Network) string {
	o, _ := n.Organisation(r.me.Organisation)
	if benchmark.WaitsForFacilitator(n, r.me) {
		return r.t("status.waits-facilitator", "Organisation", o.Name)
	}
	return r.t("status.waits", "Organisation", o.Name)
}

// ownHidden says why what one's organisation keeps in the round isn't one's own to see and
// to change; false when it is.
func ownHidden(r *request, n *benchmark.Network, c *benchmark.Round, o benchmark.Organisation) (text string, hidden bool) {
	switch {
	case n.MaySeeOwn(r.me, c):
		return "", false
	case c.Publications > 0:
		return r.t("status.own-unseen-shown", "Organisation", o.Name), true
	}
	return r.t("status.own-unseen", "Organisation", o.Name), true
}

// isShared says whether somebody else has given any of the answers: then it is told who
// gave each.
func (a answerSheet) isShared(me benchmark.ParticipantID) bool {
	for _, v := range a.answers {
		if v.By != me && v.By != "" {
			return true
		}
	}
	return false
}

// nextActions are the buttons that make sense now, for this person: their own,
// and below what a facilitator may do.
func nextActions(r *request, n *benchmark.Network, c *benchmark.Round) [][]chat.Button {
	var own, lead []chat.Button
	speaks, answered, maySkip := false, false, false
	for role := range r.me.Roles() {
		isOurs := n.MaySeeOwn(role, c)
		has := isOurs && c.Answered(role.Organisation) > 0
		speaks, answered = speaks || isOurs, answered || has
		maySkip = maySkip || isOurs && !has && !c.Skipped[role.Organisation]
	}
	switch c.Phase {
	case benchmark.Open:
		if speaks {
			own = []chat.Button{primary(r.button("submit", "submit", ""))}
			if c.Publications == 0 {
				own = append(own, r.button("guess", "predict", ""))
			}
		}
		if r.me.Active() {
			own = append(own, r.button("ask", "ask", ""))
		}
		if answered {
			own = append(own, r.button("withdraw", "withdraw", ""))
		}
		if maySkip {
			own = append(own, r.button("skip", "skip", string(c.ID)))
		}
		lead = []chat.Button{r.button("extend", "extend", ""), r.button("close", "close", "")}
	case benchmark.Closed:
		lead = []chat.Button{primary(r.button("publish", "publish", draftOf(n, c))), r.button("reopen", "reopen", "")}
	case benchmark.Published:
		own = []chat.Button{primary(r.button("compare", "compare", roundIndicator(c.ID, "")))}
		if r.me.ID != "" {
			own = append(own, r.button("reflect", "reflect", reflection{Round: c.ID}.String()))
		}
		if speaksForAny(r.me) {
			own = append(own, r.button("commit", "commit", ""))
		}
		lead = []chat.Button{r.button("open", "open", ""), r.button("reopen", "reopen", "")}
	}
	if answered && c.Phase != benchmark.Open {
		own = append(own, submitButton(r, "correct", submitButtonState{Round: c.ID}))
	}
	if r.me.ID == "" {
		own = append(own, r.button("join", "join", ""))
	}
	if !r.me.Facilitator {
		lead = nil
	}
	if len(own)+len(lead) == 0 {
		own = []chat.Button{r.button("template", "template", ""), r.button("ask", "ask", ""), r.button("help", "help", "")}
	}
	return [][]chat.Button{own, lead}
}
