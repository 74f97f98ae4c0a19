package scheduler

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// defaultHour is the time of day of a recurrence that names none: 09:00.
const defaultHour = 9

// Parse reads a recurrence, in English or Swedish words or as a cron expression:
//
//	every day at 09:00                      varje dag kl. 09.00
//	every working day at 8                  varje arbetsdag kl. 8
//	every monday and thursday at 2:30 pm    varje måndag och torsdag kl. 14.30
//	every second friday from 2026-10-30     varannan fredag från 2026-10-30
//	monthly on the 1st and 15th at 09:00    varje månad den 1:a och 15:e kl. 09.00
//	last day of every month at noon         sista dagen varje månad kl. 12
//	every month on the second friday        andra fredagen varje månad
//	quarterly on the 1st working day        varje kvartal den 1:a arbetsdagen
//	every january and july on the 5th       varje januari och juli den 5:e
//	0 9 5 * *                               cron 0 9 5 * *
//
// Without a time of day it is 09:00. A quarter, a third of a year (tertial) and
// a half begin in January, and "the last day of the quarter" is that of its last
// month. A month that lacks the 31st has it on its last day, and one that has
// fewer working days on the last of them; a cron expression, as cron does, skips
// the month. "Every weekday" is every working day.
//
// A cron expression has five fields (minute, hour, day of month, month, day of
// week; 0 is Sunday); if both days are limited, either is enough. It is
// evaluated by the wall clock of the zone that [Recurrence.Next] is given, so it
// may not name one.
//
// The error is always a *[ParseError].
func Parse(text string) (Recurrence, error) {
	words := tokenise(text)
	if len(words) == 0 {
		return Recurrence{}, &ParseError{Problem: ProblemEmpty}
	}
	if expression, start, ok := splitCron(words); ok {
		return parseCron(expression, start)
	}
	var r reader
	for _, word := range words {
		meaning, ok := meaningOf(word)
		if !ok {
			return Recurrence{}, &ParseError{ProblemWord, word}
		}
		for _, t := range meaning {
			t.text = word
			if problem := r.read(t); problem != "" {
				return Recurrence{}, &ParseError{problem, word}
			}
		}
	}
	return r.recurrence()
}

// splitCron returns the words of a cron expression and the start after it, and
// false for words that are none: the first three fields of cron are never words.
func splitCron(words []string) (expression, start []string, ok bool) {
	switch {
	case words[0] == "cron":
		words = words[1:]
	case strings.HasPrefix(words[0], "tz=") || strings.HasPrefix(words[0], "cron_tz=") || strings.HasPrefix(words[0], "@"):
	case len(words) < 3 || !isCronField(words[0]) || !isCronField(words[1]) || !isCronField(words[2]):
		return nil, nil, false
	}
	if n := len(words) - 2; n > 0 && announcesStart(words[n]) {
		return words[:n], words[n+1:], true
	}
	return words, nil, true
}

func isCronField(field string) bool {
	return strings.Trim(field, "0123456789*,-/?") == ""
}

// cronFields are minute, hour, day of month, month, day of week.
var cronFields = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

func parseCron(fields, start []string) (Recurrence, error) {
	text := strings.Join(fields, " ")
	// The library panics on "TZ=" and "TZ=0".
	if strings.Contains(text, "=") {
		return Recurrence{}, &ParseError{ProblemZone, text}
	}
	parsed, err := cronFields.Parse(text)
	if err != nil {
		return Recurrence{}, &ParseError{ProblemCron, err.Error()}
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok || spec.Minute == 0 || spec.Hour == 0 || spec.Dom == 0 || spec.Month == 0 || spec.Dow == 0 {
		return Recurrence{}, &ParseError{ProblemCron, "a field with nothing in it"} // such as ","
	}
	// Four years have every date there is.
	if spec.Next(time.Date(2023, time.December, 31, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Recurrence{}, &ParseError{ProblemNever, text}
	}
	r := Recurrence{kind: byCron, cron: expression{text, *spec}}
	for _, word := range start {
		day, err := time.Parse(dateLayout, word)
		if err != nil {
			return Recurrence{}, &ParseError{ProblemDate, word}
		}
		r.start = dateOf(day)
	}
	return r, nil
}

// Problem names why words or a cron expression are no [Recurrence].
type Problem string

// What can be wrong with a recurrence. Word, where it says so, is what
// [ParseError.Word] holds.
const (
	ProblemEmpty    Problem = "empty"        // nothing was typed
	ProblemWord     Problem = "unknown-word" // Word is not understood
	ProblemWhichDay Problem = "which-day"    // "monthly at 09:00": on which day?
	ProblemHowOften Problem = "how-often"    // "on the 5th": of every month?
	ProblemConflict Problem = "conflict"     // two things that don't go together; Word is the later
	ProblemInterval Problem = "interval"     // Word is every so many days, weeks or months that can't be had
	ProblemDay      Problem = "no-such-day"  // Word is no day of a month, or a fifth Friday
	ProblemTime     Problem = "no-such-time" // Word is no time of day
	ProblemDate     Problem = "no-such-date" // Word is no date such as 2026-10-30
	ProblemCron     Problem = "cron"         // not a cron expression of five fields; Word is what is wrong, in English
	ProblemZone     Problem = "zone"         // a cron expression that names a zone: the network's own holds
	ProblemNever    Problem = "never"        // a cron expression that no day fits, such as 30 February
)

// ParseError is the only error of [Parse].
type ParseError struct {
	Problem Problem
	Word    string // see [Problem]; may be empty
}

// Error says what was wrong in English, for logs and tests. What people are told
// is chosen by Problem.
func (e *ParseError) Error() string {
	if e.Word == "" {
		return fmt.Sprintf("recurrence: %s", e.Problem)
	}
	return fmt.Sprintf("recurrence: %s: %q", e.Problem, e.Word)
}
