package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// everything is what the button says that takes all answers back.
const everything = "*"

// withdraw takes "falls", or asks which.
func (r *request) withdraw(ctx context.Context, text string) chat.Reply {
	round, reply, ok := r.answerable("")
	if !ok {
		return reply
	}
	if strings.TrimSpace(text) != "" {
		i, known := round.indicator(text)
		if !known {
			return r.refused(unknownIndicator(round.template, text))
		}
		return r.withdraws(ctx, round, i)
	}
	if len(round.given) == 0 {
		return r.refused(refuse(refusal.NothingToWithdraw))
	}
	var buttons []chat.Button
	for _, i := range round.template.Indicators {
		if _, answered := round.given[i.ID]; answered {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: "withdraw", Value: about(round.id, string(i.ID))})
		}
	}
	if len(buttons) > 1 {
		buttons = append(buttons, r.button("withdraw-all", "withdraw", about(round.id, everything)))
	}
	return r.say(r.t("withdraw.which", "Period", r.period(round.id)), buttons...)
}

// about is what a button carries that is about a round's indicator.
func about(round benchmark.RoundID, indicator string) string { return string(round) + "/" + indicator }

// withdrawPressed takes back what the button is about, in its round.
func (r *request) withdrawPressed(ctx context.Context, value string) chat.Reply {
	id, name, named := strings.Cut(value, "/")
	if !named {
		return r.withdraw(ctx, "")
	}
	if why := r.stale(benchmark.RoundID(id)); why != nil {
		return r.refused(why)
	}
	round, reply, ok := r.answerable("")
	if !ok {
		return reply
	}
	if name == everything {
		return r.withdraws(ctx, round, benchmark.Indicator{})
	}
	i, known := round.indicator(name)
	if !known {
		return r.refused(unknownIndicator(round.template, name))
	}
	return r.withdraws(ctx, round, i)
}

// withdraws takes an answer back; with the zero indicator, all of them.
func (r *request) withdraws(ctx context.Context, round answering, i benchmark.Indicator) chat.Reply {
	if err := r.do(ctx, benchmark.Withdraw{Indicator: i.ID}); err != nil {
		return r.refused(err)
	}
	if i.ID == "" {
		return r.say(r.t("withdraw.done-all", "Period", r.period(round.id)), r.button("submit", "submit", ""))
	}
	return r.say(r.t("withdraw.done", "Title", i.Title), r.submitButton("submit", entry{Round: round.id, Only: i.ID}))
}

// skip says "not this round", of the round that the button is about. Nobody is
// asked why.
func (r *request) skip(ctx context.Context, _ string) chat.Reply { return r.skipPressed(ctx, "") }

func (r *request) skipPressed(ctx context.Context, round string) chat.Reply {
	if why := r.stale(benchmark.RoundID(round)); why != nil {
		return r.refused(why)
	}
	if err := r.do(ctx, benchmark.Skip{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("skip.done"), r.button("submit", "submit", ""))
}
