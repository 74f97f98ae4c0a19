package scheduler

import (
	"slices"
	"strings"
	"time"
)

// vocabulary is how a language speaks of recurrences. Another language is added
// by adding one to [vocabularies]; the tests hold it to being understood.
type vocabulary struct {
	language string
	meanings meanings

	// describe returns words for a recurrence that parse to the same.
	describe func(Recurrence) string
	from     string // "from"
}

// vocabularies has English first, which all others fall back to.
var vocabularies = []vocabulary{english, swedish}

// Words describes a recurrence in a language ("en", "sv-SE"; English for those that
// aren't known): "every month on the 5th at 09:00", "varje månad den 5:e kl.
// 09.00". [Parse] understands the words of each language and gives the same
// recurrence back, so they are also what to keep. The zero Recurrence is "".
func (r Recurrence) Words(language string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(language), "_", "-"), "-")
	at := max(slices.IndexFunc(vocabularies, func(v vocabulary) bool { return v.language == base }), 0)
	v := vocabularies[at]
	var words string
	switch r.kind {
	case never:
		return ""
	case byCron:
		words = "cron " + r.cron.text
	default:
		words = v.describe(r)
	}
	if !r.start.isZero() {
		words += " " + v.from + " " + r.start.String()
	}
	return words
}

// String describes the recurrence in English.
func (r Recurrence) String() string { return r.Words("en") }

// words are how a language writes each meaning: one or more words, with spaces
// between them.
type words struct {
	filler  string // "on", "the": they say nothing
	every   string // "every"
	day     string // "day"
	workday string // "weekday"
	week    string // "week"
	at      string // "at"
	from    string // "from"
	am, pm  string

	everyDay        string // "daily"
	everyWeek       string // "weekly"
	everySecond     string // "varannan"
	everySecondWeek string // "fortnightly"

	periods      map[int]string // "month", "quarter", by their months
	everyPeriod  map[int]string // "monthly", "quarterly"
	times        map[int]string // "noon", by minutes after midnight
	last, second string         // "last", "other", beside the ordinals
	ordinals     []string       // from "first"
	numbers      []string       // from "two"
	weekdays     []string       // from Sunday
	months       []string       // from January
}

// meanings are what each word of a language stands for.
type meanings map[string][]token

func (w words) meanings() meanings {
	m := meanings{}
	every, second := token{kind: tokenEvery}, token{kind: tokenOrdinal, n: 2}
	m.add(w.filler, token{kind: tokenFiller})
	m.add(w.every, every)
	m.add(w.day, token{kind: tokenDay})
	m.add(w.workday, token{kind: tokenWorkday})
	m.add(w.week, token{kind: tokenWeek})
	m.add(w.at, token{kind: tokenAt})
	m.add(w.from, token{kind: tokenFrom})
	m.add(w.am, token{kind: tokenHalf, n: 0})
	m.add(w.pm, token{kind: tokenHalf, n: 12})
	m.add(w.everyDay, every, token{kind: tokenDay})
	m.add(w.everyWeek, every, token{kind: tokenWeek})
	m.add(w.everySecond, every, second)
	m.add(w.everySecondWeek, every, token{kind: tokenNumber, n: 2}, token{kind: tokenWeek})
	for months, period := range w.periods {
		m.add(period, token{kind: tokenPeriod, n: months})
	}
	for months, period := range w.everyPeriod {
		m.add(period, every, token{kind: tokenPeriod, n: months})
	}
	for minutes, name := range w.times {
		m.add(name, token{kind: tokenTime, n: minutes})
	}
	m.add(w.last, token{kind: tokenOrdinal, n: last})
	m.add(w.second, second)
	m.addNumbered(tokenOrdinal, 1, w.ordinals)
	m.addNumbered(tokenNumber, 2, w.numbers)
	m.addNumbered(tokenWeekday, int(time.Sunday), w.weekdays)
	m.addNumbered(tokenMonth, int(time.January), w.months)
	return m
}

// add gives words a meaning.
func (m meanings) add(words string, tokens ...token) {
	for word := range strings.FieldsSeq(words) {
		m[word] = tokens
	}
}

// addNumbered gives each entry's words its number, from first on.
func (m meanings) addNumbered(kind tokenKind, first int, entries []string) {
	for i, words := range entries {
		m.add(words, token{kind: kind, n: first + i})
	}
}

// join makes "a", "a and b", "a, b and c".
func join(words []string, and string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	end := len(words) - 1
	return strings.Join(words[:end], ", ") + " " + and + " " + words[end]
}

// names returns the names of the months of a recurrence, in order.
func (s monthSet) names(name func(time.Month) string) []string {
	var names []string
	for month := time.January; month <= time.December; month++ {
		if s.has(month) {
			names = append(names, name(month))
		}
	}
	return names
}

// names returns the names of the days of the week, from Monday.
func (s weekdaySet) names(name func(time.Weekday) string) []string {
	var names []string
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); s.has(day) {
			names = append(names, name(day))
		}
	}
	return names
}

// names returns the names of the days of the month; the last day, if meant,
// has none here.
func (s daySet) names(name func(int) string) []string {
	var names []string
	for day := 1; day <= 31; day++ {
		if s.has(day) {
			names = append(names, name(day))
		}
	}
	return names
}
