package bot_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
	"roundtable/journal/memory"
)

// store is a journal in memory that can be made slow or broken.
type store struct {
	journal.Journal
	appends atomic.Int64 // those with entries
	// entriesRead counts the entries that were read.
	entriesRead atomic.Int64
	// fault, when set, decides about an append: it calls write or doesn't, and
	// returns what the writer gets.
	fault atomic.Pointer[func(b journal.Batch, write func() error) error]
}

func newStore() *store { return &store{Journal: memory.New()} }

func (s *store) Append(ctx context.Context, b journal.Batch) (last uint64, err error) {
	if len(b.Entries) > 0 {
		s.appends.Add(1)
	}
	write := func() error {
		last, err = s.Journal.Append(ctx, b)
		return err
	}
	if f := s.fault.Load(); f != nil {
		return last, (*f)(b, write)
	}
	return last, write()
}

func (s *store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for e, err := range s.Journal.Read(ctx, network, from) {
			s.entriesRead.Add(1)
			if !yield(e, err) {
				return
			}
		}
	}
}

func (s *store) fail(f func(b journal.Batch, write func() error) error) {
	if f == nil {
		s.fault.Store(nil)
		return
	}
	s.fault.Store(&f)
}

// events are what the journal holds.
func (s *store) events(t failer, id benchmark.NetworkID) []benchmark.Event {
	t.Helper()
	var all []benchmark.Event
	for entry, err := range s.Journal.Read(context.Background(), string(id), 1) {
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		e, err := benchmark.Decode(benchmark.Record{Seq: entry.Seq, At: entry.At, Kind: entry.Kind, Version: entry.Version, Data: entry.Data})
		if err != nil {
			t.Fatalf("decode: %v", err)
		}
		all = append(all, e)
	}
	return all
}

// last is the number of the journal's last event.
func (s *store) last(t testing.TB, id benchmark.NetworkID) uint64 {
	t.Helper()
	var last uint64
	for entry, err := range s.Journal.Read(context.Background(), string(id), 1) {
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		last = entry.Seq
	}
	return last
}

// weekdays is the calendar of every country.
func weekdays(string) benchmark.WorkingDay { return benchmark.Weekdays }

var quiet = slog.New(slog.DiscardHandler)

// net is the network that most tests talk to.
const net benchmark.NetworkID = "net"

var (
	north = chat.ChannelID{Connection: "north", Channel: "falls"}
	south = chat.ChannelID{Connection: "south", Channel: "falls"}
)

// found makes the network at north, with one participant for each of so many
// organisations: p1, the facilitator, p2 ...
func found(t failer, ts *bot.Tables, organisations int) *bot.Table {
	t.Helper()
	return foundAt(t, ts, net, north, organisations)
}

func foundAt(t failer, ts *bot.Tables, id benchmark.NetworkID, at chat.ChannelID, organisations int) *bot.Table {
	t.Helper()
	f := founding(id, at)
	for k := range organisations {
		f.Organisations = append(f.Organisations, fmt.Sprint("Org ", k+1))
	}
	f.Mine = f.Organisations[0]
	table, err := ts.Found(context.Background(), benchmark.Actor{}, f)
	if err != nil {
		t.Fatalf("Found: %v", err)
	}
	for k := 1; k < organisations; k++ {
		do(t, table, "", benchmark.Join{
			Person:       benchmark.Identity{Connection: "north", User: fmt.Sprint("u", k+1), Name: "N"},
			Organisation: f.Organisations[k], Profession: "nurse",
		})
	}
	return table
}

func founding(id benchmark.NetworkID, at chat.ChannelID) benchmark.Found {
	return benchmark.Found{
		ID: id, Name: "Net", Settings: benchmark.DefaultSettings(), Seed: 7,
		Connection: at.Connection, Channel: at.Channel, Profession: "nurse",
		Founder:      benchmark.Identity{Connection: at.Connection, User: "u1", Name: "Anna"},
		TemplateName: "T", Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}},
	}
}

// do has somebody do something, which must not be refused.
func do(t failer, table *bot.Table, by benchmark.ParticipantID, intent benchmark.Intent) []benchmark.Event {
	t.Helper()
	events, err := table.Do(context.Background(), benchmark.Actor{By: by}, intent)
	if err != nil {
		t.Fatalf("%T by %q: %v", intent, by, err)
	}
	return events
}

// open opens the round 2026-Q4 for two weeks.
func open(t failer, table *bot.Table, now time.Time) {
	t.Helper()
	do(t, table, "p1", benchmark.OpenRound{Period: "2026-Q4", Due: now.AddDate(0, 0, 14), Closes: now.AddDate(0, 0, 21), Sure: true})
}

// answer is one answer; every numerator makes another.
func answer(numerator int) benchmark.Submit {
	return benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: float64(numerator), Denominator: 1e6},
	}}}
}

// seqOf is the last event that the table shows.
func seqOf(table *bot.Table) (seq uint64) {
	table.Read(func(n *benchmark.Network) { seq = n.Seq })
	return seq
}

// stuck is a store that does not come to the end of reading one network.
type stuck struct {
	*store
	network string
}

func (s *stuck) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	if network != s.network {
		return s.store.Read(ctx, network, from)
	}
	return func(yield func(journal.Entry, error) bool) {
		<-ctx.Done()
		yield(journal.Entry{}, ctx.Err())
	}
}
