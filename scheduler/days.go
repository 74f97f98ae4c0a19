package scheduler

import (
	"math/bits"
	"time"
)

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
func (s monthSet) has(month time.Month) bool   { return s&(1<<month) != 0 }
func (s daySet) has(day int) bool              { return s&(1<<day) != 0 }

// on reports whether a date fits the recurrence, its start aside.
func (r Recurrence) on(d date, working WorkingDay) bool {
	switch r.kind {
	case daily:
		return true
	case workdaily:
		return working(d.year, d.month, d.day)
	case weekly:
		return r.weekdays.has(d.weekday()) && (d.week()-r.firstWeek())%max(r.weeks, 1) == 0
	case monthlyDay:
		return r.months.has(d.month) && r.onDay(d)
	case monthlyWeekday:
		return r.months.has(d.month) && r.weekdays.has(d.weekday()) && r.onNth(d)
	case monthlyWorkday:
		return r.months.has(d.month) && working(d.year, d.month, d.day) && r.onNthWorkday(d, working)
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

// onDay reports whether a day of the month is meant. In a month without the
// 31st, the 31st is the last day: a round that is promised for every month
// comes every month.
func (r Recurrence) onDay(d date) bool {
	end := d.lastOfMonth()
	if d.day < end {
		return r.days.has(d.day)
	}
	return r.days&lastDay != 0 || bits.Len32(uint32(r.days)) > end
}

// onNth reports whether a date is the nth of its weekday in the month.
func (r Recurrence) onNth(d date) bool {
	if r.nth == last {
		return d.day+7 > d.lastOfMonth()
	}
	return (d.day-1)/7 == r.nth-1
}

// onNthWorkday reports whether a working day is the nth of its month, or the
// last of a month that has fewer.
func (r Recurrence) onNthWorkday(d date, working WorkingDay) bool {
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
