package commands

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/locale"
)

// What can't be read as a figure.
const (
	figureEmpty       refusal.Reason = "figure-empty"
	figureNotQuotient refusal.Reason = "figure-not-quotient"
	figureRest        refusal.Reason = "figure-rest"
	figureSpaces      refusal.Reason = "figure-spaces"
	figureUnit        refusal.Reason = "figure-unit"
	numberUnreadable  refusal.Reason = "number"
)

// readItem reads an answer as it is typed: a figure or words for an answer
// without one, and after it, where a note may follow, the note:
//
//	3/412 new ward
//	12,5 n=30 sd=2,1
//	does not fit: we have no beds
//
// A note always follows words that stand for an answer without a figure. A figure in
// another unit is converted. The error is a refusal.
func readItem(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (benchmark.Item, error) {
	item, _, err := readConverted(l, i, text, noteMayFollow)
	return item, err
}

// readConverted is readItem, and returns what was converted, as it was typed: "90 min".
func readConverted(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (item benchmark.Item, from string, err error) {
	item = benchmark.Item{Indicator: i.ID, Answer: benchmark.Value}
	text = strings.TrimSpace(text)
	if answer, rest, ok := leadingAnswer(text, i.Kind == benchmark.Text); ok {
		item.Answer, item.Note = answer, rest
		return item, "", nil
	}
	if i.Kind == benchmark.Text {
		if text == "" {
			return item, "", refuse(refusal.PracticeMissing)
		}
		item.Note = text
		return item, "", nil
	}
	if columns.MatchString(text) { // pasted from a spreadsheet
		text = strings.ReplaceAll(text, "\t", "; ")
	}
	// What can't be seen is no part of a figure; spaces that don't break keep
	// thousands apart.
	text, _ = freetext.Clean(text, len(text))
	text = spaces.Replace(thousands.ReplaceAllStringFunc(text, noSpaces.Replace))
	if text == "" {
		return item, "", refuse(figureEmpty, "Example", example(l, i))
	}
	figure, rest, err := readFigure(l, i, text, noteMayFollow)
	converted := false
	if err == nil {
		figure, rest, converted, err = takeUnit(i, figure, rest)
	}
	if err != nil {
		return item, "", err
	}
	if rest != "" && (!noteMayFollow || saysMore(i, rest)) {
		return item, "", refuse(figureRest, "Rest", rest, "Example", example(l, i))
	}
	item.Figure, item.Note = figure, rest
	if converted {
		from = strings.TrimRight(strings.TrimSpace(strings.TrimSuffix(text, rest)), ".,;:")
	}
	return item, from, nil
}

var (
	thousands = regexp.MustCompile(`\d(?:[\x{a0}\x{202f}\x{2009}\x{2007}]\d{3})+\b`)
	noSpaces  = strings.NewReplacer("\u00a0", "", "\u202f", "", "\u2009", "", "\u2007", "")
	spaces    = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ")
	// slash parts how many from of how many.
	slash = regexp.MustCompile(`(?s)^(.*?)\s*(?:/|\s(?:out of|of|av)\s)\s*(.*)$`)
	// columns are how many, from how many, and a note, as a spreadsheet parts them.
	columns = regexp.MustCompile(`(?s)^([-+−]?\d[\d.,  ]*?)\s*[;\t]\s*(\d[\d.,  ]*?)\s*(?:[;\t]\s*(.*))?$`)
	// extras are what may stand after a mean, in any order.
	extras = regexp.MustCompile(`(?i)[,;(]?\s*\b(n|sd)\s*[=:]\s*([-+−]?[\d.,][^\s;)]*)\)?`)
)

func readFigure(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	switch i.Kind {
	case benchmark.Proportion, benchmark.Rate:
		return readQuotient(l, i, text, noteMayFollow)
	case benchmark.YesNo:
		return readYesNo(l, i, text)
	case benchmark.Mean, benchmark.Duration:
		return readMean(l, text, noteMayFollow)
	case benchmark.Count, benchmark.Scale, benchmark.Text:
	}
	number, rest, err := firstNumber(text, noteMayFollow)
	if err == nil {
		f.Value, err = readNumber(l, number, true)
	}
	return f, rest, err
}

func readQuotient(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	if row := columns.FindStringSubmatch(text); row != nil {
		if f.Numerator, err = readNumber(l, row[1], true); err == nil {
			f.Denominator, err = readNumber(l, row[2], i.Kind == benchmark.Proportion)
		}
		return f, strings.TrimSpace(row[3]), err
	}
	parts := slash.FindStringSubmatch(text)
	if parts == nil {
		return f, "", refuse(figureNotQuotient, "Typed", text, "Example", example(l, i))
	}
	if f.Numerator, err = readNumber(l, parts[1], true); err != nil {
		return f, "", err
	}
	number, rest := groupedDenominator(parts[2], f.Numerator)
	if number == "" {
		number, rest, err = firstNumber(parts[2], noteMayFollow)
	}
	if err == nil {
		f.Denominator, err = readNumber(l, number, i.Kind == benchmark.Proportion)
	}
	return f, rest, err
}

// grouped is a number whose thousands are kept apart by spaces, and what follows.
var grouped = regexp.MustCompile(`(?s)^(\d{1,3})((?: \d{3})+)(?:\s+(\D.*))?$`)

// groupedDenominator reads "1 412" where that can mean one thing only: nothing follows, or
// its first digits alone would be too few to be how many of. Empty: it can't be told.
func groupedDenominator(text string, numerator float64) (number, rest string) {
	m := grouped.FindStringSubmatch(text)
	if m == nil {
		return "", ""
	}
	if first, err := locale.ParseNumber(m[1]); m[3] != "" && (err != nil || first >= numerator) {
		return "", ""
	}
	return m[1] + strings.ReplaceAll(m[2], " ", ""), m[3]
}

func readYesNo(l *locale.Locale, i benchmark.Indicator, text string) (f benchmark.Figure, rest string, err error) {
	word, rest := firstWord(text)
	word = strings.ToLower(strings.TrimRight(word, ".,;:"))
	switch {
	case slices.Contains(yesWords, word):
		return benchmark.Figure{Value: 1}, rest, nil
	case slices.Contains(noWords, word):
		return benchmark.Figure{}, rest, nil
	}
	return f, "", refuse(refusal.NotYesOrNo, "Example", example(l, i))
}

func readMean(l *locale.Locale, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	for _, m := range extras.FindAllStringSubmatch(text, -1) {
		isN := strings.EqualFold(m[1], "n")
		x, err := readNumber(l, strings.TrimRight(m[2], ",."), isN)
		if err != nil {
			return f, "", err
		}
		if isN {
			f.N = x
		} else {
			f.SD = &x
		}
	}
	if row := columns.FindStringSubmatch(text); row != nil && f.N == 0 {
		if f.Value, err = readNumber(l, row[1], false); err == nil {
			f.N, err = readNumber(l, row[2], true)
		}
		return f, strings.TrimSpace(row[3]), err
	}
	text = strings.TrimSpace(extras.ReplaceAllString(text, " "))
	number, rest, err := firstNumber(text, noteMayFollow)
	if err == nil {
		f.Value, err = readNumber(l, number, false)
	}
	return f, rest, err
}

var (
	shortNumber  = regexp.MustCompile(`^[-+−]?\d{1,3}$`)
	threeDigits  = regexp.MustCompile(`^\d{3}$`)
	threeAndMore = regexp.MustCompile(`^\d{3}[.,]\d+$`)
)

// firstNumber separates the number that a text begins with from what follows.
// Where no note may follow, all of it is the number if it can be: thousands may
// be kept apart by spaces there. Where one may, "1 234" can be a number or a
// number and a note, and is refused rather than guessed at.
func firstNumber(text string, noteMayFollow bool) (number, rest string, err error) {
	if !noteMayFollow {
		if _, err := locale.ParseNumber(text); err == nil {
			return text, "", nil
		}
	}
	word, rest := firstWord(text)
	if m := unitBehind.FindStringSubmatch(word); m != nil && isUnit(m[2]) {
		return m[1], strings.TrimSpace(m[2] + " " + rest), nil
	}
	number = strings.TrimRight(word, ",;:.")
	if number == "" {
		return text, "", nil
	}
	next, after := firstWord(rest)
	next = strings.TrimRight(next, ",;:.")
	switch short := noteMayFollow && word == number && shortNumber.MatchString(number); {
	case short && threeAndMore.MatchString(next): // no note begins so
		return number + next, after, nil
	case short && threeDigits.MatchString(next):
		return "", "", refuse(figureSpaces, "Typed", number+" "+next, "Plain", number+next)
	}
	if _, err := locale.ParseNumber(number); err != nil && !noteMayFollow {
		return text, "", nil
	}
	return number, rest, nil
}

// readNumber reads a number. One that must be whole is written without decimals,
// so that 1,234 is no riddle there.
func readNumber(l *locale.Locale, text string, whole bool) (float64, error) {
	x, err := locale.ParseNumber(text)
	var bad *locale.NumberError
	if !errors.As(err, &bad) {
		return x, nil
	}
	if whole && bad.Problem == locale.NumberAmbiguous && len(bad.Readings) == 2 {
		return bad.Readings[1], nil
	}
	bad.Typed = echoed(bad.Typed)
	return 0, refuse(numberUnreadable, "Problem", verbatim(l.NumberProblem(bad)))
}

// example shows how an answer to the indicator is typed.
func example(l *locale.Locale, i benchmark.Indicator) string {
	switch i.Kind {
	case benchmark.Proportion, benchmark.Rate:
		return "3/412"
	case benchmark.Mean:
		return l.Decimal(12.5) + " n=30"
	case benchmark.Duration:
		return l.Decimal(4.5)
	case benchmark.Count:
		return "17"
	case benchmark.Scale:
		return "3"
	case benchmark.YesNo:
		return l.T("answer.yes")
	case benchmark.Text:
	}
	return ""
}

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

// leadingAnswer finds an answer without a figure at the beginning of a text. In a
// text that describes a practice it is only one with nothing or a mark after
// it, since "not measured by everybody" describes something.
func leadingAnswer(text string, practice bool) (answer benchmark.Answer, rest string, ok bool) {
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
