package commands

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
// "friday", "in two weeks", "+14", in every language at once; a time of day may follow.
type dayReader struct {
	now    time.Time // in the zone whose wall clock is meant
	stands time.Time // what "+3" and "friday" count from, in that zone; zero: now
}

// read returns the instant that is meant; a day alone is 23:59, and one counted from
// what stands, as "+3" and "friday" are, keeps its time of day. The error is a refusal, at
// the field.
func (d dayReader) read(text, field string) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		why := refuse(dateMissing)
		why.Field = field
		return time.Time{}, why
	}
	day, clock := cutClock(trimBefore(text))
	t, other, known := d.day(day)
	switch {
	case known && !other.IsZero():
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
// follows: as many of the first words as read as one. Where "at" stands behind it and no
// hour, nothing is split off, so that it is asked about.
func splitDate(text string, now time.Time) (date, rest string) {
	date, rest = firstWord(text)
	before := ""
	for left, k := strings.TrimSpace(text), 0; left != "" && k < longestDate; k++ {
		var word string
		word, left = firstWord(left)
		before = strings.TrimSpace(before + " " + word)
		day := strings.TrimRight(before, ",;:")
		_, err := (dayReader{now: now}).read(day, "")
		if why, is := errors.AsType[*benchmark.Refusal](err); err == nil || is && why.Reason == dateTwoWays {
			date, rest = day, left
		}
	}
	if lacksHour.MatchString(rest) {
		return text, ""
	}
	return date, rest
}

// longestDate is how many words a date has at most: "by Friday the 29 March 2027 at 12:00".
const longestDate = 8

var (
	timeOfDay = regexp.MustCompile(`^\d\d[:.]\d\d$`)
	clockEnds = regexp.MustCompile(`(?i)^(.*?\S)(?:\s*,\s*|\s+|T)((?:at|kl\.?|klockan)\s*)?(\d{1,2})(?:[:.](\d\d))?(?:\s?([ap])\.?m\.?)?$`)
	// lacksHour is "at" and no hour behind it: "kl" is nothing else, and "at North" is.
	lacksHour = regexp.MustCompile(`(?i)^(?:at\s*(?:[,;:.]|$)|(?:kl|klockan)(?:$|[^\pL]))`)
)

// cutClock separates the time of day, "12:00", "at 14" or "2pm", from the day before it.
func cutClock(text string) (day, clock string) {
	m := clockEnds.FindStringSubmatch(text)
	if m == nil || m[2] == "" && m[4] == "" && m[5] == "" {
		return text, ""
	}
	hour, _ := strconv.Atoi(m[3]) // digits, by the pattern
	if m[5] != "" && (hour < 1 || hour > 12) {
		return text, ""
	}
	switch strings.ToLower(m[5]) {
	case "a":
		hour %= 12
	case "p":
		hour = hour%12 + 12
	}
	return m[1], fmt.Sprintf("%02d:%s", hour, cmp.Or(m[4], "00"))
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
var beforeDays = []string{"on", "to", "until", "till", "by", "the", "this", "på", "den", "nu", "tills", "senast"}

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
