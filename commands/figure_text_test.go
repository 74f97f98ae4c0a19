package commands

import (
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/locale"
)

// A share or a number that isn't zero never reads as zero.
func TestSmallValuesKeepTheirDigits(t *testing.T) {
	i := benchmark.Indicator{ID: "deaths", Kind: benchmark.Proportion}
	answer := benchmark.Version{Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 1, Denominator: 400_000}}
	stay := benchmark.Indicator{ID: "stay", Kind: benchmark.Duration, Unit: "hours"}
	for _, language := range locale.Languages() {
		l := locale.For(language)
		for name, text := range map[string][2]string{
			"an answer":       {answerText(l, i, answer, ""), "0.00025"},
			"a share":         {valueText(l, i, 0.0001), "0.00010"},
			"a smaller share": {valueText(l, i, 0.0005), "0.00050"},
			"the end":         {endText(l, i, 0.0004), "0.00040"},
			"a number":        {numberText(l, 0.00004), "0.00004"},
			"a length":        {valueText(l, stay, 0.00004), "0.00004"},
		} {
			if read := strings.ReplaceAll(text[0], ",", "."); !strings.Contains(read, text[1]) {
				t.Errorf("[%s] %s reads %q, want %s", language, name, text[0], text[1])
			}
		}
	}
}
