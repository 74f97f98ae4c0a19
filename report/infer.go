package report

import (
	"errors"
	"fmt"
	"io"
	"math"
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
// The file is as [ReadFigures] has it. Figures that can't be read or can't be
// are passed over here: reading the file with the result tells of them. What
// can't be taken otherwise gives [mistake.List]; other errors are those of r.
func InferIndicators(name string, r io.Reader, decimal rune) ([]Inferred, error) {
	f := newFigureReader(name, FigureOptions{Decimal: decimal})
	seen, err := f.collectEvidence(r)
	if err != nil {
		return nil, fmt.Errorf("read figures %s: %w", name, err)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	all := make([]Inferred, len(seen))
	ids := map[benchmark.IndicatorID]bool{}
	for k, e := range seen {
		kind, basis := e.kind()
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

	denominatorSmaller bool // than its numerator, in some row
	fractional         bool // some denominator or value isn't whole
	negative           bool // some value without an n is below zero
	spread             bool // some row has a standard deviation
}

// collectEvidence reads the whole file, and returns what the rows of each
// indicator have, in the order they come first.
func (f *figureReader) collectEvidence(r io.Reader) ([]*evidence, error) {
	t, err := openTable(r, &f.mistakes)
	if err != nil || t == nil {
		return nil, err
	}
	if ok, err := f.header(t); err != nil || !ok {
		return nil, err
	}
	var all []*evidence
	found := map[string]*evidence{}
	for {
		ok, err := t.next()
		if err != nil || !ok {
			return all, err
		}
		title := oneLine(unescapeFormula(f.text(t, colIndicator)))
		if title == "" {
			continue // reading it says so
		}
		e := found[titleKey(title)]
		if e == nil {
			if len(all) == benchmark.MaxIndicators {
				f.add(f.place(t, colIndicator), fmt.Sprintf("the file has more than %d indicators", benchmark.MaxIndicators), "split it")
				return nil, nil
			}
			e = &evidence{title: title}
			found[titleKey(title)], all = e, append(all, e)
			if n := len([]rune(title)); n > maxTitle {
				f.add(f.place(t, colIndicator), fmt.Sprintf("a name of %d characters is too long", n), fmt.Sprintf("shorten it to %d", maxTitle))
			}
		}
		f.addEvidence(t, e)
	}
}

// addEvidence adds what the current row has.
func (f *figureReader) addEvidence(t *table, e *evidence) {
	numerator, _ := f.parseNumber(t, colNumerator)
	denominator, ok := f.parseNumber(t, colDenominator)
	if ok || f.text(t, colDenominator) != "" {
		e.denominators++
		e.denominatorSmaller = e.denominatorSmaller || (ok && denominator < numerator)
		e.fractional = e.fractional || denominator != math.Trunc(denominator)
	}
	if f.text(t, colN) != "" {
		e.people++
	}
	e.spread = e.spread || f.text(t, colSD) != ""
	text := f.text(t, colValue)
	if text == "" {
		return
	}
	e.values++
	x, ok := f.parseNumber(t, colValue)
	if _, word := yesNo[strings.ToLower(text)]; word && !ok {
		e.yesNoWords++
	}
	if x < 0 && f.text(t, colN) == "" && !e.negative {
		e.negative = true
		f.add(f.place(t, colValue), "a value below zero can only be a mean, and a mean has an n", "write of how many it is the mean in the column n")
	}
	e.fractional = e.fractional || x != math.Trunc(x)
}

// parseNumber returns the number in a cell; ok is false when it isn't a number.
func (f *figureReader) parseNumber(t *table, column string) (x float64, ok bool) {
	x, err := locale.ParseNumber(f.text(t, column))
	if bad, is := errors.AsType[*locale.NumberError](err); is {
		if bad.Problem != locale.NumberAmbiguous || f.options.Decimal == 0 {
			return 0, false
		}
		return f.byDecimalSign(bad, f.text(t, column)), true
	}
	return x, err == nil
}

// kind follows the columns.
func (e *evidence) kind() (benchmark.Kind, Basis) {
	switch {
	case e.denominators > 0 && !e.denominatorSmaller && !e.fractional:
		return benchmark.Proportion, FromShares
	case e.denominators > 0:
		return benchmark.Rate, FromExposures
	case e.people > 0:
		return benchmark.Mean, FromPeople
	case e.values == 0:
		return benchmark.Text, FromNothingElse
	case e.yesNoWords > 0:
		return benchmark.YesNo, FromYesOrNo
	case e.fractional, e.spread:
		return benchmark.Duration, FromMeasured
	}
	return benchmark.Count, FromWhole
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
