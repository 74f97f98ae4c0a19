package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// withdrawVerb takes answers back.
var withdrawVerb = verb{
	name: "withdraw", synonyms: []string{"delete", "remove", "undo", "ångra", "ta"}, needs: aParticipant,
	typed: withdrawTyped, pressed: withdrawPressed,
}

// everything is what the button says that takes all answers back.
const everything = "*"

// withdrawTyped takes "falls", or asks which.
func withdrawTyped(ctx context.Context, r *request, text string) chat.Reply {
	round, reply, ok := openAnswerSheet(r, "")
	if !ok {
		return reply
	}
	if strings.TrimSpace(text) != "" {
		i, known := round.indicator(text)
		if !known {
			return r.refused(unknownIndicator(round.template, text))
		}
		return withdrawAnswer(ctx, r, round, i)
	}
	if len(round.given) == 0 {
		return r.refused(refuse(refusal.NothingToWithdraw))
	}
	var buttons []chat.Button
	for _, i := range round.template.Indicators {
		if _, answered := round.given[i.ID]; answered {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: "withdraw", Value: roundIndicator(round.id, string(i.ID))})
		}
	}
	if len(buttons) > 1 {
		buttons = append(buttons, r.button("withdraw-all", "withdraw", roundIndicator(round.id, everything)))
	}
	return r.say(r.t("withdraw.which", "Period", r.period(round.id)), buttons...)
}

// withdrawPressed takes back what the button is about, in its round.
func withdrawPressed(ctx context.Context, r *request, value string) chat.Reply {
	id, name, named := strings.Cut(value, "/")
	if !named {
		return withdrawTyped(ctx, r, "")
	}
	if why := r.refuseOtherRound(benchmark.RoundID(id)); why != nil {
		return r.refused(why)
	}
	round, reply, ok := openAnswerSheet(r, "")
	if !ok {
		return reply
	}
	if name == everything {
		return withdrawAnswer(ctx, r, round, benchmark.Indicator{})
	}
	i, known := round.indicator(name)
	if !known {
		return r.refused(unknownIndicator(round.template, name))
	}
	return withdrawAnswer(ctx, r, round, i)
}

// withdrawAnswer takes an answer back; with the zero indicator, all of them.
func withdrawAnswer(ctx context.Context, r *request, round answering, i benchmark.Indicator) chat.Reply {
	if err := r.decide(ctx, benchmark.Withdraw{Indicator: i.ID}); err != nil {
		return r.refused(err)
	}
	if i.ID == "" {
		return r.say(r.t("withdraw.done-all", "Period", r.period(round.id)), r.button("submit", "submit", ""))
	}
	return r.say(r.t("withdraw.done", "Title", i.Title), submitButton(r, "submit", entry{Round: round.id, Only: i.ID}))
}
