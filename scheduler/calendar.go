package scheduler

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// WorkingDay says whether a date is a working day. It is safe for use by
// several goroutines at once. The nil WorkingDay stands for Monday to Friday.
type WorkingDay = func(year int, month time.Month, day int) bool

// ErrUnknownCountry says that there are no public holidays for a country code.
var ErrUnknownCountry = errors.New("unknown country")

// dateLayout is how dates are written in settings: ISO 8601.
const dateLayout = "2006-01-02"

// Countries returns the codes that [WorkingDays] knows (ISO 3166-1 alpha-2 in
// small letters), in order.
func Countries() []string {
	return slices.Sorted(maps.Keys(publicHolidays))
}

// WorkingDays returns the working days of a country: Monday to Friday without
// its public holidays. Closed dates are no working days besides, open ones are
// working days whatever else they are; both are written 2026-12-24.
//
// The country is one of [Countries], in small or capital letters; the empty one
// has no public holidays. The holidays are those of the whole country: regional
// ones (Scotland, Bavaria) are closed dates.
//
// Days that are public holidays in all but law, and on which nobody should be
// asked for figures, are taken as holidays: in Sweden midsommarafton, julafton
// and nyårsafton; in Finland juhannusaatto and jouluaatto; in Denmark
// grundlovsdag and juleaftensdag; in Iceland aðfangadagur and gamlársdagur.
// Norway has none: its eves are working days, if short.
//
// The error names everything that is wrong: an unknown country
// ([ErrUnknownCountry], with those that are known) and each date that isn't one
// or is both closed and open.
func WorkingDays(country string, closed, open []string) (WorkingDay, error) {
	holidays, known := publicHolidays[strings.ToLower(country)]
	var wrong []error
	if !known && country != "" {
		wrong = append(wrong, fmt.Errorf("%w %q: known are %s", ErrUnknownCountry, country, strings.Join(Countries(), ", ")))
	}
	exceptions, mistakes := parseExceptions(closed, open)
	wrong = append(wrong, mistakes...)
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return func(year int, month time.Month, day int) bool {
		d := newDate(year, month, day)
		if working, ok := exceptions[d]; ok {
			return working
		}
		return mondayToFriday(d.year, d.month, d.day) && !isHoliday(strings.ToLower(country), holidays, d)
	}, nil
}

// parseExceptions returns, for each date that is named, whether it is a working
// day, and what is wrong with the others.
func parseExceptions(closed, open []string) (map[date]bool, []error) {
	exceptions := map[date]bool{}
	var wrong []error
	for i, text := range slices.Concat(closed, open) {
		day, err := time.Parse(dateLayout, text)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%q is not a date such as 2026-12-24", text))
			continue
		}
		working := i >= len(closed)
		if other, twice := exceptions[dateOf(day)]; twice && other != working {
			wrong = append(wrong, fmt.Errorf("%s is both closed and open", text))
		}
		exceptions[dateOf(day)] = working
	}
	return exceptions, wrong
}

// mondayToFriday is the calendar without holidays.
func mondayToFriday(year int, month time.Month, day int) bool {
	weekday := newDate(year, month, day).weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}
