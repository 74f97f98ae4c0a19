package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/journal"
)

// Bounds of one write.
const (
	// appendTimeout bounds how long a write may take before people are told
	// that it failed.
	appendTimeout = 20 * time.Second
	// maxBatchIntents are decided and written together, unless they have led to
	// more than maxBatchEntries already.
	maxBatchIntents = 256
	maxBatchEntries = 2000
)

// Do decides the intent and returns the events that followed, once they are
// durable and can be read. The error is the domain's refusal,
// benchmark.ErrRepeated, or a failure of the journal: after journal.ErrFull or
// journal.ErrReadOnly nothing has changed, after any other nobody knows. When the
// context ends first, its error is returned and the intent may or may not have
// been carried out.
func (t *Table) Do(ctx context.Context, who benchmark.Actor, intent benchmark.Intent) ([]benchmark.Event, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	who.Incoming = t.Alias(who.Incoming)
	p := &pendingIntent{who: who, intent: intent, done: make(chan struct{})}
	t.writer.enqueue(p)
	select {
	case <-p.done:
		return p.events, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// writer is the only one who writes to a table's network. Intents wait in its
// queue; it decides those that wait, a batch at a time, on a working copy of the
// network, appends what follows to the journal, and publishes it. Its goroutine
// runs while there is something in the queue.
type writer struct {
	table *Table

	mu      sync.Mutex // guards what follows
	queue   []*pendingIntent
	running bool
	run     sync.WaitGroup // the goroutine

	// Of the goroutine alone:

	// workingCopy is what intents are decided on: it holds events before they
	// are durable. nil: it has to be loaded.
	workingCopy *benchmark.Network
	writeFailed bool // the last write failed
}

// pendingIntent is an intent that waits for its turn. events and err are its
// outcome, which can be read once done is closed.
type pendingIntent struct {
	who    benchmark.Actor
	intent benchmark.Intent
	events []benchmark.Event
	err    error
	done   chan struct{}
}

// enqueue has the intent decided after those that came before it.
func (w *writer) enqueue(p *pendingIntent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = append(w.queue, p)
	if !w.running {
		w.running = true
		w.run.Go(w.drain)
	}
}

// wait returns once the queue is empty and all that was in it is answered.
func (w *writer) wait() { w.run.Wait() }

// drain works until the queue is empty.
func (w *writer) drain() {
	for {
		batch := w.nextBatch()
		if len(batch) == 0 {
			return
		}
		for len(batch) > 0 {
			answered := w.writeBatch(batch)
			for _, p := range batch[:answered] {
				close(p.done)
			}
			batch = batch[answered:]
		}
	}
}

// nextBatch takes the first intents off the queue. When there are none, the
// writer counts as no longer running.
func (w *writer) nextBatch() []*pendingIntent {
	w.mu.Lock()
	defer w.mu.Unlock()
	batch := w.queue[:min(len(w.queue), maxBatchIntents)]
	w.queue = w.queue[len(batch):]
	w.running = len(batch) > 0
	return batch
}

// writeBatch gives the first intents of a batch their outcome, and returns how
// many these are: one at least. When another process has written meanwhile they
// are decided anew.
func (w *writer) writeBatch(batch []*pendingIntent) (answered int) {
	ctx, cancel := context.WithTimeout(context.Background(), appendTimeout)
	defer cancel()
	for {
		answered, err := w.decideAndAppend(ctx, batch)
		if err == nil {
			return answered
		}
		w.workingCopy = nil // it holds what isn't durable
		if errors.Is(err, journal.ErrConflict) && ctx.Err() == nil {
			continue
		}
		w.writeFailed = true
		w.table.damaged(err)
		for _, p := range batch[:answered] {
			p.events, p.err = nil, err // refusals too: they rested on what failed
		}
		return answered
	}
}

// decideAndAppend is one attempt at a batch. It returns how many of its intents
// the outcome is of.
func (w *writer) decideAndAppend(ctx context.Context, batch []*pendingIntent) (answered int, err error) {
	if err := w.refreshWorkingCopy(ctx); err != nil {
		return len(batch), err
	}
	after := w.workingCopy.Seq
	d, err := w.decide(batch)
	if err != nil {
		return w.failLast(ctx, batch[:d.intents], err)
	}
	return d.intents, w.append(ctx, after, d)
}

// decisions are what the first intents of a batch have led to.
type decisions struct {
	intents int
	events  []benchmark.Event
	entries []journal.Entry // the events, encoded
}

// decide decides intents one after the other, each on the state that the one
// before left, until they fill a write. An error is about the last of them: its
// events can't be encoded or don't fit the network.
func (w *writer) decide(batch []*pendingIntent) (d decisions, err error) {
	for d.intents < len(batch) && len(d.entries) < maxBatchEntries {
		p := batch[d.intents]
		p.events, p.err = w.workingCopy.Decide(p.who, p.intent, w.table.clock())
		if d.intents > 0 && len(d.entries)+len(p.events) > journal.MaxEntries {
			break
		}
		d.intents++
		for _, e := range p.events {
			entry, err := entryOf(e)
			if err == nil {
				err = w.workingCopy.Apply(e)
			}
			if err != nil {
				return d, err
			}
			d.entries = append(d.entries, entry)
		}
		d.events = append(d.events, p.events...)
	}
	return d, nil
}

// append makes the events durable, publishes them, and says that something has
// changed.
func (w *writer) append(ctx context.Context, after uint64, d decisions) error {
	if len(d.entries) == 0 {
		return nil
	}
	t := w.table
	mark := w.mark(d.events)
	if _, err := t.journal.Append(ctx, journal.Batch{
		Network: string(t.id), After: after, Entries: d.entries, Mark: mark,
	}); err != nil {
		return err
	}
	t.dueWasRecorded(mark.Due)
	if err := t.publish(d.events); err != nil {
		return err
	}
	if t.changed != nil {
		t.changed(t.id)
	}
	return nil
}

// mark returns what the journal's index has to know after the events: when the
// network is due, and by which addresses it is found if these have changed.
func (w *writer) mark(events []benchmark.Event) *journal.Mark {
	n := w.workingCopy
	m := &journal.Mark{Due: n.NextDue(w.table.clock(), w.table.WorkingDay(n))}
	if slices.ContainsFunc(events, benchmark.Event.ChangesAddresses) {
		m.Addresses = n.Addresses()
	}
	return m
}

// failLast answers the last of the intents, whose events can't be written, with
// the cause. That is a bug, which must not fail other intents: those before it are
// decided again without it.
func (w *writer) failLast(ctx context.Context, batch []*pendingIntent, cause error) (answered int, err error) {
	w.workingCopy = nil
	if before := batch[:len(batch)-1]; len(before) > 0 {
		return w.decideAndAppend(ctx, before)
	}
	batch[0].events, batch[0].err = nil, fmt.Errorf("decide %T: %w", batch[0].intent, cause)
	return 1, nil
}

// refreshWorkingCopy brings the working copy up to date with what is published:
// whoever saw what another process wrote decides on it too. After a write that
// failed the store is asked first whether it can be written, so that an outage
// doesn't cost reading the network anew for everybody who tries.
func (w *writer) refreshWorkingCopy(ctx context.Context) error {
	t := w.table
	if w.workingCopy != nil {
		if t.seq() == w.workingCopy.Seq {
			return nil
		}
		return readEvents(ctx, t.journal, t.id, w.workingCopy.Seq, func(e benchmark.Event) error {
			return errors.Join(w.workingCopy.Apply(e), t.publish([]benchmark.Event{e}))
		})
	}
	if w.writeFailed {
		if err := w.checkWritable(ctx); err != nil {
			return err
		}
	}
	n := &benchmark.Network{}
	if err := load(ctx, t.journal, t.id, n); err != nil {
		return err
	}
	if err := w.followRollback(ctx, n.Seq); err != nil {
		return err
	}
	w.workingCopy, w.writeFailed = n, false
	return t.CatchUp(ctx)
}

// checkWritable returns nil when the store can be written. It writes that the
// network is due now, which changes nothing and is soon put right.
func (w *writer) checkWritable(ctx context.Context) error {
	t := w.table
	if err := t.CatchUp(ctx); err != nil {
		return err
	}
	err := t.appendDue(ctx, t.seq(), t.clock())
	if errors.Is(err, journal.ErrConflict) {
		return nil
	}
	return err
}

// followRollback publishes what the journal holds where it has lost events that
// were published, as in a failover to a replica that lagged. last is the number
// of its last event.
func (w *writer) followRollback(ctx context.Context, last uint64) error {
	t := w.table
	if t.seq() <= last {
		return nil
	}
	n := &benchmark.Network{}
	if err := load(ctx, t.journal, t.id, n); err != nil {
		return err
	}
	t.republish(n)
	return nil
}
