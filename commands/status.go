package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/bot"
)

// bare is the trigger alone: where one is, and what can be done next.
func (r *request) bare(ctx context.Context) bot.Reply {
	switch {
	case r.table == nil:
		return r.say(r.t("bare.no-network"), primary(r.button("setup", "setup", "")), r.button("help", "help", ""))
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
		return r.refused(refusal("no-network"))
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
		return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: buttons}}}
	}
	p := n.Progress(c)
	text := r.t("status."+string(c.Phase), "Period", r.period(c.ID), "Due", r.when(c.Due), "Closes", r.when(c.Closes),
		"Complete", p.Complete, "Organisations", p.Organisations, "Begun", p.Begun, "Skipped", p.Skipped)
	m := bot.Message{Text: text, Blocks: []bot.Block{bot.Heading{Text: n.Name}, bot.Paragraph{Text: text}}}
	m.Blocks = append(m.Blocks, r.ownStatus(n, c)...)
	if buttons := r.nextMoves(c); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, bot.Buttons{Buttons: buttons})
	}
	return m
}

// ownStatus is what one's own organisation has answered, and what is missing.
func (r *request) ownStatus(n *benchmark.Network, c *benchmark.Round) []bot.Block {
	o, ok := n.Organisation(r.me.Organisation)
	if !ok {
		return nil
	}
	if !r.me.Confirmed {
		return []bot.Block{bot.Paragraph{Text: r.t("status.waits", "Organisation", o.Name)}}
	}
	t, _ := n.TemplateVersion(c.Template)
	var facts []bot.Fact
	for _, i := range t.Indicators {
		value := r.t("status.missing")
		if v, answered := c.Submission(o.ID, i.ID); answered {
			value = r.answerText(i, v, n.Text(v.Note))
		}
		facts = append(facts, bot.Fact{Name: i.Title, Value: value})
	}
	line := r.t("status.own", "Organisation", o.Name, "Done", c.Answered(o.ID), "All", len(t.Indicators))
	if c.Skipped[o.ID] {
		line = r.t("status.own-skipped", "Organisation", o.Name)
	}
	return []bot.Block{bot.Paragraph{Text: line}, bot.Facts{Facts: facts}}
}

// nextMoves are the buttons that make sense now, for this person.
func (r *request) nextMoves(c *benchmark.Round) []bot.Button {
	switch {
	case c.Phase == benchmark.Open && r.me.Active():
		moves := []bot.Button{primary(r.button("submit", "submit", "")), r.button("guess", "predict", ""), r.button("ask", "ask", "")}
		if c.Answered(r.me.Organisation) == 0 && !c.Skipped[r.me.Organisation] {
			moves = append(moves, r.button("skip", "skip", ""))
		}
		if r.me.Facilitator {
			moves = append(moves, r.button("extend", "extend", ""))
		}
		return moves
	case c.Phase == benchmark.Open && r.me.Facilitator:
		return []bot.Button{r.button("extend", "extend", ""), r.button("close", "close", string(c.ID))}
	case c.Phase == benchmark.Closed && r.me.Facilitator:
		return []bot.Button{primary(r.button("publish", "publish", string(c.ID))), r.button("reopen", "reopen", "")}
	case c.Phase == benchmark.Published:
		moves := []bot.Button{primary(r.button("compare", "compare", "")), r.button("reflect", "reflect", ""), r.button("commit", "commit", "")}
		if r.me.Facilitator {
			moves = append(moves, r.button("open", "open", ""))
		}
		return moves
	}
	return []bot.Button{r.button("help", "help", "")}
}
