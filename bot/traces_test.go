package bot_test

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
)

// counted is a journal that counts the entries that are read.
type counted struct {
	*store
	entries atomic.Int64
}

func (c *counted) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for entry, err := range c.store.Read(ctx, network, from) {
			c.entries.Add(1)
			if !yield(entry, err) {
				return
			}
		}
	}
}

// Who asks again what is kept about them has only what is new read. Nothing is
// remembered of what has been erased, nor for longer than a minute.
func TestTracesAreReadOnce(t *testing.T) {
	onStage(t, 6, func(t *testing.T, s *stage) {
		j := &counted{store: s.store}
		s.tables.Close()
		s.tables = bot.NewTables(j, s.now, weekdays)
		s.courier = bot.NewCourier(s.tables, map[string]chat.Platform{"north": s.chat.Platform("north"), "south": s.chat.Platform("south")}, s.compose, quiet)
		var err error
		if s.table, err = s.tables.Table(t.Context(), net); err != nil {
			t.Fatal(err)
		}
		asks := func(user string) (traces []benchmark.Trace, read int64) {
			t.Helper()
			before := j.entries.Load()
			traces, err := s.table.Traces(t.Context(), chat.PersonID{Connection: "north", User: user})
			if err != nil {
				t.Fatal(err)
			}
			return traces, j.entries.Load() - before
		}
		s.pass(time.Second)
		s.thinks()
		first, whole := asks("u1")
		if whole < 10 || len(first) == 0 {
			t.Fatalf("%d traces of %d entries", len(first), whole)
		}
		if again, read := asks("u1"); read != 0 || len(again) != len(first) {
			t.Errorf("again, %d entries were read, and %d of %d traces found", read, len(again), len(first))
		}
		do(t, s.table, "p1", benchmark.Learn{Text: "Ask the night staff"})
		news, read := asks("u1")
		if read == 0 || read > 4 || len(news) <= len(first) || news[len(news)-2].As+news[len(news)-1].As != "learning" {
			t.Errorf("after news, %d entries were read, and found %+v", read, news[len(first):])
		}
		for _, user := range []string{"u2", "u3", "u4"} {
			if _, read := asks(user); read < whole {
				t.Errorf("of %s %d entries were read", user, read)
			}
		}
		if _, read := asks("u1"); read != 0 {
			t.Errorf("it was forgotten for others: %d", read)
		}
		for _, user := range []string{"u5", "u2", "u3", "u4"} {
			asks(user)
		}
		if _, read := asks("u1"); read < whole {
			t.Error("all are remembered")
		}
		do(t, s.table, "p1", benchmark.TakeBack{Post: thought})
		s.pass(time.Second)
		gone, read := asks("u1")
		if read < whole {
			t.Errorf("after an erasure only %d entries were read", read)
		}
		for _, x := range gone {
			if x.As == "remark" {
				t.Errorf("what is erased is told: %+v", x)
			}
		}
		var most int64
		for range 4 { // asking all the time doesn't keep them
			time.Sleep(20 * time.Second)
			_, read = asks("u1")
			most = max(most, read)
		}
		if most < whole {
			t.Errorf("they are remembered for ever: %d", most)
		}
	})
}
