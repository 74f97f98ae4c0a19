package scheduler

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests need zones wherever they run

	"pgregory.net/rapid"
)

// awkward are zones whose clocks change in unusual ways: at midnight (Havana,
// Azores, Beirut, Cairo, Santiago), into another date (Scoresbysund), by half an
// hour (Lord_Howe), by two hours (Troll), around Ramadan (Casablanca), or that
// left out a date (Apia, in 2011).
var awkward = []string{
	"America/Havana", "Atlantic/Azores", "Asia/Beirut", "Africa/Cairo", "America/Santiago", "America/Scoresbysund",
	"Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca", "Pacific/Apia", "Europe/Stockholm", "Europe/London",
	"America/Nuuk", "Asia/Tehran", "Asia/Gaza", "Asia/Kathmandu", "Pacific/Chatham", "America/Asuncion", "UTC",
}

// zoneNames returns every zone of the Go distribution's database, or the
// awkward ones where it isn't at hand.
func zoneNames(t *testing.T) []string {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Log("only the awkward zones:", err)
		return awkward
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Log("only the awkward zones:", err)
		return awkward
	}
	defer func() { _ = archive.Close() }()
	names := slices.Clone(awkward)
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, "/") {
			names = append(names, file.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func loadZone(t interface{ Fatal(...any) }, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// checkInstant fails unless due is when a zone's clocks first show the wall
// time, or, if they skip it, the instant at which they do. It knows nothing of
// how that was found.
func checkInstant(t interface{ Fatalf(string, ...any) }, due time.Time, want wallTime, zone *time.Location) {
	shown := wallOf(due.In(zone))
	if shown == want {
		if began, _ := due.In(zone).ZoneBounds(); began.IsZero() || due.Sub(began) > 25*time.Hour {
			return // no change of clocks to repeat it
		}
		for back := 15 * time.Minute; back <= 25*time.Hour; back += 15 * time.Minute {
			if wallOf(due.Add(-back).In(zone)) == want {
				t.Fatalf("%s: %v comes at %v, but it came %v before", zone, want, due, back)
			}
		}
		return
	}
	before := wallOf(due.Add(-time.Second).In(zone))
	if !before.before(want) || !want.before(shown) {
		t.Fatalf("%s: %v is taken as %v, where clocks go from %v to %v", zone, want, due.In(zone), before, shown)
	}
}

// A daily job is due exactly once for each date, in every zone, through every
// change of clocks, and the instants are in order.
func TestDailyOnceADateInEveryZone(t *testing.T) {
	names := zoneNames(t)
	from, until := newDate(2020, time.January, 1), newDate(2031, time.January, 1)
	rapid.Check(t, func(t *rapid.T) {
		zone := loadZone(t, rapid.SampledFrom(names).Draw(t, "zone"))
		r := Recurrence{
			kind:   everyDay,
			hour:   rapid.SampledFrom([]int{0, 1, 2, 3, 23, 9}).Draw(t, "hour"),
			minute: rapid.SampledFrom([]int{0, 30, 59, 15}).Draw(t, "minute"),
		}
		after := wallTime{from, 0, 0}.in(zone).Add(-time.Second)
		for day := from; day.before(until); day = day.add(1) {
			due, ok := r.Next(after, zone, nil)
			if !ok || !due.After(after) {
				t.Fatalf("%s: after %v comes %v, %v", zone, after, due, ok)
			}
			checkInstant(t, due, wallTime{day, r.hour, r.minute}, zone)
			after = due
		}
	})
}

// Around each change of clocks in each zone, each quarter of an hour comes once.
func TestEveryChangeOfClocks(t *testing.T) {
	every, err := Parse("*/15 * * * *")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range zoneNames(t) {
		zone := loadZone(t, name)
		at := time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
		for at.Year() < 2031 {
			_, change := at.In(zone).ZoneBounds()
			if change.IsZero() {
				break
			}
			quarterHours(t, every, change, zone)
			at = change
		}
	}
}

// quarterHours checks the day around a change of clocks. Those quarters of an
// hour that are skipped fall together at the change.
func quarterHours(t *testing.T, every Recurrence, change time.Time, zone *time.Location) {
	t.Helper()
	after := change.Add(-12 * time.Hour)
	seen := map[wallTime]bool{}
	for after.Before(change.Add(12 * time.Hour)) {
		due, ok := every.Next(after, zone, nil)
		if !ok || !due.After(after) {
			t.Fatalf("%s: after %v comes %v, %v", zone, after, due, ok)
		}
		shown := wallOf(due.In(zone))
		if seen[shown] {
			t.Fatalf("%s: %v comes twice", zone, shown)
		}
		seen[shown] = true
		if gap := due.Sub(after); gap > 15*time.Minute && !repeats(after, due, zone) {
			t.Fatalf("%s: nothing between %v and %v", zone, after.In(zone), due.In(zone))
		}
		after = due
	}
}

// repeats reports whether clocks are put back between two instants.
func repeats(from, to time.Time, zone *time.Location) bool {
	_, before := from.In(zone).Zone()
	_, after := to.In(zone).Zone()
	return after < before
}

func TestWallTimeIn(t *testing.T) {
	tests := []struct {
		name, zone string
		wall       wallTime
		want       string
	}{
		{"plain", "Europe/Stockholm", wallTime{date{2026, time.October, 5}, 9, 0}, "2026-10-05T07:00:00Z"},
		{"skipped", "Europe/Stockholm", wallTime{date{2026, time.March, 29}, 2, 30}, "2026-03-29T01:00:00Z"},
		{"first after", "Europe/Stockholm", wallTime{date{2026, time.March, 29}, 3, 0}, "2026-03-29T01:00:00Z"},
		{"twice", "Europe/Stockholm", wallTime{date{2026, time.October, 25}, 2, 30}, "2026-10-25T00:30:00Z"},
		{"after twice", "Europe/Stockholm", wallTime{date{2026, time.October, 25}, 3, 0}, "2026-10-25T02:00:00Z"},
		{"no midnight", "America/Havana", wallTime{date{2026, time.March, 8}, 0, 0}, "2026-03-08T05:00:00Z"},
		{"midnight twice", "America/Havana", wallTime{date{2026, time.November, 1}, 0, 30}, "2026-11-01T04:30:00Z"},
		{"half an hour", "Australia/Lord_Howe", wallTime{date{2026, time.October, 4}, 2, 15}, "2026-10-03T15:30:00Z"},
		{"two hours", "Antarctica/Troll", wallTime{date{2026, time.March, 29}, 1, 1}, "2026-03-29T01:00:00Z"},
		{"into another date", "America/Scoresbysund", wallTime{date{2026, time.March, 28}, 23, 30}, "2026-03-29T01:00:00Z"},
		{"no such date", "Pacific/Apia", wallTime{date{2011, time.December, 30}, 9, 0}, "2011-12-30T10:00:00Z"},
	}
	for _, test := range tests {
		if got := test.wall.in(loadZone(t, test.zone)).Format(time.RFC3339); got != test.want {
			t.Errorf("%s: %v in %s is %s, want %s", test.name, test.wall, test.zone, got, test.want)
		}
	}
}
