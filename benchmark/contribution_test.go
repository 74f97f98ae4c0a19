package benchmark_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// owed is what of a kind is owed now.
func (b *table) owed(kind benchmark.DutyKind) (all []benchmark.Duty) {
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == kind && !d.NotBefore.After(b.now) {
			all = append(all, d)
		}
	}
	return all
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
	if len(erasures) != 2 || len(b.n.ToErase(erasures[0])) != 1 || len(b.n.ToErase(erasures[1])) != 1 {
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

// A learning is kept by those who keep it, says what its contribution says now, and
// goes when that is taken back.
func TestLearnings(t *testing.T) {
	b := founded(t, 3, falls())
	isSaid(b)
	type seen struct {
		ID      benchmark.LearningID
		By      benchmark.ParticipantID
		At      time.Time
		Keep    int
		Says    string
		SaidBy  benchmark.ParticipantID
		InTopic benchmark.TopicID
	}
	topic, first := benchmark.RoundTopic("2026-Q4"), b.now
	is := func(want ...seen) {
		t.Helper()
		var got []seen
		for _, l := range b.n.Kept() {
			says, by := b.n.WordsOf(l)
			got = append(got, seen{l.ID, l.By, l.At, len(l.Supporters), says, by, l.Topic})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("learnings (-want +got):\n%s", diff)
		}
	}
	is()
	b.do("p2", benchmark.Keep{Post: passedOn})
	b.do("p1", benchmark.Revise{Post: message, Text: "Lower beds."})
	b.now = b.now.Add(time.Hour)
	b.do("p3", benchmark.Keep{Post: message})
	b.do("p3", benchmark.Learn{Text: "Ask the night staff."})
	own := seen{"l2", "p3", b.now, 1, "Ask the night staff.", "p3", ""}
	is(own, seen{"l1", "p2", first, 2, "Lower beds.", "p1", topic})
	b.do("p2", benchmark.Release{Post: message})
	b.do("p3", benchmark.Release{Post: passedOn})
	is(own)
	b.do("p1", benchmark.Keep{Post: message}) // the same learning, noticed anew
	is(own, seen{"l1", "p1", b.now, 1, "Lower beds.", "p1", topic})
	b.do("p3", benchmark.Unlearn{Learning: "l2"})
	b.do("p1", benchmark.TakeBack{Post: message})
	is()
	if erasures := b.owed(benchmark.EraseDuty); len(erasures) != 3 {
		t.Errorf("to be erased: %+v", erasures)
	}
}
