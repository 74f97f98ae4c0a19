package scheduler

import (
	"math/bits"
	"time"

	"github.com/robfig/cron/v3"
)

// Recurrence is a rule for when something comes again, by the clock on the
// wall: "monthly on the 5th at 09:00". Get one from [Parse]; it can be compared
// with ==, and its [Recurrence.Words] parse to the same again, so that they are
// what to keep. The zero Recurrence never comes.
type Recurrence struct {
	kind     kind
	hour     int
	minute   int
	weekdays weekdaySet // weekly, monthlyWeekday
	months   monthSet   // monthly kinds
	days     daySet     // monthlyDay
	nth      int        // monthlyWeekday, monthlyWorkday: 1 is the first, last the last
	weeks    int        // weekly: 1 is every week, 2 every second
	start    date       // nothing before it; zero for no limit
	cron     expression
}

// kind is how a recurrence chooses its days.
type kind int

const (
	never          kind = iota
	everyDay            // every day
	everyWorkday        // every working day
	weekly              // some days of the week, every so many weeks
	monthlyDay          // days of the month by number
	monthlyWeekday      // "the second Friday"
	monthlyWorkday      // "the 1st working day"
	byCron              // a cron expression
)

// last stands for the last one in the month, as a nth and among days.
const last = -1

// horizonDays is how far [Recurrence.Next] looks: past the longest wait there
// can be, eight years for 29 February around a century's turn that is no leap
// year (1896 to 1904, Gregorian calendar).
const horizonDays = 9 * 366

// Next returns the first instant after the given one, in UTC, at which the
// recurrence is due in a zone (nil is UTC). Working tells the working days, for
// the rules that speak of them; nil is Monday to Friday. It is false when there
// is none: for the zero Recurrence, or when no day of the next nine years fits.
//
// A time that daylight saving skips is due at the next instant that exists, a
// time that comes twice only the first time, and a date that a place leaves out
// altogether when the next one begins. Several times of a cron expression that
// are skipped together are due once.
func (r Recurrence) Next(after time.Time, zone *time.Location, working WorkingDay) (time.Time, bool) {
	if zone == nil {
		zone = time.UTC
	}
	if working == nil {
		working = mondayToFriday
	}
	if r.kind == byCron {
		return r.nextCron(after, zone)
	}
	first := dateOf(after.In(zone))
	if first.before(r.start) {
		first = r.start
	}
	for n := range horizonDays {
		day := first.add(n)
		if !r.matches(day, working) {
			continue
		}
		due := wallTime{day, r.hour, r.minute}.in(zone)
		if due.After(after) {
			return due, true
		}
	}
	return time.Time{}, false
}

// nextCron goes through the wall times of a cron expression. The library
// calculates in UTC, where no hour is skipped or repeated, as if that were the
// wall clock.
func (r Recurrence) nextCron(after time.Time, zone *time.Location) (time.Time, bool) {
	local := after.In(zone)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	if start := r.start; !start.isZero() && dateOf(wall).before(start) {
		wall = time.Date(start.year, start.month, start.day, 0, 0, -1, 0, time.UTC)
	}
	for {
		wall = r.cron.schedule().Next(wall)
		if wall.IsZero() {
			return time.Time{}, false
		}
		due := wallOf(wall).in(zone)
		if due.After(after) {
			return due, true
		}
	}
}

// Upcoming returns the next so many instants after the given one, as
// [Recurrence.Next] gives them; fewer when there are no more.
func (r Recurrence) Upcoming(after time.Time, n int, zone *time.Location, working WorkingDay) []time.Time {
	var found []time.Time
	for len(found) < n {
		next, ok := r.Next(after, zone, working)
		if !ok {
			return found
		}
		found = append(found, next)
		after = next
	}
	return found
}

// Latest returns the newest instant after the one given and not after now, at
// which the recurrence was due: after downtime, the one that is still to be
// done. It is false when there was none.
func (r Recurrence) Latest(after, now time.Time, zone *time.Location, working WorkingDay) (time.Time, bool) {
	var latest time.Time
	for {
		next, ok := r.Next(after, zone, working)
		if !ok || next.After(now) {
			return latest, !latest.IsZero()
		}
		latest, after = next, next
	}
}

// StartingOn returns the recurrence with nothing due before a date. "Every
// second Friday" is counted from the first Friday then; without a start it is
// counted from the week of 5 January 1970. A recurrence that has a start
// already keeps it.
func (r Recurrence) StartingOn(year int, month time.Month, day int) Recurrence {
	if r.start.isZero() {
		r.start = newDate(year, month, day)
	}
	return r
}

// EveryOther reports whether the recurrence skips weeks, so that it depends on
// its start which of them it skips.
func (r Recurrence) EveryOther() bool { return r.kind == weekly && r.weeks > 1 }

// expression is a cron expression with its meaning, kept by value.
type expression struct {
	text string
	spec cron.SpecSchedule
}

func (e expression) schedule() cron.Schedule { return &e.spec }

// Sets of small numbers, a bit for each.
type (
	weekdaySet uint8  // bit 0 is Sunday
	monthSet   uint16 // bit 1 is January
	daySet     uint32 // bits 1 to 31, and lastDay
)

const (
	everyMonth monthSet = 0b1_1111_1111_1110
	// lastDay in a daySet is the last day of the month, whichever that is.
	lastDay daySet = 1
)

func (s weekdaySet) has(day time.Weekday) bool { return s&(1<<day) != 0 }

func (s monthSet) has(month time.Month) bool { return s&(1<<month) != 0 }

func (s daySet) has(day int) bool { return s&(1<<day) != 0 }

// matches reports whether the recurrence is due on a date, its start aside.
func (r Recurrence) matches(d date, working WorkingDay) bool {
	switch r.kind {
	case everyDay:
		return true
	case everyWorkday:
		return working(d.year, d.month, d.day)
	case weekly:
		return r.weekdays.has(d.weekday()) && (d.week()-r.firstWeek())%max(r.weeks, 1) == 0
	case monthlyDay:
		return r.months.has(d.month) && r.matchesDay(d)
	case monthlyWeekday:
		return r.months.has(d.month) && r.weekdays.has(d.weekday()) && r.matchesNthWeekday(d)
	case monthlyWorkday:
		return r.months.has(d.month) && working(d.year, d.month, d.day) && r.matchesNthWorkday(d, working)
	case never, byCron:
	}
	return false
}

// firstWeek returns the week that "every second" is counted from: that of the
// first day that fits from the start on.
func (r Recurrence) firstWeek() int {
	if r.start.isZero() {
		return 0
	}
	for n := range 7 {
		if day := r.start.add(n); r.weekdays.has(day.weekday()) {
			return day.week()
		}
	}
	return r.start.week()
}

// matchesDay reports whether a day of the month is meant. In a month without the
// 31st, the 31st is the last day: a round that is promised for every month
// comes every month.
func (r Recurrence) matchesDay(d date) bool {
	end := d.lastOfMonth()
	if d.day < end {
		return r.days.has(d.day)
	}
	return r.days&lastDay != 0 || bits.Len32(uint32(r.days)) > end
}

// matchesNthWeekday reports whether a date is the nth of its weekday in the month.
func (r Recurrence) matchesNthWeekday(d date) bool {
	if r.nth == last {
		return d.day+7 > d.lastOfMonth()
	}
	return (d.day-1)/7 == r.nth-1
}

// matchesNthWorkday reports whether a working day is the nth of its month, or the
// last of a month that has fewer.
func (r Recurrence) matchesNthWorkday(d date, working WorkingDay) bool {
	until, since := 0, 0
	for day := 1; day <= d.lastOfMonth(); day++ {
		switch {
		case !working(d.year, d.month, day):
		case day <= d.day:
			until++
		default:
			since++
		}
	}
	return until == r.nth || (since == 0 && (r.nth == last || until < r.nth))
}
