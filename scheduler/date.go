package scheduler

import "time"

// date is a day in a calendar, of no zone.
type date struct {
	year  int
	month time.Month
	day   int
}

// newDate puts a date in order: 32 January is 1 February.
func newDate(year int, month time.Month, day int) date {
	return dateOf(time.Date(year, month, day, 12, 0, 0, 0, time.UTC))
}

// dateOf returns the date that t has in its own zone.
func dateOf(t time.Time) date {
	year, month, day := t.Date()
	return date{year, month, day}
}

func (d date) isZero() bool { return d == date{} }

// noon is an instant to reckon with.
func (d date) noon() time.Time { return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC) }

func (d date) weekday() time.Weekday { return d.noon().Weekday() }

func (d date) add(days int) date { return newDate(d.year, d.month, d.day+days) }

func (d date) before(other date) bool { return d.noon().Before(other.noon()) }

// lastOfMonth returns the number of days in the date's month.
func (d date) lastOfMonth() int { return newDate(d.year, d.month+1, 0).day }

// week numbers weeks from Monday to Sunday; 0 is the one from 5 January 1970.
func (d date) week() int {
	const day = 24 * 60 * 60
	days := int(d.noon().Unix()-newDate(1970, time.January, 5).noon().Unix()) / day
	if days < 0 {
		return (days - 6) / 7
	}
	return days / 7
}

func (d date) String() string { return d.noon().Format(dateLayout) }
