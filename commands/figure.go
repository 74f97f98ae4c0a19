package commands

import (
	"errors"
	"math"
	"regexp"
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
)

// answerWords are the words that stand for an answer without a value, in every
// language at once, so that nobody has to know which one the bot expects.
var answerWords = []struct {
	answer benchmark.Answer
	words  []string
}{
	{benchmark.NotMeasured, []string{"not measured", "not-measured", "nm", "ej mätt", "inte mätt", "mäts inte"}},
	{benchmark.NotApplicable, []string{"not applicable", "not-applicable", "n/a", "na", "ej tillämpligt", "inte tillämpligt"}},
	{benchmark.DoesNotFit, []string{"does not fit", "doesn't fit", "does-not-fit", "passar inte", "passar ej"}},
}

var yesWords, noWords = []string{"yes", "ja", "y", "j"}, []string{"no", "nej", "n"}

// readItem reads an answer as it is typed: a figure or words for an answer
// without one, and after it, where a note may follow, the note:
//
//	3/412 new ward
//	12,5 n=30 sd=2,1
//	does not fit: we have no beds
//
// The error is a refusal.
func readItem(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (benchmark.Item, error) {
	item := benchmark.Item{Indicator: i.ID, Answer: benchmark.Value}
	text = strings.TrimSpace(text)
	if text == "" {
		return item, refusal("figure-empty", "Example", example(i))
	}
	if answer, rest, ok := answerIn(text); ok && (noteMayFollow || rest == "") {
		item.Answer, item.Note = answer, rest
		return item, nil
	}
	if i.Kind == benchmark.Text {
		item.Note = text
		return item, nil
	}
	figure, rest, err := readFigure(l, i, text, noteMayFollow)
	if err != nil {
		return item, err
	}
	if rest != "" && !noteMayFollow {
		return item, refusal("figure-rest", "Rest", rest, "Example", example(i))
	}
	item.Figure, item.Note = figure, rest
	return item, nil
}

func answerIn(text string) (answer benchmark.Answer, rest string, ok bool) {
	lower := strings.ToLower(text)
	for _, a := range answerWords {
		for _, w := range a.words {
			if !strings.HasPrefix(lower, w) || len(lower) != len(text) {
				continue
			}
			rest = text[len(w):]
			if rest == "" || strings.ContainsAny(rest[:1], " :,.;\n\t") {
				return a.answer, strings.TrimLeft(rest, " :,.;\n\t"), true
			}
		}
	}
	return "", "", false
}

// The marks between the parts of a figure.
var (
	slash  = regexp.MustCompile(`^(.*?)\s*(?:/|\s(?:of|av)\s)\s*(.*)$`)
	extras = regexp.MustCompile(`(?i)\b(n|sd)\s*[=:]\s*(\S+)`)
)

func readFigure(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	switch i.Kind {
	case benchmark.Proportion, benchmark.Rate:
		return readQuotient(l, i, text, noteMayFollow)
	case benchmark.YesNo:
		return readYesNo(i, text)
	case benchmark.Mean, benchmark.Duration:
		return readMean(l, i, text, noteMayFollow)
	case benchmark.Count, benchmark.Scale, benchmark.Text:
	}
	number, rest := firstNumber(text, noteMayFollow)
	f.Value, err = readNumber(l, number, true)
	return f, rest, err
}

func readQuotient(l *locale.Locale, i benchmark.Indicator, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	parts := slash.FindStringSubmatch(text)
	if parts == nil {
		return f, "", refusal("figure-not-quotient", "Typed", text, "Example", example(i))
	}
	if f.Numerator, err = readNumber(l, parts[1], true); err != nil {
		return f, "", err
	}
	number, rest := firstNumber(parts[2], noteMayFollow)
	f.Denominator, err = readNumber(l, number, i.Kind == benchmark.Proportion)
	return f, rest, err
}

func readYesNo(i benchmark.Indicator, text string) (f benchmark.Figure, rest string, err error) {
	word, rest := cut(text)
	word = strings.ToLower(strings.TrimRight(word, ".,;:"))
	for _, w := range yesWords {
		if word == w {
			return benchmark.Figure{Value: 1}, rest, nil
		}
	}
	for _, w := range noWords {
		if word == w {
			return benchmark.Figure{}, rest, nil
		}
	}
	return f, "", refusal("not-yes-or-no", "Example", example(i))
}

func readMean(l *locale.Locale, _ benchmark.Indicator, text string, noteMayFollow bool) (f benchmark.Figure, rest string, err error) {
	for _, m := range extras.FindAllStringSubmatch(text, -1) {
		x, err := readNumber(l, strings.TrimRight(m[2], ",;"), strings.EqualFold(m[1], "n"))
		if err != nil {
			return f, "", err
		}
		if strings.EqualFold(m[1], "n") {
			f.N = x
		} else {
			f.SD = &x
		}
	}
	text = strings.TrimSpace(extras.ReplaceAllString(text, ""))
	number, rest := firstNumber(text, noteMayFollow)
	f.Value, err = readNumber(l, number, false)
	return f, strings.TrimSpace(rest), err
}

// firstNumber separates the number that a text begins with from a note. Where
// no note may follow, all of it is the number: thousands may be kept apart by
// spaces there.
func firstNumber(text string, noteMayFollow bool) (number, rest string) {
	if !noteMayFollow {
		return text, ""
	}
	return cut(text)
}

// readNumber reads a number. One that must be whole can't have decimals, so
// that 1,234 is no riddle there.
func readNumber(l *locale.Locale, text string, whole bool) (float64, error) {
	x, err := locale.ParseNumber(text)
	var bad *locale.NumberError
	if !errors.As(err, &bad) {
		return x, nil
	}
	if whole && bad.Problem == locale.NumberAmbiguous && len(bad.Readings) == 2 {
		for _, reading := range bad.Readings {
			if reading == math.Trunc(reading) {
				return reading, nil
			}
		}
	}
	return 0, refusal("number", "Problem", l.NumberProblem(bad))
}

// example shows how an answer to the indicator is typed.
func example(i benchmark.Indicator) string {
	switch i.Kind {
	case benchmark.Proportion, benchmark.Rate:
		return "3/412"
	case benchmark.Mean:
		return "12,5 n=30"
	case benchmark.Duration:
		return "4,5"
	case benchmark.Count:
		return "17"
	case benchmark.Scale:
		return "3"
	case benchmark.YesNo:
		return "yes"
	case benchmark.Text:
	}
	return "…"
}

// figureText writes a figure the way it is typed.
func figureText(l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	f := v.Figure
	switch {
	case v.Answer != benchmark.Value:
		return l.T("answer." + string(v.Answer))
	case i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate:
		return l.Decimal(f.Numerator) + "/" + l.Decimal(f.Denominator)
	case i.Kind == benchmark.YesNo && f.Value == 1:
		return l.T("answer.yes")
	case i.Kind == benchmark.YesNo:
		return l.T("answer.no")
	case i.Kind == benchmark.Text:
		return note
	}
	text := l.Decimal(f.Value)
	if f.N > 0 {
		text += " n=" + l.Decimal(f.N)
	}
	if f.SD != nil {
		text += " sd=" + l.Decimal(*f.SD)
	}
	return text
}

func refusal(reason string, args ...any) *benchmark.Refusal {
	return &benchmark.Refusal{Reason: reason, Args: args}
}
