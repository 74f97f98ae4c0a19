package bot

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// Knowing returns the networks that keep anything about a person, the latest first, up
// to date: those that they are in, and those that they have left. Those that are damaged
// are left out, and counted.
func (ts *Tables) Knowing(ctx context.Context, who chat.PersonID) (all []*Table, damaged int, err error) {
	var ids []string
	for _, address := range []string{benchmark.PersonAddress(addressOf(who)), benchmark.FormerAddress(addressOf(who))} {
		found, err := ts.journal.Find(ctx, address)
		if err != nil {
			return nil, 0, fmt.Errorf("find networks: %w", err)
		}
		ids = append(ids, found...)
	}
	slices.Sort(ids)
	for _, id := range slices.Backward(slices.Compact(ids)) {
		switch t, err := ts.upToDate(ctx, benchmark.NetworkID(id)); {
		case errors.Is(err, ErrStoreDamaged):
			damaged++
		case err != nil:
			return nil, 0, err
		default:
			all = append(all, t)
		}
	}
	return all, damaged, nil
}

// Traces returns what the network's journal holds by and about a person, in order;
// empty when it holds nothing. See [benchmark.Traces].
func (t *Table) Traces(ctx context.Context, who chat.PersonID) ([]benchmark.Trace, error) {
	var known []benchmark.ParticipantID
	t.Read(func(n *benchmark.Network) { known = n.Known(addressOf(who)) })
	if len(known) == 0 {
		return nil, nil
	}
	traces, err := benchmark.Traces(known, t.allEvents(ctx))
	if err != nil {
		return nil, fmt.Errorf("traces in %s: %w", t.id, err)
	}
	return traces, nil
}

// allEvents are the network's, from the first on.
func (t *Table) allEvents(ctx context.Context) iter.Seq2[benchmark.Event, error] {
	return func(yield func(benchmark.Event, error) bool) {
		for entry, err := range t.journal.Read(ctx, string(t.id), 1) {
			e := benchmark.Event{}
			if err == nil {
				e, err = eventOf(entry)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}
