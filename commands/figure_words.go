package commands

import (
	"slices"

	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

// answerWords are the words that stand for an answer without a value, in every
// language at once, so that nobody has to know which one the bot expects.
var answerWords = []struct {
	answer benchmark.Answer
	words  []string
}{
	{benchmark.NotMeasured, []string{"not measured", "not-measured", "nm", "ej mätt", "inte mätt", "mäts inte", "mäts ej"}},
	{benchmark.NotApplicable, []string{"not applicable", "not-applicable", "n/a", "na", "ej tillämpligt", "inte tillämpligt", "ej aktuellt"}},
	{benchmark.DoesNotFit, []string{"does not fit", "doesn't fit", "doesn’t fit", "does-not-fit", "passar inte", "passar ej"}},
}

var yesWords, noWords = []string{"yes", "ja", "y", "j"}, []string{"no", "nej", "n"}

// answerIn finds an answer without a figure at the beginning of a text. In a
// text that describes a practice it is only one with nothing or a mark after
// it, since "not measured by everybody" describes something.
func answerIn(text string, practice bool) (answer benchmark.Answer, rest string, ok bool) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return "", "", false
	}
	for _, a := range answerWords {
		for _, w := range a.words {
			if !strings.HasPrefix(lower, w) {
				continue
			}
			rest = text[len(w):]
			after := strings.TrimLeft(rest, " \u00a0\n\t")
			if after == "" || strings.ContainsAny(after[:1], ":,.;(") || (len(after) < len(rest) && !practice) {
				return a.answer, strings.TrimSpace(strings.TrimLeft(after, ":,.;-–— ")), true
			}
		}
	}
	return "", "", false
}

// timeWords are how units of time are typed, by unit.
var timeWords = [][]string{
	{"min", "minute", "minutes", "minut", "minuter"},
	{"h", "hour", "hours", "tim", "timme", "timmar"},
	{"d", "day", "days", "dag", "dagar", "dygn"},
	{"week", "weeks", "vecka", "veckor"},
	{"month", "months", "månad", "månader"},
}

// withoutUnit takes the unit off what follows a figure. A time in another unit
// is refused: four days must not become four hours.
func withoutUnit(i benchmark.Indicator, rest string) (string, error) {
	word, after := cut(rest)
	word = strings.ToLower(strings.TrimRight(word, ".,;:"))
	unit := strings.ToLower(strings.TrimSpace(i.Unit))
	switch {
	case word == "":
		return rest, nil
	case word == unit, word == "%" && i.Kind == benchmark.Proportion:
		return after, nil
	case strings.HasPrefix(strings.ToLower(rest), unit+" ") && unit != "":
		return strings.TrimSpace(rest[len(unit):]), nil
	case i.Kind != benchmark.Duration:
		return rest, nil
	}
	typed, counted := timeUnit(word), timeUnit(unit)
	switch {
	case typed < 0 || counted < 0:
		return rest, nil
	case typed != counted:
		return "", refuse(figureUnit, "Unit", i.Unit, "Typed", word)
	}
	return after, nil
}

// timeUnit returns which unit of time a word is; -1 for none.
func timeUnit(word string) int {
	for k, words := range timeWords {
		if slices.Contains(words, word) {
			return k
		}
	}
	return -1
}

func refuse(reason refusal.Reason, args ...any) *benchmark.Refusal {
	return &benchmark.Refusal{Reason: reason, Args: args}
}
