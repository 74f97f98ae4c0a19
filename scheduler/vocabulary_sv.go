package scheduler

import (
	"fmt"
	"strconv"
	"time"
)

var swedish = vocabulary{language: "sv", from: "från", meanings: swedishMeanings(), describe: describeSwedish}

func swedishMeanings() meanings {
	m := meanings{}
	m.add("den i på av och om", token{kind: tokenFiller})
	m.add("varje var vart varenda", token{kind: tokenEvery})
	m.add("varannan vartannat", token{kind: tokenEvery}, token{kind: tokenOrdinal, n: 2})
	m.add("dagligen", token{kind: tokenEvery}, token{kind: tokenDay})
	m.add("veckovis", token{kind: tokenEvery}, token{kind: tokenWeek})
	m.add("månadsvis månatligen", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 1})
	m.add("kvartalsvis", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 3})
	m.add("tertialvis", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 4})
	m.add("halvårsvis", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 6})
	m.add("årligen årsvis", token{kind: tokenEvery}, token{kind: tokenPeriod, n: 12})
	m.add("dag dagen dagar dagarna", token{kind: tokenDay})
	m.add("arbetsdag arbetsdagen arbetsdagar vardag vardagen vardagar", token{kind: tokenWorkday})
	m.add("vecka veckan veckor", token{kind: tokenWeek})
	m.add("månad månaden månader", token{kind: tokenPeriod, n: 1})
	m.add("kvartal kvartalet", token{kind: tokenPeriod, n: 3})
	m.add("tertial tertialet", token{kind: tokenPeriod, n: 4})
	m.add("halvår halvåret", token{kind: tokenPeriod, n: 6})
	m.add("år året", token{kind: tokenPeriod, n: 12})
	m.add("kl klockan", token{kind: tokenAt})
	m.add("middag lunch", token{kind: tokenTime, n: 12 * 60})
	m.add("midnatt", token{kind: tokenTime, n: 0})
	m.add("från fr.o.m f.o.m", token{kind: tokenFrom})
	m.add("sista", token{kind: tokenOrdinal, n: last})
	m.addNumbered(tokenOrdinal, 1, swedishOrdinals[1:]...)
	m.addNumbered(tokenWeekday, int(time.Sunday), "söndag söndagen söndagar sön", "måndag måndagen måndagar mån", "tisdag tisdagen tisdagar tis",
		"onsdag onsdagen onsdagar ons", "torsdag torsdagen torsdagar tor tors", "fredag fredagen fredagar fre", "lördag lördagen lördagar lör")
	m.addNumbered(tokenMonth, int(time.January), "januari jan", "februari feb", "mars", "april apr", "maj", "juni jun",
		"juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec")
	return m
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
