package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
)

// everything is what the button says that takes all answers back.
const everything = "*"

// withdraw takes "falls", or asks which.
func (r *request) withdraw(ctx context.Context, text string) bot.Reply {
	if strings.TrimSpace(text) != "" {
		return r.withdrawPressed(ctx, text)
	}
	round, reply, ok := r.answerable()
	if !ok {
		return reply
	}
	if len(round.given) == 0 {
		return r.refused(refusal("nothing-to-withdraw"))
	}
	var rows []bot.Block
	row := bot.Buttons{Buttons: []bot.Button{r.button("withdraw-all", "withdraw", everything)}}
	for _, i := range round.template.Indicators {
		if _, answered := round.given[i.ID]; !answered {
			continue
		}
		if len(row.Buttons) == 5 {
			rows, row = append(rows, row), bot.Buttons{}
		}
		row.Buttons = append(row.Buttons, bot.Button{Label: clipLabel(i.Title), Action: "withdraw", Value: string(i.ID)})
	}
	text = r.t("withdraw.which", "Period", r.period(round.id))
	return bot.Reply{Message: &bot.Message{Text: text, Blocks: append([]bot.Block{bot.Paragraph{Text: text}}, append(rows, row)...)}}
}

func (r *request) withdrawPressed(ctx context.Context, value string) bot.Reply {
	if strings.TrimSpace(value) == "" {
		return r.withdraw(ctx, "")
	}
	round, reply, ok := r.answerable()
	if !ok {
		return reply
	}
	intent, title := benchmark.Withdraw{}, ""
	if value != everything {
		i, known := round.indicator(value)
		if !known {
			return r.refused(round.unknown(value))
		}
		intent.Indicator, title = i.ID, i.Title
	}
	if err := r.do(ctx, intent); err != nil {
		return r.refused(err)
	}
	if title == "" {
		return r.say(r.t("withdraw.done-all", "Period", r.period(round.id)), r.button("submit", "submit", ""))
	}
	return r.say(r.t("withdraw.done", "Title", title), r.button("submit", "submit", ""))
}

// skip says "not this round". Nobody is asked why.
func (r *request) skip(ctx context.Context, _ string) bot.Reply {
	if err := r.do(ctx, benchmark.Skip{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("skip.done"), r.button("submit", "submit", ""))
}
