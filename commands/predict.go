package commands

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// predictVerb keeps guesses of where one's own organisation stands.
var predictVerb = verb{
	name: "predict", forOne: true, synonyms: []string{"guess", "gissa"}, needs: aParticipant,
	typed: predictTyped, pressed: predictPressed, filled: predictFilled,
}

const guessNothing refusal.Reason = "guess-nothing"

// guessSheet is a round as one organisation guesses where it stands in it.
type guessSheet struct {
	answerSheet
	guesses map[benchmark.IndicatorID]benchmark.Position
	whose   map[benchmark.IndicatorID]benchmark.ParticipantID
	since   map[benchmark.IndicatorID]time.Time
	parts   []part // of what can be guessed; one when the template is short
}

// openGuessSheet is the current round as one may guess in it: before one has
// answered, too. The error says why one may not.
func openGuessSheet(r *request) (guessSheet, error) {
	sheet, err := openAnswerSheet(r, "")
	if err != nil {
		return guessSheet{}, err
	}
	g := newGuessSheet(r, sheet)
	published := false
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(sheet.id)
		published = c.Publications > 0
	})
	if published {
		return g, refuse(refusal.GuessTooLate, "Round", sheet.id)
	}
	return g, nil
}

func newGuessSheet(r *request, sheet answerSheet) guessSheet {
	g := guessSheet{answerSheet: sheet, guesses: map[benchmark.IndicatorID]benchmark.Position{}, whose: map[benchmark.IndicatorID]benchmark.ParticipantID{}, since: map[benchmark.IndicatorID]time.Time{}}
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(sheet.id)
		if !n.MaySeeOwn(r.me, c) {
			return
		}
		for _, i := range sheet.template.Indicators {
			if p, guessed := c.Predictions[benchmark.Slot{Organisation: r.me.Organisation, Indicator: i.ID}]; guessed {
				g.guesses[i.ID] = p
				g.whose[i.ID], g.since[i.ID] = c.Guessed(r.me.Organisation, i.ID)
			}
		}
	})
	if all := guessableOf(sheet.template.Indicators); len(all) > 0 {
		g.parts = partsOf(r.l, all)
	}
	return g
}

func guessableOf(all []benchmark.Indicator) []benchmark.Indicator {
	var found []benchmark.Indicator
	for _, i := range all {
		if i.Guessable() {
			found = append(found, i)
		}
	}
	return found
}

// guessed is how many of the indicators are.
func (g guessSheet) guessed(indicators []benchmark.Indicator) int {
	guessed := 0
	for _, i := range indicators {
		if g.guesses[i.ID] != "" {
			guessed++
		}
	}
	return guessed
}

// left are the parts with something to be guessed still.
func (g guessSheet) left() []part {
	var left []part
	for _, p := range g.parts {
		if g.guessed(p.indicators) < len(p.indicators) {
			left = append(left, p)
		}
	}
	return left
}

// predictTyped takes "falls below", or opens the form.
func predictTyped(ctx context.Context, r *request, text string) chat.Reply {
	name, _ := firstWord(text)
	if name == "" {
		return predictPressed(ctx, r, "")
	}
	sheet, err := openGuessSheet(r)
	if err != nil {
		return r.refused(err)
	}
	i, rest, _, known := leadingName(sheet.template, text)
	if !known {
		name, rest = beforeGuess(text)
		found, asks, is := findIndicator(r, sheet.template, "predict", name, rest, false)
		if !is {
			return asks
		}
		i = found
	}
	word, _ := firstWord(rest) // "below the middle" says it in its first word
	position, known := positionWords[strings.ToLower(word)]
	if !known {
		return r.refused(refuse(refusal.PositionUnknown))
	}
	if !i.Guessable() {
		return r.refused(refuse(refusal.GuessNoMiddle, "Title", i.Title))
	}
	return saveGuesses(ctx, r, sheet, benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{i.ID: position}})
}

// predictPressed opens the form; of a long template it offers the parts, or opens
// the form of the one that the button is about.
func predictPressed(ctx context.Context, r *request, value string) chat.Reply {
	round, number := roundAndPart(value)
	if why := refuseOtherRound(r, round); why != nil {
		return r.refused(why)
	}
	if _, chosen, is := strings.Cut(value, "/="); is {
		return guessPressed(ctx, r, chosen)
	}
	sheet, err := openGuessSheet(r)
	if err != nil {
		return r.refused(err)
	}
	switch len(sheet.parts) {
	case 0:
		return r.refused(refuse(guessNothing))
	case 1:
		return chat.Reply{Form: new(predictForm(r, sheet, sheet.parts[0]))}
	}
	p, known := partNumbered(sheet.parts, number)
	if !known {
		return offerGuessParts(r, sheet)
	}
	return chat.Reply{Form: new(predictForm(r, sheet, p))}
}

// offerGuessParts offers the parts of a long template, and tells what is left.
func offerGuessParts(r *request, sheet guessSheet) chat.Reply {
	text := r.t("predict.choose-section", "Period", r.period(sheet.id))
	if left := guessesLeft(r, sheet); left != "" {
		text += " " + left
	}
	var buttons []chat.Button
	for _, p := range sheet.parts {
		buttons = append(buttons, sheet.button(r.partLabel(p, sheet.guessed(p.indicators)), p))
	}
	return r.say(text, buttons...)
}

func (g guessSheet) button(label string, p part) chat.Button {
	return chat.Button{Label: label, Action: "predict", Value: g.about(p)}
}

// about is what a button and a form carry: the round, and of a long template the
// part: "2026-Q4/2".
func (g guessSheet) about(p part) string {
	if len(g.parts) < 2 {
		return string(g.id)
	}
	return string(g.id) + "/" + strconv.Itoa(p.number)
}

// roundAndPart reads what a button or a form carries; 0 is no part.
func roundAndPart(value string) (benchmark.RoundID, int) {
	round, part, _ := strings.Cut(value, "/")
	part, _, _ = strings.Cut(part, "/")
	number, _ := strconv.Atoi(part)
	return benchmark.RoundID(round), number
}

// opened is what a form carries: the round and the part, and of each of its indicators
// the guess that it held when it was opened, by its number: "2026-Q4/2/102".
func (g guessSheet) opened(p part) string {
	numbers := make([]byte, len(p.indicators))
	for k, i := range p.indicators {
		numbers[k] = '0' + byte(slices.Index(positions, g.guesses[i.ID])+1)
	}
	return string(g.id) + "/" + strconv.Itoa(p.number) + "/" + string(numbers)
}

// positions are the guesses by their number, from 1; 0 is none.
var positions = []benchmark.Position{benchmark.Below, benchmark.Around, benchmark.Above}

// seenIn reads the guesses that a form held when it was opened; nil when it doesn't say.
func seenIn(state string, p part) map[benchmark.IndicatorID]benchmark.Position {
	parts := strings.SplitN(state, "/", 3)
	if len(parts) < 3 || len(parts[2]) != len(p.indicators) {
		return nil
	}
	seen := map[benchmark.IndicatorID]benchmark.Position{}
	for k, i := range p.indicators {
		if number := int(parts[2][k] - '0'); number >= 1 && number <= len(positions) {
			seen[i.ID] = positions[number-1]
		}
	}
	return seen
}

// guessesLeft names the parts of a long template that are still to be guessed;
// empty when none is, and of a short one.
func guessesLeft(r *request, sheet guessSheet) string {
	left := sheet.left()
	if len(sheet.parts) < 2 || len(left) == 0 {
		return ""
	}
	var titles []string
	for _, p := range left {
		titles = append(titles, p.title)
	}
	return r.t("predict.left", "Sections", clipText(r.l.List(titles), maxNamesLength))
}

// predictForm asks for the guesses of one part.
func predictForm(r *request, sheet guessSheet, p part) chat.Form {
	f := chat.Form{Name: "predict", Title: r.t("predict.title"), Submit: r.t("predict.send"), Intro: r.t("predict.intro"), State: sheet.opened(p)}
	for _, i := range p.indicators {
		f.Fields = append(f.Fields, chat.Field{
			Name: string(i.ID), Kind: chat.Choice, Label: oneLine(i.Title), Section: i.Section, Optional: true,
			Value: string(sheet.guesses[i.ID]),
			Options: []chat.Option{
				{Label: r.t("position.below"), Value: string(benchmark.Below)},
				{Label: r.t("position.around"), Value: string(benchmark.Around)},
				{Label: r.t("position.above"), Value: string(benchmark.Above)},
			},
		})
	}
	return f
}

func predictFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	round, number := roundAndPart(f.State)
	if why := refuseOtherRound(r, round); why != nil {
		return r.refused(why)
	}
	sheet, err := openGuessSheet(r)
	if err != nil {
		return r.refused(err)
	}
	if len(sheet.parts) == 0 {
		return r.refused(refuse(guessNothing))
	}
	p, known := partNumbered(sheet.parts, number)
	if !known {
		p = sheet.parts[0]
	}
	intent := benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{}, Seen: seenIn(f.State, p)}
	for _, i := range sheet.template.Indicators {
		if guess := benchmark.Position(f.Values[string(i.ID)]); guess != "" && guess != intent.Seen[i.ID] {
			intent.Guesses[i.ID] = guess
		}
	}
	switch {
	case len(intent.Guesses) > 0:
		return saveGuesses(ctx, r, sheet, intent)
	case len(intent.Seen) > 0:
		return r.say(r.t("predict.unchanged"), r.button("submit", "submit", ""))
	}
	return r.showAgain(predictForm(r, sheet, p), f.Values, refuse(refusal.NothingToGuess), nil)
}

// saveGuesses keeps the guesses, and says what a colleague had guessed; it leads on in
// a long template. Where a colleague has guessed otherwise while the form was open,
// both are shown and it is asked.
func saveGuesses(ctx context.Context, r *request, before guessSheet, intent benchmark.Predict) chat.Reply {
	events, err := r.decideEvents(ctx, intent)
	var many benchmark.Refusals
	if errors.As(err, &many) && many[0].Reason == refusal.GuessMoved {
		return askGuesses(ctx, r, intent, many)
	}
	if err != nil {
		return r.refused(err)
	}
	text, buttons := r.t("predict.done", "Count", len(intent.Guesses)), []chat.Button{r.button("submit", "submit", "")}
	if sheet, err := openGuessSheet(r); err == nil && len(sheet.parts) > 1 {
		if left := guessesLeft(r, sheet); left != "" {
			text += " " + left
		}
		if next, is := nextPart(sheet.parts, lastOf(sheet.template, intent.Guesses), sheet.guessed); is {
			buttons = append([]chat.Button{primary(sheet.button(r.nextLabel(next), next))}, buttons...)
		}
	}
	if len(events) > 0 {
		text += replacedGuesses(r, before, intent)
	}
	return r.say(text, buttons...)
}

// replacedGuesses says what guesses of colleagues stood before.
func replacedGuesses(r *request, before guessSheet, intent benchmark.Predict) (text string) {
	for _, i := range before.template.Indicators {
		guess, guessed := intent.Guesses[i.ID]
		if was := before.guesses[i.ID]; guessed && was != "" && was != guess && before.whose[i.ID] != r.me.ID {
			text += "\n" + r.t("predict.was", "Title", oneLine(i.Title), "Was", r.t("position."+string(was)), "Name", r.nameOf(before.whose[i.ID]), "When", r.shortly(before.since[i.ID]))
		}
	}
	return text
}

// askGuesses keeps the guesses that no colleague has changed meanwhile, and asks about
// the others.
func askGuesses(ctx context.Context, r *request, intent benchmark.Predict, moved benchmark.Refusals) chat.Reply {
	sheet, err := openGuessSheet(r)
	if err != nil {
		return r.refused(err)
	}
	rest := benchmark.Predict{Guesses: maps.Clone(intent.Guesses), Seen: intent.Seen}
	for _, x := range moved {
		delete(rest.Guesses, benchmark.IndicatorID(x.Field))
	}
	if len(rest.Guesses) > 0 {
		if err := r.decide(ctx, rest); err != nil {
			return r.refused(err)
		}
	}
	m := chat.Message{Text: r.t("predict.asked", "Count", len(rest.Guesses))}
	m.Blocks = []chat.Block{chat.Paragraph{Text: m.Text}}
	for _, x := range moved {
		i, _ := sheet.indicator(x.Field)
		mine := intent.Guesses[i.ID]
		name := r.nameOf(sheet.whose[i.ID])
		text := oneLine(i.Title) + ": " + r.t("refusal.guess-moved", "Name", name, "When", r.shortly(sheet.since[i.ID]), "Theirs", r.t("position."+string(sheet.guesses[i.ID])))
		m.Text = joinLines(m.Text, text)
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: text}, chat.Buttons{Buttons: []chat.Button{
			{Label: clipText(r.t("submit.keep-theirs", "Name", name), chat.MaxLabel), Action: "predict", Value: guessButton(sheet.id, i.ID, sheet.guesses[i.ID])},
			{Label: clipText(r.t("predict.use-mine", "Mine", r.t("position."+string(mine))), chat.MaxLabel), Action: "predict", Value: guessButton(sheet.id, i.ID, mine)},
		}})
	}
	return chat.Reply{Message: &m}
}

// guessButton is what a button carries that makes one guess: "2026-Q4/=falls/below".
func guessButton(round benchmark.RoundID, i benchmark.IndicatorID, guess benchmark.Position) string {
	return string(round) + "/=" + string(i) + "/" + string(guess)
}

// guessPressed makes the guess of a button, over whatever stands.
func guessPressed(ctx context.Context, r *request, chosen string) chat.Reply {
	sheet, err := openGuessSheet(r)
	if err != nil {
		return r.refused(err)
	}
	id, guess, _ := strings.Cut(chosen, "/")
	return saveGuesses(ctx, r, sheet, benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{benchmark.IndicatorID(id): benchmark.Position(guess)}})
}

// lastOf is the last of the indicators, in the order of the template.
func lastOf(t benchmark.Template, guesses map[benchmark.IndicatorID]benchmark.Position) (last benchmark.IndicatorID) {
	for _, i := range t.Indicators {
		if _, is := guesses[i.ID]; is {
			last = i.ID
		}
	}
	return last
}

// hasGuessesLeft says whether a guess is missing.
func hasGuessesLeft(r *request, sheet answerSheet) bool {
	if sheet.shown {
		return false
	}
	return len(newGuessSheet(r, sheet).left()) > 0
}
