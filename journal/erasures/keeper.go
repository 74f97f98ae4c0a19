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
	// Replaceable is the kind of the entries that a later one of that kind may replace,
	// and Replaces says whether one replaced an earlier; nil: none does.
	Replaceable string
	Replaces    func(later, earlier journal.Entry) bool
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
const near = 64

// returned lists the network's entries that are to be erased and have content.
func (l *List) returned(ctx context.Context, j journal.Journal, network string) (seqs []uint64, err error) {
	wanted := slices.Collect(maps.Keys(l.listed[network]))
	for _, all := range l.listed[network] {
		for _, of := range all {
			if of.by.seq > 0 {
				wanted = append(wanted, of.by.seq)
			}
		}
	}
	slices.Sort(wanted)
	holds := map[place]bool{}
	var full []place
	err = readAmong(ctx, j, network, slices.Compact(wanted), func(e journal.Entry) {
		holds[placeOf(e)] = true
		if !e.Erased {
			full = append(full, placeOf(e))
		}
	})
	for _, at := range full {
		if l.isGone(network, at, holds) {
			seqs = append(seqs, at.seq)
		}
	}
	return seqs, err
}

// readAmong calls found with the entries that have the numbers, which are sorted. Those
// that are near each other are read at once.
func readAmong(ctx context.Context, j journal.Journal, network string, wanted []uint64, found func(journal.Entry)) error {
	for len(wanted) > 0 {
		for e, err := range j.Read(ctx, network, wanted[0]) {
			if err != nil {
				return err
			}
			if e.Seq == wanted[0] {
				found(e)
				wanted = wanted[1:]
			}
			if len(wanted) == 0 || wanted[0] > e.Seq+near {
				break
			}
		}
		if len(wanted) > 0 {
			if last, err := lastOf(ctx, j, network); err != nil || last < wanted[0] {
				return err
			}
		}
	}
	return nil
}

// lastOf returns the network's last number, 0 for none.
func lastOf(ctx context.Context, j journal.Journal, network string) (uint64, error) {
	last, err := j.Follow(ctx, network, 1<<62)
	if c, ok := errors.AsType[*journal.Conflict](err); ok {
		return c.Last, nil
	}
	return last, err
}

// listedAtOnce is how many entries are read before they are put on the list: what is on
// it stays there when the time is up.
const listedAtOnce = 500

// Erase implements [journal.Journal]. The numbers are on the list, and that on the
// disk, before anything is erased. All is erased at once, as it costs a store much to
// see that the bytes are gone.
func (k *Keeper) Erase(ctx context.Context, network string, seqs []uint64) error {
	wanted := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(seqs))), func(seq uint64) bool { return seq == 0 })
	for some := range slices.Chunk(wanted, listedAtOnce) {
		var entries []journal.Entry
		if err := readAmong(ctx, k.Journal, network, some, func(e journal.Entry) { entries = append(entries, e) }); err != nil {
			return fmt.Errorf("erase in %s: %w", network, err)
		}
		by, err := k.replacedBy(ctx, network, entries)
		if err != nil {
			return fmt.Errorf("erase in %s: %w", network, err)
		}
		if err := k.list.add(network, entries, by, k.options.Clock()); err != nil {
			return fmt.Errorf("erase in %s: what is erased can't be listed in %s, and nothing was: %w", network, k.list.path, err)
		}
	}
	return k.Journal.Erase(ctx, network, seqs)
}

// replacedBy returns what replaced the entries, by their numbers: those that anything did.
func (k *Keeper) replacedBy(ctx context.Context, network string, entries []journal.Entry) (map[uint64]place, error) {
	by := map[uint64]place{}
	open := slices.DeleteFunc(slices.Clone(entries), func(e journal.Entry) bool {
		return k.options.Replaces == nil || e.Erased || e.Kind != k.options.Replaceable
	})
	if len(open) == 0 {
		return by, nil
	}
	for later, err := range k.Read(ctx, network, open[0].Seq+1) {
		if err != nil {
			return nil, err
		}
		if later.Erased || later.Kind != k.options.Replaceable {
			continue
		}
		open = slices.DeleteFunc(open, func(e journal.Entry) bool {
			replaced := later.Seq > e.Seq && k.options.Replaces(later, e)
			if replaced {
				by[e.Seq] = placeOf(later)
			}
			return replaced
		})
	}
	return by, nil
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
