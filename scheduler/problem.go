package scheduler

import "fmt"

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

// Error says what was wrong in English, for logs of tests. What people are told
// is chosen by Problem.
func (e *ParseError) Error() string {
	if e.Word == "" {
		return fmt.Sprintf("recurrence: %s", e.Problem)
	}
	return fmt.Sprintf("recurrence: %s: %q", e.Problem, e.Word)
}
