package benchmark_test

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
)

// What an old network owes doesn't grow with its age, even when one of its
// seats has been out of reach all the while.
func TestDutiesDoNotGrow(t *testing.T) {
	b := founded(t, 5, falls())
	b.do("p1", benchmark.TakeSeat{Connection: "gone", Channel: "c9"})
	var owed []int
	for k := range 60 {
		b.do("p1", benchmark.OpenRound{Period: fmt.Sprintf("20%02d-01", 10+k), Due: b.now.AddDate(0, 0, 8), Closes: b.now.AddDate(0, 0, 9), Sure: true})
		b.submit(1, 20, 400)
		b.submit(2, 30, 400)
		b.within("s1")
		b.do("p3", benchmark.Contribute{Topic: b.n.TopicFor(""), Text: "Hello", Seat: "s1"})
		owed = append(owed, len(b.n.Duties(b.now, nil)))
		b.now = b.now.AddDate(0, 0, 9)
		b.do("", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.within("s1")
		b.now = b.now.AddDate(0, 0, 1)
	}
	if owed[59] != owed[9] || owed[59] != owed[30] {
		t.Errorf("owed in the middle of each round: %v", owed)
	}
	if k := benchmark.OpenRelays(b.n); k > 6 {
		t.Errorf("%d contributions wait for a seat that is gone, of more than a month", k)
	}
}

// within discharges what is due at one seat and to people.
func (b *table) within(seat benchmark.SeatID) {
	for again := true; again; {
		again = false
		for _, d := range b.n.Duties(b.now, nil) {
			if d.NotBefore.After(b.now) || (d.Seat != seat && d.Seat != "") {
				continue
			}
			b.do("", d.Finish(benchmark.Post{Connection: "play", Channel: "c1", Message: d.Key}))
			again = true
		}
	}
}

// kinds are the duties of a kind.
func (b *table) kinds(kind benchmark.DutyKind) (found []benchmark.Duty) {
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == kind {
			found = append(found, d)
		}
	}
	return found
}

// What was begun and not done is looked for; what stands is edited; what was
// dropped is never owed again.
func TestDischarge(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	opening := func() benchmark.Duty {
		t.Helper()
		owed := b.kinds(benchmark.OpeningDuty)
		if len(owed) != 1 {
			t.Fatalf("owed: %+v", owed)
		}
		return owed[0]
	}
	d := opening()
	if d.Begun || d.Edit != (benchmark.Post{}) || d.Revision != 1 {
		t.Errorf("at first: %+v", d)
	}
	b.do("", d.Begin())
	if events := b.do("", d.Begin()); len(events) > 0 || !opening().Begun {
		t.Errorf("begun twice: %+v", events)
	}
	post := benchmark.Post{Connection: "play", Channel: "c1", Message: "m1"}
	b.do("", d.Finish(post))
	if events := b.do("", d.Finish(post)); len(events) > 0 || len(b.kinds(benchmark.OpeningDuty)) > 0 {
		t.Errorf("done twice: %+v", events)
	}
	if id, ok := b.n.TopicAt(post); !ok || id != "round/2026-Q4" {
		t.Errorf("the post's topic is %q", id)
	}
	b.submit(1, 20, 400)
	if d = opening(); d.Edit != post || d.Revision != 2 || d.Begun {
		t.Errorf("after an answer: %+v", d)
	}
	b.do("", d.Drop("gone"))
	b.submit(2, 20, 400)
	if owed := b.kinds(benchmark.OpeningDuty); len(owed) > 0 {
		t.Errorf("dropped, and owed: %+v", owed)
	}
}
