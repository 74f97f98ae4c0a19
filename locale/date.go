package locale

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var monthIDs = [...]string{
	time.January: "date.month.january", time.February: "date.month.february", time.March: "date.month.march",
	time.April: "date.month.april", time.May: "date.month.may", time.June: "date.month.june",
	time.July: "date.month.july", time.August: "date.month.august", time.September: "date.month.september",
	time.October: "date.month.october", time.November: "date.month.november", time.December: "date.month.december",
}

var weekdayIDs = [...]string{
	time.Sunday: "date.weekday.sunday", time.Monday: "date.weekday.monday", time.Tuesday: "date.weekday.tuesday",
	time.Wednesday: "date.weekday.wednesday", time.Thursday: "date.weekday.thursday",
	time.Friday: "date.weekday.friday", time.Saturday: "date.weekday.saturday",
}

// Date writes the date of an instant in a zone in full: "5 January 2027",
// "5 januari 2027". A nil zone is UTC, here and in the other functions.
func (l *Locale) Date(t time.Time, zone *time.Location) string {
	local := in(t, zone)
	return l.T("date.long", "Day", strconv.Itoa(local.Day()), "Month", l.Month(local.Month()), "Year", year(local))
}

// ShortDate writes the date without the year, the month abbreviated: "5 Jan",
// "5 jan".
func (l *Locale) ShortDate(t time.Time, zone *time.Location) string {
	local := in(t, zone)
	short := l.T("date.short-month." + strings.ToLower(local.Month().String()))
	return l.T("date.short", "Day", strconv.Itoa(local.Day()), "Month", short)
}

// Weekday writes the day of the week of an instant in a zone: "Monday", "måndag".
func (l *Locale) Weekday(t time.Time, zone *time.Location) string {
	return l.DayOfWeek(in(t, zone).Weekday())
}

// DayOfWeek writes a day of the week: "Monday", "måndag".
func (l *Locale) DayOfWeek(day time.Weekday) string {
	if day < time.Sunday || day > time.Saturday {
		return unresolved(day.String())
	}
	return l.T(weekdayIDs[day])
}

// Month writes the name of a month: "January", "januari".
func (l *Locale) Month(month time.Month) string {
	if month < time.January || month > time.December {
		return unresolved(month.String())
	}
	return l.T(monthIDs[month])
}

// Clock writes a time of day by the 24-hour clock: "09:00", "09.00".
func (l *Locale) Clock(t time.Time, zone *time.Location) string {
	local := in(t, zone)
	return l.T("date.clock", "Hour", local.Format("15"), "Minute", local.Format("04"))
}

// DateTime writes an instant in a zone, with the zone that holds there and
// then: "Monday 5 January 2026 at 23:59 (CET)", "måndag 5 januari 2026 kl.
// 23.59 (CET)". A zone that has no abbreviation is written "UTC-03" or
// "UTC+05:45".
func (l *Locale) DateTime(t time.Time, zone *time.Location) string {
	return l.T("date.time", "Weekday", l.Weekday(t, zone), "Date", l.Date(t, zone),
		"Clock", l.Clock(t, zone), "Zone", abbreviation(in(t, zone)))
}

func in(t time.Time, zone *time.Location) time.Time {
	if zone == nil {
		return t.UTC()
	}
	return t.In(zone)
}

func year(t time.Time) string { return strconv.Itoa(t.Year()) }

// abbreviation returns "CET", or the offset where the zone database only has
// digits ("-03", "+0545").
func abbreviation(t time.Time) string {
	name := t.Format("MST")
	if !strings.HasPrefix(name, "+") && !strings.HasPrefix(name, "-") {
		return name
	}
	if len(name) == len("+0545") {
		name = name[:3] + ":" + name[3:]
	}
	return "UTC" + name
}

var (
	monthPeriod = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)
	partPeriod  = regexp.MustCompile(`^(\d{4})-(Q[1-4]|T[1-3]|H[12])$`)
	splitPeriod = regexp.MustCompile(`^(\d{4})-FY(\d{2})$`)
)

// Period writes the id of a round in words when it names a part of a year:
// "2026-Q4" is "fourth quarter of 2026" or "fjärde kvartalet 2026", "2026-T1"
// the first four months, "2026-H2" the second half, "2026-10" "October 2026"; a
// financial year, "2026-FY27", is "financial year 2026/27", and a day its date. All
// else, "2026" among it, is given back as it is.
func (l *Locale) Period(id string) string {
	if part := monthPeriod.FindStringSubmatch(id); part != nil {
		month, _ := strconv.Atoi(part[2]) // two digits, by the pattern
		return l.T("period.month", "Month", l.Month(time.Month(month)), "Year", part[1])
	}
	if part := partPeriod.FindStringSubmatch(id); part != nil {
		return l.T("period."+strings.ToLower(part[2]), "Year", part[1])
	}
	if splitPeriod.MatchString(id) {
		return l.T("period.financial", "Years", ShortPeriod(id))
	}
	if day, err := time.Parse(time.DateOnly, id); err == nil {
		return l.Date(day, time.UTC)
	}
	return id
}

// ShortPeriod writes the id of a round where there is little room: as it is, but a
// financial year as "2026/27".
func ShortPeriod(id string) string { return splitPeriod.ReplaceAllString(id, "$1/$2") }
