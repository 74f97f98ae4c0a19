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

// noon is an instant to calculate with.
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

// wallTime is what a clock on the wall shows.
type wallTime struct {
	date         date
	hour, minute int
}

// in returns the instant, in UTC, at which the clocks of a zone show w.
//
// Daylight saving makes two kinds of exception. A time that comes twice, when
// clocks are put back, is taken the first time. A time that clocks skip, as they
// are put forward, is taken at the moment they are: the first instant after it
// that exists. So later wall times never give earlier instants.
func (w wallTime) in(zone *time.Location) time.Time {
	// For a time that comes twice or not at all, Date promises one of the two
	// offsets around the change but not which (package time).
	t := time.Date(w.date.year, w.date.month, w.date.day, w.hour, w.minute, 0, 0, zone)
	began, ends := t.ZoneBounds()
	shown := wallOf(t)
	switch {
	case shown.before(w): // skipped, calculated with the offset after the change
		return ends.UTC()
	case w.before(shown): // skipped, calculated with the offset before
		return began.UTC()
	case began.IsZero():
		return t.UTC()
	}
	_, offset := t.Zone()
	_, offsetBefore := began.Add(-time.Second).Zone()
	earlier := t.Add(time.Duration(offset-offsetBefore) * time.Second)
	if earlier.Before(began) {
		return earlier.UTC()
	}
	return t.UTC()
}

// wallOf returns what a clock shows at t in its own zone.
func wallOf(t time.Time) wallTime {
	return wallTime{dateOf(t), t.Hour(), t.Minute()}
}

func (w wallTime) before(other wallTime) bool {
	if w.date != other.date {
		return w.date.before(other.date)
	}
	return w.hour*60+w.minute < other.hour*60+other.minute
}
