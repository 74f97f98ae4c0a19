package locale

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests need zones wherever they run
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestDates(t *testing.T) {
	en, sv := For("en"), For("sv")
	stockholm := zone(t, "Europe/Stockholm")
	winter := time.Date(2026, time.January, 5, 22, 59, 0, 0, time.UTC) // a Monday
	summer := time.Date(2026, time.July, 3, 23, 5, 0, 0, time.UTC)     // a Friday in UTC
	tests := []struct{ name, got, want string }{
		{"long", en.Date(winter, stockholm), "5 January 2026"},
		{"long", sv.Date(winter, stockholm), "5 januari 2026"},
		{"the zone's day", sv.Date(summer, stockholm), "4 juli 2026"},
		{"no zone", sv.Date(summer, nil), "3 juli 2026"},
		{"short", en.ShortDate(winter, stockholm), "5 Jan"},
		{"short", sv.ShortDate(summer, stockholm), "4 juli"},
		{"weekday", en.Weekday(winter, stockholm), "Monday"},
		{"weekday", sv.Weekday(summer, stockholm), "lördag"},
		{"clock", en.Clock(summer, stockholm), "01:05"},
		{"clock", sv.Clock(summer, stockholm), "01.05"},
		{"time", en.DateTime(winter, stockholm), "Monday 5 January 2026 at 23:59 (CET)"},
		{"time", sv.DateTime(winter, stockholm), "måndag 5 januari 2026 kl. 23.59 (CET)"},
		{"summer time", sv.DateTime(summer, stockholm), "lördag 4 juli 2026 kl. 01.05 (CEST)"},
		{"no abbreviation", en.DateTime(winter, zone(t, "America/Sao_Paulo")), "Monday 5 January 2026 at 19:59 (UTC-03)"},
		{"no abbreviation", en.DateTime(winter, zone(t, "Asia/Kathmandu")), "Tuesday 6 January 2026 at 04:44 (UTC+05:45)"},
		{"no zone", en.DateTime(winter, nil), "Monday 5 January 2026 at 22:59 (UTC)"},
		{"impossible month", en.Month(13), "⟦%!Month(13)⟧"},
		{"impossible day", en.DayOfWeek(-1), "⟦%!Weekday(18446744073709551615)⟧"},
		{"quarter", en.Period("2026-Q4"), "fourth quarter of 2026"},
		{"quarter", sv.Period("2026-Q4"), "fjärde kvartalet 2026"},
		{"month", en.Period("2026-10"), "October 2026"},
		{"month", sv.Period("2026-10"), "oktober 2026"},
		{"third of a year", sv.Period("2026-T1"), "första tertialet 2026"},
		{"half", en.Period("2026-H2"), "second half of 2026"},
		{"year", sv.Period("2026"), "2026"},
		{"no such month", en.Period("2026-13"), "2026-13"},
		{"no such quarter", en.Period("2026-Q5"), "2026-Q5"},
		{"own name", en.Period("Pilot, spring"), "Pilot, spring"},
		{"none", en.List(nil), ""},
		{"one", en.List([]string{"a"}), "a"},
		{"two", en.List([]string{"a", "b"}), "a and b"},
		{"three", sv.List([]string{"a", "b", "c"}), "a, b och c"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestEveryMonthAndDayHasAName(t *testing.T) {
	for _, name := range Languages() {
		l := For(name)
		for month := time.January; month <= time.December; month++ {
			for _, text := range []string{l.Month(month), l.ShortDate(time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC), nil)} {
				if text == "" || text[0] == "⟦"[0] {
					t.Errorf("%s: %v is %q", name, month, text)
				}
			}
		}
		for day := time.Sunday; day <= time.Saturday; day++ {
			if text := l.DayOfWeek(day); text == "" || text[0] == "⟦"[0] {
				t.Errorf("%s: %v is %q", name, day, text)
			}
		}
	}
}
