package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"roundtable/benchmark"
	"roundtable/journal"
)

// markOf is what the journal's index needs to know after the events.
func markOf(n *benchmark.Network, events []benchmark.Event, now time.Time, working func(string) benchmark.WorkingDay) *journal.Mark {
	m := &journal.Mark{Due: n.NextDue(now, working(n.Settings.Holidays))}
	if slices.ContainsFunc(events, benchmark.Event.ChangesAddresses) {
		m.Addresses = n.Addresses()
	}
	return m
}

// rest is called when nothing can be done now. It tells the journal when to
// wake the network next, where it was told otherwise: what was owed may have
// passed its time without anything happening.
func (t *Table) rest(ctx context.Context) error {
	now := t.clock()
	var due time.Time
	var after uint64
	known := false
	t.Read(func(n *benchmark.Network) {
		due, after = n.NextDue(now, t.working(n.Settings.Holidays)), n.Seq
		known = t.isTold && t.marked.Equal(due)
	})
	if known || (!due.IsZero() && !due.After(now)) {
		return nil
	}
	err := t.tell(ctx, after, due)
	if errors.Is(err, journal.ErrConflict) {
		return nil // somebody writes, and tells it
	}
	return err
}

// tell writes when the network is due, as of an event that must be the last.
func (t *Table) tell(ctx context.Context, after uint64, due time.Time) error {
	_, err := t.journal.Append(ctx, journal.Batch{Network: string(t.id), After: after, Mark: &journal.Mark{Due: due}})
	if err == nil {
		t.told(due)
	}
	return err
}

func (t *Table) told(due time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.marked, t.isTold = due, true
}
