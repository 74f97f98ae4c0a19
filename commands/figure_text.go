package commands

import (
	"math"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// AnswerText is an answer in words, to be read: "3/412 (0.73%) · new ward". It is never
// empty.
func AnswerText(l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	return answerText(l, i, v, note)
}

// answerText is an answer in words: "3/412 (0.73%) · new ward". It is never
// empty.
func answerText(l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	note = clipText(chat.Quiet(note), maxNote)
	text := figureText(l, i, v, note)
	x, ok := v.Figure.Of(i)
	switch {
	case !ok || v.Answer != benchmark.Value:
	case i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate:
		text += " (" + valueText(l, i, x) + ")"
	case i.Kind != benchmark.YesNo:
		text = l.Decimal(x)
		if i.Unit != "" {
			text += "\u00a0" + oneLine(i.Unit)
		}
		if extras := extraTexts(l.Decimal, v.Figure); len(extras) > 0 {
			text += " (" + strings.Join(extras, ", ") + ")"
		}
	}
	if note != "" && (i.Kind != benchmark.Text || v.Answer != benchmark.Value) {
		text += " · " + note
	}
	if text == "" {
		return locale.Missing
	}
	return text
}

// figureText writes a figure to be read; for a text, the text.
func figureText(l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	return figureWith(l.Decimal, l, i, v, note)
}

// typedText writes a figure so that it reads back as it is when it is sent from
// a form's field.
func typedText(l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	return figureWith(func(x float64) string { return typedNumber(l, x) }, l, i, v, note)
}

// typedNumber writes a number with nothing between the thousands and, where three
// decimals could be taken for thousands, with one more.
func typedNumber(l *locale.Locale, x float64) string {
	whole, fraction, has := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	if !has {
		return whole
	}
	if len(fraction) == 3 {
		fraction += "0"
	}
	sign := "."
	if strings.Contains(l.Decimal(0.5), ",") {
		sign = ","
	}
	return whole + sign + fraction
}

func figureWith(number func(x float64) string, l *locale.Locale, i benchmark.Indicator, v benchmark.Version, note string) string {
	f := v.Figure
	switch {
	case v.Answer != benchmark.Value:
		return l.T("answer." + string(v.Answer))
	case i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate:
		return number(f.Numerator) + "/" + number(f.Denominator)
	case i.Kind == benchmark.YesNo && f.Value == 1:
		return l.T("answer.yes")
	case i.Kind == benchmark.YesNo:
		return l.T("answer.no")
	case i.Kind == benchmark.Text:
		return note
	}
	return strings.Join(append([]string{number(f.Value)}, extraTexts(number, f)...), " ")
}

// extraTexts are what stands after a mean.
func extraTexts(number func(x float64) string, f benchmark.Figure) []string {
	var texts []string
	if f.N > 0 {
		texts = append(texts, "n="+number(f.N))
	}
	if f.SD != nil {
		texts = append(texts, "sd="+number(*f.SD))
	}
	return texts
}

// endText is the upper end of a range, with the unit of both its ends.
func endText(l *locale.Locale, i benchmark.Indicator, x float64) string {
	number := numberText(l, x)
	unit, percent := unitText(l, i)
	switch {
	case percent:
		_, after, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
		return l.Percent(x/100, locale.KeepDigits(x, min(len(after), 3)))
	case unit == "":
		return number
	}
	return number + "\u00a0" + unit
}

// unitText is what stands after the indicator's values; percent: they are
// percentages.
func unitText(l *locale.Locale, i benchmark.Indicator) (unit string, percent bool) {
	unit = strings.TrimSpace(i.Unit)
	switch {
	case unit == "%", unit == "" && i.Kind == benchmark.Proportion && i.Factor() == 100:
		return "", true
	case unit == "" && (i.Kind == benchmark.Rate || i.Kind == benchmark.Proportion):
		return l.T("chart.per", "Number", i.Factor()), false
	}
	return unit, false
}

// valueText is a value with its unit, to two or three digits.
func valueText(l *locale.Locale, i benchmark.Indicator, x float64) string {
	decimals := decimalsOf(i, x)
	unit, percent := unitText(l, i)
	if percent {
		return l.Percent(x/100, decimals)
	}
	number := l.Number(x, decimals)
	if i.Kind == benchmark.Count || i.Kind == benchmark.Scale || i.Kind == benchmark.Mean || i.Kind == benchmark.Duration {
		if exact := l.Decimal(x); len(exact) <= len(number) {
			number = exact
		}
	}
	if unit == "" {
		return number
	}
	return number + "\u00a0" + unit
}

// numberText is a number to three digits or so, without its unit.
func numberText(l *locale.Locale, x float64) string {
	decimals := 0
	for size := max(x, -x); size > 0 && size < 100 && decimals < 4; size *= 10 {
		decimals++
	}
	decimals = locale.KeepDigits(x, decimals)
	if exact := l.Decimal(x); len(exact) <= len(l.Number(x, decimals)) {
		return exact
	}
	return l.Number(x, decimals)
}

// decimalsOf is how many decimals a value of the indicator is written with.
func decimalsOf(i benchmark.Indicator, x float64) int {
	if size := max(x, -x); size >= 100 && size < 1000 && i.Kind != benchmark.Rate {
		return 1
	}
	return locale.Decimals(x)
}

// likeDecimals is how many decimals values take that stand in one sentence: as many as
// the one that needs most, and none when all are whole.
func likeDecimals(i benchmark.Indicator, args []any) (most int) {
	whole := true
	for _, a := range args {
		if x, is := a.(float64); is {
			most = max(most, decimalsOf(i, x))
			whole = whole && x == math.Trunc(x)
		}
	}
	if whole {
		return 0
	}
	return most
}

// alikeText is a value with so many decimals, with the unit or without it.
func alikeText(l *locale.Locale, i benchmark.Indicator, x float64, decimals int, withUnit bool) string {
	unit, percent := unitText(l, i)
	switch {
	case withUnit && percent:
		return l.Percent(x/100, decimals)
	case withUnit && unit != "":
		return l.Number(x, decimals) + "\u00a0" + unit
	}
	return l.Number(x, decimals)
}
