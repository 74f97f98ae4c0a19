package commands

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

const (
	dateMissing refusal.Reason = "date-missing"
	dateTwoWays refusal.Reason = "date-two-ways"
)

// dayReader reads days as people write them: "2027-01-31", "31/12/2026", "29 March",
// "friday", "tomorrow", "+14", in every language at once; a time of day may follow.
type dayReader struct {
	now    time.Time // in the zone whose wall clock is meant
	stands time.Time // what "+3" and "friday" count from, in that zone; zero: now
}

// read returns the instant that is meant; a day alone is 23:59, and one counted from
// what stands keeps its time of day. The error is a refusal, at the field.
func (d dayReader) read(text, field string) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		why := refuse(dateMissing)
		why.Field = field
		return time.Time{}, why
	}
	day, clock := cutClock(trimBefore(text))
	t, twoWays, known := d.day(day)
	switch {
	case twoWays:
		other := time.Date(t.Year(), time.Month(t.Day()), int(t.Month()), 0, 0, 0, 0, time.UTC)
		why := refuse(dateTwoWays, "Typed", text, "First", t.Format(time.DateOnly), "Second", other.Format(time.DateOnly))
		why.Field = field
		return time.Time{}, why
	case !known:
		why := refuse(refusal.DateUnreadable, "Typed", text)
		why.Field = field
		return time.Time{}, why
	case clock != "":
		at, err := time.ParseInLocation("2006-01-02 15:04", t.Format(time.DateOnly)+" "+clock, d.now.Location())
		if err != nil {
			why := refuse(refusal.DateUnreadable, "Typed", text)
			why.Field = field
			return time.Time{}, why
		}
		return at, nil
	}
	return t, nil
}

// readDate reads a date, with its time of day if there is one, in the zone; what is
// relative counts from now. The error is a refusal.
func readDate(text, field string, now time.Time, zone *time.Location) (time.Time, error) {
	return dayReader{now: now.In(zone)}.read(text, field)
}

// readMoved is readDate for a time that stands already: what is relative counts from
// that.
func readMoved(text, field string, now, stands time.Time, zone *time.Location) (time.Time, error) {
	return dayReader{now: now.In(zone), stands: stands.In(zone)}.read(text, field)
}

// readDay reads a day as readDate does; what is relative counts from the day of from.
func readDay(text, field string, now, from time.Time) (benchmark.Date, error) {
	at, err := dayReader{now: now, stands: from}.read(text, field)
	return dateOf(at), err
}

// splitDate separates a date, with its time of day if there is one, from what
// follows: as many of the first words as read as one.
func splitDate(text string, now time.Time) (date, rest string) {
	date, rest = firstWord(text)
	before := ""
	for left, k := strings.TrimSpace(text), 0; left != "" && k < longestDate; k++ {
		var word string
		word, left = firstWord(left)
		before = strings.TrimSpace(before + " " + word)
		if _, err := (dayReader{now: now}).read(strings.TrimRight(before, ",;:"), ""); err == nil {
			date, rest = strings.TrimRight(before, ",;:"), left
		}
	}
	return date, rest
}

// longestDate is how many words a date has at most: "by Friday the 29 March 2027 at 12:00".
const longestDate = 8

var (
	timeOfDay = regexp.MustCompile(`^\d\d[:.]\d\d$`)
	clockEnds = regexp.MustCompile(`(?i)^(.*?\S)(?:\s+|\s*,\s*|T)(?:at\s+|kl\.?\s*)?(\d{1,2})[:.](\d\d)$`)
)

// cutClock separates the time of day, "12:00", from the day before it.
func cutClock(text string) (day, clock string) {
	m := clockEnds.FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	if len(m[2]) == 1 {
		m[2] = "0" + m[2]
	}
	return m[1], m[2] + ":" + m[3]
}

// trimBefore takes off the words that may stand before a day.
func trimBefore(text string) string {
	for {
		first, rest := firstWord(text)
		if rest == "" || !slices.Contains(beforeDays, strings.ToLower(first)) {
			return text
		}
		text = rest
	}
}

// beforeDays may stand before a day and mean nothing more.
var beforeDays = []string{"on", "to", "until", "till", "by", "the", "på", "den", "tills", "senast"}

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
