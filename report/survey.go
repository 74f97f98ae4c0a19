package report

import (
	"slices"
	"strings"
	"time"

	"roundtable/benchmark/period"
	"roundtable/locale"
)

// survey is what is known of a file before its rows are read: what its other cells say
// of those that can be read in several ways.
type survey struct {
	signs   map[string]signs // by column
	all     signs
	periods map[string]*periodsOf // by indicator
	own     bool                  // the file was written by [WriteFigures]
}

// signs are the decimal signs that numbers surely have.
type signs struct{ comma, point bool }

// only returns the sign, when all that is known is one.
func (s signs) only() rune {
	switch {
	case s.comma && !s.point:
		return ','
	case s.point && !s.comma:
		return '.'
	}
	return 0
}

// periodsOf is what the periods of one indicator say.
type periodsOf struct {
	months, financial bool               // some can be nothing else
	dates             map[time.Time]bool // those that are written as days
}

// look reads the file for its survey. What is wrong with it is told by reading it.
func (f *figureReader) look(data []byte) {
	s := newFigureReader(f.file, f.options)
	s.survey = survey{signs: map[string]signs{}, periods: map[string]*periodsOf{}}
	if t := openTable(data, &s.mistakes); t != nil && s.header(t) {
		_, s.survey.own = s.columnIndex[colPurpose]
		for t.next() {
			s.lookAtNumbers(t)
			s.lookAtPeriod(t)
		}
	}
	f.survey = s.survey
}

func (f *figureReader) lookAtNumbers(t *table) {
	for _, column := range []string{colNumerator, colDenominator, colValue, colN, colSD} {
		text := f.text(t, column)
		if _, err := locale.ParseNumber(text); err != nil {
			continue
		}
		var s signs
		switch last := strings.LastIndexAny(text, ",."); {
		case last < 0:
			continue
		case strings.Count(text, text[last:last+1]) > 1: // between thousands
			s = signs{comma: text[last] == '.', point: text[last] == ','}
		default:
			s = signs{comma: text[last] == ',', point: text[last] == '.'}
		}
		of := f.survey.signs[column]
		f.survey.signs[column] = signs{of.comma || s.comma, of.point || s.point}
		f.survey.all = signs{f.survey.all.comma || s.comma, f.survey.all.point || s.point}
	}
}

// read returns what a number that can be read in two ways means, by the sign that an
// option says or, without one, by the other numbers of the column or of the file.
func (s survey) read(said rune, bad *locale.NumberError, column string) (x float64, known bool) {
	sign := said
	if of, has := s.signs[column]; sign == 0 && has {
		sign = of.only()
	} else if sign == 0 {
		sign = s.all.only()
	}
	switch {
	case sign == 0 || len(bad.Readings) != 2:
		return 0, false
	case strings.ContainsRune(bad.Typed, sign):
		return bad.Readings[0], true
	}
	return bad.Readings[1], true
}

func (f *figureReader) lookAtPeriod(t *table) {
	typed := f.text(t, colPeriod)
	readings := period.Readings(typed)
	if len(readings) == 0 {
		return
	}
	key := titleKey(unescapeFormula(f.text(t, colIndicator)))
	of := f.survey.periods[key]
	if of == nil {
		of = &periodsOf{dates: map[time.Time]bool{}}
		f.survey.periods[key] = of
	}
	days := period.Choose(readings, period.Day)
	switch {
	case len(days) > 0:
		if day, err := time.Parse(time.DateOnly, days[0]); err == nil {
			of.dates[day] = true
		}
	case len(readings) == 1:
		of.months = of.months || len(period.Choose(readings, period.Month)) > 0
		of.financial = of.financial || len(period.Choose(readings, period.Financial)) > 0
	}
}

// datesAre returns the length of the periods that the dates stand for, or nothing when
// they don't tell: days, unless each begins or ends a month; months, when all begin or all
// end one and two follow each other. Dates that are all weeks apart may be weeks.
func (p *periodsOf) datesAre() period.Length {
	var all []time.Time
	begin, end, weeks, edges := true, true, true, true
	for day := range p.dates {
		all = append(all, day)
		begins, ends := day.Day() == 1, day.AddDate(0, 0, 1).Day() == 1
		begin, end, edges = begin && begins, end && ends, edges && (begins || ends)
	}
	slices.SortFunc(all, time.Time.Compare)
	next := false
	for k := 1; k < len(all); k++ {
		weeks = weeks && int(all[k].Sub(all[k-1])/(24*time.Hour))%7 == 0
		months := 12*(all[k].Year()-all[k-1].Year()) + int(all[k].Month()) - int(all[k-1].Month())
		next = next || months == 1
	}
	switch {
	case begin || end:
		if next || p.months {
			return period.Month
		}
		return ""
	case edges: // some begin a month, and others end one
		return ""
	case weeks && len(all) != 1:
		return ""
	}
	return period.Day
}
