package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Snooze{}}},
	refusals: []refusalCase{
		{"no-round", nil, "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"round-closed", isClosed, "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"snooze-muted", isOpenAnd("p2", benchmark.Mute{Muted: true}), "p2", benchmark.Snooze{Until: "2027-01-20"}},
		{"snooze-nothing-left", isOpenAnd("p2", benchmark.Skip{}), "p2", benchmark.Snooze{Until: "2027-01-20"}},
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
			want: "snoozed: Fri 01-22 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{name: "to a day on which one comes anyway", now: "01-20 09:30", until: "2027-01-25", want: "snoozed: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01"},
		{name: "past the plan", now: "01-26 09:30", until: "2027-01-29", want: "snoozed: Fri 01-29 09:00 +01"},
		{name: "the other side of the world", now: "01-26 09:30", until: "2027-01-29", zone: "Pacific/Auckland", want: "snoozed: Fri 01-29 09:00 +13"},
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
