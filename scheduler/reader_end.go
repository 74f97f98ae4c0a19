package scheduler

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
