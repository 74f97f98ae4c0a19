package scheduler

import (
	"slices"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"
)

// The library calculates holidays as midnights in the server's zone. In zones
// where daylight saving skips midnight one could come out a day early, so they are
// calculated in UTC.
func init() { cal.DefaultLoc = time.UTC }

// publicHolidays has the holidays that are no working days, by country.
var publicHolidays = map[string][]*cal.Holiday{
	"at": at.Holidays,
	"be": be.Holidays,
	"ca": ca.Holidays,
	"de": de.Holidays, // those of all Länder
	"dk": slices.Concat(dk.Holidays, []*cal.Holiday{fixedDate("Juleaftensdag", time.December, 24)}),
	"es": es.Holidays, // those of all comunidades
	"fi": finland,
	"fr": fr.Holidays,
	"gb": gb.Holidays, // England and Wales
	"ie": ie.Holidays,
	"is": iceland,
	"it": it.Holidays,
	"lt": lt.Holidays,
	"lv": lv.Holidays,
	"nl": nl.Holidays,
	"no": no.Holidays,
	"pl": slices.Concat(pl.Holidays, []*cal.Holiday{startingIn(2025, fixedDate("Wigilia", time.December, 24))}),
	"se": se.Holidays, // with the three eves
	"us": us.Holidays,
}

// finland is not in the library. The church holidays on Sundays are left out.
var finland = []*cal.Holiday{
	aa.NewYear, aa.Epiphany, aa.GoodFriday, aa.EasterMonday, aa.WorkersDay, aa.AscensionDay,
	weekdayFrom("Juhannusaatto", time.June, 19, time.Friday),
	weekdayFrom("Juhannuspäivä", time.June, 20, time.Saturday),
	weekdayFrom("Pyhäinpäivä", time.October, 31, time.Saturday),
	fixedDate("Itsenäisyyspäivä", time.December, 6),
	fixedDate("Jouluaatto", time.December, 24),
	aa.ChristmasDay, aa.ChristmasDay2,
}

// iceland is not in the library. The eves are holidays from noon.
var iceland = []*cal.Holiday{
	aa.NewYear, aa.MaundyThursday, aa.GoodFriday, aa.EasterMonday,
	weekdayFrom("Sumardagurinn fyrsti", time.April, 19, time.Thursday),
	aa.WorkersDay, aa.AscensionDay, aa.PentecostMonday,
	fixedDate("Þjóðhátíðardagurinn", time.June, 17),
	weekdayFrom("Frídagur verslunarmanna", time.August, 1, time.Monday),
	fixedDate("Aðfangadagur", time.December, 24),
	aa.ChristmasDay, aa.ChristmasDay2,
	fixedDate("Gamlársdagur", time.December, 31),
}

// fixedDate returns a holiday with a fixed date.
func fixedDate(name string, month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// weekdayFrom returns a holiday on the first such weekday from a date on.
func weekdayFrom(name string, month time.Month, day int, weekday time.Weekday) *cal.Holiday {
	return &cal.Holiday{
		Name: name, Type: cal.ObservancePublic,
		Month: month, Day: day, Weekday: weekday, Offset: 1, Func: cal.CalcWeekdayFrom,
	}
}

// startingIn returns the holiday, which didn't exist before a year.
func startingIn(year int, holiday *cal.Holiday) *cal.Holiday {
	return holiday.Clone(&cal.Holiday{StartYear: year})
}

// holidayCache has the holidays by country and year. They take some calculation
// (Easter), and are looked up again and again.
var holidayCache sync.Map // of holidayYear to map[date]bool

type holidayYear struct {
	country string
	year    int
}

func isHoliday(country string, holidays []*cal.Holiday, d date) bool {
	key := holidayYear{country, d.year}
	found, ok := holidayCache.Load(key)
	if !ok {
		found = holidaysIn(holidays, d.year)
		if d.year >= 1900 && d.year <= 2200 { // so that the cache stays small, whatever is asked for
			holidayCache.Store(key, found)
		}
	}
	return found.(map[date]bool)[d]
}

// holidaysIn returns the holidays that fall in a year or are observed in it:
// New Year's Day may be observed the year before.
func holidaysIn(holidays []*cal.Holiday, year int) map[date]bool {
	found := map[date]bool{}
	for _, holiday := range holidays {
		for y := year - 1; y <= year+1; y++ {
			actual, observed := holiday.Calc(y)
			for _, day := range []time.Time{actual, observed} {
				if !day.IsZero() && day.Year() == year {
					found[dateOf(day)] = true
				}
			}
		}
	}
	return found
}
