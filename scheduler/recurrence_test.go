package scheduler

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func parse(t *testing.T, text string) Recurrence {
	t.Helper()
	r, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestUpcoming(t *testing.T) {
	stockholm := loadZone(t, "Europe/Stockholm")
	sweden, err := WorkingDays("se", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ text, after, want string }{
		{"daily at 09:00", "2026-10-23 09:00", "2026-10-24 09:00, 2026-10-25 09:00, 2026-10-26 09:00"},
		{"daily at 02:30", "2026-03-28 00:00", "2026-03-28 02:30, 2026-03-29 03:00, 2026-03-30 02:30"},
		{"daily at 02:30", "2026-10-24 23:00", "2026-10-25 02:30, 2026-10-26 02:30, 2026-10-27 02:30"},
		{"every working day at 08:00", "2026-04-01 08:00", "2026-04-02 08:00, 2026-04-07 08:00, 2026-04-08 08:00"},
		{"mondays and fridays", "2026-10-05 09:00", "2026-10-09 09:00, 2026-10-12 09:00, 2026-10-16 09:00"},
		{"every second friday from 2026-10-31", "2026-10-01 00:00", "2026-11-06 09:00, 2026-11-20 09:00, 2026-12-04 09:00"},
		{"every second friday from 2026-12-25", "2026-12-20 00:00", "2026-12-25 09:00, 2027-01-08 09:00, 2027-01-22 09:00"}, // week 53
		{"every third monday and friday from 2026-10-30", "2026-10-30 00:00", "2026-10-30 09:00, 2026-11-16 09:00, 2026-11-20 09:00"},
		{"monthly on the 5th at 09:00", "2026-10-05 09:00", "2026-11-05 09:00, 2026-12-05 09:00, 2027-01-05 09:00"},
		{"monthly on the 31st", "2027-01-31 09:00", "2027-02-28 09:00, 2027-03-31 09:00, 2027-04-30 09:00"},
		{"monthly on the 30th and last day", "2027-01-01 09:00", "2027-01-30 09:00, 2027-01-31 09:00, 2027-02-28 09:00"},
		{"monthly on the last day", "2028-01-31 09:00", "2028-02-29 09:00, 2028-03-31 09:00, 2028-04-30 09:00"},
		{"quarterly on the 1st working day at 08:00", "2026-10-05 09:00", "2027-01-04 08:00, 2027-04-01 08:00, 2027-07-01 08:00"},
		{"quarterly on the last working day", "2026-10-05 09:00", "2026-12-30 09:00, 2027-03-31 09:00, 2027-06-30 09:00"},
		{"monthly on the 23rd working day", "2026-10-05 09:00", "2026-10-30 09:00, 2026-11-30 09:00, 2026-12-30 09:00"},
		{"second friday of the month", "2026-10-09 09:00", "2026-11-13 09:00, 2026-12-11 09:00, 2027-01-08 09:00"},
		{"last friday of the month", "2026-10-05 09:00", "2026-10-30 09:00, 2026-11-27 09:00, 2026-12-25 09:00"},
		{"yearly on 29 february", "2027-01-01 00:00", "2027-02-28 09:00, 2028-02-29 09:00, 2029-02-28 09:00"},
		{"0 9 29 2 *", "2026-10-05 09:00", "2028-02-29 09:00, 2032-02-29 09:00, 2036-02-29 09:00"},
		{"0 9 31 * *", "2026-10-31 09:00", "2026-12-31 09:00, 2027-01-31 09:00, 2027-03-31 09:00"},
		{"0 9 13 * fri", "2026-10-09 09:00", "2026-10-13 09:00, 2026-10-16 09:00, 2026-10-23 09:00"}, // either is enough
		{"30 2 * * *", "2026-03-28 00:00", "2026-03-28 02:30, 2026-03-29 03:00, 2026-03-30 02:30"},
		{"*/20 2 * * *", "2026-03-28 02:40", "2026-03-29 03:00, 2026-03-30 02:00, 2026-03-30 02:20"},
		{"0 9 * * * from 2026-12-01", "2026-10-05 09:00", "2026-12-01 09:00, 2026-12-02 09:00, 2026-12-03 09:00"},
		{"0 0 * * * from 2026-12-01", "2026-10-05 09:00", "2026-12-01 00:00, 2026-12-02 00:00, 2026-12-03 00:00"},
	}
	for _, test := range tests {
		after, err := time.ParseInLocation("2006-01-02 15:04", test.after, stockholm)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, due := range parse(t, test.text).Upcoming(after, 3, stockholm, sweden) {
			if due.Location() != time.UTC {
				t.Errorf("%s: %v is not UTC", test.text, due)
			}
			got = append(got, due.In(stockholm).Format("2006-01-02 15:04"))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s after %s (-want +got):\n%s", test.text, test.after, diff)
		}
	}
}

func TestHavanaKeepsItsSundays(t *testing.T) {
	havana := loadZone(t, "America/Havana")
	after := time.Date(2026, time.March, 7, 12, 0, 0, 0, havana)
	for _, text := range []string{"sundays at 00:00", "0 0 * * 0"} { // 8 March has no midnight
		due, _ := parse(t, text).Next(after, havana, nil)
		if got := due.In(havana).Format("2006-01-02 15:04"); got != "2026-03-08 01:00" {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestNextIsNone(t *testing.T) {
	never := func(int, time.Month, int) bool { return false }
	now := time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)
	if due, ok := (Recurrence{}).Next(now, nil, nil); ok {
		t.Errorf("the zero recurrence comes at %v", due)
	}
	if due, ok := parse(t, "every working day").Next(now, nil, never); ok {
		t.Errorf("a working day comes at %v without any", due)
	}
	if got := parse(t, "every working day").Upcoming(now, 5, nil, never); len(got) != 0 {
		t.Errorf("upcoming without working days: %v", got)
	}
	if due, ok := parse(t, "every day").Next(now, nil, nil); !ok || due.Hour() != 9 {
		t.Errorf("without zone and calendar: %v, %v", due, ok)
	}
}

func TestLatest(t *testing.T) {
	r := parse(t, "daily at 09:00")
	at := func(day, hour int) time.Time { return time.Date(2026, time.October, day, hour, 0, 0, 0, time.UTC) }
	tests := []struct {
		name       string
		after, now time.Time
		want       time.Time
	}{
		{"none yet", at(1, 9), at(2, 8), time.Time{}},
		{"just now", at(1, 9), at(2, 9), at(2, 9)},
		{"after downtime", at(1, 9), at(8, 12), at(8, 9)},
		{"clock put back", at(5, 9), at(2, 9), time.Time{}},
	}
	for _, test := range tests {
		got, ok := r.Latest(test.after, test.now, time.UTC, nil)
		if !got.Equal(test.want) || ok == test.want.IsZero() {
			t.Errorf("%s: %v, %v, want %v", test.name, got, ok, test.want)
		}
	}
}

func TestStartingOn(t *testing.T) {
	r := parse(t, "every second friday").StartingOn(2026, time.October, 30)
	if got := r.String(); got != "every second Friday at 09:00 from 2026-10-30" {
		t.Error(got)
	}
	if again := r.StartingOn(2027, time.January, 1); again != r {
		t.Errorf("a start was replaced: %v", again)
	}
	if !r.EveryOther() || parse(t, "fridays").EveryOther() {
		t.Error("EveryOther")
	}
}

// What comes is after what was asked, fits the rule, and nothing that fits was
// passed over: Next from any instant between gives the same.
func TestNextLaws(t *testing.T) {
	sweden, err := WorkingDays("se", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecurrence().Draw(t, "recurrence")
		zone := loadZone(t, rapid.SampledFrom(awkward).Draw(t, "zone"))
		after := time.Unix(rapid.Int64Range(1577836800, 1924992000).Draw(t, "after"), 0) // 2020 to 2030
		due, ok := r.Next(after, zone, sweden)
		if !ok {
			t.Fatalf("%v never comes after %v", r, after)
		}
		if !due.After(after) {
			t.Fatalf("%v comes at %v, not after %v", r, due, after)
		}
		between := after.Add(time.Duration(rapid.Int64Range(0, int64(due.Sub(after))-1).Draw(t, "between")))
		if again, _ := r.Next(between, zone, sweden); !again.Equal(due) {
			t.Fatalf("%v after %v comes at %v, but after %v at %v", r, after, due, between, again)
		}
		if dateOf(due.In(zone)).before(r.start) {
			t.Fatalf("%v comes at %v, before its start", r, due)
		}
		if latest, ok := r.Latest(after, due, zone, sweden); !ok || !latest.Equal(due) {
			t.Fatalf("the latest of %v until %v is %v", r, due, latest)
		}
	})
}
