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

// leaseRetryEvery is how often a lease that somebody else holds is tried again, and
// a renewal that failed.
const leaseRetryEvery = 100 * time.Millisecond

// acquireScript takes or renews a lease unless somebody else holds it.
var acquireScript = redis.NewScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

// releaseScript gives a lease back if it is still the caller's.
var releaseScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)

// Lease implements [journal.Journal]. A lease is a key that expires, and is renewed
// three times in that while. A renewal that fails or gets no answer is retried: the
// lease is lost only once somebody else is found to hold it.
func (s *Store) Lease(ctx context.Context, name string) (*journal.Lease, error) {
	if err := journal.CheckNetwork(name); err != nil {
		return nil, fmt.Errorf("lease: %w", err)
	}
	h := &leaseHolder{store: s, key: s.keys.lease(name), token: rand.Text()}
	retry := time.NewTicker(leaseRetryEvery)
	defer retry.Stop()
	held := false
	for {
		mine, err := h.acquire(ctx)
		switch {
		case mine:
			return h.keepRenewed(), nil
		case err == nil:
			held = true
		case ctx.Err() == nil:
			return nil, fmt.Errorf("lease %s: %w", name, s.explain(ctx, err))
		default:
			h.release() // it may have been taken after all
		}
		select {
		case <-retry.C:
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

// leaseHolder takes and renews one lease; token tells its own from others'.
type leaseHolder struct {
	store      *Store
	key, token string
}

func (h *leaseHolder) acquire(ctx context.Context) (mine bool, err error) {
	return await(ctx, h.store, func(ctx context.Context) (bool, error) {
		return acquireScript.Run(ctx, h.store.client, []string{h.key}, h.token, h.store.leaseFor.Milliseconds()).Bool()
	})
}

// keepRenewed renews the lease in the background until it is released or lost.
func (h *leaseHolder) keepRenewed() *journal.Lease {
	ctx, end := context.WithCancel(context.Background())
	var renewing sync.WaitGroup
	l, lose := journal.NewLease(func() {
		end()
		renewing.Wait()
		h.release()
	})
	renewing.Go(func() {
		renewal := time.NewTicker(h.store.leaseFor / 3)
		defer renewal.Stop()
		for {
			select {
			case <-renewal.C:
			case <-ctx.Done():
				return
			}
			switch mine, err := h.renew(ctx); {
			case err != nil:
				renewal.Reset(leaseRetryEvery)
			case !mine:
				lose()
				return
			default:
				renewal.Reset(h.store.leaseFor / 3)
			}
		}
	})
	return l
}

// renew waits less long for an answer than other calls do: a connection that has
// gone silent would cost the lease, while a new one works.
func (h *leaseHolder) renew(ctx context.Context) (mine bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, h.store.leaseFor/5)
	defer cancel()
	return h.acquire(ctx)
}

// release frees the lease at once. Where that fails it expires.
func (h *leaseHolder) release() {
	ctx, cancel := context.WithTimeout(context.Background(), h.store.leaseFor)
	defer cancel()
	_, _ = await(ctx, h.store, func(ctx context.Context) (int, error) {
		return releaseScript.Run(ctx, h.store.client, []string{h.key}, h.token).Int()
	})
}
