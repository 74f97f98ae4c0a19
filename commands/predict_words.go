package commands

import (
	"strings"

	"roundtable/benchmark"
)

// positionWords are what may be typed for a guess.
var positionWords = map[string]benchmark.Position{
	"below": benchmark.Below, "under": benchmark.Below, "lower": benchmark.Below, "lägre": benchmark.Below,
	"around": benchmark.Around, "middle": benchmark.Around, "mitten": benchmark.Around, "kring": benchmark.Around, "runt": benchmark.Around,
	"above": benchmark.Above, "over": benchmark.Above, "higher": benchmark.Above, "över": benchmark.Above, "högre": benchmark.Above,
}

// beforeGuess parts what names an indicator from the guess behind it.
func beforeGuess(text string) (name, guess string) {
	for rest := text; rest != ""; {
		word, after := firstWord(rest)
		if _, is := positionWords[strings.ToLower(word)]; is {
			return strings.TrimSpace(strings.TrimSuffix(text, rest)), rest
		}
		rest = after
	}
	return text, ""
}
