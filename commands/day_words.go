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
	within     = regexp.MustCompile(`(?i)^(?:in|om) (\d{1,3}|\p{L}+) (days?|dag|dagar|weeks?|vecka|veckor)$`)
	following  = regexp.MustCompile(`(?i)^(?:next|nästa) (\p{L}+)$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})([/.])\s?(\d{1,2})(?:[/. ]\s?(\d{4})|[/.]\s?(\d\d))?$`)
	dayMonth   = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th|:e|:a|\.)? (?:of )?(\p{L}+)\.?,?(?: (\d{4}))?$`)
	monthDay   = regexp.MustCompile(`(?i)^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$`)
	weekdayAnd = regexp.MustCompile(`^(\p{L}+)\.?,? (?:the |den )?(.*\d.*)$`)
)

// maxRelative days can be counted on.
const maxRelative = 1000

// day reads the day alone. Other is what it can mean as well: of "3/4/2027" the fourth of
// March, of "next friday" the Friday after the coming one; else zero.
func (d dayReader) day(text string) (t, other time.Time, known bool) {
	if m := relative.FindStringSubmatch(text); m != nil {
		k, _ := strconv.Atoi(m[1]) // digits, by the pattern
		if strings.ContainsAny(strings.ToLower(m[2]), "wv") {
			k *= 7
		}
		if d.stands.IsZero() {
			return endOfDay(d.now.AddDate(0, 0, k)), other, k <= maxRelative
		}
		return d.stands.AddDate(0, 0, k), other, k <= maxRelative
	}
	if k, is := daysUntil(text); is {
		return endOfDay(d.now.AddDate(0, 0, k)), other, k <= maxRelative
	}
	if w, is := weekdayNamed(text); is {
		return d.coming(w), other, true
	}
	if m := following.FindStringSubmatch(text); m != nil {
		w, is := weekdayNamed(m[1])
		t, from := d.coming(w), d.from()
		if is && daysIntoWeek(w) > daysIntoWeek(from.Weekday()) { // it is still to come this week
			other = t.AddDate(0, 0, 7)
		}
		return t, other, is
	}
	if m := weekdayAnd.FindStringSubmatch(text); m != nil {
		if w, is := weekdayNamed(m[1]); is {
			t, other, known = d.date(m[2])
			return t, other, known && t.Weekday() == w
		}
	}
	return d.date(text)
}

// from is what days of the week count from.
func (d dayReader) from() time.Time {
	if d.stands.After(d.now) {
		return d.stands
	}
	return d.now
}

// coming is the next of a day of the week.
func (d dayReader) coming(w time.Weekday) time.Time {
	from := d.from()
	t := endOfDay(from.AddDate(0, 0, (int(w-from.Weekday())+6)%7+1))
	if d.stands.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), d.stands.Hour(), d.stands.Minute(), 0, 0, t.Location())
}

// daysIntoWeek is how many days a week has before it, from Monday on.
func daysIntoWeek(w time.Weekday) int { return (int(w) + 6) % 7 }

// daysUntil reads "tomorrow" and "in two weeks".
func daysUntil(text string) (days int, is bool) {
	m := within.FindStringSubmatch(text)
	if m == nil {
		return nearbyDay(text)
	}
	days, err := strconv.Atoi(m[1])
	if err != nil {
		if days = counted[strings.ToLower(m[1])]; days == 0 {
			return 0, false
		}
	}
	if strings.ContainsAny(strings.ToLower(m[2][:1]), "wv") {
		days *= 7
	}
	return days, true
}

// counted are numbers in words.
var counted = map[string]int{
	"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
}

// date reads a date of the calendar, and as what else it can be read. Without a year it is
// the next of its name.
func (d dayReader) date(text string) (t, other time.Time, known bool) {
	var year, month, day string
	twoWays := false
	switch {
	case yearFirst.MatchString(text):
		m := yearFirst.FindStringSubmatch(text)
		year, month, day = m[1], m[2], m[3]
	case dayFirst.MatchString(text):
		m := dayFirst.FindStringSubmatch(text)
		day, month, year = m[1], m[3], m[4]
		if m[5] != "" {
			year = "20" + m[5]
		}
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
	y, _ := strconv.Atoi(year)
	if t, known = d.next(y, m, k); known && twoWays {
		other, _ = d.next(y, k, m)
	}
	return t, other, known
}

// next is a day of that year; of no year, the next of its name.
func (d dayReader) next(year, month, day int) (t time.Time, known bool) {
	if year != 0 {
		return d.calendarDay(year, month, day)
	}
	for y := d.now.Year(); y < d.now.Year()+9; y++ { // there may be eight years between two leap days
		if t, known = d.calendarDay(y, month, day); known && !t.Before(d.now) {
			return t, true
		}
	}
	return time.Time{}, false
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

// nearbyDay reads the names of today and the two days after it.
func nearbyDay(text string) (days int, is bool) {
	text = strings.ReplaceAll(text, " ", "")
	for l := range inEachLanguage {
		for k, name := range []string{l.T("date.today"), l.T("date.tomorrow"), l.T("date.day-after-tomorrow")} {
			if strings.EqualFold(text, strings.ReplaceAll(name, " ", "")) {
				return k, true
			}
		}
	}
	return 0, false
}

// weekdayNamed reads a day of the week, "måndagen" too, or its first three letters.
func weekdayNamed(text string) (time.Weekday, bool) {
	for l := range inEachLanguage {
		for w := time.Sunday; w <= time.Saturday; w++ {
			if isShortFor(text, l.DayOfWeek(w)) || strings.EqualFold(text, l.DayOfWeek(w)+"en") {
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
