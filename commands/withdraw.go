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
	name: "withdraw", forOne: true, synonyms: []string{"delete", "remove", "undo", "ångra", "ta"}, needs: aParticipant,
	typed: withdrawTyped, pressed: withdrawPressed,
}

// everything is what the button says that takes all answers back.
const everything = "*"

// withdrawTyped takes "falls", or asks which.
func withdrawTyped(ctx context.Context, r *request, text string) chat.Reply {
	sheet, err := openAnswerSheet(r, "")
	if err != nil {
		return r.refused(err)
	}
	if strings.TrimSpace(text) != "" {
		i, asks, found := findIndicator(r, sheet.template, "withdraw", text, "", false)
		if !found {
			return asks
		}
		return withdrawAnswer(ctx, r, sheet, i)
	}
	if len(sheet.answers) == 0 {
		return r.refused(refuse(refusal.NothingToWithdraw))
	}
	var buttons []chat.Button
	for _, i := range sheet.template.Indicators {
		if _, answered := sheet.answers[i.ID]; answered {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: "withdraw", Value: roundIndicator(sheet.id, string(i.ID))})
		}
	}
	if len(buttons) > 1 {
		buttons = append(buttons, r.button("withdraw-all", "withdraw", roundIndicator(sheet.id, everything)))
	}
	return r.say(r.t("withdraw.which", "Period", r.period(sheet.id)), buttons...)
}

// withdrawPressed takes back what the button is about, in its round.
func withdrawPressed(ctx context.Context, r *request, value string) chat.Reply {
	id, name, named := strings.Cut(value, "/")
	if !named {
		return withdrawTyped(ctx, r, "")
	}
	if why := refuseOtherRound(r, benchmark.RoundID(id)); why != nil {
		return r.refused(why)
	}
	sheet, err := openAnswerSheet(r, "")
	if err != nil {
		return r.refused(err)
	}
	if name == everything {
		return withdrawAnswer(ctx, r, sheet, benchmark.Indicator{})
	}
	i, known := sheet.indicator(name)
	if !known {
		return r.refused(unknownIndicator(sheet.template, name))
	}
	return withdrawAnswer(ctx, r, sheet, i)
}

// withdrawAnswer takes an answer back; with the zero indicator, all of them. It says
// what stood there, and whose it was.
func withdrawAnswer(ctx context.Context, r *request, sheet answerSheet, i benchmark.Indicator) chat.Reply {
	if err := r.decide(ctx, benchmark.Withdraw{Indicator: i.ID}); err != nil {
		return r.refused(err)
	}
	var changed []change
	var facts []chat.Fact
	for _, taken := range sheet.template.Indicators {
		if v, answered := sheet.answers[taken.ID]; answered && (i.ID == "" || taken.ID == i.ID) {
			changed = append(changed, change{indicator: taken, was: v, before: sheet.notes[taken.ID], versions: sheet.versions[taken.ID] + 1})
			facts = append(facts, chat.Fact{Name: oneLine(taken.Title), Value: wasText(r, taken, v, sheet.notes[taken.ID])})
		}
	}
	text := r.t("withdraw.done", "Title", i.Title)
	again := submitButton(r, "submit", submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: i.ID}})
	if i.ID == "" {
		text, again = r.t("withdraw.done-all", "Period", r.period(sheet.id)), r.button("submit", "submit", "")
	}
	m := message(text)
	m.Blocks = append(append(m.Blocks, chat.Facts{Facts: facts}), rows(append(undoOf(r, sheet.id, changed), again))...)
	return chat.Reply{Message: &m}
}
