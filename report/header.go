package report

import (
	"maps"
	"slices"
	"strings"

	"roundtable/locale"
	"roundtable/mistake"
)

// columnsCalled are the columns by other names that people give them.
var columnsCalled = map[string]string{
	"organization": colOrganisation, "indikator": colIndicator, "svar": colAnswer, "täljare": colNumerator, "nämnare": colDenominator,
	"värde": colValue, "standard deviation": colSD, "standardavvikelse": colSD, "notes": colNote, "comment": colNote, "anteckning": colNote, "kommentar": colNote,
	"tidsperiod": colPeriod, "kvartal": colPeriod, "quarter": colPeriod, "månad": colPeriod, "month": colPeriod, "år": colPeriod, "year": colPeriod,
	"tertial": colPeriod, "halvår": colPeriod, "termin": colPeriod, "vecka": colPeriod, "week": colPeriod,
	"mått": colIndicator, "measure": colIndicator, "enhet": colOrganisation, "sjukhus": colOrganisation, "hospital": colOrganisation,
	"klinik": colOrganisation, "clinic": colOrganisation, "kommun": colOrganisation, "region": colOrganisation,
	"medelvärde": colValue, "mean": colValue, "andel": colValue,
}

// header reads the first row, and says whether the others can be read by it.
func (f *figureReader) header(t *table) bool {
	if !t.next() {
		if len(f.found) == 0 {
			f.tell(mistake.Place{Line: 1}, "figures.empty")
		}
		return false
	}
	unknown := f.nameColumns(t)
	f.checkMapped(t)
	for _, k := range slices.Sorted(maps.Keys(unknown)) {
		f.passOver(t, k, unknown[k])
	}
	for _, name := range []string{colOrganisation, colIndicator, colPeriod} {
		if _, ok := f.columnIndex[name]; !ok {
			f.tellOnce(mistake.Place{Line: t.line()}, "no column "+name, f.l.T("figures.no-column", "Column", f.l.T("figures.column-names."+name)), f.l.T("figures.no-column-hint", "Key", name))
		}
	}
	if len(f.found) == 0 && !f.hasAny(colNumerator, colDenominator, colValue, colNote, colAnswer, colWithheld) {
		f.tell(mistake.Place{Line: t.line()}, "figures.no-figures")
	}
	for k, written := range t.cells {
		t.names = append(t.names, f.l.T("figures.column", "Name", strings.ToLower(strings.TrimSpace(written)), "Number", k+1))
	}
	return len(f.found) == 0
}

// nameColumns notes where each column is, and returns the others by their place.
func (f *figureReader) nameColumns(t *table) (unknown map[int]string) {
	unknown = map[int]string{}
	mapped := map[string]string{}
	for column, called := range f.options.Columns {
		mapped[titleKey(called)] = column
	}
	others := map[int]string{} // by another name than ours
	for k, written := range t.cells {
		name := titleKey(written)
		column, isMapped := mapped[name]
		_, elsewhere := f.options.Columns[name]
		called, isCalled := columnsCalled[name]
		switch {
		case name == "":
			continue
		case isMapped:
			name = column
		case slices.Contains(columns, name) && !elsewhere:
		case isCalled:
			others[k] = called
			continue
		default:
			unknown[k] = written
			continue
		}
		if _, twice := f.columnIndex[name]; twice {
			f.tell(f.columnPlace(t, k), "figures.column-twice", "Column", name)
			continue
		}
		f.columnIndex[name] = k
	}
	several := map[string][]string{} // columns that may each be one that isn't there
	for _, k := range slices.Sorted(maps.Keys(others)) {
		if _, has := f.columnIndex[others[k]]; !has {
			several[others[k]] = append(several[others[k]], quote(strings.TrimSpace(t.cells[k])))
		}
	}
	for _, column := range slices.Sorted(maps.Keys(several)) {
		if called := several[column]; len(called) > 1 && f.options.Columns[column] == "" {
			f.tell(mistake.Place{Line: t.line()}, "figures.column-several", "Names", f.l.List(called), "Column", column)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(others)) {
		if _, has := f.columnIndex[others[k]]; has || f.options.Columns[others[k]] != "" {
			unknown[k] = t.cells[k]
			continue
		}
		f.columnIndex[others[k]] = k
	}
	return unknown
}

// checkMapped reports columns that the options name and the file hasn't, or that are
// none of ours.
func (f *figureReader) checkMapped(t *table) {
	for _, column := range slices.Sorted(maps.Keys(f.options.Columns)) {
		called := f.options.Columns[column]
		if !slices.Contains(columns, column) {
			f.tellOnce(mistake.Place{Line: t.line()}, "mapped "+column, f.l.T("figures.not-a-column", "Name", quote(column)), f.didYouMean(column, columns[:10], "figures.the-columns"))
		} else if _, has := f.columnIndex[column]; !has {
			var written []string
			for _, name := range t.cells {
				written = append(written, strings.TrimSpace(name))
			}
			f.tellOnce(mistake.Place{Line: t.line()}, "mapped "+column, f.l.T("figures.no-such-column", "Name", quote(called)), f.didYouMean(called, written, "figures.the-file-has"))
		}
	}
}

// passOver notes a column that is none of figures, and reports one that looks like one
// of ours mistyped, which isn't there.
func (f *figureReader) passOver(t *table, k int, written string) {
	var absent, needed []string
	for _, name := range columns[:10] {
		if _, has := f.columnIndex[name]; has {
			continue
		}
		absent = append(absent, name)
		if slices.Contains(columns[:3], name) || name == colValue && !f.hasAny(colNumerator, colDenominator, colNote) {
			needed = append(needed, name)
		}
	}
	name := titleKey(written)
	if _, mapped := f.options.Columns[name]; mapped || len(mistake.Nearest(name, absent)) == 0 && len(mistake.Likely(name, needed)) == 0 {
		f.figures.PassedOver = append(f.figures.PassedOver, oneLine(written))
		return
	}
	if near := mistake.Nearest(name, absent); len(near) == 0 {
		absent = needed
	}
	f.tellOnce(f.columnPlace(t, k), "column "+name, f.l.T("figures.not-a-column", "Name", quote(written)), f.didYouMean(name, absent, "figures.the-columns"))
}

func (f *figureReader) hasAny(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		_, has := f.columnIndex[name]
		return has
	})
}

func (f *figureReader) columnPlace(t *table, k int) mistake.Place {
	at := t.place(k)
	at.Subject = f.l.T("figures.column-number", "Number", k+1)
	return at
}

// languageOf is that of mistakes.
func (o FigureOptions) languageOf() *locale.Locale {
	if o.Language != nil {
		return o.Language
	}
	return locale.For("en")
}
