package benchmark

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark/period"
	"roundtable/benchmark/refusal"
)

// Period is the stretch of time that a round's figures are about.
type Period struct {
	// ID as it is written: "2026", "2026-H2", "2026-T3", "2026-Q4", "2026-11",
	// "2026-W07", "2026-11-05", "1991-1995" or, of a financial year, "2026-FY27".
	ID string
	// Start is its first day and End the day after its last, as dates in UTC.
	Start, End time.Time
}

// overlaps says whether the two have a day in common.
func (p Period) overlaps(q Period) bool { return p.Start.Before(q.End) && q.Start.Before(p.End) }

// isShorterThan compares how many days they have.
func (p Period) isShorterThan(q Period) bool { return p.End.Sub(p.Start) < q.End.Sub(q.Start) }

// Length is how long it is.
func (p Period) Length() period.Length {
	switch days := p.End.Sub(p.Start) / (24 * time.Hour); {
	case days == 1:
		return period.Day
	case days == 7:
		return period.Week
	case strings.Contains(p.ID, "FY"):
		return period.Financial
	case p.months() > 12:
		return period.Length(strconv.Itoa(p.months()/12) + "-" + string(period.Years))
	}
	return map[int]period.Length{1: period.Month, 3: period.Quarter, 4: period.Third, 6: period.Half, 12: period.Year}[p.months()]
}

// months is how many it has, when it has whole ones.
func (p Period) months() int {
	return 12*(p.End.Year()-p.Start.Year()) + int(p.End.Month()) - int(p.Start.Month())
}

// Between is how many whole periods of its length lie between it and a later one:
// 0 for the next, and for one that overlaps it.
func (p Period) Between(later Period) int {
	if !later.Start.After(p.End) {
		return 0
	}
	if days := int(p.End.Sub(p.Start) / (24 * time.Hour)); days <= 7 {
		return int(later.Start.Sub(p.End)/(24*time.Hour)) / days
	}
	return Period{Start: p.End, End: later.Start}.months() / p.months()
}

// ReadPeriod reads what somebody wrote for a period, in any of the forms that
// [period.Readings] knows. What isn't one is refused ("period"), and what can mean
// several is asked about ("period-ambiguous"). A day is none that a round is about.
func ReadPeriod(typed string) (Period, error) {
	p, bad := readPeriod(typed)
	if bad != nil {
		return Period{}, bad
	}
	return p, nil
}

func readPeriod(typed string) (Period, *Refusal) {
	readings := slices.DeleteFunc(period.Readings(typed), func(id string) bool {
		p, err := ParsePeriod(id)
		return err != nil || p.Length() == period.Day
	})
	switch {
	case len(readings) == 0:
		return Period{}, refuse(refusal.PeriodUnreadable, "Period", typed)
	case len(readings) > 1 && strings.Count(typed, "/") != 1: // 2009/10 is how a financial year is written
		rounds := make([]RoundID, len(readings))
		for k, id := range readings {
			rounds[k] = RoundID(id)
		}
		return Period{}, refuse(refusal.PeriodAmbiguous, "Period", typed, "Readings", rounds)
	}
	p, _ := ParsePeriod(readings[0]) // those that can't be are gone
	return p, nil
}

// How long ago a period may have ended, and how far off it may begin, before somebody is
// asked whether it is meant: a year is easily mistyped.
const (
	farPast   = 2 * 365 * 24 * time.Hour
	farFuture = 365 * 24 * time.Hour
)

// isFar says whether to ask. Several years together are no slip of a digit.
func (p Period) isFar(now time.Time) bool {
	return p.months() <= 12 && (now.Sub(p.End) > farPast || p.Start.Sub(now) > farFuture)
}

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(?:([HTQW])(\d{1,2})|(FY)(\d{2})|(\d{4})|(\d{2})(-\d{2})?))?$`)

// ParsePeriod reads the id of a period. Small letters are taken for large ones. What
// isn't one is refused ("period"). People write periods in other forms too:
// [ReadPeriod].
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
		if last, _ := strconv.Atoi(m[5]); last != (year+1)%100 {
			return Period{}, bad
		}
		return Period{ID: id, Start: first.AddDate(0, 3, 0), End: first.AddDate(1, 3, 0)}, nil
	case m[6] != "":
		last, _ := strconv.Atoi(m[6])
		if last <= year || last > year+100 {
			return Period{}, bad
		}
		return Period{ID: id, Start: first, End: time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC)}, nil
	case m[8] != "":
		day, err := time.Parse(time.DateOnly, id)
		if err != nil {
			return Period{}, bad
		}
		return Period{ID: id, Start: day, End: day.AddDate(0, 0, 1)}, nil
	case m[7] != "":
		month, _ := strconv.Atoi(m[7])
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

// period reads the round's period, and asks about one that is far away.
func (o OpenRound) period(d *decision) (Period, error) {
	period, bad := readPeriod(o.Period)
	if bad == nil {
		bad = d.checkPeriod(period)
	}
	if bad != nil {
		return period, bad.at("period")
	}
	if !o.Sure && period.isFar(d.now) {
		ask := refuse(refusal.PeriodFar, "Round", RoundID(period.ID)).at("period")
		ask.Question = true
		return period, ask
	}
	return period, nil
}
