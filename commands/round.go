package commands

import (
	"context"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
)

// open takes "2026-Q4 due 2027-01-31 closes 2027-02-07", or opens the form.
func (r *request) open(ctx context.Context, text string) bot.Reply {
	if reply, no := r.onlyFacilitators(); no {
		return reply
	}
	if strings.TrimSpace(text) == "" {
		f := r.openForm()
		return bot.Reply{Form: &f}
	}
	v := options(text, "due", "closes")
	if err := r.opens(ctx, v[""], v["due"], v["closes"]); err != nil {
		return r.refused(err)
	}
	return r.opened()
}

func (r *request) opens(ctx context.Context, period, due, closes string) error {
	intent := benchmark.OpenRound{Period: period}
	var err error
	if intent.Due, err = readDate(due, "due", r.now(), r.zone); err != nil {
		return err
	}
	if strings.TrimSpace(closes) != "" {
		if intent.Closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			return err
		}
	}
	return r.do(ctx, intent)
}

func (r *request) openForm() bot.Form {
	now := r.now().In(r.zone)
	return bot.Form{
		Name: "open", Title: r.t("open.title"), Submit: r.t("open.send"), Intro: r.t("open.intro"),
		Fields: []bot.Field{
			{Name: "period", Label: r.t("open.period"), Help: r.t("open.period-help"), Value: r.nextPeriod(now), MaxLength: 20},
			{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: now.AddDate(0, 0, 21).Format(time.DateOnly), MaxLength: 20},
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.closes-help"), Value: now.AddDate(0, 0, 28).Format(time.DateOnly), MaxLength: 20, Optional: true},
		},
	}
}

// nextPeriod guesses what a network would report on now: the quarter that
// ended last, unless it has had it.
func (r *request) nextPeriod(now time.Time) string {
	last := now.AddDate(0, -3, 0)
	quarter := last.Format("2006") + "-Q" + string(rune('1'+(int(last.Month())-1)/3))
	r.read(func(n *benchmark.Network) {
		if _, used := n.Round(benchmark.RoundID(quarter)); used {
			quarter = ""
		}
	})
	return quarter
}

func (r *request) openFilled(ctx context.Context, f bot.Filled) bot.Reply {
	if err := r.opens(ctx, f.Values["period"], f.Values["due"], f.Values["closes"]); err != nil {
		return r.again(r.openForm(), f.Values, err, nil)
	}
	return r.opened()
}

func (r *request) opened() bot.Reply { return r.aboutRound("open.done") }

// aboutRound says something of the current round, with its period and
// deadlines at hand.
func (r *request) aboutRound(id string, args ...any) bot.Reply {
	var text string
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			text = r.t(id, append(args, "Period", r.period(c.ID), "Due", r.when(c.Due), "Closes", r.when(c.Closes))...)
		}
	})
	return r.say(text)
}

// extend takes "2027-02-07 closes 2027-02-14", or opens the form.
func (r *request) extend(ctx context.Context, text string) bot.Reply {
	if reply, no := r.onlyFacilitators(); no {
		return reply
	}
	if strings.TrimSpace(text) == "" {
		f := r.extendForm()
		return bot.Reply{Form: &f}
	}
	v := options(text, "due", "closes")
	if err := r.extends(ctx, strings.TrimSpace(v[""]+" "+v["due"]), v["closes"]); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("extend.done")
}

func (r *request) extends(ctx context.Context, due, closes string) error {
	var intent benchmark.ExtendRound
	var err error
	if intent.Due, err = readDate(due, "due", r.now(), r.zone); err != nil {
		return err
	}
	if strings.TrimSpace(closes) != "" {
		if intent.Closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			return err
		}
	}
	return r.do(ctx, intent)
}

func (r *request) extendForm() bot.Form {
	f := bot.Form{Name: "extend", Title: r.t("extend.title"), Submit: r.t("extend.send"), Intro: r.t("extend.intro")}
	due, closes := "", ""
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			due, closes = c.Due.In(r.zone).Format(time.DateOnly), c.Closes.In(r.zone).Format(time.DateOnly)
		}
	})
	f.Fields = []bot.Field{
		{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: due, MaxLength: 20},
		{Name: "closes", Label: r.t("open.closes"), Help: r.t("extend.closes-help"), Value: closes, MaxLength: 20, Optional: true},
	}
	return f
}

func (r *request) extendFilled(ctx context.Context, f bot.Filled) bot.Reply {
	if err := r.extends(ctx, f.Values["due"], f.Values["closes"]); err != nil {
		return r.again(r.extendForm(), f.Values, err, nil)
	}
	return r.aboutRound("extend.done")
}

// close asks first when organisations are still silent.
func (r *request) close(ctx context.Context, _ string) bot.Reply {
	if reply, no := r.onlyFacilitators(); no {
		return reply
	}
	silent := 0
	var id benchmark.RoundID
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && c.Phase == benchmark.Open {
			p := n.Progress(c)
			silent, id = p.Organisations-p.Complete-p.Skipped, c.ID
		}
	})
	if silent > 0 {
		return r.say(r.t("close.sure", "Count", silent, "Period", r.period(id)), r.button("close", "close", string(id)))
	}
	return r.closePressed(ctx, string(id))
}

func (r *request) closePressed(ctx context.Context, round string) bot.Reply {
	if round == "" && r.isOpen() {
		return r.close(ctx, "")
	}
	if err := r.do(ctx, benchmark.CloseRound{Round: benchmark.RoundID(round)}); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("close.done")
}

func (r *request) isOpen() bool {
	open := false
	r.read(func(n *benchmark.Network) {
		c := n.Current()
		open = c != nil && c.Phase == benchmark.Open
	})
	return open
}

// publish shows the round.
func (r *request) publish(ctx context.Context, round string) bot.Reply {
	id := benchmark.RoundID(strings.ToUpper(strings.TrimSpace(round)))
	if err := r.do(ctx, benchmark.PublishRound{Round: id}); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("publish.done")
}

// reopen takes "2027-02-10 because two wards were on holiday", or opens the
// form.
func (r *request) reopen(ctx context.Context, text string) bot.Reply {
	if reply, no := r.onlyFacilitators(); no {
		return reply
	}
	if strings.TrimSpace(text) == "" {
		f := r.reopenForm()
		return bot.Reply{Form: &f}
	}
	closes, reason := cut(text)
	_, reason = trimWord(reason, "because", "eftersom", "reason")
	if err := r.reopens(ctx, closes, reason); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("reopen.done")
}

func (r *request) reopens(ctx context.Context, closes, reason string) error {
	at, err := readDate(closes, "closes", r.now(), r.zone)
	if err != nil {
		return err
	}
	return r.do(ctx, benchmark.ReopenRound{Closes: at, Reason: reason})
}

func (r *request) reopenForm() bot.Form {
	return bot.Form{
		Name: "reopen", Title: r.t("reopen.title"), Submit: r.t("reopen.send"), Intro: r.t("reopen.intro"),
		Fields: []bot.Field{
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.date-help"), Value: r.now().In(r.zone).AddDate(0, 0, 7).Format(time.DateOnly), MaxLength: 20},
			{Name: "reason", Kind: bot.Area, Label: r.t("reopen.reason"), Help: r.t("reopen.reason-help")},
		},
	}
}

func (r *request) reopenFilled(ctx context.Context, f bot.Filled) bot.Reply {
	if err := r.reopens(ctx, f.Values["closes"], f.Values["reason"]); err != nil {
		return r.again(r.reopenForm(), f.Values, err, nil)
	}
	return r.aboutRound("reopen.done")
}

// onlyFacilitators refuses everybody else before a form is opened.
func (r *request) onlyFacilitators() (bot.Reply, bool) {
	switch {
	case r.table == nil:
		return r.refused(refusal("no-network")), true
	case !r.me.Facilitator:
		return r.refused(refusal("facilitator-only")), true
	}
	return bot.Reply{}, false
}

// trimWord takes one of the words off the front, with what follows it.
func trimWord(text string, words ...string) (string, string) {
	first, rest := cut(text)
	for _, w := range words {
		if strings.EqualFold(strings.TrimRight(first, ":,"), w) {
			return first, rest
		}
	}
	return "", text
}
