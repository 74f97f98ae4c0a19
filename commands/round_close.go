package commands

import (
	"context"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// close asks first when organisations are still silent.
func (r *request) close(ctx context.Context, _ string) chat.Reply {
	silent := 0
	var id benchmark.RoundID
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			p := n.Progress(c)
			silent, id = p.Organisations-p.Complete-p.Skipped, c.ID
		}
	})
	if open, reply := r.openRound(); !open {
		return reply
	}
	if silent > 0 {
		return r.say(r.t("close.sure", "Count", silent, "Period", r.period(id)), r.button("close", "close", string(id)))
	}
	return r.closePressed(ctx, string(id))
}

// closePressed closes the round that the button is about. When somebody else
// has done so meanwhile, that is as good.
func (r *request) closePressed(ctx context.Context, round string) chat.Reply {
	if round == "" {
		return r.close(ctx, "")
	}
	if why := r.stale(benchmark.RoundID(round)); why != nil {
		return r.refused(why)
	}
	if err := r.do(ctx, benchmark.CloseRound{Round: benchmark.RoundID(round)}); err != nil {
		return r.refused(err)
	}
	return r.aboutRound("close.done")
}

// publish shows the round.
func (r *request) publish(ctx context.Context, round string) chat.Reply {
	id := benchmark.RoundID(strings.ToUpper(strings.TrimSpace(round)))
	done := "publish.done"
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(id)
		if id == "" {
			c = n.Current()
			known = c != nil
		}
		if known && c.Phase == benchmark.Published {
			done = "publish.already"
		}
	})
	if err := r.do(ctx, benchmark.PublishRound{Round: id}); err != nil {
		return r.refused(err)
	}
	if id == "" {
		return r.aboutRound(done)
	}
	return r.say(r.t(done, "Period", r.period(id)))
}

// reopen takes "2027-02-10 because two wards were on holiday", or opens the
// form.
func (r *request) reopen(ctx context.Context, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		var current benchmark.RoundID
		r.read(func(n *benchmark.Network) {
			if c := n.Current(); c != nil {
				current = c.ID
			}
		})
		if current == "" {
			return r.refused(refuse(refusal.NoRound))
		}
		f := r.reopenForm(current)
		return chat.Reply{Form: &f}
	}
	closes, reason := dateFirst(text)
	if err := r.reopens(ctx, closes, withoutWord(reason, "because", "eftersom", "reason")); err != nil {
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

func (r *request) reopenForm(id benchmark.RoundID) chat.Form {
	return chat.Form{
		Name: "reopen", Title: r.t("reopen.title"), Submit: r.t("reopen.send"), State: string(id),
		Intro: r.t("reopen.intro", "Period", r.period(id)),
		Fields: []chat.Field{
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.date-help"), Value: r.now().In(r.zone).AddDate(0, 0, 7).Format(time.DateOnly), MaxLength: 20},
			{Name: "reason", Kind: chat.Area, Label: r.t("reopen.reason"), Help: r.t("reopen.reason-help")},
		},
	}
}

func (r *request) reopenFilled(ctx context.Context, f chat.Filled) chat.Reply {
	if why := r.stale(benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	if err := r.reopens(ctx, f.Values["closes"], f.Values["reason"]); err != nil {
		return r.again(r.reopenForm(benchmark.RoundID(f.State)), f.Values, err, nil)
	}
	return r.aboutRound("reopen.done")
}

// withoutWord takes one of the words off the front.
func withoutWord(text string, words ...string) string {
	first, rest := cut(text)
	for _, w := range words {
		if strings.EqualFold(strings.TrimRight(first, ":,"), w) {
			return rest
		}
	}
	return text
}
