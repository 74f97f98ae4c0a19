package report

import (
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
)

// part is one number of a figure.
type part struct {
	column string
	needed bool
}

// partsOf are the numbers that a kind of indicator has.
func partsOf(k benchmark.Kind) []part {
	switch k {
	case benchmark.Proportion, benchmark.Rate:
		return []part{{colNumerator, true}, {colDenominator, true}}
	case benchmark.Mean:
		return []part{{colValue, true}, {colN, true}, {colSD, false}}
	case benchmark.Duration:
		return []part{{colValue, true}, {colN, false}, {colSD, false}}
	case benchmark.Count, benchmark.Scale, benchmark.YesNo:
		return []part{{colValue, true}}
	case benchmark.Text:
	}
	return nil
}

// figure returns the row's figure for the indicator. Empty is missing, and
// missing is never zero.
func (f *figureReader) figure(t *table, i benchmark.Indicator) benchmark.Figure {
	before := f.count()
	parts := partsOf(i.Kind)
	f.strays(t, i, parts)
	given := map[string]float64{}
	for _, p := range parts {
		text := f.text(t, p.column)
		switch {
		case text != "":
			given[p.column] = f.number(t, i, p.column, text)
		case p.needed:
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

// strays notes numbers that the kind doesn't have.
func (f *figureReader) strays(t *table, i benchmark.Indicator, parts []part) {
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
		return f.chosenReading(bad, text)
	}
	problem, hint := numberWords(bad)
	f.add(f.place(t, column), problem, hint)
	return 0
}

// chosenReading is what a number that could be either is by the decimal sign that
// the file was said to have.
func (f *figureReader) chosenReading(bad *locale.NumberError, text string) float64 {
	if strings.ContainsRune(text, f.options.Decimal) {
		return bad.Readings[0]
	}
	return bad.Readings[1]
}
