package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/mistake"
)

// figureReader is one reading of figures.
type figureReader struct {
	mistakes
	options       FigureOptions
	organisations map[string]benchmark.OrganisationID
	indicators    map[string]benchmark.Indicator // by id, and title in small letters
	columnIndex   map[string]int                 // by column: where in a row
	lineOfFigure  map[figureKey]int              // where each figure was
	reportedNames map[string]bool                // names that were reported
	figures       Figures
}

// figureKey names one figure: the organisation by its id or, where none are
// known, its name in small letters.
type figureKey struct {
	organisation string
	indicator    benchmark.IndicatorID
	period       string
}

func newFigureReader(name string, o FigureOptions) *figureReader {
	f := &figureReader{
		mistakes: mistakes{file: name}, options: o, organisations: organisationIndex(o.Organisations),
		indicators: map[string]benchmark.Indicator{}, columnIndex: map[string]int{}, lineOfFigure: map[figureKey]int{}, reportedNames: map[string]bool{},
	}
	for _, i := range o.Indicators {
		f.indicators[titleKey(i.Title)] = i
	}
	for _, i := range o.Indicators {
		f.indicators[string(i.ID)] = i
	}
	return f
}

// read reads the file. Errors are those of r.
func (f *figureReader) read(r io.Reader) error {
	t, err := openTable(r, &f.mistakes)
	if err != nil || t == nil {
		return err
	}
	if ok, err := f.header(t); err != nil || !ok {
		return err
	}
	for count := 0; ; count++ {
		ok, err := t.next()
		if err != nil || !ok {
			return err
		}
		if count == MaxFigureRows {
			f.add(mistake.Place{Line: t.line()}, fmt.Sprintf("the file has more than %d rows", MaxFigureRows), "split it, by period for example")
			return nil
		}
		f.row(t)
	}
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
		_, twice := f.columnIndex[name]
		switch {
		case name == "":
		case !slices.Contains(columns, name):
			f.add(at, quote(written)+" is not a column of figures", mistake.DidYouMean(name, columns[:10], "the columns are"))
		case twice:
			f.add(at, "the column "+name+" is here twice", "keep one")
		default:
			f.columnIndex[name] = k
		}
	}
	for _, name := range []string{colOrganisation, colIndicator, colPeriod} {
		if _, ok := f.columnIndex[name]; !ok {
			f.add(mistake.Place{Line: t.line()}, "there is no column "+name, "the first line names the columns: organisation,indicator,period and those with the figures")
		}
	}
	t.names = names
	return len(f.found) == 0, nil
}

// text returns the cell of a column, without the space around it; empty when
// the column isn't there or the row is shorter.
func (f *figureReader) text(t *table, column string) string {
	k, ok := f.columnIndex[column]
	if !ok || k >= len(t.cells) {
		return ""
	}
	return strings.TrimSpace(t.cells[k])
}

// place returns where the cell of a column is; the row's beginning when there
// is no such cell.
func (f *figureReader) place(t *table, column string) mistake.Place {
	if k, ok := f.columnIndex[column]; ok && k < len(t.cells) {
		return t.place(k)
	}
	return mistake.Place{Line: t.line(), Subject: column}
}

// row reads one row. One that only says what the file is for has nothing to
// take.
func (f *figureReader) row(t *table) {
	if purpose := f.text(t, colPurpose); purpose != "" && purpose == strings.TrimSpace(strings.Join(t.cells, "")) {
		return
	}
	f.checkNoExtraCells(t)
	row := Row{Line: t.line(), Organisation: f.organisation(t)}
	i, known := f.indicator(t)
	row.Indicator, row.Period = i.ID, f.period(t)
	if !f.hasFigure(t) {
		f.figures.LeftOut++
		return
	}
	before := f.count()
	row.Note = f.note(t)
	if known && i.Kind == benchmark.Text && row.Note == "" && f.count() == before {
		f.add(f.place(t, colNote), "the text is missing", "a text indicator's answer stands in the column note")
	}
	if known {
		row.Figure = f.figure(t, i)
	}
	if !known || row.Organisation == "" || row.Period == "" {
		return
	}
	f.checkNotRepeated(t, row)
	f.figures.Rows = append(f.figures.Rows, row)
}

// checkNoExtraCells reports the first text that stands in no column.
func (f *figureReader) checkNoExtraCells(t *table) {
	for k, text := range t.cells {
		if strings.TrimSpace(text) == "" || k < len(t.names) && !strings.HasPrefix(t.names[k], " ") {
			continue
		}
		at := t.place(k)
		at.Subject = fmt.Sprintf("column %d", k+1)
		f.add(at, quote(text)+" stands below no column name", "is there a delimiter too many, or a text with one that is not in quotation marks?")
		return
	}
}

// organisation returns the row's organisation, empty if there is none that is
// known.
func (f *figureReader) organisation(t *table) string {
	cleaned, tooLong := clean(unescapeFormula(f.text(t, colOrganisation)), maxLabel)
	name := oneLine(cleaned)
	switch {
	case tooLong > 0:
		f.add(f.place(t, colOrganisation), fmt.Sprintf("a name of %d characters is too long", tooLong), fmt.Sprintf("shorten it to %d", maxLabel))
		return ""
	case name == "":
		f.add(f.place(t, colOrganisation), "there is no organisation", "write whose figure it is")
		return ""
	case len(f.options.Organisations) == 0:
		return name
	}
	if _, ok := f.organisations[freetext.NameKey(name)]; !ok {
		f.unknownName(t, colOrganisation, name, "is not an organisation of the network", func() string {
			var names []string
			for _, o := range f.options.Organisations {
				names = append(names, o.Name)
			}
			return mistake.DidYouMean(name, names, "the organisations are")
		})
		return ""
	}
	return name
}

// indicator returns the row's indicator.
func (f *figureReader) indicator(t *table) (benchmark.Indicator, bool) {
	typed := unescapeFormula(f.text(t, colIndicator))
	if typed == "" {
		f.add(f.place(t, colIndicator), "there is no indicator", "write the id of the one it is about")
		return benchmark.Indicator{}, false
	}
	i, ok := f.indicators[titleKey(typed)]
	if !ok {
		f.unknownName(t, colIndicator, typed, "is not an indicator of the template", func() string {
			var ids []string
			for _, i := range f.options.Indicators {
				ids = append(ids, string(i.ID))
			}
			return mistake.DidYouMean(typed, ids, "the indicators are")
		})
	}
	return i, ok
}

// unknownName reports an unknown name, the first time that it comes.
func (f *figureReader) unknownName(t *table, column, name, problem string, hint func() string) {
	key := column + ":" + freetext.NameKey(name)
	if f.reportedNames[key] {
		return
	}
	if f.full() {
		f.more++
		return
	}
	f.reportedNames[key] = true
	f.add(f.place(t, column), quote(name)+" "+problem, hint())
}

// period returns the row's period as the domain writes it.
func (f *figureReader) period(t *table) string {
	typed := f.text(t, colPeriod)
	p, err := benchmark.ParsePeriod(typed)
	if err != nil {
		f.add(f.place(t, colPeriod), quote(typed)+" is not a period", "write it as 2026, 2026-H2, 2026-T3, 2026-Q4, 2026-11, 2026-W07 or 1991-1995")
	}
	return p.ID
}

// hasFigure says whether there is a figure to take in the row.
func (f *figureReader) hasFigure(t *table) bool {
	if f.text(t, colWithheld) != "" {
		return false
	}
	switch answer := strings.ToLower(f.text(t, colAnswer)); benchmark.Answer(answer) {
	case "", benchmark.Value:
		return true
	case benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit:
		return false
	default:
		answers := words([]benchmark.Answer{benchmark.Value, benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit})
		f.add(f.place(t, colAnswer), quote(answer)+" is not an answer", mistake.DidYouMean(answer, answers, "the answers are"))
		return true
	}
}

// note returns the row's note, cleaned.
func (f *figureReader) note(t *table) string {
	cleaned, tooLong := clean(unescapeFormula(f.text(t, colNote)), maxNote)
	if tooLong > 0 {
		f.add(f.place(t, colNote), fmt.Sprintf("the text has %d characters", tooLong), fmt.Sprintf("shorten it to %d", maxNote))
	}
	switch _, verdict := freetext.PersonalNumber(cleaned); {
	case verdict == freetext.Personal:
		f.add(f.place(t, colNote), "the text holds what looks like a personal identity number", "take it out: no patient data belongs here")
	case verdict == freetext.Doubtful && !f.options.NoPersonalNumbers:
		f.add(f.place(t, colNote), "the text holds a number that may be a personal identity number", "take it out or, if none of the file’s numbers is one, import it with --no-personal-numbers")
	}
	return cleaned
}

// maxNote is the domain's limit for a free text, in characters.
const maxNote = 3000

// checkNotRepeated reports a figure that an earlier row has.
func (f *figureReader) checkNotRepeated(t *table, row Row) {
	key := figureKey{freetext.NameKey(row.Organisation), row.Indicator, row.Period}
	if id, ok := f.organisations[key.organisation]; ok {
		key.organisation = string(id)
	}
	line, twice := f.lineOfFigure[key]
	if !twice {
		f.lineOfFigure[key] = row.Line
		return
	}
	f.add(mistake.Place{Line: t.line()}, fmt.Sprintf("%s has %s in %s on line %s already", quote(row.Organisation), row.Indicator, row.Period, strconv.Itoa(line)), "keep one of the two rows")
}
