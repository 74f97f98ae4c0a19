package scheduler

import (
	"slices"
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

// The library reckons holidays as midnights in the server's zone. In zones
// where daylight saving skips midnight one could come out a day early, so the
// zone without daylight saving it is.
func init() { cal.DefaultLoc = time.UTC }

// publicHolidays has the holidays that are no working days, by country.
var publicHolidays = map[string][]*cal.Holiday{
	"at": at.Holidays,
	"be": be.Holidays,
	"ca": ca.Holidays,
	"de": de.Holidays, // those of all Länder
	"dk": slices.Concat(dk.Holidays, []*cal.Holiday{on("Juleaftensdag", time.December, 24)}),
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
	"pl": slices.Concat(pl.Holidays, []*cal.Holiday{since(2025, on("Wigilia", time.December, 24))}),
	"se": se.Holidays, // with the three eves
	"us": us.Holidays,
}

// finland is not in the library. The church holidays on Sundays are left out.
var finland = []*cal.Holiday{
	aa.NewYear, aa.Epiphany, aa.GoodFriday, aa.EasterMonday, aa.WorkersDay, aa.AscensionDay,
	from("Juhannusaatto", time.June, 19, time.Friday),
	from("Juhannuspäivä", time.June, 20, time.Saturday),
	from("Pyhäinpäivä", time.October, 31, time.Saturday),
	on("Itsenäisyyspäivä", time.December, 6),
	on("Jouluaatto", time.December, 24),
	aa.ChristmasDay, aa.ChristmasDay2,
}

// iceland is not in the library. The eves are holidays from noon.
var iceland = []*cal.Holiday{
	aa.NewYear, aa.MaundyThursday, aa.GoodFriday, aa.EasterMonday,
	from("Sumardagurinn fyrsti", time.April, 19, time.Thursday),
	aa.WorkersDay, aa.AscensionDay, aa.PentecostMonday,
	on("Þjóðhátíðardagurinn", time.June, 17),
	from("Frídagur verslunarmanna", time.August, 1, time.Monday),
	on("Aðfangadagur", time.December, 24),
	aa.ChristmasDay, aa.ChristmasDay2,
	on("Gamlársdagur", time.December, 31),
}

// on is a holiday with a fixed date.
func on(name string, month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// from is a holiday on the first such weekday from a date on.
func from(name string, month time.Month, day int, weekday time.Weekday) *cal.Holiday {
	return &cal.Holiday{
		Name: name, Type: cal.ObservancePublic,
		Month: month, Day: day, Weekday: weekday, Offset: 1, Func: cal.CalcWeekdayFrom,
	}
}

// since is a holiday that began in a year.
func since(year int, holiday *cal.Holiday) *cal.Holiday {
	return holiday.Clone(&cal.Holiday{StartYear: year})
}
