package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"roundtable/benchmark"
	"roundtable/journal"
)

// Bounds of one write.
const (
	// appendTimeout bounds how long a write may take before people are told
	// that it failed.
	appendTimeout = 20 * time.Second
	// mostWishes are decided and written together, unless they have more than
	// mostEntries already.
	mostWishes  = 256
	mostEntries = 2000
)

// serve fulfils wishes until none waits: a table has one server while there is
// something to do, and none while there isn't.
func (t *Table) serve() {
	for {
		t.queue.Lock()
		batch := t.wishes[:min(len(t.wishes), mostWishes)]
		t.wishes = t.wishes[len(batch):]
		t.serving = len(batch) > 0
		t.queue.Unlock()
		if len(batch) == 0 {
			return
		}
		for len(batch) > 0 {
			done := t.fulfil(batch)
			for _, w := range batch[:done] {
				close(w.done)
			}
			batch = batch[done:]
		}
	}
}

// fulfil decides the first wishes one after the other, each on the state that
// the one before left, writes all that follows at once, and returns how many
// there were. When another process has written meanwhile they are decided anew.
func (t *Table) fulfil(batch []*wish) (done int) {
	ctx, cancel := context.WithTimeout(context.Background(), appendTimeout)
	defer cancel()
	for {
		done, err := t.try(ctx, batch)
		if err == nil {
			return done
		}
		t.ahead = nil // it holds what isn't durable
		if errors.Is(err, journal.ErrConflict) && ctx.Err() == nil {
			continue
		}
		t.failed = true
		for _, w := range batch[:done] {
			w.events, w.err = nil, err // refusals too: they rested on what failed
		}
		return done
	}
}

// try decides and writes once, and returns how many wishes the outcome is of.
func (t *Table) try(ctx context.Context, batch []*wish) (done int, err error) {
	if err := t.prepare(ctx); err != nil {
		return len(batch), err
	}
	after := t.ahead.Seq
	var events []benchmark.Event
	var entries []journal.Entry
	for done < len(batch) && len(entries) < mostEntries {
		w := batch[done]
		w.events, w.err = t.ahead.Decide(w.who, w.intent, t.clock())
		if done > 0 && len(entries)+len(w.events) > journal.MaxEntries {
			break
		}
		done++
		for _, e := range w.events {
			entry, err := entryOf(e)
			if err == nil {
				err = t.ahead.Apply(e)
			}
			if err != nil {
				return t.impossible(ctx, batch[:done], err)
			}
			entries = append(entries, entry)
		}
		events = append(events, w.events...)
	}
	if len(entries) == 0 {
		return done, nil
	}
	mark := markOf(t.ahead, events, t.clock(), t.working)
	if _, err := t.journal.Append(ctx, journal.Batch{
		Network: string(t.id), After: after, Entries: entries, Mark: mark,
	}); err != nil {
		return done, err
	}
	t.told(mark.Due)
	if err := t.show(events); err != nil {
		return done, err
	}
	if t.changed != nil {
		t.changed(t.id)
	}
	return done, nil
}

// prepare brings the state that is decided on up to date with what is shown:
// whoever saw what another process wrote decides on it too. After a write that
// failed the store is asked first, with a write that changes nothing, so that an
// outage doesn't cost reading the network anew for everybody who tries.
func (t *Table) prepare(ctx context.Context) error {
	if t.ahead != nil {
		if t.seq() == t.ahead.Seq {
			return nil
		}
		return read(ctx, t.journal, t.id, t.ahead.Seq, func(e benchmark.Event) error {
			return errors.Join(t.ahead.Apply(e), t.show([]benchmark.Event{e}))
		})
	}
	if t.failed {
		if err := t.probe(ctx); err != nil {
			return err
		}
	}
	n := &benchmark.Network{}
	if err := load(ctx, t.journal, t.id, n); err != nil {
		return err
	}
	if err := t.regain(ctx, n.Seq); err != nil {
		return err
	}
	t.ahead, t.failed = n, false
	return t.CatchUp(ctx)
}

// probe says whether the store can be written. It tells it that the network is
// due now, which is soon put right.
func (t *Table) probe(ctx context.Context) error {
	if err := t.CatchUp(ctx); err != nil {
		return err
	}
	err := t.tell(ctx, t.seq(), t.clock())
	if errors.Is(err, journal.ErrConflict) {
		return nil
	}
	return err
}

// regain shows what the journal holds where it has lost what was shown, as in a
// failover to a replica that lagged.
func (t *Table) regain(ctx context.Context, last uint64) error {
	if t.seq() <= last {
		return nil
	}
	n := &benchmark.Network{}
	if err := load(ctx, t.journal, t.id, n); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shown = n
	return nil
}

// impossible answers the last of the wishes, whose events can't be written or
// don't fit the network: that is a bug, and nobody shall suffer for another's.
func (t *Table) impossible(ctx context.Context, batch []*wish, cause error) (done int, err error) {
	t.ahead = nil
	if before := batch[:len(batch)-1]; len(before) > 0 {
		return t.try(ctx, before)
	}
	batch[0].events, batch[0].err = nil, fmt.Errorf("decide %T: %w", batch[0].intent, cause)
	return 1, nil
}
