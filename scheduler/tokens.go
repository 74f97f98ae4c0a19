package scheduler

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// token is what a word means for a recurrence.
type token struct {
	kind tokenKind
	n    int    // the number, weekday, month, minute of the day or months in a period
	date date   // of a tokenDate
	text string // the word
}

type tokenKind int

const (
	tokenFiller  tokenKind = iota // "on", "the": says nothing
	tokenEvery                    // "every"
	tokenOrdinal                  // "second", "5th", "last"
	tokenNumber                   // "5"
	tokenDay                      // "day"
	tokenWorkday                  // "working day"
	tokenWeek                     // "week"
	tokenPeriod                   // "month", "quarter": n months
	tokenWeekday                  // "friday"
	tokenMonth                    // "january"
	tokenAt                       // "at": a time comes
	tokenTime                     // "14:30"
	tokenHalf                     // "am" or "pm": hours to add
	tokenFrom                     // "from": a date comes
	tokenDate                     // "2026-10-30"
)

var (
	timeWord    = regexp.MustCompile(`^(\d{1,2})[:.](\d{2})(am|pm)?$`)
	hourWord    = regexp.MustCompile(`^(\d{1,2})(am|pm)$`)
	ordinalWord = regexp.MustCompile(`^(\d{1,2})(st|nd|rd|th|:?a|:?e)$`)
	numberWord  = regexp.MustCompile(`^\d{1,2}$`)
	dateWord    = regexp.MustCompile(`^\d+-\d+-\d+$`)
)

// synonyms replaces what is written in several ways, or as two words, by one word.
// Letters with a combining ring or diaeresis come from some keyboards.
var synonyms = strings.NewReplacer(
	"a\u030a", "å", "a\u0308", "ä", "o\u0308", "ö", "\u00a0", " ", "\u202f", " ",
	"working day", "workday", "business day", "workday", "helgfri vardag", "vardag",
	"starting from", "from", "starting on", "from", "från och med", "från", "med start", "från", "kl.", "kl ",
	"half-year", "halfyear", "half year", "halfyear", "a.m.", "am", "p.m.", "pm",
)

// tokenise returns the words of a text in small letters, without the marks
// between and after them. A comma inside a cron field is kept.
func tokenise(text string) []string {
	var words []string
	for word := range strings.FieldsSeq(synonyms.Replace(strings.ToLower(text))) {
		if !isCronField(word) {
			word = strings.Trim(word, ".,;:!\"'“”()")
		} else if word != "," {
			word = strings.TrimSuffix(word, ",")
		}
		if word != "" {
			words = append(words, word)
		}
	}
	return words
}

// meaningOf returns what a word means, several tokens for one such as "daily",
// and false when it means nothing here.
func meaningOf(word string) ([]token, bool) {
	for _, language := range vocabularies {
		if meaning, ok := language.meanings[word]; ok {
			return meaning, true
		}
	}
	if part := timeWord.FindStringSubmatch(word); part != nil {
		return timeTokens(part[1], part[2], part[3]), true
	}
	if part := hourWord.FindStringSubmatch(word); part != nil {
		return timeTokens(part[1], "0", part[2]), true
	}
	if part := ordinalWord.FindStringSubmatch(word); part != nil {
		return []token{{kind: tokenOrdinal, n: number(part[1])}}, true
	}
	if numberWord.MatchString(word) {
		return []token{{kind: tokenNumber, n: number(word)}}, true
	}
	if dateWord.MatchString(word) {
		day, err := time.Parse(dateLayout, word)
		if err != nil {
			return []token{{kind: tokenDate}}, true // no such date
		}
		return []token{{kind: tokenDate, date: dateOf(day)}}, true
	}
	return nil, false
}

func timeTokens(hour, minute, half string) []token {
	t := token{kind: tokenTime, n: number(hour)*60 + number(minute)}
	if number(minute) > 59 {
		t.n = -1 // no such time
	}
	switch half {
	case "am":
		return []token{t, {kind: tokenHalf, n: 0}}
	case "pm":
		return []token{t, {kind: tokenHalf, n: 12}}
	}
	return []token{t}
}

// number parses digits that a pattern has matched: one or two.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// announcesStart reports whether a word, such as "from", comes before a start date.
func announcesStart(word string) bool {
	meaning, ok := meaningOf(word)
	return ok && meaning[0].kind == tokenFrom
}
