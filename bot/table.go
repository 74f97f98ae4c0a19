package bot

import (
	"context"
	"fmt"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/journal"
)

// Table is one network, live in memory. What it shows is always durable: a
// change can be read only once the journal has it, and reading never waits for
// a write. Safe for concurrent use.
type Table struct {
	id      benchmark.NetworkID
	journal journal.Journal
	clock   func() time.Time
	working func(country string) benchmark.WorkingDay
	changed func(benchmark.NetworkID)
	aliases []byte // the key of Alias

	mu     sync.RWMutex // guards what follows
	shown  *benchmark.Network
	marked time.Time // when the journal was last told that something is due
	isTold bool      // whether this table ever told it

	queue   sync.Mutex // guards what follows
	wishes  []*wish
	serving bool
	servers sync.WaitGroup

	// Of the one server that there is at a time:

	ahead  *benchmark.Network // decisions are made on it before they are durable; nil: to be read
	failed bool               // the last write failed
}

// wish is one intent that waits for its turn.
type wish struct {
	who    benchmark.Actor
	intent benchmark.Intent
	events []benchmark.Event
	err    error
	done   chan struct{}
}

// Do decides the intent and returns the events that followed, once they are
// durable and shown. The error is the domain's refusal, benchmark.ErrRepeated,
// or a failure of the journal: after journal.ErrFull or journal.ErrReadOnly
// nothing has changed, after any other nobody knows. When the context ends
// first, its error is returned and the intent may or may not have been carried
// out.
func (t *Table) Do(ctx context.Context, who benchmark.Actor, intent benchmark.Intent) ([]benchmark.Event, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	who.Incoming = t.Alias(who.Incoming)
	w := &wish{who: who, intent: intent, done: make(chan struct{})}
	t.queue.Lock()
	t.wishes = append(t.wishes, w)
	if !t.serving {
		t.serving = true
		t.servers.Go(t.serve)
	}
	t.queue.Unlock()
	select {
	case <-w.done:
		return w.events, w.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// WorkingDay is the calendar of the network, which is the table's.
func (t *Table) WorkingDay(n *benchmark.Network) benchmark.WorkingDay {
	return t.working(n.Settings.Holidays)
}

// Read calls f with the network as it is. f must not keep it, nor change it,
// nor wait for anything.
func (t *Table) Read(f func(n *benchmark.Network)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	f(t.shown)
}

// seq is the number of the last event shown.
func (t *Table) seq() (seq uint64) {
	t.Read(func(n *benchmark.Network) { seq = n.Seq })
	return seq
}

// ID returns the network's id.
func (t *Table) ID() benchmark.NetworkID { return t.id }

// CatchUp reads what other processes have written since.
func (t *Table) CatchUp(ctx context.Context) error {
	return read(ctx, t.journal, t.id, t.seq(), func(e benchmark.Event) error {
		return t.show([]benchmark.Event{e})
	})
}

// show takes in events that are durable; those that are shown already change
// nothing.
func (t *Table) show(events []benchmark.Event) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range events {
		if err := t.shown.Apply(e); err != nil {
			return err
		}
	}
	return nil
}

// erase takes the content of events out of the journal. The network has forgotten
// it already, when it took in that it was taken back.
func (t *Table) erase(ctx context.Context, seqs []uint64) error {
	return t.journal.Erase(ctx, string(t.id), seqs)
}

// close returns once every wish has been fulfilled.
func (t *Table) close() { t.servers.Wait() }

// load reads the network into as many copies as are wanted.
func load(ctx context.Context, j journal.Journal, id benchmark.NetworkID, copies ...*benchmark.Network) error {
	err := read(ctx, j, id, 0, func(e benchmark.Event) error {
		for _, n := range copies {
			if err := n.Apply(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load network %s: %w", id, err)
	}
	return nil
}

// read gives the network's events after the number to apply, in order.
func read(ctx context.Context, j journal.Journal, id benchmark.NetworkID, after uint64, apply func(benchmark.Event) error) error {
	for entry, err := range j.Read(ctx, string(id), after+1) {
		if err != nil {
			return err
		}
		e, err := eventOf(entry)
		if err != nil {
			return err
		}
		if err := apply(e); err != nil {
			return err
		}
	}
	return nil
}

func entryOf(e benchmark.Event) (journal.Entry, error) {
	r, err := e.Encode()
	return journal.Entry{Seq: r.Seq, At: r.At, Kind: r.Kind, Version: r.Version, Data: r.Data}, err
}

func eventOf(e journal.Entry) (benchmark.Event, error) {
	return benchmark.Decode(benchmark.Record{Seq: e.Seq, At: e.At, Kind: e.Kind, Version: e.Version, Data: e.Data})
}
