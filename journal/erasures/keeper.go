package erasures

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"roundtable/journal"
)

// Options say how a journal is kept.
type Options struct {
	// Backups is how long copies of the journal are kept elsewhere; nil: nobody has
	// said.
	Backups *time.Duration
	// Clock gives the present.
	Clock func() time.Time
}

// Keeper is a journal whose erasures are on a list. It is closed with the journal.
type Keeper struct {
	journal.Journal
	list    *List
	options Options
}

// Keep erases what is on the list and has its content again, because a backup was
// restored, and returns the journal to be used from then on, with how many entries that
// were. Networks that can't be read are passed over: the error says which, and the
// journal can be used all the same; it is nil only when there is another error.
func (l *List) Keep(ctx context.Context, j journal.Journal, o Options) (kept *Keeper, again int, err error) {
	var damage error
	for _, network := range slices.Sorted(maps.Keys(l.listed)) {
		seqs, err := l.returned(ctx, j, network)
		if err == nil && len(seqs) > 0 {
			err = j.Erase(ctx, network, seqs)
		}
		switch {
		case errors.Is(err, journal.ErrDamaged):
			damage = errors.Join(damage, err)
		case err != nil:
			return nil, again, fmt.Errorf("erase anew what a backup brought back: %w", err)
		default:
			again += len(seqs)
		}
	}
	return &Keeper{Journal: j, list: l, options: o}, again, damage
}

// near is how many entries are rather read than passed over.
const near = 16

// returned lists the network's entries that are on the list and have content.
func (l *List) returned(ctx context.Context, j journal.Journal, network string) (seqs []uint64, err error) {
	wanted := slices.Sorted(maps.Keys(l.listed[network]))
	for len(wanted) > 0 {
		for e, err := range j.Read(ctx, network, wanted[0]) {
			if err != nil {
				return seqs, err
			}
			if e.Seq == wanted[0] {
				if !e.Erased && slices.Contains(l.listed[network][e.Seq], markOf(e)) {
					seqs = append(seqs, e.Seq)
				}
				wanted = wanted[1:]
			}
			if len(wanted) == 0 || wanted[0] > e.Seq+near {
				break
			}
		}
		if len(wanted) > 0 {
			if last, err := lastOf(ctx, j, network); err != nil || last < wanted[0] {
				return seqs, err
			}
		}
	}
	return seqs, nil
}

// lastOf returns the network's last number, 0 for none.
func lastOf(ctx context.Context, j journal.Journal, network string) (uint64, error) {
	last, err := j.Follow(ctx, network, 1<<62)
	if c, ok := errors.AsType[*journal.Conflict](err); ok {
		return c.Last, nil
	}
	return last, err
}

// Erase implements [journal.Journal]. The numbers are on the list, and that on the
// disk, before anything is erased.
func (k *Keeper) Erase(ctx context.Context, network string, seqs []uint64) error {
	var entries []journal.Entry
	for _, seq := range seqs {
		for e, err := range k.Read(ctx, network, seq) {
			if err != nil {
				return fmt.Errorf("erase in %s: %w", network, err)
			}
			if e.Seq == seq {
				entries = append(entries, e)
			}
			break
		}
	}
	if err := k.list.add(network, entries, k.options.Clock()); err != nil {
		return fmt.Errorf("erase in %s: what is erased can't be listed in %s, and nothing was: %w", network, k.list.path, err)
	}
	return k.Journal.Erase(ctx, network, seqs)
}

// Remains implements [journal.Journal], with the backups.
func (k *Keeper) Remains(ctx context.Context, erased time.Time) (journal.Remains, error) {
	remains, err := k.Journal.Remains(ctx, erased)
	switch kept := k.options.Backups; {
	case err != nil:
		return nil, err
	case kept == nil:
		remains = append(remains, journal.Copy{Where: journal.InBackups})
	case *kept > 0:
		remains = append(remains, journal.Copy{Where: journal.InBackups, Until: erased.Add(*kept).UTC()})
	}
	return remains, nil
}

// Close implements [journal.Journal].
func (k *Keeper) Close() error { return errors.Join(k.Journal.Close(), k.list.close()) }
