package benchmark_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// owed is what of a kind is owed now.
func (b *table) owed(kinds ...benchmark.DutyKind) (all []benchmark.Duty) {
	for _, d := range b.n.Duties(b.now, nil) {
		if slices.Contains(kinds, d.Kind) && !d.NotBefore.After(b.now) {
			all = append(all, d)
		}
	}
	return all
}

// How a message read before is erased when it is rewritten: what somebody takes out
// of it shall not stay in the journal. What is written before that has happened can
// be read again, and the duty is still there.
func TestEarlierWordsAreErased(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	b.do("p2", benchmark.Keep{Post: message})
	b.do("p1", benchmark.Revise{Post: message, Text: "Better words."})
	b.do("p1", benchmark.Revise{Post: message, Text: "The best words."})
	words := map[uint64]string{}
	for _, e := range b.log {
		if text, is := e.Body.(benchmark.TextWritten); is {
			words[e.Seq] = text.Body
		}
	}
	again, err := benchmark.Fold(b.log)
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]*benchmark.Network{"lived": b.n, "read again": again} {
		var erased []string
		for _, d := range n.Duties(b.now, nil) {
			for _, seq := range n.ToErase(d) {
				erased = append(erased, words[seq])
			}
		}
		if diff := cmp.Diff([]string{"Hm.", "Better words."}, erased); diff != "" {
			t.Errorf("%s, to be erased (-want +got):\n%s", name, diff)
		}
		c, _, _ := n.Contribution(1)
		if n.Text(c.Text) != "The best words." {
			t.Errorf("%s, it reads %q", name, n.Text(c.Text))
		}
	}
	b.discharge()
	if owed := b.owed(benchmark.EraseDuty); len(owed) > 0 {
		t.Errorf("still to be erased: %+v", owed)
	}
	l, _ := b.n.Learning("l1")
	if says, _ := b.n.WordsOf(l); says != "The best words." {
		t.Errorf("the learning says %q", says)
	}
}

// What is delivered once more is known, also when its words have been erased since:
// an earlier wording does not come back.
func TestErasedThingsAreKnown(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	first := benchmark.Actor{By: "p1", Incoming: "first"}
	revise := benchmark.Revise{Post: message, Text: "With a name in it."}
	if _, err := b.tryAs(first, revise); err != nil {
		t.Fatal(err)
	}
	b.do("p1", benchmark.Revise{Post: message, Text: "Without."})
	b.erase("text.written")
	if events, err := b.tryAs(first, revise); !errors.Is(err, benchmark.ErrRepeated) {
		t.Errorf("the earlier wording comes back: %+v, %v", events, err)
	}
}

// What arrives again, however late, changes nothing.
func TestTalkThatComesAgain(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	say := benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "Hm.", Seat: "s1", Post: message}
	b.do("p2", benchmark.Keep{Post: passedOn})
	for _, again := range []benchmark.Intent{
		say,
		benchmark.Revise{Post: message, Text: " Hm."},
		benchmark.Release{Post: message}, // p1 never kept it
		benchmark.TakeBack{Post: passedOn},
		benchmark.TakeBack{Post: nowhere},
	} {
		if events := b.do("p1", again); len(events) > 0 {
			t.Errorf("%+v is followed by %+v", again, events)
		}
	}
	if events := b.do("p2", benchmark.Keep{Post: message}); len(events) > 0 {
		t.Errorf("keeping it twice is followed by %+v", events)
	}
	b.do("", benchmark.TakeBack{Post: message})
	for _, late := range []benchmark.Intent{say, benchmark.Revise{Post: message, Text: "Hm, hm."}, benchmark.TakeBack{Post: message}} {
		if events := b.do("p1", late); len(events) > 0 {
			t.Errorf("%+v after it was taken back is followed by %+v", late, events)
		}
	}
}
