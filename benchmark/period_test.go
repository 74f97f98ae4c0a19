package benchmark_test

import (
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
)

func TestParsePeriod(t *testing.T) {
	for _, test := range []struct{ typed, id, start, end string }{
		{"2026", "2026", "2026-01-01", "2027-01-01"},
		{" 2026-q4 ", "2026-Q4", "2026-10-01", "2027-01-01"},
		{"2026-Q04", "2026-Q4", "2026-10-01", "2027-01-01"},
		{"2026-H1", "2026-H1", "2026-01-01", "2026-07-01"},
		{"2026-h02", "2026-H2", "2026-07-01", "2027-01-01"},
		{"2026-T3", "2026-T3", "2026-09-01", "2027-01-01"},
		{"2026-02", "2026-02", "2026-02-01", "2026-03-01"},
		{"2026-12", "2026-12", "2026-12-01", "2027-01-01"},
		{"2026-W1", "2026-W01", "2025-12-29", "2026-01-05"},
		{"2026-w53", "2026-W53", "2026-12-28", "2027-01-04"}, // a year with 53 weeks
		{"2024-W01", "2024-W01", "2024-01-01", "2024-01-08"},
		{"1991-1995", "1991-1995", "1991-01-01", "1996-01-01"},
	} {
		p, err := benchmark.ParsePeriod(test.typed)
		if err != nil || p.ID != test.id || p.Start.Format(time.DateOnly) != test.start || p.End.Format(time.DateOnly) != test.end {
			t.Errorf("%q: %+v, %v, want %+v", test.typed, p, err, test)
		}
	}
	for _, typed := range []string{
		"", "26", "2026-", "2026-Q", "2026-Q0", "2026-Q5", "2026-Q12", "2026-H3", "2026-T4", "2026-1", "2026-00", "2026-13", "2026-W00", "2025-W53",
		"2026-W54", "0999", "1995-1995", "1995-1991", "1000-1101", "2026-10-01", "Q4 2026", "2026–Q4", "٢٠٢٦", "2026-Q4\n2027",
	} {
		if p, err := benchmark.ParsePeriod(typed); reason(err) != "period" {
			t.Errorf("%q: %+v, %v", typed, p, err)
		}
	}
}

// A period has one id, and what it is called is read as the same again.
func FuzzParsePeriod(f *testing.F) {
	for _, seed := range []string{"2026", "2026-Q04", "2026-w1", "1991-1995", "2026-H2", "9999-W53", "9999-9999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		p, err := benchmark.ParsePeriod(typed)
		if err != nil {
			if reason(err) != "period" {
				t.Fatalf("%q: %v", typed, err)
			}
			return
		}
		again, err := benchmark.ParsePeriod(p.ID)
		if err != nil || again != p || !p.Start.Before(p.End) || strings.ContainsAny(p.ID, " /\n") {
			t.Fatalf("%q is %+v, and that %+v, %v", typed, p, again, err)
		}
	})
}

// Where clocks are put forward at midnight, a day still begins on that day.
func TestDateBeginsOnItsDay(t *testing.T) {
	for zone, date := range map[string]benchmark.Date{
		"Europe/Stockholm": "2027-03-28", "America/Santiago": "2027-09-05", "America/Havana": "2027-03-14", "Africa/Cairo": "2027-04-30", "Asia/Beirut": "2027-03-28",
	} {
		at, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		begins, ok := date.In(at)
		if before := begins.Add(-time.Nanosecond); !ok || begins.Format(time.DateOnly) != string(date) || before.Format(time.DateOnly) >= string(date) {
			t.Errorf("%s in %s begins at %v, %v", date, zone, begins, ok)
		}
	}
	for _, date := range []benchmark.Date{"", "soon", "2027-02-30", "2027-1-1"} {
		if begins, ok := date.In(time.UTC); ok {
			t.Errorf("%q is a day that begins at %v", date, begins)
		}
	}
}
