package scheduler

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// holidaysOnWorkweek returns the weekdays of a year that are no working days.
func holidaysOnWorkweek(t *testing.T, country string, year int) string {
	t.Helper()
	working, err := WorkingDays(country, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for d := newDate(year, time.January, 1); d.year == year; d = d.add(1) {
		if mondayToFriday(d.year, d.month, d.day) && !working(d.year, d.month, d.day) {
			found = append(found, d.String()[5:])
		}
	}
	return strings.Join(found, " ")
}

func TestPublicHolidays(t *testing.T) {
	tests := []struct {
		country string
		year    int
		want    string
	}{
		{"se", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"},
		{"se", 2027, "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31"},
		{"se", 2028, "01-06 04-14 04-17 05-01 05-25 06-06 06-23 12-25 12-26"},
		{"no", 2026, "01-01 04-02 04-03 04-06 05-01 05-14 05-25 12-25"},
		{"no", 2027, "01-01 03-25 03-26 03-29 05-06 05-17"},
		{"no", 2028, "04-13 04-14 04-17 05-01 05-17 05-25 06-05 12-25 12-26"},
		{"dk", 2026, "01-01 04-02 04-03 04-06 05-14 05-25 06-05 12-24 12-25"},
		{"dk", 2027, "01-01 03-25 03-26 03-29 05-06 05-17 12-24"},
		{"dk", 2028, "04-13 04-14 04-17 05-25 06-05 12-25 12-26"},
		{"fi", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25"},
		{"fi", 2027, "01-01 01-06 03-26 03-29 05-06 06-25 12-06 12-24"},
		{"fi", 2028, "01-06 04-14 04-17 05-01 05-25 06-23 12-06 12-25 12-26"},
		{"gb", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
		{"gb", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"},
		{"gb", 2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"},
		{"is", 2026, "01-01 04-02 04-03 04-06 04-23 05-01 05-14 05-25 06-17 08-03 12-24 12-25 12-31"},
		{"pl", 2026, "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25"},
		{"us", 2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"},
		{"SE", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"},
		{"", 2026, ""},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, holidaysOnWorkweek(t, test.country, test.year)); diff != "" {
			t.Errorf("%s %d (-want +got):\n%s", test.country, test.year, diff)
		}
	}
}

func TestWorkingDaysExceptions(t *testing.T) {
	working, err := WorkingDays("se", []string{"2026-12-23", "2026-12-24"}, []string{"2026-12-31", "2026-12-26"})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]bool{22: true, 23: false, 24: false, 25: false, 26: true, 27: false, 28: true, 31: true, 32: false} {
		if got := working(2026, time.December, day); got != want {
			t.Errorf("%d December 2026: %v, want %v", day, got, want)
		}
	}
}

func TestWorkingDaysRefuses(t *testing.T) {
	_, err := WorkingDays("xx", []string{"2026-12-24", "24/12"}, []string{"2026-12-24", "2026-02-30"})
	if !errors.Is(err, ErrUnknownCountry) {
		t.Fatalf("%v is not %v", err, ErrUnknownCountry)
	}
	want := strings.Join([]string{
		`unknown country "xx": known are at, be, ca, de, dk, es, fi, fr, gb, ie, is, it, lt, lv, nl, no, pl, se, us`,
		`"24/12" is not a date such as 2026-12-24`,
		`2026-12-24 is both closed and open`,
		`"2026-02-30" is not a date such as 2026-12-24`,
	}, "\n")
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}
