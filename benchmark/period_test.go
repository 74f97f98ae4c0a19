package benchmark_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
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
		{"2026-10-01", "2026-10-01", "2026-10-01", "2026-10-02"},
		{"2023-fy24", "2023-FY24", "2023-04-01", "2024-04-01"},
	} {
		p, err := benchmark.ParsePeriod(test.typed)
		if err != nil || p.ID != test.id || p.Start.Format(time.DateOnly) != test.start || p.End.Format(time.DateOnly) != test.end {
			t.Errorf("%q: %+v, %v, want %+v", test.typed, p, err, test)
		}
	}
	for _, typed := range []string{
		"", "26", "2026-", "2026-Q", "2026-Q0", "2026-Q5", "2026-Q12", "2026-H3", "2026-T4", "2026-1", "2026-00", "2026-13", "2026-W00", "2025-W53",
		"2026-W54", "0999", "1995-1995", "1995-1991", "1000-1101", "2026-10-32", "2023-FY25", "2023/24", "Q4 2026", "2026–Q4", "٢٠٢٦", "2026-Q4\n2027",
	} {
		if p, err := benchmark.ParsePeriod(typed); reason(err) != "period" {
			t.Errorf("%q: %+v, %v", typed, p, err)
		}
	}
}

// Each length is known, and how many of them lie between two.
func TestLength(t *testing.T) {
	for _, test := range []struct {
		first, later string
		length       period.Length
		between      int
	}{
		{"2026", "2029", period.Year, 2},
		{"2026-H2", "2027-H1", period.Half, 0},
		{"2026-T3", "2027-T2", period.Third, 1},
		{"2026-Q4", "2027-Q4", period.Quarter, 3},
		{"2022-10", "2023-01", period.Month, 2},
		{"2026-W53", "2027-W02", period.Week, 1},
		{"2026-02-28", "2026-03-02", period.Day, 1},
		{"2023-FY24", "2025-FY26", period.Financial, 1},
		{"1991-1995", "2001-2005", "5-years", 1},
		{"2027", "2026", period.Year, 0},
	} {
		first, err := benchmark.ParsePeriod(test.first)
		later, bad := benchmark.ParsePeriod(test.later)
		if err != nil || bad != nil || first.Length() != test.length || later.Length() != test.length || first.Between(later) != test.between {
			t.Errorf("%+v: %s, %s, %d between, %v, %v", test, first.Length(), later.Length(), first.Between(later), err, bad)
		}
	}
}

// What people write that can mean one thing is read; 2024-01-01 can't be a round.
func TestReadPeriod(t *testing.T) {
	for typed, want := range map[string]string{
		"Jan-24": "2024-01", "2024Q1": "2024-Q1", "2023/24": "2023-FY24", "2009/10": "2009-FY10", "20240201": "2024-02",
		"2024-01-01": "period-ambiguous", "2024/01/01": "period-ambiguous", "2009-10": "period-ambiguous", "2009-2010": "period-ambiguous",
		"2024-01-15": "period", "2024-01-31": "2024-01", "2025-W53": "period", "soon": "period",
	} {
		p, err := benchmark.ReadPeriod(typed)
		if got := p.ID + reason(err); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

// What can mean several is asked about with all of them.
func TestReadPeriodNamesAllReadings(t *testing.T) {
	for typed, want := range map[string]string{
		"2024-01-01": "[2024-01 2024-Q1 2024-T1 2024-H1 2024]", "2024-12-31": "[2024-12 2024-Q4 2024-T3 2024-H2 2024]", "2009-10": "[2009-10 2009-FY10]",
	} {
		_, err := benchmark.ReadPeriod(typed)
		why, is := errors.AsType[*benchmark.Refusal](err)
		if !is || len(why.Args) != 4 || fmt.Sprint(why.Args[3]) != want {
			t.Errorf("%q: %v, want %s", typed, err, want)
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
