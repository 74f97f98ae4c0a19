package scheduler

import (
	"fmt"
	"strconv"
	"time"
)

var english = vocabulary{language: "en", from: "from", meanings: englishMeanings(), describe: describeEnglish}

func englishMeanings() meanings {
	m := meanings{}
	m.add("on the of in a and", token{kind: tokenFiller})
	m.add("every each", token{kind: tokenEvery})
	m.add("daily", token{kind: tokenEvery}, token{kind: tokenDay})
	m.add("weekly", token{kind: tokenEvery}, token{kind: tokenWeek})
	m.add("fortnightly", token{kind: tokenEvery}, token{kind: tokenNumber, n: 2}, token{kind: tokenWeek})
	m.add("monthly", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 1})
	m.add("quarterly", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 3})
	m.add("halfyearly", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 6})
	m.add("yearly annually", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 12})
	m.add("day days", token{kind: tokenDay})
	m.add("workday workdays weekday weekdays", token{kind: tokenWorkday})
	m.add("week weeks", token{kind: tokenWeek})
	m.add("month months", token{kind: tokenPeriod, n: 1})
	m.add("quarter quarters", token{kind: tokenPeriod, n: 3})
	m.add("halfyear halfyears", token{kind: tokenPeriod, n: 6})
	m.add("year years", token{kind: tokenPeriod, n: 12})
	m.add("at", token{kind: tokenAt})
	m.add("noon", token{kind: tokenTime, n: 12 * 60})
	m.add("midnight", token{kind: tokenTime, n: 0})
	m.add("am", token{kind: tokenHalf, n: 0})
	m.add("pm", token{kind: tokenHalf, n: 12})
	m.add("from starting since", token{kind: tokenFrom})
	m.add("last", token{kind: tokenOrdinal, n: last})
	m.add("other", token{kind: tokenOrdinal, n: 2})
	m.addNumbered(tokenOrdinal, 1, englishOrdinals[1:]...)
	m.addNumbered(tokenNumber, 2, "two", "three", "four", "five", "six")
	m.addNumbered(tokenWeekday, int(time.Sunday), "sunday sundays sun", "monday mondays mon", "tuesday tuesdays tue tues",
		"wednesday wednesdays wed", "thursday thursdays thu thur thurs", "friday fridays fri", "saturday saturdays sat")
	m.addNumbered(tokenMonth, int(time.January), "january jan", "february feb", "march mar", "april apr", "may", "june jun",
		"july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec")
	return m
}

var englishOrdinals = []string{
	"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
}

func describeEnglish(r Recurrence) string {
	at := fmt.Sprintf(" at %02d:%02d", r.hour, r.minute)
	switch r.kind {
	case everyDay:
		return "every day" + at
	case everyWorkday:
		return "every working day" + at
	case weekly:
		every := "every "
		if r.weeks > 1 {
			every += englishOrdinals[r.weeks] + " "
		}
		return every + join(r.weekdays.names(time.Weekday.String), "and") + at
	default:
	}
	months := "month"
	if r.months != everyMonth {
		months = join(r.months.names(time.Month.String), "and")
	}
	return "every " + months + " on the " + englishDay(r) + at
}

// englishDay says which day of the month.
func englishDay(r Recurrence) string {
	switch r.kind {
	case monthlyWorkday:
		if r.nth == last {
			return "last working day"
		}
		return englishNth(r.nth) + " working day"
	case monthlyWeekday:
		weekday := r.weekdays.names(time.Weekday.String)[0]
		if r.nth == last {
			return "last " + weekday
		}
		return englishOrdinals[r.nth] + " " + weekday
	default:
	}
	days := r.days.names(englishNth)
	if r.days&lastDay != 0 {
		days = append(days, "last day")
	}
	return join(days, "and")
}

func englishNth(n int) string {
	suffix := "th"
	if n < 11 || n > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
