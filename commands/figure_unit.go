package commands

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"roundtable/benchmark"
	"roundtable/locale"
)

// unit is what figures are counted in, with the words for it that people type. Units of
// one measure are so many of its smallest; a unit of no measure stands alone.
type unit struct {
	measure string
	size    float64
	words   []string
}

// units that people type.
var units = []unit{
	{"time", 1, []string{"s", "sec", "second", "seconds", "sek", "sekund", "sekunder"}},
	{"time", 60, []string{"min", "mins", "minute", "minutes", "minut", "minuter"}},
	{"time", 3600, []string{"h", "hour", "hours", "tim", "timme", "timmar"}},
	{"time", 86400, []string{"d", "day", "days", "dag", "dagar", "dygn"}},
	{"time", 604800, []string{"week", "weeks", "vecka", "veckor"}},
	{"", 0, []string{"month", "months", "månad", "månader"}},
	{"", 0, []string{"year", "years", "år"}},
	{"share", 1, []string{"‰", "promille"}},
	{"share", 10, []string{"%", "percent", "procent"}},
	{"share", 1000, []string{"share", "fraction", "andel"}},
	{"weight", 1, []string{"µg", "μg", "mcg"}},
	{"weight", 1e3, []string{"mg"}},
	{"weight", 1e6, []string{"g", "gram"}},
	{"weight", 1e9, []string{"kg"}},
	{"volume", 1, []string{"ml"}},
	{"volume", 10, []string{"cl"}},
	{"volume", 100, []string{"dl"}},
	{"volume", 1000, []string{"l", "litre", "litres", "liter"}},
	{"length", 1, []string{"mm"}},
	{"length", 10, []string{"cm"}},
	{"length", 1e6, []string{"km"}},
	{"", 0, []string{"mmol/l"}},
	{"", 0, []string{"mmol/mol"}},
	{"", 0, []string{"mg/dl"}},
	{"", 0, []string{"g/l"}},
	{"", 0, []string{"kr", "kronor"}},
	{"", 0, []string{"eur", "euro", "euros", "€"}},
}

// unitBehind is a number with a unit close behind, "44min".
var unitBehind = regexp.MustCompile(`^([-+−]?\d[\d.,]*)(\p{L}[\p{L}/]*|[%‰€])[.,;:]*$`)

func isUnit(word string) bool { return unitOf(strings.ToLower(word)) >= 0 }

// takeUnit takes the unit off what follows a figure. A figure in another unit of the same
// measure is converted: four days become 96 hours. One that can't be is refused, since four
// kilograms are no hours.
func takeUnit(i benchmark.Indicator, f benchmark.Figure, rest string) (in benchmark.Figure, after string, converted bool, err error) {
	word, after := firstWord(rest)
	word = strings.ToLower(strings.TrimRight(word, ".,;:"))
	counted := strings.ToLower(strings.TrimSpace(i.Unit))
	switch {
	case word == "":
		return f, rest, false, nil
	case word == counted, word == "%" && i.Kind == benchmark.Proportion:
		f, after = andMore(f, after, unitOf(word), unitOf(counted))
		return f, after, false, nil
	case i.Kind == benchmark.Rate || i.Kind == benchmark.Proportion:
		return f, withoutCounted(i, rest), false, nil
	case strings.HasPrefix(strings.ToLower(rest), counted+" ") && counted != "":
		return f, strings.TrimSpace(rest[len(counted):]), false, nil
	case i.Kind != benchmark.Duration && i.Kind != benchmark.Mean && i.Kind != benchmark.Count:
		return f, rest, false, nil
	}
	from, to := unitOf(word), unitOf(counted)
	switch {
	case from < 0 || to < 0:
		return f, rest, false, nil
	case from != to && (units[from].measure == "" || units[from].measure != units[to].measure || i.Kind == benchmark.Count):
		return f, "", false, refuse(figureUnit, "Unit", i.Unit, "Typed", word)
	}
	f.Value = convert(f.Value, from, to)
	if f.SD != nil {
		f.SD = new(convert(*f.SD, from, to))
	}
	f, after = andMore(f, after, from, to)
	return f, after, from != to, nil
}

// andMore adds what follows in a smaller unit: "1 h 30 min" is one figure.
func andMore(f benchmark.Figure, rest string, from, to int) (benchmark.Figure, string) {
	for from >= 0 && to >= 0 && units[from].measure == "time" {
		number, word, after := secondPart(cutAnd(rest))
		x, err := locale.ParseNumber(number)
		smaller := unitOf(strings.ToLower(word))
		if err != nil || x < 0 || smaller < 0 || units[smaller].measure != "time" || units[smaller].size >= units[from].size {
			break
		}
		f.Value = rounded(f.Value + convert(x, smaller, to))
		from, rest = smaller, after
	}
	return f, rest
}

// cutAnd takes off what joins two parts of a figure: "4 days and 12 hours".
func cutAnd(rest string) string {
	if word, after := firstWord(rest); slices.Contains([]string{"and", "och", "&", "+"}, strings.ToLower(word)) {
		return after
	}
	return rest
}

// saysMore says whether what follows a figure begins with a number of the same measure, which
// would have been part of it: "12 hours 4 days".
func saysMore(i benchmark.Indicator, rest string) bool {
	number, word, _ := secondPart(cutAnd(strings.TrimLeft(rest, " ,;:.-–")))
	_, err := locale.ParseNumber(number)
	of, in := unitOf(strings.ToLower(word)), unitOf(strings.ToLower(strings.TrimSpace(i.Unit)))
	return err == nil && of >= 0 && in >= 0 && units[of].measure != "" && units[of].measure == units[in].measure &&
		(i.Kind == benchmark.Duration || i.Kind == benchmark.Mean)
}

// withoutCounted takes off what follows "3/412" and says again what is counted: the unit, or
// the word for the events, or for those they are counted in. That is no note.
func withoutCounted(i benchmark.Indicator, rest string) string {
	for _, unit := range []string{i.Unit, "per " + i.Unit} {
		if after, is := cutFold(rest, unit); is && unit != "" {
			return strings.TrimSpace(strings.TrimLeft(after, " ,;.:"))
		}
	}
	word, after := firstWord(rest)
	bare := strings.ToLower(strings.TrimRight(word, ".,;:"))
	said := nameWords(i.Unit + " " + i.Title + " " + i.Numerator + " " + i.Denominator)
	if bare != word && after != "" || after == "" { // a mark, or nothing, follows it
		if slices.Contains(said, bare) && len([]rune(bare)) >= shortestWithin {
			return strings.TrimSpace(after)
		}
	}
	if words := nameWords(i.Unit); len(words) > 0 && bare == words[len(words)-1] {
		return after
	}
	return rest
}

// cutFold takes a beginning off a text, whatever the case and wherever blanks stand in it.
func cutFold(text, beginning string) (after string, is bool) {
	left := []rune(strings.ToLower(strings.Join(strings.Fields(beginning), "")))
	for k, c := range text {
		switch {
		case len(left) == 0:
			return text[k:], !unicode.IsLetter(c) && !unicode.IsDigit(c)
		case unicode.IsSpace(c):
		case unicode.ToLower(c) != left[0]:
			return text, false
		default:
			left = left[1:]
		}
	}
	return "", len(left) == 0
}

// secondPart parts "30 min late" and "30min late" into number, word and the rest.
func secondPart(text string) (number, word, after string) {
	number, after = firstWord(text)
	if m := unitBehind.FindStringSubmatch(number); m != nil {
		return m[1], m[2], after
	}
	word, after = firstWord(after)
	return number, strings.TrimRight(word, ".,;:"), after
}

// convert is a value of one unit in another of the same measure.
func convert(x float64, from, to int) float64 {
	if from == to {
		return x
	}
	return rounded(x * units[from].size / units[to].size)
}

// rounded is a value to six digits: more was never measured.
func rounded(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 6, 64), 64)
	if err != nil || math.IsInf(y, 0) {
		return x
	}
	return y
}

// unitOf returns which unit a word is; -1 for none.
func unitOf(word string) int {
	return slices.IndexFunc(units, func(u unit) bool { return slices.Contains(u.words, word) })
}
