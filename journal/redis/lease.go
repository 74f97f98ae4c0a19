package redis

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// leaseAgain is how often a lease is looked at that somebody else holds.
const leaseAgain = 100 * time.Millisecond

// takeLease takes or renews a lease unless somebody else has it.
var takeLease = redis.NewScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

// giveLease gives it back, if it is still one's own.
var giveLease = redis.NewScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)

// Lease implements [journal.Journal]. It is a key that goes away by itself, and is
// written anew three times in that while. When the server can't be reached, or does
// not answer soon, it is tried on: the lease is lost only once somebody else is found to have it.
func (s *Store) Lease(ctx context.Context, name string) (*journal.Lease, error) {
	if err := journal.CheckNetwork(name); err != nil {
		return nil, fmt.Errorf("lease: %w", err)
	}
	h := &holding{store: s, key: s.keys.lease(name), token: rand.Text()}
	again := time.NewTicker(leaseAgain)
	defer again.Stop()
	held := false
	for {
		mine, err := h.take(ctx)
		switch {
		case mine:
			return h.keep(), nil
		case err == nil:
			held = true
		case ctx.Err() == nil:
			return nil, fmt.Errorf("lease %s: %w", name, s.explain(ctx, err))
		default:
			h.give() // it may have been taken after all
		}
		select {
		case <-again.C:
		case <-s.calls.Closed():
			return nil, fmt.Errorf("lease %s: %w", name, journal.ErrClosed)
		case <-ctx.Done():
			if !held {
				return nil, fmt.Errorf("lease %s: %w", name, ctx.Err())
			}
			return nil, fmt.Errorf("lease %s: %w: %w", name, journal.ErrHeld, ctx.Err())
		}
	}
}

// holding is a lease as the one who has it sees it.
type holding struct {
	store      *Store
	key, token string
}

func (h *holding) take(ctx context.Context) (mine bool, err error) {
	return await(ctx, h.store, func(ctx context.Context) (bool, error) {
		return takeLease.Run(ctx, h.store.client, []string{h.key}, h.token, h.store.leaseFor.Milliseconds()).Bool()
	})
}

// keep renews the lease until it is given back or lost.
func (h *holding) keep() *journal.Lease {
	ctx, end := context.WithCancel(context.Background())
	var renewing sync.WaitGroup
	l, lose := journal.NewLease(func() {
		end()
		renewing.Wait()
		h.give()
	})
	renewing.Go(func() {
		again := time.NewTicker(h.store.leaseFor / 3)
		defer again.Stop()
		for {
			select {
			case <-again.C:
			case <-ctx.Done():
				return
			}
			switch mine, err := h.renew(ctx); {
			case err != nil:
				again.Reset(leaseAgain)
			case !mine:
				lose()
				return
			default:
				again.Reset(h.store.leaseFor / 3)
			}
		}
	})
	return l
}

// renew doesn't wait for an answer as long as others do: a connection that has gone
// silent would cost the lease, while another one works.
func (h *holding) renew(ctx context.Context) (mine bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, h.store.leaseFor/5)
	defer cancel()
	return h.take(ctx)
}

// give frees the lease at once. Where that fails it goes away by itself.
func (h *holding) give() {
	ctx, cancel := context.WithTimeout(context.Background(), h.store.leaseFor)
	defer cancel()
	_, _ = await(ctx, h.store, func(ctx context.Context) (int, error) {
		return giveLease.Run(ctx, h.store.client, []string{h.key}, h.token).Int()
	})
}
