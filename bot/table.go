package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/journal"
)

// Bounds of one append.
const (
	// appendTimeout bounds how long a write may take before people are told
	// that it failed.
	appendTimeout = 20 * time.Second
	// most wishes that are decided and written together.
	most = 256
)

// Table is one network, live in memory. What it shows is always durable: a
// change can be read only once the journal has it. Safe for concurrent use.
type Table struct {
	id      benchmark.NetworkID
	journal journal.Journal
	clock   func() time.Time
	working func(country string) benchmark.WorkingDay
	changed func(benchmark.NetworkID)

	mu sync.RWMutex // guards n
	n  *benchmark.Network

	queue   sync.Mutex // guards wishes and serving
	wishes  []*wish
	serving bool
	servers sync.WaitGroup
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
// durable. The error is the domain's refusal, benchmark.ErrRepeated, or a
// failure of the journal (journal.ErrFull, journal.ErrReadOnly ...), after which
// nothing has changed. When the context ends first, its error is returned and
// the intent may or may not have been carried out.
func (t *Table) Do(ctx context.Context, who benchmark.Actor, intent benchmark.Intent) ([]benchmark.Event, error) {
	w := &wish{who: who, intent: intent, done: make(chan struct{})}
	t.queue.Lock()
	t.wishes = append(t.wishes, w)
	lead := !t.serving
	t.serving = true
	t.queue.Unlock()
	if lead {
		t.servers.Go(t.serve)
	}
	select {
	case <-w.done:
		return w.events, w.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Read calls f with the network as it is. f must not keep it, nor change it.
func (t *Table) Read(f func(n *benchmark.Network)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	f(t.n)
}

// close returns once every wish has been fulfilled.
func (t *Table) close() { t.servers.Wait() }

// ID returns the network's id.
func (t *Table) ID() benchmark.NetworkID { return t.id }

// serve fulfils wishes until none waits: a table has one server while there is
// something to do, and none while there isn't.
func (t *Table) serve() {
	for {
		t.queue.Lock()
		batch := t.wishes
		if len(batch) > most {
			batch, t.wishes = batch[:most:most], batch[most:]
		} else {
			t.wishes = nil
		}
		t.serving = len(batch) > 0
		t.queue.Unlock()
		if len(batch) == 0 {
			return
		}
		t.fulfil(batch)
		for _, w := range batch {
			close(w.done)
		}
	}
}

// fulfil decides the wishes one after the other, each on the state that the
// one before left, and writes all that follows at once.
func (t *Table) fulfil(batch []*wish) {
	ctx, cancel := context.WithTimeout(context.Background(), appendTimeout)
	defer cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.try(ctx, batch)
	if errors.Is(err, journal.ErrConflict) {
		err = t.try(ctx, batch) // the state has been read anew
	}
	if err == nil {
		return
	}
	for _, w := range batch {
		if len(w.events) > 0 || w.err == nil {
			w.events, w.err = nil, err
		}
	}
}

// try decides and appends. After an error the state is what the journal holds.
func (t *Table) try(ctx context.Context, batch []*wish) error {
	after := t.n.Seq
	var entries []journal.Entry
	for _, w := range batch {
		w.events, w.err = t.n.Decide(w.who, w.intent, t.clock())
		for k, e := range w.events {
			entry, err := entryOf(e)
			if err == nil {
				err = t.n.Apply(e)
			}
			if err != nil {
				return t.recover(ctx, fmt.Errorf("decide: event %d: %w", k, err))
			}
			entries = append(entries, entry)
		}
	}
	if len(entries) == 0 {
		return nil
	}
	_, err := t.journal.Append(ctx, journal.Batch{
		Network: string(t.id), After: after, Entries: entries, Mark: t.mark(batch),
	})
	if err != nil {
		return t.recover(ctx, err)
	}
	if t.changed != nil {
		t.changed(t.id)
	}
	return nil
}

// recover reads the network anew after a write that failed, since the state in
// memory holds what isn't durable.
func (t *Table) recover(ctx context.Context, cause error) error {
	n, err := load(ctx, t.journal, t.id)
	if err != nil {
		return errors.Join(cause, err)
	}
	t.n = n
	return cause
}

// mark is what the journal's index needs to know.
func (t *Table) mark(batch []*wish) *journal.Mark {
	duties := t.n.Duties(t.clock(), t.working(t.n.Settings.Holidays))
	m := &journal.Mark{Due: benchmark.NextDue(duties)}
	for _, w := range batch {
		for _, e := range w.events {
			switch e.Body.(type) {
			case benchmark.SeatTaken, benchmark.IdentityGiven, benchmark.ParticipantLeft, benchmark.ParticipantJoined:
				m.Addresses = t.n.Addresses()
			}
		}
	}
	return m
}

// CatchUp reads what other processes have written since.
func (t *Table) CatchUp(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return readInto(ctx, t.journal, t.id, t.n)
}

func load(ctx context.Context, j journal.Journal, id benchmark.NetworkID) (*benchmark.Network, error) {
	n := &benchmark.Network{}
	if err := readInto(ctx, j, id, n); err != nil {
		return nil, fmt.Errorf("load network %s: %w", id, err)
	}
	return n, nil
}

func readInto(ctx context.Context, j journal.Journal, id benchmark.NetworkID, n *benchmark.Network) error {
	for entry, err := range j.Read(ctx, string(id), n.Seq+1) {
		if err != nil {
			return err
		}
		e, err := eventOf(entry)
		if err != nil {
			return err
		}
		if err := n.Apply(e); err != nil {
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
