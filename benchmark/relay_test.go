package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// What is said at one seat is owed to the others, in the thread that stands
// there, and to no seat that comes to the table much later.
func TestRelay(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.open("2026-Q4")
	b.within("s1")
	b.do("p2", benchmark.Contribute{Topic: "round/2026-Q4", Text: "Hello", Seat: "s1"})
	if owed := b.kinds(benchmark.RelayDuty); len(owed) > 0 {
		t.Errorf("no thread stands there, owed: %+v", owed)
	}
	b.within("s2")
	if d := b.n.Discharged("relay/m1/s2"); d.Done != 1 {
		t.Errorf("not relayed: %+v", d)
	}
	b.do("p2", benchmark.Contribute{Topic: "round/2026-Q4", Text: "Hello again", Seat: "s1"})
	b.now = b.now.AddDate(0, 0, 31)
	if owed := b.kinds(benchmark.RelayDuty); len(owed) > 0 {
		t.Errorf("a month later, owed: %+v", owed)
	}
}

// What is rewritten is edited where it stands, also after a long time; what was
// never taken there in time is not taken there later.
func TestRelaysAreKeptUpToDate(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	b.now = b.now.AddDate(0, 0, 40)
	b.do("p1", benchmark.Revise{Post: message, Text: "Hm, hm."})
	relays := b.owed(benchmark.RelayDuty)
	if len(relays) != 1 || relays[0].Edit != passedOn || relays[0].Revision != 2 || relays[0].OnlyEdit {
		t.Errorf("owed are %+v", relays)
	}
	b.do("p1", benchmark.TakeBack{Post: message})
	b.now = b.now.AddDate(1, 0, 0)
	relays = b.owed(benchmark.RelayDuty)
	if len(relays) != 1 || relays[0].Edit != passedOn || relays[0].Revision != 3 || !relays[0].OnlyEdit {
		t.Errorf("owed are %+v", relays)
	}
	erasures := b.owed(benchmark.EraseDuty)
	if len(erasures) != 1 || len(b.n.ToErase(erasures[0])) != 2 {
		t.Errorf("to be erased: %+v", erasures)
	}
	b.discharge()
	if benchmark.OpenRelays(b.n) > 0 || len(b.owed(benchmark.EraseDuty)) > 0 {
		t.Error("something is owed still")
	}

	late := founded(t, 2, falls())
	late.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	late.open("2026-Q4")
	late.discharge()
	for _, post := range []benchmark.Post{message, nowhere} {
		late.do("p1", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "Hm.", Seat: "s1", Post: post})
	}
	late.do("p1", benchmark.TakeBack{Post: nowhere})
	if relays := late.owed(benchmark.RelayDuty); len(relays) != 1 || relays[0].Edit != (benchmark.Post{}) {
		t.Errorf("what was taken back at once is taken elsewhere: %+v", relays)
	}
	late.now = late.now.AddDate(0, 0, 40)
	late.do("p1", benchmark.Revise{Post: message, Text: "Hm, hm."})
	if relays := late.owed(benchmark.RelayDuty); len(relays) > 0 {
		t.Errorf("after forty days is taken elsewhere: %+v", relays)
	}
}

// A platform that refuses a change of a copy is still told when the words are taken
// back: they must not stay there.
func TestRefusedCopiesAreTakenBack(t *testing.T) {
	for why, relayed := range map[string]int{"refused": 1, "gone": 0} {
		b := founded(t, 2, falls())
		isSaid(b)
		b.do("p1", benchmark.Revise{Post: message, Text: "Hm, hm."})
		b.do("", b.owed(benchmark.RelayDuty)[0].Drop(why))
		if owed := b.owed(benchmark.RelayDuty); len(owed) > 0 || benchmark.OpenRelays(b.n) > 0 {
			t.Errorf("%s: tried again as it is: %+v", why, owed)
		}
		b.do("p1", benchmark.TakeBack{Post: message})
		owed := b.owed(benchmark.RelayDuty)
		if len(owed) != relayed || (relayed > 0 && owed[0].Edit != passedOn) {
			t.Errorf("%s: taken back by %+v", why, owed)
		}
		b.discharge()
		if owed := b.owed(benchmark.RelayDuty); len(owed) > 0 || benchmark.OpenRelays(b.n) > 0 {
			t.Errorf("%s: still owed are %+v", why, owed)
		}
	}
}
