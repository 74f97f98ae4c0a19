package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// predictVerb keeps guesses of where one's own organisation stands.
var predictVerb = verb{
	name: "predict", synonyms: []string{"guess", "gissa"}, needs: aParticipant,
	typed: predictTyped, pressed: predictPressed, filled: predictFilled,
}

// positionWords are what may be typed for a guess.
var positionWords = map[string]benchmark.Position{
	"below": benchmark.Below, "under": benchmark.Below, "lower": benchmark.Below, "lägre": benchmark.Below,
	"around": benchmark.Around, "middle": benchmark.Around, "mitten": benchmark.Around, "kring": benchmark.Around, "runt": benchmark.Around,
	"above": benchmark.Above, "over": benchmark.Above, "higher": benchmark.Above, "över": benchmark.Above, "högre": benchmark.Above,
}

// predictTyped takes "falls below", or opens the form.
func predictTyped(ctx context.Context, r *request, text string) chat.Reply {
	name, _ := cut(text)
	if name == "" {
		return predictPressed(ctx, r, "")
	}
	round, reply, ok := openGuessSheet(r)
	if !ok {
		return reply
	}
	i, rest, known := indicatorFirst(round.template, text)
	if !known {
		return r.refused(unknownIndicator(round.template, name))
	}
	word, _ := cut(rest) // "below the middle" says it in its first word
	position, known := positionWords[strings.ToLower(word)]
	if !known {
		return r.refused(refuse(refusal.PositionUnknown))
	}
	return saveGuesses(ctx, r, map[benchmark.IndicatorID]benchmark.Position{i.ID: position})
}

// openGuessSheet is the round as one may guess in it: before one has answered, too.
func openGuessSheet(r *request) (answering, chat.Reply, bool) {
	a, reply, ok := openAnswerSheet(r, "")
	if !ok {
		return a, reply, false
	}
	published := false
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(a.id)
		published = c.Publications > 0
	})
	if published {
		return a, r.refused(refuse(refusal.GuessTooLate, "Round", a.id)), false
	}
	return a, chat.Reply{}, true
}

func predictPressed(_ context.Context, r *request, _ string) chat.Reply {
	round, reply, ok := openGuessSheet(r)
	if !ok {
		return reply
	}
	f := predictForm(r, round)
	if len(f.Fields) == 0 {
		return r.refused(refuse(guessNothing))
	}
	return chat.Reply{Form: &f}
}

func predictForm(r *request, round answering) chat.Form {
	f := chat.Form{Name: "predict", Title: r.t("predict.title"), Submit: r.t("predict.send"), Intro: r.t("predict.intro"), State: string(round.id)}
	made := ownGuesses(r, round)
	for _, i := range round.template.Indicators {
		if !guessable(i) {
			continue
		}
		f.Fields = append(f.Fields, chat.Field{
			Name: string(i.ID), Kind: chat.Choice, Label: oneLine(i.Title), Section: i.Section, Optional: true,
			Value: string(made[i.ID]),
			Options: []chat.Option{
				{Label: r.t("position.below"), Value: string(benchmark.Below)},
				{Label: r.t("position.around"), Value: string(benchmark.Around)},
				{Label: r.t("position.above"), Value: string(benchmark.Above)},
			},
		})
	}
	return f
}

// guessable says whether the indicator's values have a middle.
func guessable(i benchmark.Indicator) bool {
	return i.Kind != benchmark.Text && i.Kind != benchmark.YesNo
}

// ownGuesses are those of one's own organisation.
func ownGuesses(r *request, round answering) map[benchmark.IndicatorID]benchmark.Position {
	made := map[benchmark.IndicatorID]benchmark.Position{}
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(round.id)
		for _, i := range round.template.Indicators {
			if p, guessed := c.Predictions[benchmark.Slot{Organisation: r.me.Organisation, Indicator: i.ID}]; guessed {
				made[i.ID] = p
			}
		}
	})
	return made
}

// hasGuessesLeft says whether a guess is missing.
func hasGuessesLeft(r *request, round answering) bool {
	made := ownGuesses(r, round)
	return slices.ContainsFunc(round.template.Indicators, func(i benchmark.Indicator) bool { return guessable(i) && made[i.ID] == "" })
}

func predictFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := r.refuseOtherRound(benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	round, reply, ok := openGuessSheet(r)
	if !ok {
		return reply
	}
	guesses := map[benchmark.IndicatorID]benchmark.Position{}
	for _, i := range round.template.Indicators {
		if p := f.Values[string(i.ID)]; p != "" {
			guesses[i.ID] = benchmark.Position(p)
		}
	}
	if len(guesses) == 0 {
		return r.showAgain(predictForm(r, round), f.Values, refuse(refusal.NothingToGuess), nil)
	}
	return saveGuesses(ctx, r, guesses)
}

func saveGuesses(ctx context.Context, r *request, guesses map[benchmark.IndicatorID]benchmark.Position) chat.Reply {
	if err := r.decide(ctx, benchmark.Predict{Guesses: guesses}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("predict.done", "Count", len(guesses)), r.button("submit", "submit", ""))
}
