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

// Table is one network, live in memory. What it shows is always durable: a
// change can be read only once the journal has it, and reading never waits for
// a write. Safe for concurrent use.
type Table struct {
	id       benchmark.NetworkID
	journal  journal.Journal
	clock    func() time.Time
	calendar func(country string) benchmark.WorkingDay
	changed  func(benchmark.NetworkID) // nil: nobody wants to know
	damaged  func(error)               // called with what fails; it remembers damage
	erased   func(error)               // called with how an erasure went
	aliasKey []byte                    // the key of Alias
	writer   *writer
	posting  posting
	traced   traced

	mu          sync.RWMutex // guards what follows
	published   *benchmark.Network
	recordedDue time.Time // what the journal's index says of when the network is due
	dueRecorded bool      // whether this table ever told the index
}

// Read calls f with the network as it is. f must not keep it, nor change it,
// nor wait for anything.
func (t *Table) Read(f func(n *benchmark.Network)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	f(t.published)
}

// ID returns the network's id.
func (t *Table) ID() benchmark.NetworkID { return t.id }

// WorkingDay returns the calendar of the network's country: which of its days
// are working days.
func (t *Table) WorkingDay(n *benchmark.Network) benchmark.WorkingDay {
	return t.calendar(n.Settings.Holidays)
}

// CatchUp reads what other processes have written since.
func (t *Table) CatchUp(ctx context.Context) error {
	return readEvents(ctx, t.journal, t.id, t.seq(), func(e benchmark.Event) error {
		return t.publish([]benchmark.Event{e})
	})
}

// seq returns the number of the last event that is published.
func (t *Table) seq() (seq uint64) {
	t.Read(func(n *benchmark.Network) { seq = n.Seq })
	return seq
}

// publish lets readers see events that are durable; those that are published
// already change nothing.
func (t *Table) publish(events []benchmark.Event) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range events {
		if err := t.published.Apply(e); err != nil {
			return err
		}
	}
	return nil
}

// republish replaces what is published, with a network that has fewer events.
func (t *Table) republish(n *benchmark.Network) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.published = n
}

// recordNextDue tells the journal's index when the network is due next, unless
// it was told the same before. It is called when nothing can be done now: what
// was owed may have passed its time without any event.
func (t *Table) recordNextDue(ctx context.Context) error {
	now := t.clock()
	var due time.Time
	var after uint64
	recorded := false
	t.Read(func(n *benchmark.Network) {
		due, after = n.NextDue(now, t.WorkingDay(n)), n.Seq
		recorded = t.dueRecorded && t.recordedDue.Equal(due)
	})
	if recorded || (!due.IsZero() && !due.After(now)) {
		return nil
	}
	err := t.appendDue(ctx, after, due)
	if errors.Is(err, journal.ErrConflict) {
		return nil // another process has written, and its write told the index
	}
	return err
}

// appendDue writes to the journal's index when the network is due, provided that
// after is the number of its last event. It adds no event.
func (t *Table) appendDue(ctx context.Context, after uint64, due time.Time) error {
	_, err := t.journal.Append(ctx, journal.Batch{Network: string(t.id), After: after, Mark: &journal.Mark{Due: due}})
	if err == nil {
		t.dueWasRecorded(due)
	}
	return err
}

func (t *Table) dueWasRecorded(due time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.recordedDue, t.dueRecorded = due, true
}

// eraseContent takes the content of events out of the journal. The network has
// forgotten it already, with the event that took it back.
func (t *Table) eraseContent(ctx context.Context, seqs []uint64) error {
	err := t.journal.Erase(ctx, string(t.id), seqs)
	t.traced.forget()
	t.erased(err)
	return err
}

// close returns once every pending intent has been answered.
func (t *Table) close() { t.writer.wait() }

// load reads the whole network into each of the copies.
func load(ctx context.Context, j journal.Journal, id benchmark.NetworkID, copies ...*benchmark.Network) error {
	err := readEvents(ctx, j, id, 0, func(e benchmark.Event) error {
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

// readEvents calls apply with the network's events after a number, in order.
func readEvents(ctx context.Context, j journal.Journal, id benchmark.NetworkID, after uint64, apply func(benchmark.Event) error) error {
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
