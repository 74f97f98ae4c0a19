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
	"roundtable/mistake"
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
	if f.count() == before && f.lacksAll(t, parts) {
		f.tell(f.place(t, parts[0].column), "figures.no-figure")
		return benchmark.Figure{}
	}
	given := map[string]float64{}
	for _, p := range parts {
		text := f.text(t, p.column)
		switch {
		case isNumber(text):
			given[p.column] = f.number(t, i, p.column, text)
		case p.required:
			f.tell(f.place(t, p.column), "figures.number-missing", "Column", p.column)
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
		f.tellRefused(t, bad, figure, i)
	}
	return figure
}

// checkNoOtherNumbers reports numbers in columns that the kind doesn't have.
func (f *figureReader) checkNoOtherNumbers(t *table, i benchmark.Indicator, parts []numberColumn) {
	has := map[string]bool{}
	var names []string
	for _, p := range parts {
		has[p.column] = true
		names = append(names, f.l.T("figures.column-names."+p.column))
	}
	for _, column := range []string{colNumerator, colDenominator, colValue, colN, colSD} {
		switch {
		case has[column] || !isNumber(f.text(t, column)):
		case len(names) == 0:
			f.tell(f.place(t, column), "figures.stray-beside-text", "Indicator", i.ID, "Column", column)
		default:
			f.tell(f.place(t, column), "figures.stray-number", "Indicator", i.ID, "Column", column, "Kind", f.l.T("analysis.kind."+string(i.Kind)), "Columns", strings.Join(names, ", "))
		}
	}
}

var yesNo = map[string]float64{"yes": 1, "ja": 1, "1": 1, "no": 0, "nej": 0, "0": 0}

// number reads one number of a figure.
func (f *figureReader) number(t *table, i benchmark.Indicator, column, text string) float64 {
	if i.Kind == benchmark.YesNo {
		x, ok := yesNo[strings.ToLower(text)]
		if !ok {
			f.tell(f.place(t, column), "figures.neither-yes-nor-no", "Text", quote(text))
		}
		return x
	}
	x, err := locale.ParseNumber(text)
	bad, ok := errors.AsType[*locale.NumberError](err)
	if !ok {
		return x
	}
	if bad.Problem == locale.NumberAmbiguous {
		if x, known := f.survey.read(f.options.Decimal, bad, column); known {
			return x
		}
	}
	f.tellNumber(f.place(t, column), bad)
	return 0
}

// tellNumber says what is wrong with a number, and what to do.
func (c *mistakes) tellNumber(at mistake.Place, bad *locale.NumberError) {
	id := "figures.number." + string(bad.Problem)
	if strings.HasSuffix(bad.Typed, "%") {
		id = "figures.number.percent"
	}
	if bad.Problem != locale.NumberAmbiguous {
		c.tell(at, id, "Text", quote(bad.Typed))
		return
	}
	c.tell(at, id, "Text", quote(bad.Typed), "Decimal", c.plain(strconv.FormatFloat(bad.Readings[0], 'f', 4, 64)), "Grouped", formatPlain(bad.Readings[1]))
}

// plain writes a number with the reader's decimal sign, and nothing between thousands.
func (c *mistakes) plain(number string) string {
	return strings.ReplaceAll(number, ".", strings.Trim(c.l.Number(0.5, 1), "05"))
}

// tellRefused says in which column of a figure the domain found what, and what to do.
func (f *figureReader) tellRefused(t *table, bad *benchmark.Refusal, figure benchmark.Figure, i benchmark.Indicator) {
	column := colValue
	args := []any{"Of", i.ID}
	switch bad.Reason {
	case refusal.Negative:
		column = firstColumnWhere(figure, i.Kind, allNumberColumns, func(x float64) bool { return x < 0 })
	case refusal.NotWhole:
		column = firstColumnWhere(figure, i.Kind, countColumns, func(x float64) bool { return x != math.Trunc(x) })
	case refusal.TooLarge, refusal.NotAFigure:
		column = firstColumnWhere(figure, i.Kind, allNumberColumns, func(x float64) bool { return !(math.Abs(x) <= refusalLimit(bad)) })
	case refusal.DenominatorZero, refusal.ExposureTiny:
		column = colDenominator
	case refusal.NumeratorOverDenominator:
		column = colNumerator
	case refusal.NMissing:
		column = colN
	case refusal.NotOnScale, refusal.NotYesOrNo:
	default:
		f.tell(f.place(t, column), "figures.figure.other", "Why", string(bad.Reason))
		return
	}
	args = append(args, "Column", column, "Limit", fmt.Sprint(refusalArgument(bad, "Limit")), "Levels", i.Levels, "Value", quote(f.plain(formatPlain(figure.Value))),
		"Numerator", f.plain(formatPlain(figure.Numerator)), "Denominator", f.plain(formatPlain(figure.Denominator)))
	id := "figures.figure." + string(bad.Reason)
	if bad.Reason == refusal.NumeratorOverDenominator && f.options.Inferred {
		id = "figures.figure.over-inferred"
	}
	f.tell(f.place(t, column), id, args...)
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
