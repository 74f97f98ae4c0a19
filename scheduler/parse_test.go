package scheduler

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	tests := []struct {
		want string // in words
		text []string
	}{
		{"every day at 09:00", []string{
			"daily", "every day", "Every day at 9", "each day at 9:00 am", "daily at 9am", "dagligen", "varje dag kl. 9", "Varje dag klockan 09.00", "kl.9 varje dag",
		}},
		{"every day at 00:00", []string{"daily at midnight", "every day at 12 am", "varje dag midnatt", "daily at 0"}},
		{"every day at 12:00", []string{"daily at noon", "every day at 12:00 p.m.", "varje dag kl 12"}},
		{"every working day at 08:00", []string{
			"every working day at 8", "on working days at 08:00", "every weekday at 8", "varje arbetsdag kl. 08.00", "varje vardag kl 8", "vardagar kl 8",
		}},
		{"every Monday and Thursday at 14:30", []string{
			"every monday and thursday at 2:30 pm", "mondays, thursdays at 14.30", "weekly on thursday and monday at 14:30",
			"varje måndag och torsdag kl. 14.30", "måndagar och torsdagar 14:30", "varje ma\u030andag och torsdag kl. 14.30",
		}},
		{"every second Friday at 14:30", []string{
			"every second friday at 14:30", "every other Friday at 14:30", "every 2nd friday at 14:30", "fridays every two weeks at 14:30",
			"fortnightly on friday at 14:30", "every 2 weeks on friday at 14:30", "varannan fredag kl. 14.30", "varannan vecka på fredag kl 14:30",
		}},
		{"every third Monday at 09:00 from 2026-10-30", []string{
			"every third monday from 2026-10-30", "every 3 weeks on monday starting 2026-10-30", "var tredje måndag från 2026-10-30",
			"var 3:e måndag fr.o.m. 2026-10-30", "var tredje vecka på måndagar från och med 2026-10-30",
		}},
		{"every month on the 5th at 09:00", []string{
			"monthly on the 5th at 09:00", "every month on the 5th", "on the 5th of every month", "5th of the month, at 9", "monthly on day 5",
			"varje månad den 5:e kl. 09.00", "den 5 varje månad", "månadsvis den femte", "den 5:e i månaden", "every fifth of the month",
		}},
		{"every month on the 1st and 15th at 09:00", []string{"monthly on the 1st and 15th", "monthly on the 15th, 1st", "varje månad den 1:a och 15:e"}},
		{"every month on the last day at 17:00", []string{
			"last day of every month at 17", "monthly on the last day at 5 pm", "sista dagen varje månad kl 17", "monthly on the last at 17:00",
		}},
		{"every month on the 15th and last day at 09:00", []string{"monthly on the 15th and the last day", "varje månad den 15:e och sista dagen"}},
		{"every month on the 1st working day at 08:00", []string{
			"monthly on the first working day at 8", "1st working day of every month at 8am", "första arbetsdagen varje månad kl 8", "varje månad den 1:a arbetsdagen kl. 08.00",
		}},
		{"every month on the last working day at 09:00", []string{"last working day of the month", "sista arbetsdagen i månaden", "varje månad sista vardagen"}},
		{"every month on the second Friday at 09:00", []string{
			"second friday of every month", "monthly on the 2nd friday", "every second friday of the month", "andra fredagen varje månad", "varje månad andra fredagen",
		}},
		{"every month on the last Monday at 09:00", []string{"last monday of the month", "sista måndagen i månaden"}},
		{"every January, April, July and October on the 1st working day at 08:00", []string{
			"quarterly on the 1st working day at 08:00", "every quarter on the first working day at 8", "every three months on the 1st working day at 8",
			"varje kvartal den 1:a arbetsdagen kl. 08.00", "kvartalsvis första arbetsdagen kl 8", "var tredje månad första arbetsdagen kl 8",
		}},
		{"every March, June, September and December on the last day at 09:00", []string{"last day of every quarter", "quarterly on the last day", "sista dagen varje kvartal"}},
		{"every January, May and September on the 5th at 09:00", []string{"every four months on the 5th", "varje tertial den 5:e"}},
		{"every January and July on the 5th at 09:00", []string{
			"every half-year on the 5th", "every six months on the 5th", "every january and july on the 5th", "varje halvår den 5:e", "varje januari och juli den 5:e",
		}},
		{"every January on the 15th at 09:00", []string{"every year on 15 january", "yearly on the 15th of january", "varje år den 15 januari", "every january on the 15th"}},
		{"every December on the last Friday at 09:00", []string{"every year on the last friday of december", "sista fredagen i december varje år", "every year on the last friday"}},
		{"every January, March, May, July, September and November on the 1st at 09:00", []string{"every second month on the 1st", "varannan månad den 1:a"}},
		{"cron 0 9 5 * *", []string{"0 9 5 * *", "cron 0 9 5 * *", " 0  9 5 * * "}},
		{"cron */15 8-16 * jan mon-fri from 2026-10-30", []string{"*/15 8-16 * JAN MON-FRI from 2026-10-30", "cron */15 8-16 * jan mon-fri från 2026-10-30"}},
		{"cron 0 9 1,15 * ?", []string{"0 9 1,15 * ?"}},
	}
	for _, test := range tests {
		for _, text := range test.text {
			r, err := Parse(text)
			if err != nil || r.String() != test.want {
				t.Errorf("%q: %q, %v, want %q", text, r, err, test.want)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]ParseError{
		"":                                     {ProblemEmpty, ""},
		" . ":                                  {ProblemEmpty, ""},
		"whenever you like":                    {ProblemWord, "whenever"},
		"every blue friday":                    {ProblemWord, "blue"},
		"every second day":                     {ProblemInterval, "day"},
		"every second working day":             {ProblemInterval, "workday"},
		"every five months on the 1st":         {ProblemInterval, "months"},
		"every 13 weeks on friday":             {ProblemInterval, "friday"},
		"monthly":                              {ProblemWhichDay, "monthly"},
		"monthly on friday":                    {ProblemWhichDay, "friday"},
		"every second week":                    {ProblemWhichDay, "week"},
		"varje månad kl. 09.00":                {ProblemWhichDay, "09.00"},
		"on the 5th at 09:00":                  {ProblemHowOften, "09:00"},
		"the first working day":                {ProblemHowOften, "workday"},
		"the second friday":                    {ProblemHowOften, "friday"},
		"at 09:00":                             {ProblemHowOften, "09:00"},
		"daily at 9 at 10":                     {ProblemConflict, "10"},
		"every day on monday":                  {ProblemConflict, "monday"},
		"monthly on the 5th, quarterly":        {ProblemConflict, "quarterly"},
		"quarterly on the 5th of january":      {ProblemConflict, "january"},
		"monthly on the 1st and 3rd monday":    {ProblemConflict, "monday"},
		"weekly on the 5th":                    {ProblemConflict, "5th"},
		"weekly on the 1st working day":        {ProblemConflict, "workday"},
		"daily from 2026-10-30 from 2026-1-1":  {ProblemDate, "2026-1-1"},
		"quarterly on the 1st and last day":    {ProblemConflict, "day"},
		"monthly on the 32nd":                  {ProblemDay, "32nd"},
		"monthly on the 0th":                   {ProblemDay, "0th"},
		"every 0 weeks on friday":              {ProblemDay, "0"},
		"monthly on the fifth friday":          {ProblemDay, "friday"},
		"monthly on the 24th working day":      {ProblemDay, "workday"},
		"every day at 25":                      {ProblemTime, "25"},
		"every day at 24:00":                   {ProblemTime, "24:00"},
		"every day at 09:60":                   {ProblemTime, "09:60"},
		"every day at 13 pm":                   {ProblemTime, "pm"},
		"every day at":                         {ProblemTime, "at"},
		"every day from":                       {ProblemDate, "from"},
		"every day from 2026-02-30":            {ProblemDate, "2026-02-30"},
		"every day from monday":                {ProblemDate, "monday"},
		"every day 2026-10-30":                 {ProblemDate, "2026-10-30"},
		"TZ=":                                  {ProblemZone, "tz="},
		"TZ=0":                                 {ProblemZone, "tz=0"},
		"TZ=Europe/Stockholm 0 9 * * *":        {ProblemZone, "tz=europe/stockholm 0 9 * * *"},
		"CRON_TZ=UTC":                          {ProblemZone, "cron_tz=utc"},
		"cron TZ=UTC 0 9 * * *":                {ProblemZone, "tz=utc 0 9 * * *"},
		"@daily":                               {ProblemCron, "parser does not accept descriptors: @daily"},
		"cron":                                 {ProblemCron, "empty spec string"},
		"0 9 * *":                              {ProblemCron, "expected exactly 5 fields, found 4: [0 9 * *]"},
		"0 9 * * * *":                          {ProblemCron, "expected exactly 5 fields, found 6: [0 9 * * * *]"},
		"0 9 * * 7":                            {ProblemCron, "end of range (7) above maximum (6): 7"},
		"60 9 * * *":                           {ProblemCron, "end of range (60) above maximum (59): 60"},
		"0 9 , * *":                            {ProblemCron, "a field with nothing in it"},
		"0 9 30 2 *":                           {ProblemNever, "0 9 30 2 *"},
		"0 9 * * * from tomorrow":              {ProblemDate, "tomorrow"},
		"every day at 9 from 2026-10-30 at 10": {ProblemConflict, "10"},
	} {
		r, err := Parse(text)
		got, ok := errors.AsType[*ParseError](err)
		if !ok {
			t.Errorf("%q was taken as %q", text, r)
		} else if *got != want {
			t.Errorf("%q: %v, want %v", text, got, &want)
		}
	}
}

// The words of a recurrence say all of it, in every language.
func TestWordsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyRecurrence().Draw(t, "recurrence")
		for _, v := range vocabularies {
			words := want.Words(v.language)
			got, err := Parse(words)
			if err != nil || got != want {
				t.Fatalf("%s: %q reads %+v, %v, want %+v", v.language, words, got, err, want)
			}
		}
	})
}

// anyRecurrence draws recurrences of every kind.
func anyRecurrence() *rapid.Generator[Recurrence] {
	return rapid.Custom(func(t *rapid.T) Recurrence {
		r := Recurrence{
			kind:   rapid.SampledFrom([]kind{everyDay, everyWorkday, weekly, monthlyDay, monthlyWeekday, monthlyWorkday, byCron}).Draw(t, "kind"),
			hour:   rapid.IntRange(0, 23).Draw(t, "hour"),
			minute: rapid.IntRange(0, 59).Draw(t, "minute"),
		}
		months := monthSet(rapid.IntRange(1, 1<<12-1).Draw(t, "months")) << 1
		nth := rapid.SampledFrom([]int{last, 1, 2, 3, 4}).Draw(t, "nth")
		switch r.kind {
		case weekly:
			r.weekdays = weekdaySet(rapid.IntRange(1, 1<<7-1).Draw(t, "weekdays"))
			r.weeks = rapid.IntRange(1, maxWeeks).Draw(t, "weeks")
		case monthlyDay:
			r.months, r.days = months, daySet(rapid.Uint32Range(1, 1<<32-1).Draw(t, "days"))
		case monthlyWeekday:
			r.months, r.nth, r.weekdays = months, nth, 1<<rapid.IntRange(0, 6).Draw(t, "weekday")
		case monthlyWorkday:
			r.months, r.nth = months, rapid.SampledFrom([]int{last, 1, 2, 3, 11, 12, 13, 21, 23}).Draw(t, "working day")
		case byCron:
			r, _ = Parse(rapid.SampledFrom([]string{"0 9 5 * *", "*/15 8-16 * * mon-fri", "30 2 29 2 *", "59 23 31 12 0", "* * * * *"}).Draw(t, "cron"))
		default:
		}
		if rapid.Bool().Draw(t, "has a start") {
			r = r.StartingOn(rapid.IntRange(2020, 2030).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"))
		}
		return r
	})
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"monthly on the 5th at 09:00":          "varje månad den 5:e kl. 09.00",
		"every second friday at 14:30":         "varannan fredag kl. 14.30",
		"every third friday at 14:30":          "var tredje fredag kl. 14.30",
		"quarterly on the 1st working day":     "varje januari, april, juli och oktober den 1:a arbetsdagen kl. 09.00",
		"monthly on the 15th and the last day": "varje månad den 15:e och sista dagen kl. 09.00",
		"monthly on the second tuesday":        "varje månad andra tisdagen kl. 09.00",
		"monthly on the last tuesday":          "varje månad sista tisdagen kl. 09.00",
		"every working day from 2026-10-30":    "varje arbetsdag kl. 09.00 från 2026-10-30",
		"0 9 * * 1":                            "cron 0 9 * * 1",
	} {
		r, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range []string{"sv", "sv-SE", "sv_FI", "SV"} {
			if got := r.Words(language); got != want {
				t.Errorf("%q in %s: %q, want %q", text, language, got, want)
			}
		}
		if got := r.Words("de"); got != r.String() {
			t.Errorf("%q in de: %q, want English", text, got)
		}
	}
	if got := (Recurrence{}).Words("sv"); got != "" {
		t.Errorf("the zero recurrence: %q", got)
	}
}

// A word of two languages may not mean two things.
func TestVocabulariesAgree(t *testing.T) {
	for word, meaning := range english.meanings {
		if other, both := swedish.meanings[word]; both && len(meaning) == len(other) && meaning[0] != other[0] {
			t.Errorf("%q is %v and %v", word, meaning, other)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"monthly on the 5th at 09:00", "varannan fredag kl. 14.30 från 2026-10-30", "0 9 1-5/2 * MON", "TZ=0", "TZ=", "every last day", "* * * * *", "@every 1s",
		"quarterly on the last working day at 12 pm", "1, 15", "cron from 2026-10-30",
	} {
		f.Add(seed)
	}
	after := time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			if _, ok := errors.AsType[*ParseError](err); !ok || r != (Recurrence{}) {
				t.Fatalf("%q: %v, %v", text, r, err)
			}
			return
		}
		for _, v := range vocabularies {
			if again, err := Parse(r.Words(v.language)); err != nil || again != r {
				t.Fatalf("%q is %q, which reads %q, %v", text, r.Words(v.language), again, err)
			}
		}
		next, ok := r.Next(after, time.UTC, nil)
		if ok && !next.After(after) {
			t.Fatalf("%q: %v is not after %v", text, next, after)
		}
		if !ok && r.start.isZero() {
			t.Fatalf("%q never comes", text)
		}
	})
}
