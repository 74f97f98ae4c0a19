package benchmark_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// easter knows the Swedish holidays around Easter 2027.
func easter(year int, month time.Month, day int) bool {
	d := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format("01-02")
	return d != "03-26" && d != "03-29" && benchmark.Weekdays(year, month, day)
}

func local(zone, s string) time.Time {
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, location)
	if err != nil {
		panic(err)
	}
	return t
}

func stockholm(s string) time.Time { return local("Europe/Stockholm", s) }

func (b *table) nudges() string { return b.nudgesOf("p2") }

// nudgesOf is what the participant is owed, in their own zone.
func (b *table) nudgesOf(id benchmark.ParticipantID) string {
	p, _ := b.n.Participant(id)
	var all []string
	for _, d := range b.n.Duties(b.now, easter) {
		if d.Kind == benchmark.NudgeDuty && d.Participant == p.ID {
			due := d.NotBefore.In(b.n.LocationOf(p)).Format("Mon 01-02 15:04 -07")
			if !d.NotBefore.After(b.now) {
				due = "now"
			}
			all = append(all, fmt.Sprintf("%s: %s", d.Stage, due))
		}
	}
	return strings.Join(all, ", ")
}

func TestNudgePlan(t *testing.T) {
	const plain = "before-due: Wed 01-20 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01"
	for _, test := range []struct {
		name, opened, due, closes, now string
		zone                           string // the person's; empty: the network's
		want                           string
	}{
		{name: "plain", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", want: plain},
		{
			name: "due on a Friday", opened: "01-04 09:00", due: "01-22 23:59", closes: "02-01 23:59",
			want: "before-due: Tue 01-19 09:00 +01, due-day: Fri 01-22 09:00 +01, after-due: Mon 01-25 09:00 +01",
		},
		{
			name: "due on a Sunday", opened: "01-04 09:00", due: "01-24 23:59", closes: "02-01 23:59",
			want: "before-due: Wed 01-20 09:00 +01, after-due: Mon 01-25 09:00 +01",
		},
		{
			name: "around Easter and the beginning of summer time", opened: "03-01 09:00", due: "03-30 23:59", closes: "04-08 23:59",
			want: "before-due: Tue 03-23 09:00 +01, due-day: Tue 03-30 09:00 +02, after-due: Wed 03-31 09:00 +02",
		},
		{
			name: "on the other side of the world it is due tomorrow", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", zone: "Pacific/Auckland",
			want: "before-due: Thu 01-21 09:00 +13, due-day: Tue 01-26 09:00 +13, after-due: Wed 01-27 09:00 +13",
		},
		{
			name: "opened late", opened: "01-22 12:00", due: "01-25 23:59", closes: "02-01 23:59",
			want: "due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{name: "opened on the day", opened: "01-25 10:00", due: "01-25 23:59", closes: "02-01 23:59", want: "after-due: Tue 01-26 09:00 +01"},
		{
			name: "closes when it is due", opened: "01-04 09:00", due: "01-25 12:00", closes: "01-25 12:00",
			want: "before-due: Wed 01-20 09:00 +01, due-day: Mon 01-25 09:00 +01",
		},
		{name: "due before nine", opened: "01-04 09:00", due: "01-25 08:00", closes: "01-25 08:30", want: "before-due: Wed 01-20 09:00 +01"},
		{name: "its time has come", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", now: "01-25 09:00", want: "due-day: now, after-due: Tue 01-26 09:00 +01"},
		{name: "after a standstill", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", now: "01-27 10:00", want: "after-due: now"},
		{
			name: "overdue in the evening", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", now: "01-20 19:00",
			want: "before-due: Thu 01-21 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{
			name: "overdue before dawn", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", now: "01-21 04:00",
			want: "before-due: Thu 01-21 09:00 +01, due-day: Mon 01-25 09:00 +01, after-due: Tue 01-26 09:00 +01",
		},
		{name: "overdue past the day itself", opened: "01-04 09:00", due: "01-25 23:59", closes: "02-01 23:59", now: "01-25 22:00", want: "after-due: Tue 01-26 09:00 +01"},
		{
			name: "overdue at the weekend", opened: "01-04 09:00", due: "01-27 23:59", closes: "02-01 23:59", now: "01-23 12:00",
			want: "before-due: Mon 01-25 09:00 +01, due-day: Wed 01-27 09:00 +01, after-due: Thu 01-28 09:00 +01",
		},
		{
			name: "overdue by an hour on a Sunday it is due: nobody is reminded on it", opened: "01-04 09:00", due: "01-24 23:59", closes: "02-01 23:59", now: "01-24 10:00",
			want: "after-due: Mon 01-25 09:00 +01",
		},
		{name: "nearly closed", opened: "01-04 09:00", due: "01-25 23:59", closes: "01-27 08:00", now: "01-26 20:00", want: ""},
		{name: "closed", opened: "01-04 09:00", due: "01-25 23:59", closes: "01-27 12:00", now: "01-27 12:00", want: ""},
	} {
		b := founded(t, 2, falls())
		if test.zone != "" {
			b.do("p2", benchmark.Leave{})
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Zone: test.zone}, Organisation: "Org 2"})
		}
		at := func(s string) time.Time { return stockholm("2027-" + s) }
		b.now = at(test.opened)
		b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: at(test.due), Closes: at(test.closes)})
		if test.now != "" {
			b.now = at(test.now)
		}
		last := b.n.Participants[len(b.n.Participants)-1].ID
		if diff := cmp.Diff(test.want, b.nudgesOf(last)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// When a deadline is moved, the nudges that are left move with it; nobody gets
// more than three in a round.
func TestNudgesMoveWithTheDeadline(t *testing.T) {
	b := founded(t, 2, falls())
	b.now = stockholm("2027-01-04 09:00")
	b.do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: stockholm("2027-01-25 23:59"), Closes: stockholm("2027-02-01 23:59")})
	b.now = stockholm("2027-01-20 09:00")
	b.discharge()
	b.do("p1", benchmark.ExtendRound{Due: stockholm("2027-03-30 23:59")})
	if closes := b.n.Current().Closes; !closes.Equal(stockholm("2027-04-06 23:59")) {
		t.Errorf("the round closes %v, want a week after it is due on the clock", closes)
	}
	if diff := cmp.Diff("due-day: Tue 03-30 09:00 +02, after-due: Wed 03-31 09:00 +02", b.nudges()); diff != "" {
		t.Error(diff)
	}
}

// Who has a reason not to be nudged isn't, and the reason is told.
func TestNoNudge(t *testing.T) {
	for why, change := range map[benchmark.WhyNoNudge]func(b *table){
		"":                        func(*table) {},
		benchmark.HasMuted:        func(b *table) { b.do("p2", benchmark.Mute{Muted: true}) },
		benchmark.HasSkipped:      func(b *table) { b.do("p2", benchmark.Skip{}) },
		benchmark.AlreadyAnswered: func(b *table) { b.submit(2, 20, 400) },
		benchmark.NotActive:       func(b *table) { b.do("p2", benchmark.Leave{}) },
		benchmark.Unreachable:     func(b *table) { b.erase("identity.given") },
	} {
		b := founded(t, 2, falls())
		b.open("2026-Q4")
		change(b)
		p, _ := b.n.Participant("p2")
		if got := b.n.NoNudge(b.n.Current(), p); got != why {
			t.Errorf("%q, want %q", got, why)
		}
		if got := b.nudges(); (got == "") != (why != "") {
			t.Errorf("%q: owed are %q", why, got)
		}
	}
}

// When nudging is over, the facilitator hears who is silent; once, and only if
// somebody is.
func TestFacilitatorHearsOfTheSilent(t *testing.T) {
	stuck := func(b *table) (owed []benchmark.Duty) {
		for _, d := range b.n.Duties(b.now, easter) {
			if d.Kind == benchmark.StuckDuty {
				owed = append(owed, d)
			}
		}
		return owed
	}
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	owed := stuck(b)
	if len(owed) != 1 || !owed[0].NotBefore.Equal(stockholm("2027-01-26 09:00")) || owed[0].Participant != "p1" {
		t.Errorf("owed: %+v", owed)
	}
	b.submit(1, 20, 400)
	b.do("p2", benchmark.Skip{})
	if owed := stuck(b); len(owed) > 0 {
		t.Errorf("all have answered, owed: %+v", owed)
	}
}
