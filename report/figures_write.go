package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
	"roundtable/benchmark/view"
)

// purposeText is the statement that every export of figures carries.
const purposeText = "For learning, not for performance management."

// WriteFigures writes the figures of all published rounds as the viewer may see
// them, as CSV that [ReadFigures] reads: by period, then in the template's
// order, then by name or code, never by value. Numbers have a decimal point,
// for programs; a number that has exactly three decimals gets a fourth, so that
// nobody takes its point for one between thousands. No cell is a formula.
//
// Three columns are there for those who read it: answer, when it was another
// than a value; withheld, why a figure isn't shown; and purpose, in each row,
// what the file is for; a file without figures has one row, with nothing but
// that. Errors are those of w.
func WriteFigures(w io.Writer, n *benchmark.Network, viewer view.Viewer) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	empty := true
	for _, r := range n.Rounds {
		if r.Phase != benchmark.Published {
			continue
		}
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			v, err := view.Of(n, r.ID, i.ID, viewer)
			if _, refused := errors.AsType[*benchmark.Refusal](err); refused {
				continue // the viewer may not see it
			}
			if err != nil {
				return fmt.Errorf("write figures: %w", err)
			}
			for _, m := range v.Marks {
				empty = false
				if err := out.Write(record(v, m)); err != nil {
					return fmt.Errorf("write figures: %w", err)
				}
			}
		}
	}
	if empty {
		if err := out.Write(cells(map[string]string{colPurpose: purposeText})); err != nil {
			return fmt.Errorf("write figures: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
}

// record returns the cells of one mark, in the order of the columns.
func record(v view.View, m view.Mark) []string {
	row := map[string]string{
		colOrganisation: escapeFormula(strings.TrimSpace(m.Label)),
		colIndicator:    string(v.Indicator.ID),
		colPeriod:       period.Write(v.Period.ID),
		colAnswer:       string(m.Answer),
		colNote:         escapeFormula(strings.TrimSpace(m.Note)),
		colWithheld:     string(m.Withheld),
		colPurpose:      purposeText,
	}
	if m.Answer == benchmark.Value && m.Withheld == "" {
		numbers := map[string]float64{
			colNumerator: m.Figure.Numerator, colDenominator: m.Figure.Denominator, colValue: m.Figure.Value, colN: m.Figure.N,
		}
		for _, p := range numberColumns(v.Indicator.Kind) {
			// An n of 0 was not given.
			if x, ok := numbers[p.column]; ok && (p.required || x != 0) {
				row[p.column] = formatUnambiguous(x)
			}
		}
		if v.Indicator.Kind == benchmark.YesNo {
			row[colValue] = map[float64]string{0: "no", 1: "yes"}[m.Figure.Value]
		}
		if m.Figure.SD != nil {
			row[colSD] = formatUnambiguous(*m.Figure.SD)
		}
	}
	return cells(row)
}

// cells puts the cells of a row in the order of the columns.
func cells(row map[string]string) []string {
	all := make([]string, len(columns))
	for k, name := range columns {
		all[k] = row[name]
	}
	return all
}

// formatUnambiguous returns the decimal form of a number that no reader takes
// for another: never exactly three decimals.
func formatUnambiguous(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(text, "."); len(fraction) == 3 {
		text += "0"
	}
	return text
}
