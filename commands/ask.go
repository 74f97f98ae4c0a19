package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// askVerb questions a definition or a figure.
var askVerb = verb{
	name: "ask", synonyms: []string{"question", "challenge", "fråga"}, needs: aParticipant,
	typed: askTyped, pressed: askPressed, filled: askFilled,
}

// askTyped takes "falls do you count near falls?" or just a question, or opens the
// form.
func askTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return askPressed(ctx, r, "")
	}
	id, words := splitIndicator(r, text)
	return askQuestion(ctx, r, id, words)
}

func askQuestion(ctx context.Context, r *request, id benchmark.IndicatorID, words string) chat.Reply {
	if err := r.decide(ctx, benchmark.Ask{Indicator: id, Text: words}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("ask.done"))
}

func askPressed(_ context.Context, r *request, value string) chat.Reply {
	return chat.Reply{Form: new(askForm(r, value))}
}

func askForm(r *request, indicator string) chat.Form {
	return chat.Form{
		Name: "ask", Title: r.t("ask.title"), Submit: r.t("ask.send"), Intro: r.t("ask.intro"),
		Fields: []chat.Field{
			indicatorField(r, indicator),
			{Name: "text", Kind: chat.Area, Label: r.t("ask.text"), Help: r.t("ask.text-help")},
		},
	}
}

func askFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	err := r.decide(ctx, benchmark.Ask{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"]})
	if err != nil {
		return r.showAgain(askForm(r, f.Values["indicator"]), f.Values, err, nil)
	}
	return r.say(r.t("ask.done"))
}
