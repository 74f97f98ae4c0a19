package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"roundtable/locale"
)

var (
	relative   = regexp.MustCompile(`(?i)^\+\s*(\d{1,4})\s*(d|days?|dag|dagar|w|weeks?|v|vecka|veckor)?$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})([/.])\s?(\d{1,2})(?:[/. ]\s?(\d{4}))?$`)
	dayMonth   = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th|:e|:a|\.)? (?:of )?(\p{L}+)\.?,?(?: (\d{4}))?$`)
	monthDay   = regexp.MustCompile(`(?i)^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$`)
	weekdayAnd = regexp.MustCompile(`^(\p{L}+)\.?,? (?:the |den )?(.*\d.*)$`)
)

// maxRelative days can be counted on.
const maxRelative = 1000

// day reads the day alone. Of "3/4/2027" it returns the one reading, and that there are
// two.
func (d dayReader) day(text string) (t time.Time, twoWays, known bool) {
	if m := relative.FindStringSubmatch(text); m != nil {
		k, _ := strconv.Atoi(m[1]) // digits, by the pattern
		if strings.ContainsAny(strings.ToLower(m[2]), "wv") {
			k *= 7
		}
		if d.stands.IsZero() {
			return endOfDay(d.now.AddDate(0, 0, k)), false, k <= maxRelative
		}
		return d.stands.AddDate(0, 0, k), false, k <= maxRelative
	}
	if k, is := nearbyDay(text); is {
		return endOfDay(d.now.AddDate(0, 0, k)), false, true
	}
	if w, is := weekdayNamed(text); is {
		from := d.now
		if d.stands.After(from) {
			from = d.stands
		}
		days := (int(w-from.Weekday())+6)%7 + 1
		return endOfDay(from.AddDate(0, 0, days)), false, true
	}
	if m := weekdayAnd.FindStringSubmatch(text); m != nil {
		if w, is := weekdayNamed(m[1]); is {
			t, twoWays, known = d.date(m[2])
			return t, twoWays, known && t.Weekday() == w
		}
	}
	return d.date(text)
}

// date reads a date of the calendar. Without a year it is the next of its name.
func (d dayReader) date(text string) (t time.Time, twoWays, known bool) {
	var year, month, day string
	switch {
	case yearFirst.MatchString(text):
		m := yearFirst.FindStringSubmatch(text)
		year, month, day = m[1], m[2], m[3]
	case dayFirst.MatchString(text):
		m := dayFirst.FindStringSubmatch(text)
		day, month, year = m[1], m[3], m[4]
		first, _ := strconv.Atoi(day)
		second, _ := strconv.Atoi(month)
		twoWays = m[2] == "/" && first <= 12 && second <= 12 && first != second
	case dayMonth.MatchString(text):
		m := dayMonth.FindStringSubmatch(text)
		day, month, year = m[1], monthNamed(m[2]), m[3]
	case monthDay.MatchString(text):
		m := monthDay.FindStringSubmatch(text)
		month, day, year = monthNamed(m[1]), m[2], m[3]
	}
	m, _ := strconv.Atoi(month)
	k, _ := strconv.Atoi(day)
	if year != "" {
		y, _ := strconv.Atoi(year)
		t, known = d.calendarDay(y, m, k)
		return t, twoWays && known, known
	}
	for y := d.now.Year(); y < d.now.Year()+9; y++ { // there may be eight years between two leap days
		if t, known = d.calendarDay(y, m, k); known && !t.Before(d.now) {
			return t, twoWays, true
		}
	}
	return time.Time{}, false, false
}

// calendarDay is the end of a day that the calendar has.
func (d dayReader) calendarDay(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 23, 59, 0, 0, d.now.Location())
	return t, month >= 1 && month <= 12 && t.Day() == day && year >= 1000
}

// inEachLanguage has those whose words for days are understood, whatever is spoken.
func inEachLanguage(yield func(l *locale.Locale) bool) {
	for _, name := range locale.Languages() {
		if !yield(locale.For(name)) {
			return
		}
	}
}

// nearbyDay reads today's and tomorrow's names.
func nearbyDay(text string) (days int, is bool) {
	text = strings.ReplaceAll(text, " ", "")
	for l := range inEachLanguage {
		for k, name := range []string{l.T("date.today"), l.T("date.tomorrow")} {
			if strings.EqualFold(text, strings.ReplaceAll(name, " ", "")) {
				return k, true
			}
		}
	}
	return 0, false
}

// weekdayNamed reads a day of the week, or its first three letters.
func weekdayNamed(text string) (time.Weekday, bool) {
	for l := range inEachLanguage {
		for w := time.Sunday; w <= time.Saturday; w++ {
			if isShortFor(text, l.DayOfWeek(w)) {
				return w, true
			}
		}
	}
	return 0, false
}

// monthNamed reads a month, or at least its first three letters, as a number; empty
// for none.
func monthNamed(text string) string {
	for l := range inEachLanguage {
		for m := time.January; m <= time.December; m++ {
			if isShortFor(text, l.Month(m)) {
				return strconv.Itoa(int(m))
			}
		}
	}
	return ""
}

// isShortFor says whether a text is a name, or three letters or more that it begins with.
func isShortFor(text, name string) bool {
	text, name = strings.ToLower(strings.TrimSuffix(text, ".")), strings.ToLower(name)
	return len([]rune(text)) >= 3 && strings.HasPrefix(name, text)
}
