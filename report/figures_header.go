package report

import (
	"fmt"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/mistake"
)

// Columns of a file of figures.
const (
	colOrganisation = "organisation"
	colIndicator    = "indicator"
	colPeriod       = "period"
	colAnswer       = "answer"
	colNumerator    = "numerator"
	colDenominator  = "denominator"
	colValue        = "value"
	colN            = "n"
	colSD           = "sd"
	colNote         = "note"
	colWithheld     = "withheld"
	colPurpose      = "purpose"
)

// columns in the order that they are written.
var columns = []string{
	colOrganisation, colIndicator, colPeriod, colAnswer, colNumerator, colDenominator,
	colValue, colN, colSD, colNote, colWithheld, colPurpose,
}

// figureReader is one reading of figures.
type figureReader struct {
	mistakes
	options       FigureOptions
	organisations map[string]benchmark.OrganisationID
	indicators    map[string]benchmark.Indicator // by id, and title in small letters
	at            map[string]int                 // by column: where in a row
	lines         map[cell]int                   // where each figure was
	strangers     map[string]bool                // names that were reported
	figures       Figures
}

// cell names one figure: the organisation by its id or, where none are known,
// its name in small letters.
type cell struct {
	organisation string
	indicator    benchmark.IndicatorID
	period       string
}

func newFigureReader(name string, o FigureOptions) *figureReader {
	f := &figureReader{
		mistakes: mistakes{file: name}, options: o, organisations: index(o.Organisations),
		indicators: map[string]benchmark.Indicator{}, at: map[string]int{}, lines: map[cell]int{}, strangers: map[string]bool{},
	}
	for _, i := range o.Indicators {
		f.indicators[strings.ToLower(i.Title)] = i
	}
	for _, i := range o.Indicators {
		f.indicators[string(i.ID)] = i
	}
	return f
}

// header reads the first row, and says whether the others can be read by it.
// Errors are those of the file's reader.
func (f *figureReader) header(t *table) (bool, error) {
	ok, err := t.next()
	if err != nil {
		return false, err
	}
	if !ok {
		if len(f.found) == 0 {
			f.add(mistake.Place{Line: 1}, "the file is empty", "start with a line of column names: organisation,indicator,period,numerator,denominator")
		}
		return false, nil
	}
	var names []string
	for k, written := range t.cells {
		name := strings.ToLower(strings.TrimSpace(written))
		at := t.place(k)
		at.Subject = fmt.Sprintf("column %d", k+1)
		names = append(names, fmt.Sprintf("%s (column %d)", name, k+1))
		_, twice := f.at[name]
		switch {
		case name == "":
		case !slices.Contains(columns, name):
			f.add(at, quote(written)+" is not a column of figures", mistake.DidYouMean(name, columns[:10], "the columns are"))
		case twice:
			f.add(at, "the column "+name+" is here twice", "keep one")
		default:
			f.at[name] = k
		}
	}
	for _, name := range []string{colOrganisation, colIndicator, colPeriod} {
		if _, ok := f.at[name]; !ok {
			f.add(mistake.Place{Line: t.line()}, "there is no column "+name, "the first line names the columns: organisation,indicator,period and those with the figures")
		}
	}
	t.names = names
	return len(f.found) == 0, nil
}

// text returns the cell of a column, without the space around it; empty when
// the column isn't there or the row is shorter.
func (f *figureReader) text(t *table, column string) string {
	k, ok := f.at[column]
	if !ok || k >= len(t.cells) {
		return ""
	}
	return strings.TrimSpace(t.cells[k])
}

// place returns where the cell of a column is; the row's beginning when there
// is no such cell.
func (f *figureReader) place(t *table, column string) mistake.Place {
	if k, ok := f.at[column]; ok && k < len(t.cells) {
		return t.place(k)
	}
	return mistake.Place{Line: t.line(), Subject: column}
}
