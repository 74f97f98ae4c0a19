package scheduler

import (
	"fmt"
	"strconv"
	"time"
)

var english = vocabulary{language: "en", from: "from", meanings: englishWords.meanings(), describe: describeEnglish}

var englishWords = words{
	filler:  "on the of in a and",
	every:   "every each",
	day:     "day days",
	workday: "workday workdays weekday weekdays",
	week:    "week weeks",
	at:      "at",
	from:    "from starting since",
	am:      "am",
	pm:      "pm",

	everyDay:        "daily",
	everyWeek:       "weekly",
	everySecondWeek: "fortnightly",

	periods:     map[int]string{1: "month months", 3: "quarter quarters", 6: "halfyear halfyears", 12: "year years"},
	everyPeriod: map[int]string{1: "monthly", 3: "quarterly", 6: "halfyearly", 12: "yearly annually"},
	times:       map[int]string{0: "midnight", 12 * 60: "noon"},
	last:        "last",
	second:      "other",
	ordinals:    englishOrdinals[1:],
	numbers:     []string{"two", "three", "four", "five", "six"},
	weekdays: []string{
		"sunday sundays sun", "monday mondays mon", "tuesday tuesdays tue tues", "wednesday wednesdays wed",
		"thursday thursdays thu thur thurs", "friday fridays fri", "saturday saturdays sat",
	},
	months: []string{
		"january jan", "february feb", "march mar", "april apr", "may", "june jun",
		"july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
	},
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
