package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/mistake"
)

// maxNote is the domain's limit for a free text, in characters.
const maxNote = 3000

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

// row reads one row. One that only says what the file is for has nothing to
// take.
func (f *figureReader) row(t *table) {
	if purpose := f.text(t, colPurpose); purpose != "" && purpose == strings.TrimSpace(strings.Join(t.cells, "")) {
		return
	}
	f.overhang(t)
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
	f.once(t, row)
	f.figures.Rows = append(f.figures.Rows, row)
}

// overhang notes what stands in no column.
func (f *figureReader) overhang(t *table) {
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
	cleaned, tooLong := clean(disarmed(f.text(t, colOrganisation)), maxLabel)
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
	if _, ok := f.organisations[strings.ToLower(name)]; !ok {
		f.stranger(t, colOrganisation, name, "is not an organisation of the network", func() string {
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
	typed := disarmed(f.text(t, colIndicator))
	if typed == "" {
		f.add(f.place(t, colIndicator), "there is no indicator", "write the id of the one it is about")
		return benchmark.Indicator{}, false
	}
	i, ok := f.indicators[strings.ToLower(typed)]
	if !ok {
		f.stranger(t, colIndicator, typed, "is not an indicator of the template", func() string {
			var ids []string
			for _, i := range f.options.Indicators {
				ids = append(ids, string(i.ID))
			}
			return mistake.DidYouMean(typed, ids, "the indicators are")
		})
	}
	return i, ok
}

// stranger notes an unknown name, the first time that it comes.
func (f *figureReader) stranger(t *table, column, name, problem string, hint func() string) {
	key := column + ":" + strings.ToLower(name)
	if f.strangers[key] {
		return
	}
	if f.full() {
		f.more++
		return
	}
	f.strangers[key] = true
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
	cleaned, tooLong := clean(disarmed(f.text(t, colNote)), maxNote)
	if tooLong > 0 {
		f.add(f.place(t, colNote), fmt.Sprintf("the text has %d characters", tooLong), fmt.Sprintf("shorten it to %d", maxNote))
	}
	if _, found := benchmark.PersonalNumber(cleaned); found {
		f.add(f.place(t, colNote), "the text holds what looks like a personal identity number", "take it out: no patient data belongs here")
	}
	return cleaned
}

// once notes a figure that was given before.
func (f *figureReader) once(t *table, row Row) {
	key := cell{strings.ToLower(row.Organisation), row.Indicator, row.Period}
	if id, ok := f.organisations[key.organisation]; ok {
		key.organisation = string(id)
	}
	line, twice := f.lines[key]
	if !twice {
		f.lines[key] = row.Line
		return
	}
	f.add(mistake.Place{Line: t.line()}, fmt.Sprintf("%s has %s in %s on line %s already", quote(row.Organisation), row.Indicator, row.Period, strconv.Itoa(line)), "keep one of the two rows")
}
