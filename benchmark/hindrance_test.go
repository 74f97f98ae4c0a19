package benchmark_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Hinder("s1", "archived")}},
	refusals:  []refusalCase{{"bot-only", nil, "p1", benchmark.Hinder("s1", "archived")}, {"bot-only", nil, "p1", benchmark.Free("s1", "archived")}},
	last: func(b *table) {
		b.do("", benchmark.Hinder("s1", "archived"))
		b.do("", benchmark.Free("s1", "archived"))
		b.do("", benchmark.HinderOne("s1", "declined", "opening/2026-Q4/s1"))
		b.do("", benchmark.HinderOne("s1", "declined", "opening/2027-Q1/s1"))
		b.do("", benchmark.FreeOne("s1", "declined", "opening/2026-Q4/s1"))
		b.do("", benchmark.FreeOne("s1", "declined", "opening/2027-Q1/s1"))
	},
})

// toldOfSeats is who is told now that posts can't reach a seat, and why.
func toldOfSeats(b *table) (told []string) {
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if notice, ok := b.n.NoticeOf(d); ok && notice.About == benchmark.HinderedNotice {
			told = append(told, fmt.Sprint(d.Participant, " ", notice.Seat, " ", notice.Why))
		}
	}
	return told
}

// What keeps posts from a seat is told to those who lead, once, and not once it is over.
func TestHindered(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.discharge()
	b.do("", benchmark.Hinder("s1", "archived"))
	if events := b.do("", benchmark.Hinder("s1", "archived")); len(events) > 0 {
		t.Errorf("hindered twice: %v", events)
	}
	if got, want := toldOfSeats(b), []string{"p1 s1 archived", "p2 s1 archived"}; !slices.Equal(got, want) {
		t.Errorf("told: %v, want %v", got, want)
	}
	for h := range b.n.Seats[0].Hindrances() {
		if h.Why != "archived" || h.Key != "" || !h.Since.Equal(b.now) {
			t.Errorf("hindered: %+v", h)
		}
	}
	b.discharge()
	b.do("", benchmark.Hinder("s1", "no-files")) // is another matter
	if got, want := toldOfSeats(b), []string{"p1 s1 no-files", "p2 s1 no-files"}; !slices.Equal(got, want) {
		t.Errorf("told: %v, want %v", got, want)
	}
	b.do("", benchmark.Free("s1", "no-files"))
	if got := toldOfSeats(b); len(got) > 0 {
		t.Errorf("once it is over, told: %v", got)
	}
	if events := b.do("", benchmark.Free("s1", "no-files")); len(events) > 0 {
		t.Errorf("freed twice: %v", events)
	}
}

// What keeps one post alone from a seat is another's no matter: of several facilitators
// are told once, and of others only when that was a while ago.
func TestHinderedAlone(t *testing.T) {
	b := founded(t, 3, falls())
	b.discharge()
	for _, key := range []string{"summary/2026-Q4/s1", "comparison/2026-Q4/falls/s1", "summary/2026-Q4/s1"} {
		b.do("", benchmark.HinderOne("s1", "declined", key))
	}
	if got, want := toldOfSeats(b), []string{"p1 s1 declined"}; !slices.Equal(got, want) {
		t.Errorf("told: %v, want %v", got, want)
	}
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if o, _ := b.n.NoticeOf(d); !o.Alone {
			t.Errorf("the notice is about the whole seat: %+v", o)
		}
	}
	b.discharge()
	b.do("", benchmark.FreeOne("s1", "declined", "summary/2026-Q4/s1"))
	if n := len(slices.Collect(b.n.Seats[0].Hindrances())); n != 1 {
		t.Errorf("%d hindrances, want the comparison's", n)
	}
	b.do("", benchmark.FreeOne("s1", "declined", "comparison/2026-Q4/falls/s1"))
	b.now = b.now.Add(2 * time.Hour)
	b.do("", benchmark.HinderOne("s1", "declined", "relay/m1/s1"))
	if got := toldOfSeats(b); len(got) > 0 {
		t.Errorf("two hours later told again: %v", got)
	}
	b.do("", benchmark.FreeOne("s1", "declined", "relay/m1/s1"))
	b.now = b.now.Add(23 * time.Hour)
	b.do("", benchmark.HinderOne("s1", "declined", "relay/m2/s1"))
	if got, want := toldOfSeats(b), []string{"p1 s1 declined"}; !slices.Equal(got, want) {
		t.Errorf("a day later told: %v, want %v", got, want)
	}
}

// Results that could not be shown anywhere are owed until they are, however many rounds
// come after.
func TestResultsWaitForTheirSeat(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.do("", benchmark.Hinder("s2", "not-member"))
	results := func(round benchmark.RoundID) (owed int) {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Seat == "s2" && d.Round == round && d.Kind == benchmark.SummaryDuty {
				owed++
			}
		}
		return owed
	}
	for year := range 8 {
		period := fmt.Sprint(2027 + year)
		b.do("p1", benchmark.OpenRound{Period: period, Due: b.now.AddDate(0, 0, 14), Closes: b.now.AddDate(0, 0, 21), Sure: true})
		for k := range 3 {
			b.submit(k+1, float64(20+k), 400)
		}
		b.now = b.now.AddDate(0, 0, 1)
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.dischargeBut(func(d benchmark.Duty) bool { return d.Seat == "s2" })
		b.now = b.now.Add(24 * time.Hour)
	}
	for year := range 8 {
		if round := benchmark.RoundID(fmt.Sprint(2027 + year)); results(round) != 1 {
			t.Errorf("the results of %s are owed %d times", round, results(round))
		}
	}
	for range 3 { // what is shown makes more due
		b.discharge()
	}
	for year := range 8 {
		if round := benchmark.RoundID(fmt.Sprint(2027 + year)); results(round) != 0 {
			t.Errorf("the results of %s are owed though they are shown", round)
		}
	}
}

// dischargeBut discharges what is owed now, but for some.
func (b *table) dischargeBut(not func(benchmark.Duty) bool) {
	for again := true; again; {
		again = false
		for _, d := range b.n.Duties(b.now, nil) {
			if !d.NotBefore.After(b.now) && !not(d) && d.Kind != benchmark.EraseDuty {
				again = len(b.do("", d.Finish(benchmark.Post{Connection: "play", Channel: "c", Message: d.Key}))) > 0 || again
			}
		}
	}
}
