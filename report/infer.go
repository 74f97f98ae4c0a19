package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/locale"
)

// Basis is what the kind of an indicator was concluded from.
type Basis string

// The bases, by what an indicator's rows have.
const (
	FromShares      Basis = "shares"       // numerators and whole denominators, none smaller than its numerator: proportion
	FromExposures   Basis = "exposures"    // denominators that aren't whole, or are smaller: rate
	FromPeople      Basis = "people"       // values and of how many: mean
	FromWhole       Basis = "whole"        // whole values, none below zero: count
	FromMeasured    Basis = "measured"     // other values: duration
	FromYesOrNo     Basis = "yes-or-no"    // words for yes and no
	FromNothingElse Basis = "nothing-else" // notes alone: text
	SaidRate        Basis = "said-rate"    // an option says that it is a rate
)

// Inferred is an indicator that a file of figures names and no template
// describes.
type Inferred struct {
	Indicator benchmark.Indicator
	Basis     Basis
}

// InferIndicators returns the indicators that a file of figures is about, in the
// order they come first, each with the kind that suits its columns. Ids are made
// of the names in the file where these can't be ids; titles are the names.
//
// The file and the options are as [ReadFigures] has them. Figures that can't be read or can't be
// are passed over here: reading the file with the result tells of them. What
// can't be taken otherwise gives [mistake.List]; other errors are those of r.
func InferIndicators(name string, r io.Reader, o FigureOptions) ([]Inferred, error) {
	f := newFigureReader(name, o)
	data, ok, err := readAll(r, &f.mistakes)
	if err != nil {
		return nil, fmt.Errorf("read figures %s: %w", name, err)
	}
	var seen []*evidence
	if ok {
		f.look(data)
		seen = f.collectEvidence(data)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	all := make([]Inferred, len(seen))
	ids := map[benchmark.IndicatorID]bool{}
	for k, e := range seen {
		kind, basis := e.kind()
		if slices.ContainsFunc(o.Rates, func(name string) bool { return titleKey(name) == titleKey(e.title) }) && e.denominators > 0 {
			kind, basis = benchmark.Rate, SaidRate
		}
		all[k] = Inferred{Basis: basis, Indicator: benchmark.Indicator{ID: idOf(e.title, ids), Title: e.title, Kind: kind}}
	}
	return all, nil
}

// evidence is what the rows of one indicator have.
type evidence struct {
	title string
	// Rows that have a denominator, an n, a value, and a word for yes or no as
	// their value.
	denominators, people, values, yesNoWords int

	marked, markedDenominators int // hidden by who wrote the file

	denominatorsSmaller int  // than the numerator, in so many rows
	fractional          bool // some denominator or value isn't whole
	negative            bool // some value without an n is below zero
	spread              bool // some row has a standard deviation
}

// collectEvidence reads the whole file, and returns what the rows of each
// indicator have, in the order they come first.
func (f *figureReader) collectEvidence(data []byte) []*evidence {
	t := openTable(data, &f.mistakes)
	if t == nil || !f.header(t) {
		return nil
	}
	var all []*evidence
	found := map[string]*evidence{}
	for t.next() {
		title := oneLine(unescapeFormula(f.text(t, colIndicator)))
		if title == "" {
			continue // reading it says so
		}
		e := found[titleKey(title)]
		if e == nil {
			if len(all) == benchmark.MaxIndicators {
				f.tell(f.place(t, colIndicator), "figures.too-many-indicators", "Limit", benchmark.MaxIndicators)
				return nil
			}
			e = &evidence{title: title}
			found[titleKey(title)], all = e, append(all, e)
			if n := len([]rune(title)); n > maxTitle {
				f.tell(f.place(t, colIndicator), "figures.name-long", "Length", n, "Limit", maxTitle)
			}
		}
		f.addEvidence(t, e)
	}
	return all
}

// addEvidence adds what the current row has.
func (f *figureReader) addEvidence(t *table, e *evidence) {
	if hiddenMark.MatchString(f.text(t, colDenominator)) || hiddenMark.MatchString(f.text(t, colNumerator)) {
		e.markedDenominators++
	} else if hiddenMark.MatchString(f.text(t, colValue)) {
		e.marked++
	}
	numerator, counted := f.parseNumber(t, colNumerator)
	denominator, ok := f.parseNumber(t, colDenominator)
	if isNumber(f.text(t, colDenominator)) {
		e.denominators++
		e.fractional = e.fractional || denominator != math.Trunc(denominator)
		if ok && counted && denominator < numerator {
			e.denominatorsSmaller++
		}
	}
	if isNumber(f.text(t, colN)) {
		e.people++
	}
	e.spread = e.spread || isNumber(f.text(t, colSD))
	text := f.text(t, colValue)
	if !isNumber(text) {
		return
	}
	e.values++
	x, ok := f.parseNumber(t, colValue)
	if _, word := yesNo[strings.ToLower(text)]; word && !ok {
		e.yesNoWords++
	}
	if x < 0 && !isNumber(f.text(t, colN)) && !e.negative {
		e.negative = true
		f.tell(f.place(t, colValue), "figures.negative-value", "Indicator", e.title)
	}
	e.fractional = e.fractional || x != math.Trunc(x)
}

// parseNumber returns the number in a cell; ok is false when it isn't a number.
func (f *figureReader) parseNumber(t *table, column string) (x float64, ok bool) {
	x, err := locale.ParseNumber(f.text(t, column))
	if bad, is := errors.AsType[*locale.NumberError](err); is && bad.Problem == locale.NumberAmbiguous {
		return f.survey.read(f.options.Decimal, bad, column)
	}
	return x, err == nil
}

// kind follows the columns that most rows have, so that one row that is wrong makes no
// other kind of the rest: reading it says what is wrong with it.
func (e *evidence) kind() (benchmark.Kind, Basis) {
	switch {
	case e.denominators > 0 && e.denominators >= e.values:
		if e.fractional || e.mostlyLarger() {
			return benchmark.Rate, FromExposures
		}
		return benchmark.Proportion, FromShares
	case e.values > 0 && 2*e.people >= e.values:
		return benchmark.Mean, FromPeople
	case e.values == 0 && e.markedDenominators > 0:
		return benchmark.Proportion, FromShares
	case e.values == 0 && e.marked > 0:
		return benchmark.Duration, FromMeasured
	case e.values == 0:
		return benchmark.Text, FromNothingElse
	case 2*e.yesNoWords >= e.values:
		return benchmark.YesNo, FromYesOrNo
	case e.fractional, e.spread:
		return benchmark.Duration, FromMeasured
	}
	return benchmark.Count, FromWhole
}

// mostlyLarger says whether so many numerators are larger than their denominators that
// it is no mistake: more than one, and more than a quarter, or all.
func (e *evidence) mostlyLarger() bool {
	n := e.denominatorsSmaller
	return n == e.denominators || n > 1 && 4*n > e.denominators
}

// maxTitle is the domain's limit for an indicator's title, in characters, and
// maxID for its id.
const (
	maxTitle = 75
	maxID    = 40
)

var plainLetters = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", "ü", "u", "æ", "ae", "ø", "o")

// idOf makes an id of a title that no other has.
func idOf(title string, taken map[benchmark.IndicatorID]bool) benchmark.IndicatorID {
	id := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, plainLetters.Replace(strings.ToLower(title)))
	id = strings.Trim(id, "-_")
	if id == "" || id[0] < 'a' {
		id = "i-" + id
	}
	id = strings.Trim(id[:min(len(id), maxID-4)], "-_")
	one := benchmark.IndicatorID(id)
	for k := 2; taken[one]; k++ {
		one = benchmark.IndicatorID(id + "-" + strconv.Itoa(k))
	}
	taken[one] = true
	return one
}

// titleKey is the same for titles of one indicator: whatever the case of their letters, the
// blanks, and how accents are composed.
func titleKey(title string) string { return strings.ToLower(freetext.Name(title)) }
