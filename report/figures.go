package report

import (
	"fmt"
	"io"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/period"
	"roundtable/locale"
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
	// was written, answered otherwise than with a value, or empty by choice.
	LeftOut int
	// Hidden are those among them whose figure the file's writer withheld, without
	// one; Empty counts those that have none, by choice.
	Hidden []Row
	Empty  int
	// PassedOver names the columns that are none of figures, as the file writes them,
	// and Comments counts the lines that begin with #.
	PassedOver []string
	Comments   int
}

// FigureOptions are what a file of figures is held against.
type FigureOptions struct {
	// Indicators that the file may name, by id or title.
	Indicators []benchmark.Indicator
	// Organisations that the file may name, by name or else by code, whatever
	// the case. None: any name is taken.
	Organisations []benchmark.Organisation
	// Decimal is the decimal sign, '.' or ',', by which to read what could be
	// either: 1,234. Zero: the file's other numbers say, and where they don't such
	// numbers are refused.
	Decimal rune
	// Length is how long those periods are that could be several: 2024-01-01, 2009-10.
	// Empty: the indicator's other periods say, and where they don't such periods are
	// refused.
	Length period.Length
	// Today is the day on which the file is read: a period that begins later is
	// refused, unless Future says that it may be. Zero: not looked at.
	Today  time.Time
	Future bool
	// SkipEmpty takes a row that lacks a number for one without a figure.
	SkipEmpty bool
	// Columns says what the file calls a column, by our name of it.
	Columns map[string]string
	// Inferred says that the indicators are those of [InferIndicators].
	Inferred bool
	// Rates are the indicators, by name, that are no proportions though they may look
	// so: of [InferIndicators] only.
	Rates []string
	// Language of mistakes; nil: English.
	Language *locale.Locale
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
	// MaxFigureRows is forty years of months of 2,000 organisations, of one indicator.
	MaxFigureRows = 1_000_000
)

// ReadFigures reads figures from CSV; name is what messages call the file.
//
// The first line names the columns, in any order and case, in one of our languages:
// organisation, indicator and period always; numerator, denominator, value, n, sd
// and note as the kinds of the indicators want them. The columns answer, withheld and
// purpose that [WriteFigures] adds are understood; others are passed over, unless
// they look mistyped. Columns are kept apart by comma, semicolon, tab or |, whichever
// the first line has. Numbers are read as [locale.ParseNumber] does, yes-no as yes,
// no, ja, nej, 1 or 0, periods as [period.Readings] does. Notes are cleaned as
// [freetext.Clean] does. Lines that begin with # are passed over. A mark that
// registers put where a number would be too small, such as * or <5, is taken for a
// figure that is withheld.
//
// What can't be taken gives [mistake.List], one for each kind: among them figures
// that can't be, two of the same organisation, indicator and period, more than
// [MaxFigureBytes] or [MaxFigureRows]. Other errors are those of r.
func ReadFigures(name string, r io.Reader, o FigureOptions) (Figures, error) {
	f := newFigureReader(name, o)
	data, ok, err := readAll(r, &f.mistakes)
	if err != nil {
		return Figures{}, fmt.Errorf("read figures %s: %w", name, err)
	}
	if ok {
		f.look(data)
		f.read(data)
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
