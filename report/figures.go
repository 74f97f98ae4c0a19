package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/view"
)

// Row is one figure of a file.
type Row struct {
	// Line where the row begins, from 1.
	Line int
	// Organisation as the file names it, cleaned and on one line.
	Organisation string
	Indicator    benchmark.IndicatorID
	// Period as [benchmark.ParsePeriod] writes it: "2026-Q4".
	Period string
	Figure benchmark.Figure
	Note   string
}

// Figures are what a file of figures holds.
type Figures struct {
	Rows []Row
	// LeftOut counts the rows without a figure to take: withheld when the file
	// was written, or answered otherwise than with a value.
	LeftOut int
}

// FigureOptions are what a file of figures is held against.
type FigureOptions struct {
	// Indicators that the file may name, by id or title.
	Indicators []benchmark.Indicator
	// Organisations that the file may name, by name or else by code, whatever
	// the case. None: any name is taken.
	Organisations []benchmark.Organisation
	// Decimal is the decimal sign, '.' or ',', by which to read what could be
	// either: 1,234. Zero: such numbers are refused.
	Decimal rune
	// NoPersonalNumbers: whoever has the file says that no number in its notes is
	// somebody's personal one. What surely is one is refused all the same.
	NoPersonalNumbers bool
}

// OptionsFor returns the options for figures of a network.
func OptionsFor(n *benchmark.Network) FigureOptions {
	o := FigureOptions{Indicators: n.Template().Indicators, Organisations: n.OrganisationsNow()}
	for k := range o.Organisations {
		if !n.LettersStand() { // one may be that of several, each in another round
			o.Organisations[k].Code = ""
		}
	}
	return o
}

// Limits of a file of figures.
const (
	MaxFigureBytes = 50 << 20
	// MaxFigureRows is ten rounds of the largest network with the largest
	// template.
	MaxFigureRows = 10 * benchmark.MaxOrganisations * benchmark.MaxIndicators
)

// ReadFigures reads figures from CSV; name is what messages call the file.
//
// The first line names the columns, in any order and case: organisation,
// indicator and period always; numerator, denominator, value, n, sd and note as
// the kinds of the indicators want them. The columns answer, withheld and
// purpose that [WriteFigures] adds are understood. Columns are kept apart by
// comma, semicolon or tab, whichever the first line has. Numbers are read as
// [locale.ParseNumber] does, yes-no as yes, no, ja, nej, 1 or 0. Notes are
// cleaned as [freetext.Clean] does.
//
// What can't be taken gives [mistake.List]: among them figures that can't be, two
// of the same organisation, indicator and period, more than [MaxFigureBytes] or
// [MaxFigureRows]. Other errors are those of r.
func ReadFigures(name string, r io.Reader, o FigureOptions) (Figures, error) {
	f := newFigureReader(name, o)
	if err := f.read(r); err != nil {
		return Figures{}, fmt.Errorf("read figures %s: %w", name, err)
	}
	if err := f.err(); err != nil {
		return Figures{}, err
	}
	return f.figures, nil
}

// Organisations returns the names of the file's organisations, in the order
// they come first, each once however it is written ([freetext.NameKey]).
func (f Figures) Organisations() []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range f.Rows {
		if key := freetext.NameKey(r.Organisation); !seen[key] {
			seen[key] = true
			names = append(names, r.Organisation)
		}
	}
	return names
}

// History returns the intent to record the figures in a network with these
// organisations. An error names the first organisation that isn't one of them;
// there is none when the file was read with them as an option.
func (f Figures) History(organisations []benchmark.Organisation) (benchmark.RecordHistory, error) {
	known := organisationIndex(organisations)
	h := benchmark.RecordHistory{Figures: make([]benchmark.Recorded, 0, len(f.Rows))}
	for _, r := range f.Rows {
		id, ok := known[freetext.NameKey(r.Organisation)]
		if !ok {
			return benchmark.RecordHistory{}, fmt.Errorf("record figures: line %d: %s is not an organisation of the network", r.Line, quote(r.Organisation))
		}
		h.Figures = append(h.Figures, benchmark.Recorded{
			Organisation: id, Indicator: r.Indicator, Period: r.Period, Figure: r.Figure, Note: r.Note,
		})
	}
	return h, nil
}

// organisationIndex returns ids by name ([freetext.NameKey]) and, where no name is
// the same, by code.
func organisationIndex(organisations []benchmark.Organisation) map[string]benchmark.OrganisationID {
	known := map[string]benchmark.OrganisationID{}
	for _, o := range organisations {
		if o.Code != "" {
			known[freetext.NameKey(o.Code)] = o.ID
		}
	}
	for _, o := range organisations {
		known[freetext.NameKey(o.Name)] = o.ID
	}
	return known
}

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
		colPeriod:       v.Period.ID,
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
