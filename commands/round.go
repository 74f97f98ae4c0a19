package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// open takes "2026-Q4 due 2027-01-31 closes 2027-02-07", or opens the form,
// with the period when no day was typed.
func (r *request) open(ctx context.Context, text string) chat.Reply {
	v := options(text, "due", "closes")
	if v["due"] == "" {
		f := r.openForm()
		fillIn(&f, map[string]string{"period": v[""]})
		if strings.TrimSpace(text) == "" {
			f = r.openForm()
		}
		return chat.Reply{Form: &f}
	}
	if err := r.opens(ctx, v[""], v["due"], v["closes"]); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("open.done")
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
	err = r.do(ctx, intent)
	var why *benchmark.Refusal
	if errors.As(err, &why) && why.Reason == refusal.PeriodUnreadable {
		why.Field = "period"
	}
	return err
}

func (r *request) openForm() chat.Form {
	now := r.now().In(r.zone)
	return chat.Form{
		Name: "open", Title: r.t("open.title"), Submit: r.t("open.send"), Intro: r.t("open.intro"),
		Fields: []chat.Field{
			{Name: "period", Label: r.t("open.period"), Help: r.t("open.period-help"), Value: r.nextPeriod(now), MaxLength: 20},
			{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: now.AddDate(0, 0, 21).Format(time.DateOnly), MaxLength: 20},
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.closes-help"), Value: now.AddDate(0, 0, 28).Format(time.DateOnly), MaxLength: 20, Optional: true},
		},
	}
}

// nextPeriod guesses what a network would report on now: the quarter that
// ended last, unless it has had it.
func (r *request) nextPeriod(now time.Time) string {
	last := now.AddDate(0, -3, 1-now.Day())
	quarter := last.Format("2006") + "-Q" + string(rune('1'+(int(last.Month())-1)/3))
	r.read(func(n *benchmark.Network) {
		if _, used := n.Round(benchmark.RoundID(quarter)); used {
			quarter = ""
		}
	})
	return quarter
}

func (r *request) openFilled(ctx context.Context, f chat.Filled) chat.Reply {
	if err := r.opens(ctx, f.Values["period"], f.Values["due"], f.Values["closes"]); err != nil {
		return r.again(r.openForm(), f.Values, err, nil)
	}
	return r.aboutRound("open.done")
}

// aboutRound says something of the current round, with its period and
// deadlines at hand.
func (r *request) aboutRound(id string) chat.Reply {
	var text string
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			text = r.t(id, "Period", r.period(c.ID), "Due", r.when(dueOf(c)), "Closes", r.when(c.Closes))
		}
	})
	if text == "" {
		return r.refused(refuse(refusal.NoRound))
	}
	return r.say(text)
}

// extend takes "2027-02-07 closes 2027-02-14", or opens the form.
func (r *request) extend(ctx context.Context, text string) chat.Reply {
	open, reply := r.openRound()
	if !open {
		return reply
	}
	if strings.TrimSpace(text) == "" {
		f := r.extendForm()
		return chat.Reply{Form: &f}
	}
	v := options(text, "due", "closes")
	if err := r.extends(ctx, strings.TrimSpace(v[""]+" "+v["due"]), v["closes"]); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("extend.done")
}

// openRound says whether a round is open; otherwise the reply says that none
// is.
func (r *request) openRound() (open bool, reply chat.Reply) {
	why := refuse(refusal.NoRound)
	r.read(func(n *benchmark.Network) {
		c := n.Current()
		switch {
		case c == nil:
		case c.Phase == benchmark.Open:
			open = true
		default:
			why = refuse(notOpen, "Round", c.ID, "Closed", closedAt(c))
		}
	})
	if open {
		return true, chat.Reply{}
	}
	if why.Reason == notOpen {
		return false, r.say(r.words(why), r.button("reopen", "reopen", ""))
	}
	return false, r.refused(why)
}

// extends moves the due day, or with an empty one the closing alone.
func (r *request) extends(ctx context.Context, due, closes string) error {
	var intent benchmark.ExtendRound
	var err error
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && closes != "" {
			intent.Due = c.Due
		}
	})
	if due != "" || intent.Due.IsZero() {
		if intent.Due, err = readDate(due, "due", r.now(), r.zone); err != nil {
			return err
		}
	}
	if strings.TrimSpace(closes) != "" {
		if intent.Closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			return err
		}
	}
	return r.do(ctx, intent)
}

func (r *request) extendForm() chat.Form {
	f := chat.Form{Name: "extend", Title: r.t("extend.title"), Submit: r.t("extend.send")}
	due, closes := "", ""
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			due, closes, f.State = dateText(dueOf(c), r.zone), dateText(c.Closes, r.zone), string(c.ID)
			f.Intro = r.t("extend.intro", "Period", r.period(c.ID))
		}
	})
	f.Fields = []chat.Field{
		{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: due, MaxLength: 20},
		{Name: "closes", Label: r.t("open.closes"), Help: r.t("extend.closes-help"), Value: closes, MaxLength: 20, Optional: true},
	}
	return f
}

func (r *request) extendFilled(ctx context.Context, f chat.Filled) chat.Reply {
	if why := r.stale(benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	if err := r.extends(ctx, f.Values["due"], f.Values["closes"]); err != nil {
		return r.again(r.extendForm(), f.Values, err, nil)
	}
	return r.aboutRound("extend.done")
}
