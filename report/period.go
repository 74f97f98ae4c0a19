package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
)

// period returns the row's period as the domain writes it, empty when there is none.
func (f *figureReader) period(t *table) string {
	typed := unescapeFormula(f.text(t, colPeriod))
	at := f.place(t, colPeriod)
	readings := f.readings(typed)
	dates := period.Choose(readings, period.Day)
	if !f.survey.own && (len(readings) > 1 || len(dates) > 0) {
		l := f.lengthOf(typed, readings, titleKey(unescapeFormula(f.text(t, colIndicator))))
		switch {
		case l == "" && len(dates) > 0:
			f.tell(at, "figures.period.date", "Text", quote(typed))
			return ""
		case l == "":
			f.tell(at, "figures.period.ambiguous", "Text", quote(typed), "First", period.Write(readings[0]), "Second", period.Write(readings[1]))
			return ""
		case l == period.Week && len(dates) > 0:
			readings = []string{weekOf(dates[0])}
		default:
			readings = period.Choose(readings, l)
		}
	}
	if len(readings) == 0 {
		f.tell(at, "figures.period."+whyUnread(typed), "Text", quote(typed))
		return ""
	}
	p, err := benchmark.ParsePeriod(readings[0])
	if err != nil {
		return ""
	}
	if today := f.options.Today; !today.IsZero() && !f.options.Future && p.Start.After(today) {
		f.tell(at, "figures.period.future", "Text", quote(typed))
	}
	return p.ID
}

// readings returns all that a text can mean and that is in the calendar. In a file that
// was written here a period is its id.
func (f *figureReader) readings(typed string) []string {
	if f.survey.own {
		if p, err := benchmark.ParsePeriod(typed); err == nil {
			return []string{p.ID}
		}
	}
	return slices.DeleteFunc(period.Readings(typed), func(id string) bool {
		_, err := benchmark.ParsePeriod(id)
		return err != nil
	})
}

// lengthOf returns the length of what can be of several: the one that an option says
// or, without one, that the indicator's other periods have; nothing where neither says.
func (f *figureReader) lengthOf(typed string, readings []string, indicator string) period.Length {
	of := f.survey.periods[indicator]
	switch {
	case f.options.Length != "":
		return f.options.Length
	case of == nil:
		return ""
	case len(period.Choose(readings, period.Day)) > 0:
		return of.datesAre()
	case of.months && !of.financial:
		return period.Month
	case of.financial && !of.months, strings.Count(typed, "/") == 1: // 2009/10 is how a financial year is written
		return period.Financial
	}
	return ""
}

// weekOf returns the week that a day lies in.
func weekOf(day string) string {
	at, _ := time.Parse(time.DateOnly, day) // a reading
	year, week := at.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

var (
	dayAndMonth = regexp.MustCompile(`^\d{1,2}[- ]\pL{3,}\.?$`)
	dayFirst    = regexp.MustCompile(`^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$`)
	serialDay   = regexp.MustCompile(`^[2-6]\d{4}$`)
)

// whyUnread names why a text is no period, where it can be told.
func whyUnread(typed string) string {
	switch {
	case typed == "":
		return "none"
	case dayAndMonth.MatchString(typed):
		return "spreadsheet"
	case dayFirst.MatchString(typed):
		return "day-first"
	case serialDay.MatchString(typed):
		return "serial"
	}
	return "unread"
}
