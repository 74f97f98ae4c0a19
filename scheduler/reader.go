package scheduler

import "time"

// reader gathers what the words of a recurrence say, in whatever order.
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

// one takes the single number that was waiting, 0 when there was none.
func (r *reader) one() (n int, problem Problem) {
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
		return r.takePerDay(daily)
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
	n, problem := r.one()
	switch {
	case problem != "":
		return problem
	case n == 0:
		return r.takePerDay(workdaily)
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
	n, problem := r.one()
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
	n, problem := r.one()
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
