// Package scheduler knows when: which days are working days ([WorkingDays]),
// when something that recurs is next due on the wall clock of a place
// ([Recurrence]), and how to look at the time every so often ([Ticker]).
//
// Recurrences and working days are pure: the instant, the zone and the calendar
// are arguments. What is kept of a recurrence is its rule, in words or as a cron
// expression, never an offset or a list of instants; so a change of the zone
// database moves what is still to come to where people expect it.
//
// What it promises: a recurrence gives every wall-clock time of its rule
// exactly once. One that daylight saving skips is due at the next instant that
// exists; one that comes twice is due the first time. What it doesn't do:
// remember what has run, catch up, or decide what is to be done: that is the
// duties' business.
package scheduler
