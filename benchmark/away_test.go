package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Away{}}},
	refusals: []refusalCase{
		{"not-a-participant", nil, "", benchmark.Away{Until: "2027-01-20"}},
		{"date", nil, "p2", benchmark.Away{Until: "soon"}},
		{"date", nil, "p2", benchmark.Away{From: "2027-02-30", Until: "2027-03-01"}},
		{"date", nil, "p2", benchmark.Away{From: "2027-01-20"}},
		{"away-backwards", nil, "p2", benchmark.Away{From: "2027-01-20", Until: "2027-01-19"}},
		{"until-past", nil, "p2", benchmark.Away{From: "2027-01-01", Until: "2027-01-03"}},
		{"until-past", nil, "p2", benchmark.Away{Until: "2027-01-03"}},
		{"closes-far", nil, "p2", benchmark.Away{Until: "2037-01-04"}},
	},
	life: func(b *table) { b.do("p4", benchmark.Away{Until: inDays(b, 3)}) },
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"away": func() benchmark.Intent {
				return benchmark.Away{From: pick(w.t, "", w.someDate()), Until: pick(w.t, "", w.someDate())}
			},
		}
	},
})

// What would come while somebody is away comes once, on the first working morning
// back; all else comes as planned.
func TestAway(t *testing.T) {
	for _, test := range []struct{ name, now, from, until, want string }{
		{
			name: "over the first", now: "01-18 10:00", from: "2027-01-20", until: "2027-01-21",
			want: "before-due: Fri 01-22 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{
			name: "back on the due day, when one comes anyway", now: "01-18 10:00", until: "2027-01-24",
			want: "due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{name: "over all, back on a Saturday", now: "01-18 10:00", from: "2027-01-19", until: "2027-01-29", want: "after-due: Mon 02-01 09:00 +01"},
		{name: "over all, and the closing", now: "01-18 10:00", from: "2027-01-19", until: "2027-02-03", want: ""},
		{
			name: "before any", now: "01-12 10:00", from: "2027-01-13", until: "2027-01-15",
			want: "before-due: Wed 01-20 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{
			name: "after one that came", now: "01-20 12:00", until: "2027-01-22",
			want: "due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{
			name: "in the midst, the second is missed", now: "01-22 10:00", from: "2027-01-25", until: "2027-01-25",
			want: "after-due: Tue 01-26 09:00 +01",
		},
		{name: "the last is missed", now: "01-25 12:00", from: "2027-01-26", until: "2027-01-27", want: "after-due: Thu 01-28 09:00 +01"},
	} {
		b := founded(t, 2, falls())
		b.now = stockholm("2027-01-04 09:00")
		b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-01 23:59")})
		for ; b.now.Before(stockholm("2027-" + test.now)); b.now = b.now.Add(time.Hour) {
			b.discharge()
		}
		planned := b.nudgesOf("p2")
		away := benchmark.Away{From: benchmark.Date(test.from), Until: benchmark.Date(test.until)}
		b.do("p2", away)
		if diff := cmp.Diff(test.want, b.nudgesOf("p2")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if events, err := b.try("p2", away); err != nil || len(events) > 0 {
			t.Errorf("%s, again: %v, %v", test.name, events, err)
		}
		p, _ := b.n.Participant("p2")
		if from, until, is := b.n.AwayOn(p, b.now); !is || string(until) != test.until || test.from != "" && string(from) != test.from {
			t.Errorf("%s: away from %q to %q, %v", test.name, from, until, is)
		}
		if _, _, is := b.n.AwayOn(p, stockholm(test.until+" 23:59")); !is {
			t.Errorf("%s: back before the last day is over", test.name)
		}
		if _, _, is := b.n.AwayOn(p, stockholm(test.until+" 23:59").Add(time.Minute)); is {
			t.Errorf("%s: away after the last day", test.name)
		}
		b.do("p2", benchmark.Away{})
		if diff := cmp.Diff(planned, b.nudgesOf("p2")); diff != "" {
			t.Errorf("%s, taken back (-want +got):\n%s", test.name, diff)
		}
	}
}

// cameHourly lives until an instant, discharging what is owed, and returns the nudges
// that came to p2.
func cameHourly(b *table, until time.Time) (came []string) {
	for ; b.now.Before(until); b.now = b.now.Add(time.Hour) {
		for _, d := range b.owed(benchmark.NudgeDuty) {
			if d.Participant == "p2" {
				came = append(came, b.now.In(b.n.Location()).Format("01-02 15:04 ")+string(d.Stage))
			}
		}
		b.discharge()
	}
	return came
}

// Hour by hour: nothing comes while they are away, and one thing once they are back,
// whatever they say then.
func TestNothingComesWhileAway(t *testing.T) {
	friday := benchmark.Away{From: "2027-01-29", Until: "2027-01-29"}
	for name, test := range map[string]struct {
		before benchmark.Snooze // said before they leave
		during benchmark.Snooze // said in the midst
		after  benchmark.Intent // said an hour after the nudge of their return
		want   []string
	}{
		"nothing else":   {want: []string{"01-27 09:00 after-due"}},
		"back":           {after: benchmark.Away{}, want: []string{"01-27 09:00 after-due"}},
		"away again":     {after: friday, want: []string{"01-27 09:00 after-due"}},
		"put off before": {before: benchmark.Snooze{Until: "2027-01-22"}, want: []string{"01-27 09:00 snoozed"}},
		"put off past":   {before: benchmark.Snooze{Until: "2027-01-28"}, want: []string{"01-28 09:00 snoozed"}},
		"put off to a day away, from there": {
			during: benchmark.Snooze{Until: "2027-01-22"},
			want:   []string{"01-22 09:00 snoozed", "01-27 09:00 after-due"},
		},
	} {
		b := founded(t, 2, falls())
		b.now = stockholm("2027-01-04 09:00")
		b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-01 23:59")})
		if test.before != (benchmark.Snooze{}) {
			b.do("p2", test.before)
		}
		b.do("p2", benchmark.Away{From: "2027-01-19", Until: "2027-01-26"})
		came := cameHourly(b, stockholm("2027-01-21 12:00"))
		if test.during != (benchmark.Snooze{}) {
			b.do("p2", test.during)
		}
		came = append(came, cameHourly(b, stockholm("2027-01-27 10:00"))...)
		if test.after != nil {
			b.do("p2", test.after)
		}
		came = append(came, cameHourly(b, b.n.Current().Closes)...)
		if diff := cmp.Diff(test.want, came); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// One that is overdue when they leave, since nothing could be sent the evening before,
// comes when they are back, and is known to be owed.
func TestOverdueWhenLeaving(t *testing.T) {
	b := founded(t, 2, falls())
	b.now = stockholm("2027-01-04 09:00")
	b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-01 23:59")})
	b.do("p2", benchmark.Away{From: "2027-01-21", Until: "2027-01-21"})
	b.now = stockholm("2027-01-20 20:00")
	want := "before-due: Fri 01-22 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01"
	if diff := cmp.Diff(want, b.nudgesOf("p2")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where clocks are put forward at midnight, the last day is one of the absence too.
func TestAwayOverAMissingMidnight(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p2", benchmark.Leave{})
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Zone: "America/Santiago"}, Organisation: "Org 2"})
	p := b.n.Participants[len(b.n.Participants)-1]
	zone := b.n.LocationOf(p)
	b.do(p.ID, benchmark.Away{From: "2027-09-04", Until: "2027-09-05"})
	p, _ = b.n.Participant(p.ID)
	for at, want := range map[time.Time]bool{
		time.Date(2027, 9, 5, 12, 0, 0, 0, zone): true, time.Date(2027, 9, 5, 23, 59, 0, 0, zone): true, time.Date(2027, 9, 6, 0, 0, 0, 0, zone): false,
	} {
		if _, _, away := b.n.AwayOn(p, at); away != want {
			t.Errorf("away at %v: %v", at, away)
		}
	}
}
