package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// The last word says who asked for it, to each of those who are being erased; and it is known
// whose identity goes with it.
func TestLastWordsToTwo(t *testing.T) {
	b := founded(t, 4, falls())
	b.discharge()
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	b.do("p3", benchmark.Leave{})
	b.do("p1", benchmark.ErasePerson("p3"))
	said := map[benchmark.ParticipantID]bool{}
	for range 30 {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Kind == benchmark.FarewellDuty {
				said[d.Participant] = b.n.ErasedThemselves(d)
			}
		}
		b.now = b.now.Add(time.Minute)
		for _, d := range b.owed(benchmark.EraseDuty) {
			if a := b.n.Erases(d); a != (benchmark.Address{}) {
				t.Errorf("%s takes %v out before the last word", d.Key, a)
			}
			b.do("", d.Begin())
			b.do("", d.Finish(benchmark.Post{}))
			break
		}
	}
	if self, known := said["p2"]; !self || !known {
		t.Errorf("who erased themselves: %v", said)
	}
	if self, known := said["p3"]; self || !known {
		t.Errorf("whom a facilitator erased: %v", said)
	}
	b.now = b.now.Add(48 * time.Hour)
	erases := map[string]benchmark.Address{}
	for _, d := range b.n.Duties(b.now, nil) {
		if a := b.n.Erases(d); d.Kind == benchmark.EraseDuty && a != (benchmark.Address{}) {
			erases[d.Key] = a
		}
	}
	want := map[string]benchmark.Address{"erase/p2/identity": addressOf(2), "erase/p3/identity": addressOf(3)}
	if diff := cmp.Diff(want, erases); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Nothing is told to who can't be reached: their identity goes at once.
func TestNoLastWordToWhoIsGone(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", benchmark.Deactivate("p2", true))
	b.do("p1", benchmark.Vouch{Newcomer: b.joins("u9", "Org 2").ID, Yes: true})
	b.do("p2", benchmark.Leave{})
	b.do("p1", benchmark.ErasePerson("p2"))
	for range 5 {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Kind == benchmark.FarewellDuty {
				t.Errorf("%s is owed", d.Key)
			}
		}
		b.discharge()
	}
}

// What others keep of somebody's message stays without its words, and what somebody kept of
// another's stays as it is.
func TestKeptWordsOfWhoIsErased(t *testing.T) {
	for name, tt := range map[string]struct {
		by    benchmark.ParticipantID
		keeps []benchmark.ParticipantID
		stays bool
	}{
		"theirs, kept by themselves":    {"p2", []benchmark.ParticipantID{"p2"}, false},
		"theirs, kept by another too":   {"p2", []benchmark.ParticipantID{"p2", "p3"}, true},
		"another's, kept by themselves": {"p3", []benchmark.ParticipantID{"p2"}, true},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		b.discharge()
		b.do(tt.by, benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "Hm.", Seat: "s1", Post: message})
		for _, p := range tt.keeps {
			b.do(p, benchmark.Keep{Post: message})
		}
		b.do("p2", benchmark.EraseMe(addressOf(2)))
		if _, kept := b.n.Learning("l1"); kept != tt.stays {
			t.Errorf("%s: it stays: %v", name, kept)
		}
	}
}

// The last word comes once somebody's words are out of the journal, and not again later because
// those of another are.
func TestWhenTheLastWordComes(t *testing.T) {
	farewell := func(b *table, id benchmark.ParticipantID) (found benchmark.Duty) {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Kind == benchmark.FarewellDuty && d.Participant == id {
				found = d
			}
		}
		return found
	}
	b := founded(t, 4, falls())
	b.open("2026-Q4")
	b.discharge()
	erase := func(p benchmark.ParticipantID, k int) {
		b.do(p, benchmark.Ask{Text: "Why?"})
		b.do(p, benchmark.EraseMe(addressOf(k)))
		if d := farewell(b, p); d.Key != "" {
			t.Errorf("%s is owed while the words are there", d.Key)
		}
		for len(b.owed(benchmark.EraseDuty)) > 0 {
			d := b.owed(benchmark.EraseDuty)[0]
			b.do("", d.Begin())
			b.do("", d.Finish(benchmark.Post{}))
		}
	}
	erase("p2", 2)
	before := farewell(b, "p2")
	b.now = b.now.Add(time.Hour)
	erase("p3", 3)
	if after := farewell(b, "p2"); before.Key == "" || !after.NotAfter.Equal(before.NotAfter) {
		t.Errorf("it was to be told until %v, and is until %v", before.NotAfter, after.NotAfter)
	}
}
