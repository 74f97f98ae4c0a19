package scheduler

import "time"

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
	case shown.before(w): // skipped, reckoned with the offset after the change
		return ends.UTC()
	case w.before(shown): // skipped, reckoned with the offset before
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
