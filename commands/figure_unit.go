package commands

import (
	"regexp"
	"slices"
	"strings"

	"roundtable/benchmark"
)

// unitWords are how units are typed, a line for each.
var unitWords = [][]string{
	{"s", "sec", "second", "seconds", "sek", "sekund", "sekunder"},
	{"min", "minute", "minutes", "minut", "minuter"},
	{"h", "hour", "hours", "tim", "timme", "timmar"},
	{"d", "day", "days", "dag", "dagar", "dygn"},
	{"week", "weeks", "vecka", "veckor"},
	{"month", "months", "månad", "månader"},
	{"year", "years", "år"},
	{"%", "percent", "procent"},
	{"‰", "promille"},
	{"µg", "μg", "mcg"},
	{"mg"},
	{"g", "gram"},
	{"kg"},
	{"ml"},
	{"cl"},
	{"dl"},
	{"l", "litre", "litres", "liter"},
	{"mm"},
	{"cm"},
	{"km"},
	{"mmol/l"},
	{"mmol/mol"},
	{"mg/dl"},
	{"g/l"},
	{"kr", "kronor"},
	{"eur", "euro", "euros", "€"},
}

// unitBehind is a number with a unit close behind, "44min".
var unitBehind = regexp.MustCompile(`^([-+−]?\d[\d.,]*)(\p{L}[\p{L}/]*|[%‰€])[.,;:]*$`)

func isUnit(word string) bool { return unitOf(strings.ToLower(word)) >= 0 }

// trimUnit takes the unit off what follows a figure. Another unit is refused: four days
// must not become four hours.
func trimUnit(i benchmark.Indicator, rest string) (string, error) {
	word, after := firstWord(rest)
	word = strings.ToLower(strings.TrimRight(word, ".,;:"))
	unit := strings.ToLower(strings.TrimSpace(i.Unit))
	switch {
	case word == "":
		return rest, nil
	case word == unit, word == "%" && i.Kind == benchmark.Proportion:
		return after, nil
	case strings.HasPrefix(strings.ToLower(rest), unit+" ") && unit != "":
		return strings.TrimSpace(rest[len(unit):]), nil
	case i.Kind != benchmark.Duration && i.Kind != benchmark.Mean && i.Kind != benchmark.Count:
		return rest, nil
	}
	typed, counted := unitOf(word), unitOf(unit)
	switch {
	case typed < 0 || counted < 0:
		return rest, nil
	case typed != counted:
		return "", refuse(figureUnit, "Unit", i.Unit, "Typed", word)
	}
	return after, nil
}

// unitOf returns which unit a word is; -1 for none.
func unitOf(word string) int {
	for k, words := range unitWords {
		if slices.Contains(words, word) {
			return k
		}
	}
	return -1
}
