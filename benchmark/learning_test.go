package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

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
	if erasures := b.owed(benchmark.EraseDuty); len(erasures) != 1 || len(b.n.ToErase(erasures[0])) != 3 {
		t.Errorf("to be erased: %+v", erasures)
	}
}
