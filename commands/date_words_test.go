package commands

import (
	"errors"
	"testing"
	"time"

	"roundtable/benchmark"
)

// Days as people say them, on Monday 30 November 2026; what stands is due on Friday 4
// December at 12:00.
func TestDaysAsPeopleSayThem(t *testing.T) {
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	stands := time.Date(2026, 12, 4, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"måndagen den 4 januari":           "2027-01-04 23:59",
		"next monday":                      "2026-12-07 23:59",
		"på fredag":                        "2026-12-04 23:59",
		"this friday":                      "2026-12-04 23:59",
		"om 3 dagar":                       "2026-12-03 23:59",
		"om en vecka":                      "2026-12-07 23:59",
		"in two weeks":                     "2026-12-14 23:59",
		"in 3 days at 9":                   "2026-12-03 09:00",
		"31/12/26":                         "2026-12-31 23:59",
		"31.12.26":                         "2026-12-31 23:59",
		"friday at 14":                     "2026-12-04 14:00",
		"fredag kl 14":                     "2026-12-04 14:00",
		"fredag kl. 9":                     "2026-12-04 09:00",
		"tomorrow at 14:30":                "2026-12-01 14:30",
		"2026-12-24 kl 15":                 "2026-12-24 15:00",
		"friday at 2pm":                    "2026-12-04 14:00",
		"friday at 9 am":                   "2026-12-04 09:00",
		"friday at":                        "",
		"fredag kl":                        "",
		"friday at 25":                     "",
		"the day after tomorrow":           "2026-12-02 23:59",
		"i övermorgon":                     "2026-12-02 23:59",
		"fredagen den 4 december kl 08.30": "2026-12-04 08:30",
	} {
		at, err := dayReader{now: now}.read(text, "due")
		if got := at.Format("2006-01-02 15:04"); (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("%q is %s (%v), want %q", text, got, err, want)
		}
	}
	// What stands keeps its hour, unless another is said.
	for text, want := range map[string]string{
		"friday": "2026-12-11 12:00", "next friday": "2026-12-11 12:00", "+3": "2026-12-07 12:00",
		"friday at 14": "2026-12-11 14:00", "2026-12-18": "2026-12-18 23:59", "tomorrow": "2026-12-01 23:59",
	} {
		if at, err := (dayReader{now: now, stands: stands}).read(text, "due"); err != nil || at.Format("2006-01-02 15:04") != want {
			t.Errorf("%q after %v is %v (%v), want %s", text, stands, at, err, want)
		}
	}
}

// A date that can be read in two ways is offered as days to come.
func TestBothReadingsAreToCome(t *testing.T) {
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	for text, want := range map[string][2]string{
		"5/12": {"2026-12-05", "2027-05-12"}, "1/2": {"2027-02-01", "2027-01-02"}, "3/4/2027": {"2027-04-03", "2027-03-04"},
		"nästa fredag": {"2026-12-04", "2026-12-11"}, "next friday": {"2026-12-04", "2026-12-11"},
	} {
		_, err := dayReader{now: now}.read(text, "due")
		var why *benchmark.Refusal
		if !errors.As(err, &why) || why.Reason != dateTwoWays || argument(why, "First") != want[0] || argument(why, "Second") != want[1] {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

// What stands behind a date is split off it, and its hour isn't.
func TestHourBelongsToTheDate(t *testing.T) {
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	for text, want := range map[string][2]string{
		"friday at 14 two wards on holiday":   {"friday at 14", "two wards on holiday"},
		"fredag kl 14 två avdelningar lediga": {"fredag kl 14", "två avdelningar lediga"},
		"fredag kl 9, semester":               {"fredag kl 9", "semester"},
		"friday two wards on holiday":         {"friday", "two wards on holiday"},
		"2026-12-11 at North it was late":     {"2026-12-11", "at North it was late"},
		"next friday because of snow":         {"next friday", "because of snow"},
		"in two weeks, since":                 {"in two weeks", "since"},
	} {
		if date, rest := splitDate(text, now); date != want[0] || rest != want[1] {
			t.Errorf("%q is %q and %q, want %q", text, date, rest, want)
		}
	}
	for _, text := range []string{"friday at", "fredag kl", "friday at, two wards", "fredag kl: semester"} {
		if date, rest := splitDate(text, now); rest != "" {
			t.Errorf("%q is %q and %q; the hour is missing", text, date, rest)
		}
	}
}
