package scheduler

import "time"

// reader builds a [Recurrence] from its words, in whatever order they come.
type reader struct {
	result Recurrence

	// numbers wait for what they count: "second" for "friday" or "month".
	numbers  []int
	counting bool // they stood right after "every"
	previous tokenKind
	lastWord string

	every    bool // "every" was said
	nthEvery bool // ... of the nth weekday or working day: "every second friday"
	weeks    bool // the week was spoken of
	period   int  // months in the period: 1, 3, 4, 6, 12; 0 when none was said
	interval int  // every so many of them
	repeated bool // the period was said with "every", not only "of the month"
	workNth  int
	perDay   kind // daily or workdaily, when said

	hasTime, hasHalf bool
}

// read takes in one token; the problem is "" when it fits.
func (r *reader) read(t token) Problem {
	problem := r.take(t)
	if t.kind != tokenFiller {
		r.lastWord = t.text
	}
	r.previous = t.kind
	return problem
}

func (r *reader) take(t token) Problem {
	if (r.previous == tokenFrom) != (t.kind == tokenDate) {
		return ProblemDate
	}
	switch t.kind {
	case tokenEvery:
		r.every = true
	case tokenNumber, tokenOrdinal:
		return r.takeNumber(t)
	case tokenDay:
		return r.takeDay()
	case tokenWorkday:
		return r.takeWorkday()
	case tokenWeek:
		return r.takeWeek()
	case tokenPeriod:
		return r.takePeriod(t.n)
	case tokenWeekday:
		return r.takeWeekday(time.Weekday(t.n))
	case tokenMonth:
		r.result.months |= 1 << t.n
		return r.daysFromNumbers()
	case tokenTime:
		return r.takeTime(t.n)
	case tokenHalf:
		return r.takeHalf(t.n)
	case tokenDate:
		return r.takeStart(t.date)
	case tokenFiller, tokenAt, tokenFrom:
	}
	return ""
}

func (r *reader) takeNumber(t token) Problem {
	if r.previous == tokenAt && t.kind == tokenNumber {
		return r.takeTime(t.n * 60)
	}
	if t.n == 0 {
		return ProblemDay
	}
	if len(r.numbers) == 0 {
		r.counting = r.previous == tokenEvery
	}
	r.numbers = append(r.numbers, t.n)
	return ""
}

// singleNumber takes the one number that was waiting, 0 when there was none.
func (r *reader) singleNumber() (n int, problem Problem) {
	switch len(r.numbers) {
	case 0:
		return 0, ""
	case 1:
		n = r.numbers[0]
		r.numbers = nil
		return n, ""
	}
	return 0, ProblemConflict
}

// daysFromNumbers takes the waiting numbers as days of the month.
func (r *reader) daysFromNumbers() Problem {
	for _, n := range r.numbers {
		switch {
		case n == last:
			r.result.days |= lastDay
		case n < 1 || n > 31:
			return ProblemDay
		default:
			r.result.days |= 1 << n
		}
	}
	r.numbers = nil
	return ""
}

func (r *reader) takeDay() Problem {
	switch {
	case len(r.numbers) > 0 && r.counting && r.numbers[0] != last:
		return ProblemInterval // "every second day"
	case len(r.numbers) > 0:
		return r.daysFromNumbers()
	case r.previous == tokenEvery:
		return r.takePerDay(everyDay)
	}
	return "" // "on day 5"
}

func (r *reader) takePerDay(k kind) Problem {
	if r.perDay != never {
		return ProblemConflict
	}
	r.perDay = k
	return ""
}

func (r *reader) takeWorkday() Problem {
	counting := r.counting
	n, problem := r.singleNumber()
	switch {
	case problem != "":
		return problem
	case n == 0:
		return r.takePerDay(everyWorkday)
	case r.workNth != 0:
		return ProblemConflict
	case n > 23: // no month has more than 23 from Monday to Friday
		return ProblemDay
	}
	r.workNth, r.nthEvery = n, counting
	return ""
}

func (r *reader) takeWeek() Problem {
	counting := r.counting
	n, problem := r.singleNumber()
	switch {
	case problem != "":
		return problem
	case n != 0 && (!counting || n == last):
		return ProblemWord // "the second week"
	case r.result.weeks != 0 && n != 0:
		return ProblemConflict
	}
	r.weeks = true
	if n != 0 {
		r.result.weeks = n
	}
	return ""
}

func (r *reader) takePeriod(months int) Problem {
	count := 0
	if r.counting && len(r.numbers) == 1 && (r.previous == tokenOrdinal || r.previous == tokenNumber) {
		count, r.numbers = r.numbers[0], nil // "every second month"
		if count == last {
			return ProblemInterval
		}
	} else if r.previous == tokenEvery {
		count = 1
	}
	if problem := r.daysFromNumbers(); problem != "" {
		return problem
	}
	if count == 0 { // "of the month"
		if r.period == 0 {
			r.period, r.interval = months, 1
		}
		return ""
	}
	if r.repeated && (r.period != months || r.interval != count) {
		return ProblemConflict
	}
	r.period, r.interval, r.repeated = months, count, true
	if step := months * count; step < 1 || step > 12 || 12%step != 0 {
		return ProblemInterval
	}
	return ""
}

func (r *reader) takeWeekday(day time.Weekday) Problem {
	counting := r.counting
	n, problem := r.singleNumber()
	switch {
	case problem != "":
		return problem
	case n != 0 && r.result.nth != 0:
		return ProblemConflict
	case n != 0:
		r.result.nth, r.nthEvery = n, counting
	}
	r.result.weekdays |= 1 << day
	return ""
}

// takeTime takes minutes after midnight.
func (r *reader) takeTime(minutes int) Problem {
	if r.hasTime {
		return ProblemConflict
	}
	if minutes < 0 || minutes >= 24*60 {
		return ProblemTime
	}
	r.hasTime = true
	r.result.hour, r.result.minute = minutes/60, minutes%60
	return ""
}

// takeHalf takes am (0) or pm (12): 12 am is midnight, 12 pm noon.
func (r *reader) takeHalf(hours int) Problem {
	if !r.hasTime || r.hasHalf || r.result.hour < 1 || r.result.hour > 12 {
		return ProblemTime
	}
	r.hasHalf = true
	r.result.hour = r.result.hour%12 + hours
	return ""
}

func (r *reader) takeStart(day date) Problem {
	switch {
	case day.isZero():
		return ProblemDate
	case !r.result.start.isZero():
		return ProblemConflict
	}
	r.result.start = day
	return ""
}

// recurrence puts together what was read.
func (r *reader) recurrence() (Recurrence, error) {
	problem := r.finish()
	if problem != "" {
		return Recurrence{}, &ParseError{problem, r.lastWord}
	}
	return r.result, nil
}

func (r *reader) finish() Problem {
	switch r.previous {
	case tokenFrom:
		return ProblemDate
	case tokenAt:
		return ProblemTime
	default:
	}
	if problem := r.daysFromNumbers(); problem != "" {
		return problem
	}
	if !r.hasTime {
		r.result.hour = defaultHour
	}
	ways := 0
	for _, said := range []bool{r.result.weekdays != 0, r.result.days != 0, r.workNth != 0, r.perDay != never} {
		if said {
			ways++
		}
	}
	monthly := r.period != 0 || r.result.months != 0
	switch {
	case ways > 1, r.weeks && (monthly || ways == 1 && r.result.weekdays == 0):
		return ProblemConflict
	case r.result.weekdays != 0 && monthly:
		return r.finishNthWeekday()
	case r.result.weekdays != 0:
		return r.finishWeekly()
	case r.perDay != never && monthly:
		return ProblemConflict
	case r.perDay != never:
		r.result.kind = r.perDay
		return ""
	case ways == 0 && (monthly || r.weeks):
		return ProblemWhichDay
	case ways == 0:
		return ProblemHowOften
	case !monthly && r.nthEvery:
		return ProblemInterval // "every second working day"
	case !monthly:
		return ProblemHowOften
	case r.workNth != 0:
		r.result.kind, r.result.nth = monthlyWorkday, r.workNth
		return r.finishMonths(r.workNth == last)
	}
	r.result.kind = monthlyDay
	if r.result.days != lastDay && r.result.days&lastDay != 0 && r.period > 1 {
		return ProblemConflict // "the 1st and the last day of the quarter" are in two months
	}
	return r.finishMonths(r.result.days == lastDay)
}

// maxWeeks is the longest "every so many weeks".
const maxWeeks = 12

func (r *reader) finishWeekly() Problem {
	r.result.kind = weekly
	switch nth := r.result.nth; {
	case nth == last, nth != 0 && !r.nthEvery:
		return ProblemHowOften // "the second friday": every second, or that of each month?
	case nth != 0 && r.result.weeks != 0:
		return ProblemConflict
	case nth != 0:
		r.result.weeks = nth
	}
	r.result.nth = 0
	r.result.weeks = max(r.result.weeks, 1)
	if r.result.weeks > maxWeeks {
		return ProblemInterval
	}
	return ""
}

func (r *reader) finishNthWeekday() Problem {
	r.result.kind = monthlyWeekday
	nth, days := r.result.nth, r.result.weekdays
	switch {
	case nth == 0:
		return ProblemWhichDay // "monthly on friday"
	case days&(days-1) != 0:
		return ProblemConflict // "the second monday and friday"
	case nth > 4:
		return ProblemDay // not every month has a fifth; "last" may be meant
	}
	return r.finishMonths(nth == last)
}

// finishMonths chooses the months: those named, or those that begin the
// periods, or end them for what is the last of a period.
func (r *reader) finishMonths(atEnd bool) Problem {
	if r.result.months != 0 {
		if r.repeated && r.period*r.interval != 12 {
			return ProblemConflict // "every quarter in january"
		}
		return ""
	}
	step := r.period * r.interval
	for month := range 12 {
		in := month % step
		if (in == 0 && (!atEnd || r.period == 1)) || (in == step-1 && atEnd && r.period > 1) {
			r.result.months |= 2 << month
		}
	}
	return ""
}
