package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/locale"
)

// numberColumn is a column that a figure has a number in.
type numberColumn struct {
	column   string
	required bool
}

// numberColumns returns the columns that figures of a kind have numbers in; none
// for texts.
func numberColumns(k benchmark.Kind) []numberColumn {
	switch k {
	case benchmark.Proportion, benchmark.Rate:
		return []numberColumn{{colNumerator, true}, {colDenominator, true}}
	case benchmark.Mean:
		return []numberColumn{{colValue, true}, {colN, true}, {colSD, false}}
	case benchmark.Duration:
		return []numberColumn{{colValue, true}, {colN, false}, {colSD, false}}
	case benchmark.Count, benchmark.Scale, benchmark.YesNo:
		return []numberColumn{{colValue, true}}
	case benchmark.Text:
	}
	return nil
}

// figure returns the row's figure for the indicator. Empty is missing, and
// missing is never zero.
func (f *figureReader) figure(t *table, i benchmark.Indicator) benchmark.Figure {
	before := f.count()
	parts := numberColumns(i.Kind)
	f.checkNoOtherNumbers(t, i, parts)
	given := map[string]float64{}
	for _, p := range parts {
		text := f.text(t, p.column)
		switch {
		case text != "":
			given[p.column] = f.number(t, i, p.column, text)
		case p.required:
			f.add(f.place(t, p.column), "the "+p.column+" is missing", "leave the row out when there is no figure; missing is never zero")
		}
	}
	figure := benchmark.Figure{
		Numerator: given[colNumerator], Denominator: given[colDenominator], Value: given[colValue], N: given[colN],
	}
	if sd, ok := given[colSD]; ok {
		figure.SD = &sd
	}
	if f.count() > before {
		return figure
	}
	if bad := figure.Check(i); bad != nil {
		column, problem, hint := refusalWords(bad, figure, i)
		f.add(f.place(t, column), problem, hint)
	}
	return figure
}

// checkNoOtherNumbers reports numbers in columns that the kind doesn't have.
func (f *figureReader) checkNoOtherNumbers(t *table, i benchmark.Indicator, parts []numberColumn) {
	has := map[string]bool{}
	var names []string
	for _, p := range parts {
		has[p.column] = true
		names = append(names, p.column)
	}
	hint := "leave it empty: a " + string(i.Kind) + " has " + strings.Join(names, ", ")
	if len(names) == 0 {
		hint = "leave it empty, and write the text in the column note"
	}
	for _, column := range []string{colNumerator, colDenominator, colValue, colN, colSD} {
		if !has[column] && f.text(t, column) != "" {
			f.add(f.place(t, column), string(i.ID)+" has no "+column, hint)
		}
	}
}

var yesNo = map[string]float64{"yes": 1, "ja": 1, "1": 1, "no": 0, "nej": 0, "0": 0}

// number reads one number of a figure.
func (f *figureReader) number(t *table, i benchmark.Indicator, column, text string) float64 {
	if i.Kind == benchmark.YesNo {
		x, ok := yesNo[strings.ToLower(text)]
		if !ok {
			f.add(f.place(t, column), quote(text)+" is neither yes nor no", "write yes or no")
		}
		return x
	}
	x, err := locale.ParseNumber(text)
	bad, ok := errors.AsType[*locale.NumberError](err)
	if !ok {
		return x
	}
	if bad.Problem == locale.NumberAmbiguous && f.options.Decimal != 0 {
		return f.byDecimalSign(bad, text)
	}
	problem, hint := numberWords(bad)
	f.add(f.place(t, column), problem, hint)
	return 0
}

// byDecimalSign returns the one of two readings that the file's decimal sign, an
// option of the caller, gives.
func (f *figureReader) byDecimalSign(bad *locale.NumberError, text string) float64 {
	if strings.ContainsRune(text, f.options.Decimal) {
		return bad.Readings[0]
	}
	return bad.Readings[1]
}

// numberWords says what is wrong with a number, and what to do.
func numberWords(bad *locale.NumberError) (problem, hint string) {
	typed := quote(bad.Typed)
	switch bad.Problem {
	case locale.NumberEmpty:
		return "there is no number", "write digits, such as 12.5"
	case locale.NumberNotFinite:
		return typed + " is not a number that can be compared", "write digits, such as 12.5; leave out what was not measured"
	case locale.NumberTooLarge:
		return typed + " is larger than can be kept exactly", "check the unit"
	case locale.NumberTooSmall:
		return typed + " is closer to zero than can be kept", "check the unit, or write 0"
	case locale.NumberAmbiguous:
		decimal, grouped := bad.Readings[0], bad.Readings[1]
		return typed + " can be read in two ways", "write " + strconv.FormatFloat(decimal, 'f', 4, 64) + " or " + formatPlain(grouped)
	case locale.NumberUnread:
	}
	return typed + " is not a number", "write digits, with a point or a comma before the decimals"
}

// refusalWords says in which column of a figure the domain found what, and what
// to do.
func refusalWords(bad *benchmark.Refusal, f benchmark.Figure, i benchmark.Indicator) (column, problem, hint string) {
	switch bad.Reason {
	case refusal.Negative:
		column = firstColumnWhere(f, i.Kind, allNumberColumns, func(x float64) bool { return x < 0 })
		return column, "the " + column + " is below zero", "a number of people, events or hours can't be"
	case refusal.NotWhole:
		column = firstColumnWhere(f, i.Kind, countColumns, func(x float64) bool { return x != math.Trunc(x) })
		return column, "the " + column + " is not a whole number", "write how many were counted, not a percentage or a mean"
	case refusal.TooLarge, refusal.NotAFigure:
		column = firstColumnWhere(f, i.Kind, allNumberColumns, func(x float64) bool { return !(math.Abs(x) <= refusalLimit(bad)) })
		return column, "the " + column + " is larger than anything measured in healthcare", "check the unit"
	case refusal.DenominatorZero:
		return colDenominator, "the denominator is zero", "leave the row out when there was nobody to count"
	case refusal.ExposureTiny:
		return colDenominator, fmt.Sprintf("the denominator is below %v", refusalArgument(bad, "Limit")), "check the unit, bed days for example"
	case refusal.NumeratorOverDenominator:
		return colNumerator, fmt.Sprintf("the numerator, %s, is larger than the denominator, %s", formatPlain(f.Numerator), formatPlain(f.Denominator)),
			"are the two changed over?"
	case refusal.NotOnScale:
		return colValue, quote(formatPlain(f.Value)) + " is not on the scale", fmt.Sprintf("write a whole number from 1 to %d", i.Levels)
	case refusal.NotYesOrNo:
		return colValue, quote(formatPlain(f.Value)) + " is neither yes nor no", "write yes or no"
	case refusal.NMissing:
		return colN, "the n is zero", "write of how many it is the mean"
	default:
		return colValue, "the figure can't be: " + string(bad.Reason), ""
	}
}

// What may be wrong in a figure, likeliest first. Counts have the smaller limit,
// so they stand before values.
var (
	countColumns     = []string{colNumerator, colDenominator, colN, colValue}
	allNumberColumns = []string{colNumerator, colDenominator, colN, colSD, colValue}
)

// firstColumnWhere returns the first of the columns that the kind has and whose
// number is so.
func firstColumnWhere(f benchmark.Figure, k benchmark.Kind, columns []string, is func(float64) bool) string {
	numbers := map[string]float64{colNumerator: f.Numerator, colDenominator: f.Denominator, colValue: f.Value, colN: f.N}
	if f.SD != nil {
		numbers[colSD] = *f.SD
	}
	for _, column := range columns {
		if is(numbers[column]) && slices.ContainsFunc(numberColumns(k), func(p numberColumn) bool { return p.column == column }) {
			return column
		}
	}
	return colValue
}

func refusalLimit(bad *benchmark.Refusal) float64 {
	if limit, ok := refusalArgument(bad, "Limit").(float64); ok {
		return limit
	}
	return math.MaxFloat64
}

func refusalArgument(bad *benchmark.Refusal, name string) any {
	for k := 0; k+1 < len(bad.Args); k += 2 {
		if bad.Args[k] == name {
			return bad.Args[k+1]
		}
	}
	return nil
}
