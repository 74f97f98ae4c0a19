package report

import (
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
	unknown       map[string]int                 // by column: how many
	survey        survey
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
		mistakes: mistakes{file: name, l: o.languageOf()}, options: o, organisations: organisationIndex(o.Organisations),
		indicators: map[string]benchmark.Indicator{}, columnIndex: map[string]int{}, lineOfFigure: map[figureKey]int{}, reportedNames: map[string]bool{}, unknown: map[string]int{},
	}
	for _, i := range o.Indicators {
		f.indicators[titleKey(i.Title)] = i
	}
	for _, i := range o.Indicators {
		f.indicators[string(i.ID)] = i
	}
	return f
}

// read reads the file.
func (f *figureReader) read(data []byte) {
	t := openTable(data, &f.mistakes)
	if t == nil || !f.header(t) {
		return
	}
	f.figures.Comments = t.comments
	for count := 0; t.next(); count++ {
		if count == MaxFigureRows {
			f.tell(mistake.Place{Line: t.line()}, "figures.too-many-rows", "Limit", MaxFigureRows)
			return
		}
		f.row(t)
	}
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
	complete := known && row.Organisation != "" && row.Period != ""
	if without := f.withoutFigure(t, i.Kind); without != "" {
		f.figures.LeftOut++
		switch {
		case without == empty:
			f.figures.Empty++
		case without == hidden && complete:
			f.figures.Hidden = append(f.figures.Hidden, row)
		}
		return
	}
	before := f.count()
	row.Note = f.note(t)
	if known && i.Kind == benchmark.Text && row.Note == "" && f.count() == before {
		f.tell(f.place(t, colNote), "figures.text-missing")
	}
	if known {
		row.Figure = f.figure(t, i)
	}
	if !complete {
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
		f.tell(f.columnPlace(t, k), "figures.extra-cell", "Text", quote(text))
		return
	}
}

// organisation returns the row's organisation, empty if there is none that is
// known.
func (f *figureReader) organisation(t *table) string {
	cleaned, tooLong := clean(unescapeFormula(f.text(t, colOrganisation)), maxLabel)
	name := freetext.Name(cleaned)
	switch {
	case tooLong > 0:
		f.tell(f.place(t, colOrganisation), "figures.name-long", "Length", tooLong, "Limit", maxLabel)
		return ""
	case name == "":
		f.tell(f.place(t, colOrganisation), "figures.no-organisation")
		return ""
	case len(f.options.Organisations) == 0:
		return name
	}
	if _, ok := f.organisations[freetext.NameKey(name)]; !ok {
		f.unknownName(t, colOrganisation, name, "figures.unknown-organisation", func() string {
			var names []string
			for _, o := range f.options.Organisations {
				names = append(names, o.Name)
			}
			return f.didYouMean(name, names, "figures.the-organisations")
		})
		return ""
	}
	return name
}

// indicator returns the row's indicator.
func (f *figureReader) indicator(t *table) (benchmark.Indicator, bool) {
	typed := unescapeFormula(f.text(t, colIndicator))
	if typed == "" {
		f.tell(f.place(t, colIndicator), "figures.no-indicator")
		return benchmark.Indicator{}, false
	}
	i, ok := f.indicators[titleKey(typed)]
	if !ok {
		f.unknownName(t, colIndicator, typed, "figures.unknown-indicator", func() string {
			var ids []string
			for _, i := range f.options.Indicators {
				ids = append(ids, string(i.ID))
			}
			return f.didYouMean(typed, ids, "figures.the-indicators")
		})
	}
	return i, ok
}

// maxUnknown is how many unknown names of a column are told one by one.
const maxUnknown = 10

// unknownName reports an unknown name, the first time that it comes; when many are
// unknown, the last of them with how many more.
func (f *figureReader) unknownName(t *table, column, name, id string, hint func() string) {
	key := column + ":" + freetext.NameKey(name)
	if f.reportedNames[key] {
		return
	}
	f.reportedNames[key] = true
	kind := key
	if f.unknown[column]++; f.unknown[column] > maxUnknown {
		kind = column
	}
	if f.kinds[kind] != nil {
		f.tellOnce(f.place(t, column), kind, "", "")
		return
	}
	f.tellOnce(f.place(t, column), kind, f.l.T(id, "Name", quote(name)), hint())
}

// note returns the row's note, cleaned.
func (f *figureReader) note(t *table) string {
	cleaned, tooLong := clean(unescapeFormula(f.text(t, colNote)), maxNote)
	if tooLong > 0 {
		f.tell(f.place(t, colNote), "figures.text-long", "Length", tooLong, "Limit", maxNote)
	}
	switch _, verdict := freetext.PersonalNumber(cleaned); {
	case verdict == freetext.Personal:
		f.tell(f.place(t, colNote), "figures.personal-number")
	case verdict == freetext.Doubtful && !f.options.NoPersonalNumbers:
		f.tell(f.place(t, colNote), "figures.maybe-personal-number")
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
	f.tell(mistake.Place{Line: t.line()}, "figures.twice", "Organisation", quote(row.Organisation), "Of", row.Indicator, "Period", row.Period, "Line", strconv.Itoa(line))
}
