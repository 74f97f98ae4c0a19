package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/locale"
)

const dateMissing refusal.Reason = "date-missing"

// readDate reads a date, "2027-01-31", optionally with a time of day,
// "2027-01-31 12:00"; a date alone means 23:59. "+14" is that many days from
// now. The wall clock is the zone's. The error is a refusal.
func readDate(text, field string, now time.Time, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	bad := refuse(refusal.DateUnreadable, "Typed", text)
	if text == "" {
		bad = refuse(dateMissing)
	}
	bad.Field = field
	if days, ok := strings.CutPrefix(text, "+"); ok {
		k, err := strconv.Atoi(strings.TrimSpace(strings.TrimRight(days, "dD")))
		if err != nil || k < 0 || k > 1000 {
			return time.Time{}, bad
		}
		return endOfDay(now.In(zone).AddDate(0, 0, k)), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15.04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	day, err := time.Parse(time.DateOnly, text) // in UTC, where every day has a midnight
	if err != nil {
		return time.Time{}, bad
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, zone), nil
}

// splitDate separates a date, with its time of day if there is one, from what
// follows.
func splitDate(text string) (date, rest string) {
	date, rest = firstWord(text)
	if clock, after := firstWord(rest); timeOfDay.MatchString(clock) {
		return date + " " + clock, after
	}
	return date, rest
}

var timeOfDay = regexp.MustCompile(`^\d\d[:.]\d\d$`)

// readDay reads a day as readDate does, or as the next day of the week of that
// name, "friday"; both count from the instant now, in its zone.
func readDay(l *locale.Locale, text, field string, now time.Time) (benchmark.Date, error) {
	text = strings.TrimSpace(text)
	for k := 1; k <= 7; k++ {
		if day := now.AddDate(0, 0, k); strings.EqualFold(text, l.DayOfWeek(day.Weekday())) {
			return dateOf(day), nil
		}
	}
	at, err := readDate(text, field, now, now.Location())
	return dateOf(at), err
}

// dateOf is the day of an instant, in its zone.
func dateOf(t time.Time) benchmark.Date { return benchmark.Date(t.Format(time.DateOnly)) }

// dateText writes an instant so that readDate reads it again.
func dateText(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if t.Hour() == 23 && t.Minute() == 59 {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}

func endOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 0, 0, t.Location())
}

// keywordValues reads "due 2027-01-31 closes 2027-02-07 rest" into the values after
// each of the words, which stop at the next one; what comes before the first
// is under "".
func keywordValues(text string, words ...string) map[string]string {
	found := map[string][]string{}
	key := ""
	for w := range strings.FieldsSeq(text) {
		name := strings.ToLower(strings.TrimRight(w, ":"))
		if slices.Contains(words, name) {
			key = name
			if found[key] == nil {
				found[key] = []string{}
			}
			continue
		}
		found[key] = append(found[key], w)
	}
	values := map[string]string{}
	for k, v := range found {
		values[k] = strings.Join(v, " ")
	}
	return values
}
