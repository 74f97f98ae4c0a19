package report

import (
	"strings"
	"testing"
)

// Where a number would stand, words may say that there is an answer without one: the row is
// left out, and isn't a mistake.
func TestAnswersInCells(t *testing.T) {
	for _, cell := range []string{"ej mätt", "Ej  mätt", "not measured", "inte tillämpligt", "NOT APPLICABLE"} {
		file := "organisation,indicator,period,numerator,denominator\nNorth,readmitted,2026-Q1," + cell + ",120\nNorth,readmitted,2026-Q2,8,120\n"
		o := FigureOptions{Indicators: options().Indicators}
		for k := range o.Indicators {
			if o.Indicators[k].Kind == "proportion" {
				file = strings.ReplaceAll(file, "readmitted", string(o.Indicators[k].ID))
			}
		}
		f, err := ReadFigures("f.csv", strings.NewReader(file), o)
		if err != nil || len(f.Rows) != 1 || f.LeftOut != 1 || len(f.Hidden) != 0 {
			t.Errorf("%q: %d figures, %d left out, %v", cell, len(f.Rows), f.LeftOut, err)
		}
	}
}
