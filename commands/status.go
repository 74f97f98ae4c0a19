package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/locale"
)

// bare is the trigger alone: where one is, and what can be done next.
func (r *request) bare(ctx context.Context) bot.Reply {
	switch {
	case r.table == nil:
		return r.say(r.t("bare.no-network"), primary(r.button("setup", "setup", "")), r.button("link", "link", ""), r.button("help", "help", ""))
	case r.me.ID == "":
		var name string
		r.read(func(n *benchmark.Network) { name = n.Name })
		return r.say(r.t("bare.not-joined", "Network", name), primary(r.button("join", "join", "")), r.button("template", "template", ""), r.button("help", "help", ""))
	}
	return r.status(ctx, "")
}

// status is the round now, and what is missing for one's own organisation.
func (r *request) status(_ context.Context, _ string) bot.Reply {
	if r.table == nil {
		return r.refused(r.noNetwork())
	}
	var m bot.Message
	r.read(func(n *benchmark.Network) { m = r.statusOf(n) })
	return bot.Reply{Message: &m}
}

func (r *request) statusOf(n *benchmark.Network) bot.Message {
	c := n.Current()
	if c == nil {
		text := r.t("status.no-round", "Network", n.Name, "Count", len(n.Template().Indicators))
		buttons := []bot.Button{r.button("template", "template", ""), r.button("ask", "ask", ""), r.button("help", "help", "")}
		if r.me.Facilitator {
			buttons = append([]bot.Button{primary(r.button("open", "open", ""))}, buttons...)
		}
		return message(text, buttons...)
	}
	p := n.Progress(c)
	text := r.t("status."+string(c.Phase), "Period", r.period(c.ID), "Due", r.when(dueOf(c)), "Closes", r.when(c.Closes),
		"Count", p.Complete, "Organisations", p.Organisations)
	m := bot.Message{Text: text, Blocks: []bot.Block{bot.Heading{Text: n.Name}, bot.Paragraph{Text: text}}}
	m.Blocks = append(m.Blocks, r.ownStatus(n, c)...)
	for _, row := range r.nextMoves(c) {
		if len(row) > 0 {
			m.Blocks = append(m.Blocks, bot.Buttons{Buttons: row})
		}
	}
	return m
}

// ownStatus is what one's own organisation has answered, and what is missing:
// answer by answer, or of a long template part by part.
func (r *request) ownStatus(n *benchmark.Network, c *benchmark.Round) []bot.Block {
	o, ok := n.Organisation(r.me.Organisation)
	if !ok {
		return nil
	}
	if !r.me.Confirmed {
		return []bot.Block{bot.Paragraph{Text: r.t("status.waits", "Organisation", o.Name)}}
	}
	if c.Skipped[o.ID] && c.Answered(o.ID) == 0 {
		return []bot.Block{bot.Paragraph{Text: r.t("status.own-skipped", "Organisation", o.Name)}}
	}
	a := r.answeringOf(n, c, o.ID)
	line := r.t("status.own", "Organisation", o.Name, "Done", len(a.given), "All", len(a.template.Indicators))
	var facts []bot.Fact
	if parts := partsOf(r.l, a.template); len(parts) > 1 {
		for _, p := range parts {
			facts = append(facts, bot.Fact{Name: p.title, Value: r.t("status.part", "Done", a.done(p), "All", len(p.indicators))})
		}
		return []bot.Block{bot.Paragraph{Text: line}, bot.Facts{Facts: facts}}
	}
	for _, i := range a.template.Indicators {
		value := locale.Missing
		if v, answered := a.given[i.ID]; answered {
			value = answerText(r.l, i, v, a.texts[i.ID])
		}
		facts = append(facts, bot.Fact{Name: oneLine(i.Title), Value: value})
	}
	return []bot.Block{bot.Paragraph{Text: line}, bot.Facts{Facts: facts}}
}

// nextMoves are the buttons that make sense now, for this person: their own,
// and below what a facilitator may do.
func (r *request) nextMoves(c *benchmark.Round) [][]bot.Button {
	var own, lead []bot.Button
	answered := r.me.Active() && c.Answered(r.me.Organisation) > 0
	switch c.Phase {
	case benchmark.Open:
		if r.me.Active() {
			own = []bot.Button{primary(r.button("submit", "submit", "")), r.button("guess", "predict", ""), r.button("ask", "ask", "")}
		}
		if answered {
			own = append(own, r.button("withdraw", "withdraw", ""))
		} else if r.me.Active() && !c.Skipped[r.me.Organisation] {
			own = append(own, r.button("skip", "skip", string(c.ID)))
		}
		lead = []bot.Button{r.button("extend", "extend", ""), r.button("close", "close", "")}
	case benchmark.Closed:
		lead = []bot.Button{primary(r.button("publish", "publish", string(c.ID))), r.button("reopen", "reopen", "")}
	case benchmark.Published:
		own = []bot.Button{primary(r.button("compare", "compare", about(c.ID, "")))}
		if r.me.ID != "" {
			own = append(own, r.button("reflect", "reflect", reflection{Round: c.ID}.String()))
		}
		if r.me.Active() {
			own = append(own, r.button("commit", "commit", ""))
		}
		lead = []bot.Button{r.button("open", "open", ""), r.button("reopen", "reopen", "")}
	}
	if answered && c.Phase != benchmark.Open {
		own = append(own, r.submitButton("correct", entry{Round: c.ID}))
	}
	if r.me.ID == "" {
		own = append(own, r.button("join", "join", ""))
	}
	if !r.me.Facilitator {
		lead = nil
	}
	if len(own)+len(lead) == 0 {
		own = []bot.Button{r.button("template", "template", ""), r.button("ask", "ask", ""), r.button("help", "help", "")}
	}
	return [][]bot.Button{own, lead}
}
