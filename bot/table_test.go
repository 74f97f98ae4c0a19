package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/journal"
)

// Many people at once, on a store that takes its time: everything is written
// once and in one order, what is refused writes nothing, and what waits together
// is written together.
func TestDoByMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const writers, each = 64, 20
		s := newStore()
		ts := bot.NewTables(s, time.Now, weekdays)
		table := found(t, ts, writers)
		open(t, table, time.Now())
		before, first := s.appends.Load(), seqOf(table)
		s.fail(func(_ journal.Batch, write func() error) error {
			time.Sleep(5 * time.Millisecond)
			return write()
		})
		stop := make(chan struct{})
		var readers, people sync.WaitGroup
		readers.Go(func() {
			for {
				table.Read(func(n *benchmark.Network) {
					if durable := s.last(t, net); n.Seq > durable {
						t.Errorf("event %d is shown, the journal ends at %d", n.Seq, durable)
					}
				})
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
				}
			}
		})
		told := make([][]benchmark.Event, writers)
		for w := range writers {
			people.Go(func() {
				me := benchmark.Actor{By: benchmark.ParticipantID(fmt.Sprint("p", w+1))}
				for k := range each {
					events, err := table.Do(t.Context(), me, answer(w*1000+k))
					if err != nil {
						t.Errorf("answer: %v", err)
					}
					told[w] = append(told[w], events...)
					var refused *benchmark.Refusal
					if _, err := table.Do(t.Context(), me, benchmark.Skip{}); !errors.As(err, &refused) {
						t.Errorf("skip after answering: %v, want a refusal", err)
					}
				}
			})
		}
		people.Wait()
		close(stop)
		readers.Wait()
		ts.Close()
		written := s.events(t, net)[first:]
		if want := writers * each; len(written) != want {
			t.Fatalf("%d events, want %d", len(written), want)
		}
		for w, events := range told {
			for k, e := range events {
				if diff := cmp.Diff(e, written[e.Seq-first-1]); diff != "" {
					t.Fatalf("writer %d, event %d: told (-), written (+):\n%s", w, k, diff)
				}
				if k > 0 && e.Seq <= events[k-1].Seq {
					t.Errorf("writer %d: event %d has number %d after %d", w, k, e.Seq, events[k-1].Seq)
				}
			}
		}
		if got, most := s.appends.Load()-before, int64(writers*each/16); got > most {
			t.Errorf("%d appends for %d intents, want at most %d", got, 2*writers*each, most)
		}
	})
}

// Two processes on one journal, both writing all the time.
func TestDoBesideAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const writers, each = 8, 25
		s := newStore()
		tables := []*bot.Tables{bot.NewTables(s, time.Now, weekdays), bot.NewTables(s, time.Now, weekdays)}
		here := found(t, tables[0], writers)
		open(t, here, time.Now())
		first := seqOf(here)
		there, err := tables[1].Table(t.Context(), net)
		if err != nil {
			t.Fatal(err)
		}
		var turn atomic.Int64
		s.fail(func(_ journal.Batch, write func() error) error {
			time.Sleep(time.Duration(turn.Add(1)%3) * time.Millisecond) // so that each loses now and then
			return write()
		})
		var people sync.WaitGroup
		for w := range writers {
			people.Go(func() {
				table := []*bot.Table{here, there}[w%2]
				for k := range each {
					if _, err := table.Do(t.Context(), benchmark.Actor{By: benchmark.ParticipantID(fmt.Sprint("p", w+1))}, answer(w*1000+k)); err != nil {
						t.Errorf("answer: %v", err)
					}
				}
			})
		}
		people.Wait()
		for k, table := range []*bot.Table{here, there} {
			if err := table.CatchUp(t.Context()); err != nil {
				t.Errorf("CatchUp: %v", err)
			}
			if got, want := seqOf(table), first+writers*each; got != want {
				t.Errorf("process %d ends at %d, want %d", k, got, want)
			}
			tables[k].Close()
		}
		if here, there := stateOf(here), stateOf(there); here != there {
			t.Errorf("the processes differ:\n%s\n%s", here, there)
		}
	})
}

// stateOf is what everybody has answered.
func stateOf(table *bot.Table) (s string) {
	table.Read(func(n *benchmark.Network) {
		s = fmt.Sprint(n.Seq, " ", n.Progress(n.Current()))
		for _, o := range n.Organisations {
			v, _ := n.Current().Submission(o.ID, "falls")
			s += fmt.Sprint(" ", v.Figure, v.At.UnixNano())
		}
	})
	return s
}

var errBroken = errors.New("the connection broke")

// A write that fails: the person hears of it, and the state is what the journal
// holds, whether or not the store has taken the entries.
func TestDoWithoutStore(t *testing.T) {
	tests := []struct {
		name    string
		err     error
		written bool
	}{
		{"full", journal.ErrFull, false},
		{"read-only", journal.ErrReadOnly, false},
		{"broken before", errBroken, false},
		{"broken after", errBroken, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStore()
				ts := bot.NewTables(s, time.Now, weekdays)
				table := found(t, ts, 3)
				open(t, table, time.Now())
				was := stateOf(table)
				s.fail(func(b journal.Batch, write func() error) error {
					if test.written && len(b.Entries) > 0 {
						if err := write(); err != nil {
							t.Errorf("write: %v", err)
						}
					}
					return test.err
				})
				var people sync.WaitGroup
				for k := range 3 {
					people.Go(func() {
						if _, err := table.Do(t.Context(), benchmark.Actor{By: benchmark.ParticipantID(fmt.Sprint("p", k+1))}, answer(k)); !errors.Is(err, test.err) {
							t.Errorf("Do returned %v, want %v", err, test.err)
						}
					})
				}
				people.Wait()
				if got := stateOf(table); !test.written && got != was {
					t.Errorf("shown is %s, was %s", got, was)
				}
				s.fail(nil)
				do(t, table, "p1", answer(100))
				fresh, err := bot.NewTables(s, time.Now, weekdays).Table(t.Context(), net)
				if err != nil {
					t.Fatal(err)
				}
				if got, want := stateOf(table), stateOf(fresh); got != want {
					t.Errorf("shown is\n%s, the journal says\n%s", got, want)
				}
				ts.Close()
			})
		})
	}
}

// An outage doesn't cost reading the whole network for everybody who tries.
func TestOutageIsCheap(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	table := found(t, ts, 3)
	open(t, table, time.Now())
	s.fail(func(journal.Batch, func() error) error { return journal.ErrFull })
	fail := func() {
		if _, err := table.Do(t.Context(), benchmark.Actor{By: "p1"}, answer(1)); !errors.Is(err, journal.ErrFull) {
			t.Errorf("Do returned %v, want ErrFull", err)
		}
	}
	fail()
	before := s.entriesRead.Load()
	for range 50 {
		fail()
	}
	if read := s.entriesRead.Load() - before; read > 0 {
		t.Errorf("%d entries were read during the outage", read)
	}
	s.fail(nil)
	do(t, table, "p1", answer(2))
}

// While the store is stuck, people can still look.
func TestReadDuringWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore()
		ts := bot.NewTables(s, time.Now, weekdays)
		table := found(t, ts, 3)
		open(t, table, time.Now())
		was := seqOf(table)
		s.fail(func(_ journal.Batch, write func() error) error {
			time.Sleep(10 * time.Second)
			return write()
		})
		start := time.Now()
		done := make(chan error, 1)
		go func() {
			_, err := table.Do(t.Context(), benchmark.Actor{By: "p1"}, answer(1))
			done <- err
		}()
		synctest.Wait()
		if err := table.CatchUp(t.Context()); err != nil || seqOf(table) != was || !time.Now().Equal(start) {
			t.Errorf("during the write: %v, %d shown after %v, want %d at once", err, seqOf(table), time.Since(start), was)
		}
		if err := <-done; err != nil {
			t.Errorf("Do: %v", err)
		}
		if got := seqOf(table); got != was+1 {
			t.Errorf("after the write %d is shown, want %d", got, was+1)
		}
		ts.Close()
	})
}

// Who doesn't want to wait any longer is let go; what they asked for may be done.
func TestDoContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore()
		ts := bot.NewTables(s, time.Now, weekdays)
		table := found(t, ts, 3)
		open(t, table, time.Now())
		was := seqOf(table)
		s.fail(func(_ journal.Batch, write func() error) error {
			time.Sleep(time.Second)
			return write()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		for range 2 { // waiting, and ended before
			if _, err := table.Do(ctx, benchmark.Actor{By: "p1"}, answer(1)); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Do returned %v, want the context's error", err)
			}
		}
		ts.Close()
		if got := seqOf(table); got != was+1 {
			t.Errorf("%d is shown, want %d: the first was on its way, the second was not asked for", got, was+1)
		}
	})
}

// A thing that arrives twice at once happens once; so does one that two people
// want.
func TestDoTwice(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	table := found(t, ts, 3)
	now := time.Now()
	open(t, table, now)
	var repeated, closed, comments atomic.Int64
	var all sync.WaitGroup
	for k := range 16 {
		all.Go(func() {
			events, err := table.Do(t.Context(), benchmark.Actor{By: "p2", Incoming: fmt.Sprint("thing ", k%2)},
				benchmark.Ask{Indicator: "falls", Text: "Do near falls count?"})
			comments.Add(int64(len(events)))
			if errors.Is(err, benchmark.ErrRepeated) {
				repeated.Add(1)
			} else if err != nil {
				t.Errorf("Ask: %v", err)
			}
		})
	}
	all.Wait()
	do(t, table, "p1", benchmark.ExtendRound{Due: now.Add(time.Hour), Closes: now.Add(2 * time.Hour)})
	for range 8 {
		all.Go(func() {
			events, err := table.Do(t.Context(), benchmark.Actor{By: "p1"}, benchmark.CloseRound{})
			closed.Add(int64(len(events)))
			if err != nil {
				t.Errorf("CloseRound: %v", err)
			}
		})
	}
	all.Wait()
	if repeated.Load() != 14 || comments.Load() != 4 || closed.Load() != 1 {
		t.Errorf("%d repeated, %d events of 2 questions, closed %d times; want 14, 4, 1", repeated.Load(), comments.Load(), closed.Load())
	}
}

// What a platform calls a thing may say who did it. The journal doesn't, and knows it
// again all the same, in another process too.
func TestIncomingIsNotTold(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	table := found(t, ts, 3)
	who := benchmark.Actor{By: "p2", Incoming: "react:post:USER-2:bulb"}
	if _, err := table.Do(t.Context(), who, benchmark.Mute{Muted: true}); err != nil {
		t.Fatal(err)
	}
	ts.Close()
	if s.holds(t, "USER-2") {
		t.Error("the journal says who did it")
	}
	again := bot.NewTables(s, time.Now, weekdays)
	defer again.Close()
	same, err := again.Table(t.Context(), table.ID())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := same.Do(t.Context(), who, benchmark.Mute{}); !errors.Is(err, benchmark.ErrRepeated) {
		t.Errorf("once more: %v", err)
	}
}

// An intent that is nearly too much for the journal is written without its
// neighbours, and one that is too much fails alone.
func TestDoMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore()
		ts := bot.NewTables(s, time.Now, weekdays)
		table := found(t, ts, 3)
		open(t, table, time.Now())
		was := seqOf(table)
		s.fail(func(_ journal.Batch, write func() error) error {
			time.Sleep(time.Second) // until the others have queued
			return write()
		})
		var people sync.WaitGroup
		for k := range 6 {
			people.Go(func() {
				if _, err := table.Do(t.Context(), benchmark.Actor{By: "p2"}, answer(k)); err != nil {
					t.Errorf("answer: %v", err)
				}
			})
		}
		for many, want := range map[int]error{journal.MaxEntries - 3: nil, journal.MaxEntries + 1: journal.ErrInvalid} {
			people.Go(func() {
				if _, err := table.Do(t.Context(), benchmark.Actor{By: benchmark.Bot}, history(many)); !errors.Is(err, want) {
					t.Errorf("a history of %d events: %v, want %v", many, err, want)
				}
			})
		}
		people.Wait()
		if got, want := seqOf(table)-was, uint64(6+journal.MaxEntries-3); got != want {
			t.Errorf("%d events, want %d", got, want)
		}
		ts.Close()
	})
}

// history is a past round whose recording makes so many events.
func history(events int) benchmark.RecordHistory {
	var h benchmark.RecordHistory
	for k := range events - 1 { // and one for the round
		h.Figures = append(h.Figures, benchmark.Recorded{
			Organisation: "o1", Indicator: "falls", Period: fmt.Sprint("20", 10+events%7, "-Q1"),
			Figure: benchmark.Figure{Numerator: float64(k), Denominator: 1e6},
		})
	}
	return h
}
