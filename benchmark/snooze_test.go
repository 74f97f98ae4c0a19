package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Snooze{}}},
	refusals: []refusalCase{
		{"no-round", nil, "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"round-closed", isClosed, "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"snooze-muted", isOpenAnd("p2", benchmark.Mute{Muted: true}), "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"snooze-nothing-left", isOpenAnd("p2", benchmark.Skip{}), "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"snooze-all-came", allNudged, "p2", benchmark.Snooze{Until: "2027-01-31"}},
		{"date", isOpen, "p2", benchmark.Snooze{Until: "soon"}},
		{"snooze-past", isOpen, "p2", benchmark.Snooze{Until: benchmark.Date(start.Format(time.DateOnly))}},
		{"snooze-late", isOpen, "p2", benchmark.Snooze{Until: benchmark.Date(decade.Format(time.DateOnly))}},
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"snooze": func() benchmark.Intent { return benchmark.Snooze{Until: pick(w.t, "", w.someDate())} },
		}
	},
})

// inDays is the date so many days from now.
func inDays(b *table, days int) benchmark.Date {
	return benchmark.Date(b.now.AddDate(0, 0, days).Format(time.DateOnly))
}

// A nudge that is put off comes once, at nine on the day that was chosen, in
// place of those before; the others come as planned.
func TestSnooze(t *testing.T) {
	for _, test := range []struct {
		name, now  string
		until      benchmark.Date
		zone, want string
	}{
		{
			name: "past the first", now: "01-20 09:30", until: "2027-01-22",
			want: "snoozed: Fri 01-22 09:00 +01, due-day: Mon 01-25 09:00 +01",
		},
		{name: "to a day on which one comes anyway", now: "01-20 09:30", until: "2027-01-25", want: "snoozed: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01"},
		{name: "past the plan", now: "01-25 09:30", until: "2027-01-29", want: "snoozed: Fri 01-29 09:00 +01"},
		{name: "the other side of the world", now: "01-25 09:30", until: "2027-01-29", zone: "Pacific/Auckland", want: "snoozed: Fri 01-29 09:00 +13"},
	} {
		b := founded(t, 2, falls())
		b.now = stockholm("2027-01-04 09:00")
		b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-01 23:59")})
		if test.zone != "" {
			b.do("p2", benchmark.Leave{})
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Zone: test.zone}, Organisation: "Org 2"})
		}
		last := b.n.Participants[len(b.n.Participants)-1].ID
		b.now = stockholm("2027-" + test.now)
		b.discharge()
		planned := b.nudgesOf(last)
		b.do(last, benchmark.Snooze{Until: test.until})
		if diff := cmp.Diff(test.want, b.nudgesOf(last)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if events, err := b.try(last, benchmark.Snooze{Until: test.until}); err != nil || len(events) > 0 {
			t.Errorf("%s, again: %v, %v", test.name, events, err)
		}
		b.do(last, benchmark.Snooze{})
		if diff := cmp.Diff(planned, b.nudgesOf(last)); diff != "" {
			t.Errorf("%s, taken back (-want +got):\n%s", test.name, diff)
		}
		b.do(last, benchmark.Snooze{Until: test.until})
		for ; b.now.Before(b.n.Current().Closes); b.now = b.now.Add(time.Hour) {
			b.discharge()
		}
		if got := b.n.Discharged("nudge/2026-Q4/" + string(last) + "/snoozed/" + string(test.until)); got.Done != 1 {
			t.Errorf("%s: it never came: %+v", test.name, got)
		}
	}
}

// The days that are offered are working days on which the round is open.
func TestSnoozeDates(t *testing.T) {
	b := founded(t, 2, falls())
	b.now = stockholm("2027-03-01 09:00")
	b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-03-30 23:59"), Closes: stockholm("2027-04-08 08:00")})
	p, _ := b.n.Participant("p2")
	for now, want := range map[string][]benchmark.Date{
		"2027-03-24 10:00": {"2027-03-25", "2027-04-02"}, // Good Friday and Easter Monday in between
		"2027-03-25 10:00": {"2027-03-30", "2027-04-05"},
		"2027-04-06 23:00": {"2027-04-07"},
		"2027-04-07 10:00": nil,
	} {
		if diff := cmp.Diff(want, b.n.SnoozeDates(b.n.Current(), p, stockholm(now), easter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", now, diff)
		}
	}
}

// allNudged is a round of which everybody has had all reminders.
func allNudged(b *table) {
	isOpen(b)
	for closes := b.n.Current().Closes; b.now.Before(closes.AddDate(0, 0, -2)); b.now = b.now.Add(time.Hour) {
		b.discharge()
	}
}

// However often somebody puts reminders off, takes that back and is away: no more than
// three of a round come, none once it has closed and none after all is answered.
func TestNeverMoreThanThreeReminders(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := founded(t, 2, falls())
		b.now = stockholm("2027-01-04 09:00").AddDate(0, 0, rapid.IntRange(0, 20).Draw(rt, "opened after"))
		b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-05 23:59")})
		closes := b.n.Current().Closes
		answers := rapid.SampledFrom([]int{0, 0, 6, 12, 24}).Draw(rt, "answers after") // in steps
		answered, came := time.Time{}, 0
		for step := 1; b.now.Before(closes.AddDate(0, 0, 4)); step++ {
			switch rapid.SampledFrom([]string{"", "", "", "snooze", "snooze", "as planned", "away"}).Draw(rt, "does") {
			case "snooze":
				_, _ = b.try("p2", benchmark.Snooze{Until: inDays(b, rapid.IntRange(1, 7).Draw(rt, "days"))})
			case "as planned":
				_, _ = b.try("p2", benchmark.Snooze{})
			case "away":
				_, _ = b.try("p2", benchmark.Away{From: inDays(b, 0), Until: inDays(b, rapid.IntRange(0, 3).Draw(rt, "away"))})
			}
			if step == answers && b.now.Before(closes) {
				b.do("p2", submitting(value(benchmark.Figure{Numerator: 20, Denominator: 400}, "")))
				answered = b.now
			}
			for _, d := range b.n.Duties(b.now, nil) {
				if d.Kind != benchmark.NudgeDuty || d.Participant != "p2" || d.NotBefore.After(b.now) {
					continue
				}
				if came++; came > 3 || !b.now.Before(closes) || !answered.IsZero() {
					rt.Fatalf("reminder %d, %s, at %s (answered %s)", came, d.Key, b.now, answered)
				}
			}
			b.discharge()
			b.now = b.now.Add(time.Duration(rapid.SampledFrom([]int{3, 8, 13, 30}).Draw(rt, "hours")) * time.Hour)
		}
	})
}
