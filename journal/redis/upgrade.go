package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// Upgrade brings a store of an earlier layout up to date, and returns how many entries
// got a checksum; none when it is up to date. It holds the lease meanwhile, which whoever
// serves the store has: an earlier program would write on without checksums.
//
// Errors: [journal.ErrHeld] when the lease is somebody's still after the wait, and
// those of [Open].
func Upgrade(ctx context.Context, address, lease string, wait time.Duration) (entries int, err error) {
	s, err := newStore(address)
	if err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	held, err := s.Lease(waiting, lease)
	if err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", err)
	}
	defer held.Release()
	layout, err := s.client.Get(ctx, s.keys.layout()).Int()
	if err == nil && layout < layoutVersion {
		entries, err = s.upgrade(ctx)
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		return entries, fmt.Errorf("upgrade journal: %w", s.explain(ctx, err))
	}
	return entries, nil
}

// upgrade brings layout 1, which had no proofs, up to date, and returns how many
// entries got one. It can be broken off and begun again. No program of layout 1 may
// write meanwhile.
func (s *Store) upgrade(ctx context.Context) (entries int, err error) {
	networks, err := s.client.SMembers(ctx, s.keys.networks()).Result()
	if err != nil {
		return 0, err
	}
	for _, network := range networks {
		n, err := s.upgradeNetwork(ctx, network)
		if err != nil {
			return entries, fmt.Errorf("give the entries of network %s their checksums: %w", network, err)
		}
		entries += n
		if err := s.wake(ctx, network); err != nil {
			return entries, fmt.Errorf("have network %s looked at: %w", network, err)
		}
	}
	return entries, s.client.Set(ctx, s.keys.layout(), strconv.Itoa(layoutVersion), 0).Err()
}

// wake has a network be due now, unless it is already: this program may owe what the
// earlier one didn't know.
func (s *Store) wake(ctx context.Context, network string) error {
	now, err := s.index.readState(ctx, network, false)
	if err != nil || now.last == 0 {
		return err
	}
	m := journal.Mark{Due: time.UnixMilli(1)} // long past
	if now.due != "" && !later(now.due, dueText(m)) {
		return nil
	}
	_, err = s.append(ctx, journal.Batch{Network: network, After: now.last, Mark: &m})
	return err
}

func (s *Store) upgradeNetwork(ctx context.Context, network string) (entries int, err error) {
	for next := uint64(1); ; {
		page, err := s.headers(ctx, network, next)
		if errors.Is(err, journal.ErrDamaged) {
			return entries, nil // what can't be read gets no proof, and is damaged for Read too
		}
		if err != nil || len(page) == 0 {
			return entries, err
		}
		next = page[len(page)-1].entry.Seq + 1
		for len(page) > 0 {
			part := page[:headersPerRead(page)]
			page = page[len(part):]
			n, err := s.sealTogether(ctx, network, part)
			if err != nil {
				return entries, err
			}
			entries += n
		}
	}
}

// sealTogether gives proofs to entries that have none, as they are now. Where content
// is missing that isn't erased, it gives none, so that it stays missed.
func (s *Store) sealTogether(ctx context.Context, network string, part []header) (sealed int, err error) {
	found, err := s.contents(ctx, network, part)
	if err != nil {
		return 0, err
	}
	_, err = s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, e := range found {
			if e.Proof != (journal.Proof{}) || e.Data == nil && !e.Erased && part[i].bytes >= 0 {
				continue
			}
			e, err := e.Sealed(network)
			if err != nil {
				return err
			}
			p.HSetNX(ctx, s.keys.proofs(network), strconv.FormatUint(e.Seq, 10), proofText(e.Proof))
			sealed++
		}
		return nil
	})
	return sealed, err
}
