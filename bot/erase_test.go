package bot_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
)

var thought = benchmark.Post{Connection: "north", Channel: "falls", Message: "thought"}

// thinks has somebody say something at north that can be taken back.
func (s *stage) thinks() {
	s.t.Helper()
	do(s.t, s.table, "p1", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "A thought.", Seat: "s1", Post: thought})
}

// holds says whether the journal holds the words.
func (s *store) holds(t *testing.T, words string) bool {
	t.Helper()
	for entry, err := range s.Journal.Read(context.Background(), string(net), 1) {
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(entry.Data, []byte(words)) {
			return true
		}
	}
	return false
}

// What was taken back while it was being passed on is not posted, or does not stay.
func TestTakenBackMeanwhile(t *testing.T) {
	for when, at := range map[string]string{"before it is begun": "rendering", "before it is posted": "posting"} {
		t.Run(when, func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				s.pass(time.Second)
				back := func() {
					if _, err := s.table.Do(t.Context(), benchmark.Actor{By: "p1"}, benchmark.TakeBack{Post: thought}); err != nil {
						t.Error(err)
					}
				}
				s.rendering = func(d benchmark.Duty) {
					if d.Kind == benchmark.RelayDuty && !d.OnlyEdit && at == "rendering" {
						back()
					}
				}
				s.store.fail(func(b journal.Batch, write func() error) error {
					err := write()
					begins := func(e journal.Entry) bool {
						return e.Kind == "duty.begun" && bytes.Contains(e.Data, []byte("relay/"))
					}
					if slices.ContainsFunc(b.Entries, begins) && at == "posting" {
						go back()
					}
					return err
				})
				s.thinks()
				s.pass(time.Hour)
				s.store.fail(nil)
				for _, text := range s.relayed() {
					if text != "withdrawn" {
						t.Errorf("south reads %q", text)
					}
				}
				if s.store.holds(t, "A thought.") {
					t.Error("the journal holds it")
				}
			})
		})
	}
}

// brittle is a journal that can't erase for a while.
type brittle struct {
	*store
	broken bool
}

func (b *brittle) Erase(ctx context.Context, network string, seqs []uint64) error {
	if b.broken {
		return errors.New("no room")
	}
	return b.store.Erase(ctx, network, seqs)
}

// An erasure that failed, or was begun by a process that died, is done later; what
// is in memory is forgotten at once.
func TestErasureIsCompleted(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		j := &brittle{store: s.store, broken: true}
		restart := func() {
			s.tables.Close()
			s.tables = bot.NewTables(j, s.now, weekdays)
			s.courier = bot.NewCourier(s.tables, map[string]chat.Platform{"north": s.chat.Platform("north"), "south": s.chat.Platform("south")}, s.compose, quiet)
			var err error
			if s.table, err = s.tables.Table(t.Context(), net); err != nil {
				t.Fatal(err)
			}
		}
		restart()
		s.pass(time.Second)
		s.thinks()
		s.pass(time.Second)
		do(t, s.table, "p1", benchmark.TakeBack{Post: thought})
		s.table.Read(func(n *benchmark.Network) {
			if c, _, _ := n.Contribution(1); !c.Withdrawn || n.Text(c.Text) != "" {
				t.Errorf("in memory it is %+v, %q", c, n.Text(c.Text))
			}
		})
		s.pass(time.Minute)
		if !s.store.holds(t, "A thought.") {
			t.Fatal("it was erased by a journal that can't")
		}
		if s.tables.Damage().Erasures[net] == nil {
			t.Error("nobody is told that it couldn't be erased")
		}
		restart()
		j.broken = false
		s.pass(time.Hour)
		if s.store.holds(t, "A thought.") {
			t.Error("the journal holds it")
		}
		if failed := s.tables.Damage().Erasures; len(failed) > 0 {
			t.Errorf("told that it couldn't be erased: %v", failed)
		}
		restart() // and can be read again
		s.pass(time.Second)
		s.stands("relay/m1/s2")
	})
}

// How a message read before is taken out of the journal once it is rewritten.
func TestEarlierWordsAreErased(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(time.Second)
		s.thinks()
		s.pass(time.Second)
		do(t, s.table, "p1", benchmark.Revise{Post: thought, Text: "Better words."})
		s.pass(time.Minute)
		if s.store.holds(t, "A thought.") {
			t.Error("the journal holds how it read before")
		}
		if !s.store.holds(t, "Better words.") {
			t.Error("the journal has lost how it reads now")
		}
	})
}
