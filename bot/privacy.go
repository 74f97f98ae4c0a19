package bot

import (
	"context"
	"errors"
	"fmt"
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
