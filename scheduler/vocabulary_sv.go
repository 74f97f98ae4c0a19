package scheduler

import (
	"fmt"
	"strconv"
	"time"
)

var swedish = vocabulary{language: "sv", from: "från", meanings: swedishWords.meanings(), describe: describeSwedish}

var swedishWords = words{
	filler:  "den i på av och om",
	every:   "varje var vart varenda",
	day:     "dag dagen dagar dagarna",
	workday: "arbetsdag arbetsdagen arbetsdagar vardag vardagen vardagar",
	week:    "vecka veckan veckor",
	at:      "kl klockan",
	from:    "från fr.o.m f.o.m",

	everyDay:    "dagligen",
	everyWeek:   "veckovis",
	everySecond: "varannan vartannat",

	periods: map[int]string{
		1: "månad månaden månader", 3: "kvartal kvartalet", 4: "tertial tertialet", 6: "halvår halvåret", 12: "år året",
	},
	everyPeriod: map[int]string{
		1: "månadsvis månatligen", 3: "kvartalsvis", 4: "tertialvis", 6: "halvårsvis", 12: "årligen årsvis",
	},
	times:    map[int]string{0: "midnatt", 12 * 60: "middag lunch"},
	last:     "sista",
	ordinals: swedishOrdinals[1:],
	weekdays: []string{
		"söndag söndagen söndagar sön", "måndag måndagen måndagar mån", "tisdag tisdagen tisdagar tis", "onsdag onsdagen onsdagar ons",
		"torsdag torsdagen torsdagar tor tors", "fredag fredagen fredagar fre", "lördag lördagen lördagar lör",
	},
	months: []string{
		"januari jan", "februari feb", "mars", "april apr", "maj", "juni jun",
		"juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec",
	},
}

var (
	swedishOrdinals = []string{
		"", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte",
	}
	swedishWeekdays = []string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"}
	swedishMonths   = []string{
		"", "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
	}
)

func describeSwedish(r Recurrence) string {
	at := fmt.Sprintf(" kl. %02d.%02d", r.hour, r.minute)
	switch r.kind {
	case everyDay:
		return "varje dag" + at
	case everyWorkday:
		return "varje arbetsdag" + at
	case weekly:
		every := "varje "
		switch {
		case r.weeks == 2:
			every = "varannan "
		case r.weeks > 2:
			every = "var " + swedishOrdinals[r.weeks] + " "
		}
		return every + join(r.weekdays.names(swedishWeekday), "och") + at
	default:
	}
	months := "månad"
	if r.months != everyMonth {
		months = join(r.months.names(func(m time.Month) string { return swedishMonths[m] }), "och")
	}
	return "varje " + months + " " + swedishDay(r) + at
}

// swedishDay says which day of the month.
func swedishDay(r Recurrence) string {
	switch r.kind {
	case monthlyWorkday:
		if r.nth == last {
			return "sista arbetsdagen"
		}
		return "den " + swedishNth(r.nth) + " arbetsdagen"
	case monthlyWeekday:
		weekday := r.weekdays.names(swedishWeekday)[0] + "en"
		if r.nth == last {
			return "sista " + weekday
		}
		return swedishOrdinals[r.nth] + " " + weekday
	default:
	}
	days := r.days.names(swedishNth)
	switch {
	case len(days) == 0:
		return "sista dagen"
	case r.days&lastDay != 0:
		days = append(days, "sista dagen")
	}
	return "den " + join(days, "och")
}

func swedishWeekday(day time.Weekday) string { return swedishWeekdays[day] }

// swedishNth writes 1:a, 2:a, 3:e, 11:e, 21:a (Svenska skrivregler).
func swedishNth(n int) string {
	if unit := n % 10; (unit == 1 || unit == 2) && n != 11 && n != 12 {
		return strconv.Itoa(n) + ":a"
	}
	return strconv.Itoa(n) + ":e"
}
