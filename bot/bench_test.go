package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
	"roundtable/journal/memory"
	"roundtable/journal/sqlite"
)

// BenchmarkCommand has people answer, decided and durable on SQLite: alone, 64
// of one network at once, and one of each of 64 networks. Measure on a real disk,
// with TMPDIR.
func BenchmarkCommand(b *testing.B) {
	for _, c := range []struct {
		name              string
		writers, networks int
	}{{"alone", 1, 1}, {"64 of one network", 64, 1}, {"64 of 64 networks", 64, 64}} {
		b.Run(c.name, func(b *testing.B) {
			j, err := sqlite.Open(filepath.Join(b.TempDir(), "journal.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = j.Close() }()
			ts := bot.NewTables(j, time.Now, weekdays)
			defer ts.Close()
			tables := make([]*bot.Table, c.networks)
			for k := range tables {
				tables[k] = foundAt(b, ts, benchmark.NetworkID(fmt.Sprint("net", k)), chat.ChannelID{Connection: "north", Channel: fmt.Sprint("c", k)}, max(12, c.writers/c.networks))
				open(b, tables[k], time.Now())
			}
			var taken atomic.Int64
			var people sync.WaitGroup
			b.ResetTimer()
			for w := range c.writers {
				people.Go(func() {
					me := benchmark.Actor{By: benchmark.ParticipantID(fmt.Sprint("p", 1+w/c.networks))}
					for n := taken.Add(1); n <= int64(b.N); n = taken.Add(1) {
						if _, err := tables[w%c.networks].Do(b.Context(), me, answer(int(n))); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			people.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
		})
	}
}

// BenchmarkCommandInOldNetwork shows that an answer costs the same in a network
// of a thousand events as in one of a million.
func BenchmarkCommandInOldNetwork(b *testing.B) {
	for _, store := range []string{"memory", "sqlite"} {
		for _, events := range []uint64{1_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d events", store, events), func(b *testing.B) {
				var j journal.Journal = memory.New()
				if store == "sqlite" {
					s, err := sqlite.Open(filepath.Join(b.TempDir(), "journal.db"))
					if err != nil {
						b.Fatal(err)
					}
					defer func() { _ = s.Close() }()
					j = s
				}
				now := grow(b, j, events)
				ts := bot.NewTables(j, func() time.Time { return now }, weekdays)
				defer ts.Close()
				table, err := ts.Table(b.Context(), net)
				if err != nil {
					b.Fatal(err)
				}
				do(b, table, "p1", sure(1))
				n := 0
				for b.Loop() {
					n++
					do(b, table, "p1", sure(n))
				}
			})
		}
	}
}

// BenchmarkAt finds the network of a place, as for everything that happens.
func BenchmarkAt(b *testing.B) {
	j, err := sqlite.Open(filepath.Join(b.TempDir(), "journal.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	now := grow(b, j, 10_000)
	ts := bot.NewTables(j, func() time.Time { return now }, weekdays)
	defer ts.Close()
	table, err := ts.Table(b.Context(), net)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("find and catch up", func(b *testing.B) {
		for b.Loop() {
			if _, err := ts.At(b.Context(), chat.Incoming{Channel: north}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("catch up", func(b *testing.B) {
		for b.Loop() {
			if err := table.CatchUp(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// sure is an answer that is right, however far from those before.
func sure(numerator int) benchmark.Submit {
	s := answer(1 + numerator%1e6)
	s.Items[0].Confirmed, s.Items[0].Note = true, "Counted twice."
	return s
}

// grow writes the journal of a network that has lived long: rounds of 12
// organisations, each answer corrected twice, with the courier's events between.
// The last round is open. It returns the present.
func grow(b *testing.B, j journal.Journal, events uint64) time.Time {
	b.Helper()
	n, now := &benchmark.Network{}, time.Date(2020, time.January, 6, 9, 0, 0, 0, time.UTC)
	var batch []journal.Entry
	flush := func() {
		mark := &journal.Mark{Addresses: n.Addresses()}
		if _, err := j.Append(context.Background(), journal.Batch{Network: string(net), After: n.Seq - uint64(len(batch)), Entries: batch, Mark: mark}); err != nil {
			b.Fatal(err)
		}
		batch = nil
	}
	do := func(by string, intent benchmark.Intent) {
		by = cmp.Or(by, string(benchmark.Bot))
		decided, err := n.Decide(benchmark.Actor{By: benchmark.ParticipantID(by), Incoming: fmt.Sprint("thing ", n.Seq)}, intent, now)
		if err != nil {
			b.Fatalf("%T: %v", intent, err)
		}
		for _, e := range decided {
			r, err := e.Encode()
			if err == nil {
				err = n.Apply(e)
			}
			if err != nil {
				b.Fatal(err)
			}
			batch = append(batch, journal.Entry{At: r.At, Kind: r.Kind, Version: r.Version, Data: r.Data})
		}
		if len(batch) > 5000 {
			flush()
		}
	}
	f := founding(net, north)
	for k := range 12 {
		f.Organisations = append(f.Organisations, fmt.Sprint("Org ", k+1))
	}
	f.Mine = f.Organisations[0]
	do("", f)
	for k := range 11 {
		do("", benchmark.Join{Person: benchmark.Identity{Connection: "north", User: fmt.Sprint("u", k+2)}, Organisation: f.Organisations[k+1], Profession: "nurse"})
	}
	for month := 0; ; month++ {
		do("p1", benchmark.OpenRound{Period: fmt.Sprintf("%d-%02d", 1000+month/12, 1+month%12), Due: now.Add(time.Hour), Closes: now.Add(2 * time.Hour), Sure: true})
		for pass := range 3 {
			for o := range 12 {
				do(fmt.Sprint("p", o+1), sure(100*month+10*o+pass))
				do(fmt.Sprint("p", o+1), benchmark.Ask{Indicator: "falls", Text: "A thought."})
			}
		}
		for range 3 {
			for _, d := range n.Duties(now, nil) {
				if !d.NotBefore.After(now) && d.Kind != benchmark.CloseDuty && d.Kind != benchmark.PublishDuty {
					do("", d.Begin())
					do("", d.Finish(benchmark.Post{Connection: "north", Channel: "falls", Message: fmt.Sprint(n.Seq)}))
				}
			}
			if c := n.Current(); c.Phase == benchmark.Open {
				if n.Seq >= events {
					flush()
					return now
				}
				do("p1", benchmark.CloseRound{})
				do("p1", benchmark.PublishRound{})
			}
		}
		now = now.Add(3 * time.Hour)
	}
}
