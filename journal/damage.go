package journal

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// Damage is the [ErrDamaged] of one network.
type Damage struct {
	Network string
	// Seq is the first entry that can't be trusted; 0 when it isn't known which.
	Seq uint64
	// What says what is wrong, as the end of a sentence about the entry; Mend what
	// to do about it, as a sentence. Both are for whoever runs the bot.
	What, Mend string
}

// Error tells which network, which entry, what is wrong and what to do.
func (d *Damage) Error() string {
	about := "network " + d.Network
	if d.Seq > 0 {
		about = fmt.Sprintf("%s: entry %d", about, d.Seq)
	}
	text := fmt.Sprintf("%v: %s %s", ErrDamaged, about, d.What)
	if d.Mend != "" {
		text += ": " + d.Mend
	}
	return text
}

// Is makes [ErrDamaged] of it.
func (d *Damage) Is(target error) bool { return target == ErrDamaged }

// Pages is how a store is read: page returns entries from a number on, as many as
// fit, none at the journal's end; last returns the network's last number, from
// somewhere else than the entries.
type Pages struct {
	Page func(ctx context.Context, from uint64) ([]Entry, error)
	Last func(ctx context.Context) (uint64, error)
	// Mend is what to do about damage; see [Damage].
	Mend string
}

// Read yields the entries of the network, for stores, and verifies them: that no
// number is missing, that each entry is what was written, and that the last has the
// last number. Errors are passed through explain.
func (p Pages) Read(ctx context.Context, network string, from uint64, explain func(error) error) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := CheckNetwork(network); err != nil {
			yield(Entry{}, fmt.Errorf("read: %w", err))
			return
		}
		r := reading{Pages: p, network: network, next: max(from, 1)}
		for {
			page, err := p.Page(ctx, r.next)
			if err == nil && len(page) == 0 {
				var more bool
				if more, err = r.atEnd(ctx); err == nil && !more {
					return
				}
			}
			for _, e := range page {
				if err == nil {
					err = r.take(e)
				}
				if err != nil {
					break
				}
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(Entry{}, fmt.Errorf("read %s: %w", network, explain(r.withMend(err))))
				return
			}
		}
	}
}

// reading is how far a Read has come.
type reading struct {
	Pages
	network string
	next    uint64
	some    bool // an entry was yielded
	ended   bool // the last page was empty
}

// take looks at the next entry.
func (r *reading) take(e Entry) error {
	if e.Seq != r.next {
		return &Damage{Network: r.network, Seq: r.next, What: "is missing"}
	}
	if err := e.Verify(r.network); err != nil {
		return err
	}
	r.next, r.some, r.ended = r.next+1, true, false
	return nil
}

// atEnd compares the end of the entries with the network's last number. More says
// that entries may have come meanwhile, so that one more page is worth reading.
func (r *reading) atEnd(ctx context.Context) (more bool, err error) {
	last, err := r.Last(ctx)
	switch {
	case err != nil:
		return false, err
	case last >= r.next && r.ended:
		return false, &Damage{Network: r.network, Seq: r.next, What: fmt.Sprintf("is missing: the entries end there, and %d were written", last)}
	case last >= r.next:
		r.ended = true
		return true, nil
	case r.some && last < r.next-1:
		return false, &Damage{Network: r.network, Seq: last + 1, What: fmt.Sprintf("was not to be there: %d is the last number that is known", last)}
	}
	return false, nil
}

func (r *reading) withMend(err error) error {
	if d, ok := errors.AsType[*Damage](err); ok && d.Mend == "" {
		d.Mend = r.Mend
	}
	return err
}

// Verify reads all networks, and has the store look at the rest. It calls found with
// each network and how many of its entries can be read in order, and with what is
// wrong with it, nil for nothing. The error is one of listing the networks, or what is
// wrong with the store as a whole.
func Verify(ctx context.Context, j Journal, found func(network string, entries uint64, err error)) error {
	names, err := j.Networks(ctx)
	if err != nil {
		return err
	}
	for _, network := range names {
		var n uint64
		var wrong error
		for _, err := range j.Read(ctx, network, 1) {
			if wrong = err; err == nil {
				n++
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found(network, n, wrong)
	}
	return j.Check(ctx)
}
