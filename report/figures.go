package report

import (
	"fmt"
	"io"
	"strings"

	"roundtable/benchmark"
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
}

// OptionsFor returns the options for figures of a network.
func OptionsFor(n *benchmark.Network) FigureOptions {
	return FigureOptions{Indicators: n.Template().Indicators, Organisations: n.Organisations}
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
// cleaned as [benchmark.CleanText] does.
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
// they come first, each once whatever the case.
func (f Figures) Organisations() []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range f.Rows {
		if key := strings.ToLower(r.Organisation); !seen[key] {
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
	known := index(organisations)
	h := benchmark.RecordHistory{Figures: make([]benchmark.Recorded, 0, len(f.Rows))}
	for _, r := range f.Rows {
		id, ok := known[strings.ToLower(r.Organisation)]
		if !ok {
			return benchmark.RecordHistory{}, fmt.Errorf("record figures: line %d: %s is not an organisation of the network", r.Line, quote(r.Organisation))
		}
		h.Figures = append(h.Figures, benchmark.Recorded{
			Organisation: id, Indicator: r.Indicator, Period: r.Period, Figure: r.Figure, Note: r.Note,
		})
	}
	return h, nil
}

// index finds organisations by name in small letters and, where no name is in
// the way, by code.
func index(organisations []benchmark.Organisation) map[string]benchmark.OrganisationID {
	known := map[string]benchmark.OrganisationID{}
	for _, o := range organisations {
		if o.Code != "" {
			known[strings.ToLower(o.Code)] = o.ID
		}
	}
	for _, o := range organisations {
		known[strings.ToLower(o.Name)] = o.ID
	}
	return known
}
