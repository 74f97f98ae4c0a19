package benchmark

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark/refusal"
)

// Period is the stretch of time that a round's figures are about.
type Period struct {
	// ID as it is written: "2026", "2026-H2", "2026-T3", "2026-Q4", "2026-11",
	// "2026-W07" or "1991-1995".
	ID string
	// Start is its first day and End the day after its last, as dates in UTC.
	Start, End time.Time
}

// overlaps says whether the two have a day in common.
func (p Period) overlaps(q Period) bool { return p.Start.Before(q.End) && q.Start.Before(p.End) }

// isShorterThan compares how many days they have.
func (p Period) isShorterThan(q Period) bool { return p.End.Sub(p.Start) < q.End.Sub(q.Start) }

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(?:([HTQW])(\d{1,2})|(\d{4})|(\d{2})))?$`)

// ParsePeriod reads a period. Small letters are taken for large ones. What
// isn't one is refused ("period").
func ParsePeriod(s string) (Period, error) {
	id := strings.ToUpper(strings.TrimSpace(s))
	bad := refuse(refusal.PeriodUnreadable, "Period", s)
	m := periodForm.FindStringSubmatch(id)
	if m == nil {
		return Period{}, bad
	}
	year, _ := strconv.Atoi(m[1])
	if year < 1000 {
		return Period{}, bad
	}
	first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	months := func(per, k int) (Period, error) {
		if k < 1 || k > 12/per {
			return Period{}, bad
		}
		if m[2] != "" {
			id = fmt.Sprintf("%d-%s%d", year, m[2], k) // Q04 is Q4
		}
		start := first.AddDate(0, per*(k-1), 0)
		return Period{ID: id, Start: start, End: start.AddDate(0, per, 0)}, nil
	}
	k, _ := strconv.Atoi(m[3])
	switch {
	case m[2] == "H":
		return months(6, k)
	case m[2] == "T":
		return months(4, k)
	case m[2] == "Q":
		return months(3, k)
	case m[2] == "W":
		start := isoWeek(year, k)
		if y, w := start.ISOWeek(); y != year || w != k {
			return Period{}, bad
		}
		return Period{ID: fmt.Sprintf("%d-W%02d", year, k), Start: start, End: start.AddDate(0, 0, 7)}, nil
	case m[4] != "":
		last, _ := strconv.Atoi(m[4])
		if last <= year || last > year+100 {
			return Period{}, bad
		}
		return Period{ID: id, Start: first, End: time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC)}, nil
	case m[5] != "":
		month, _ := strconv.Atoi(m[5])
		return months(1, month)
	}
	return Period{ID: id, Start: first, End: first.AddDate(1, 0, 0)}, nil
}

// isoWeek returns the Monday of the week (ISO 8601: the week with 4 January is
// the first).
func isoWeek(year, week int) time.Time {
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	return monday.AddDate(0, 0, 7*(week-1))
}

// Date is a day of the calendar as it is written, "2027-01-26", in a zone that is
// said beside it.
type Date string

// In returns the beginning of the day in a zone; ok is false for what is no day.
func (d Date) In(zone *time.Location) (begins time.Time, ok bool) {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}, false
	}
	return midnight(day.Year(), day.Month(), day.Day(), zone), true
}

// midnight is the beginning of a day, one o'clock where clocks are put forward at
// midnight. The day may be one more than the month has.
func midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if noon := time.Date(year, month, day, 12, 0, 0, 0, zone); t.Day() != noon.Day() {
		return t.Add(time.Hour)
	}
	return t
}
