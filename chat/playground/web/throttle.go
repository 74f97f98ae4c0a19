package web

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// How fast access tokens may be tried: by one address some at once and then one a
// second, by all together ten a second. Whoever comes sooner waits their turn, two
// seconds at most, and is told to come later if that is not enough. So whoever has
// the token comes in, and nobody finds it by trying.
const (
	triesAtOnce    = 5
	triesPerSecond = 1
	allTriesAtOnce = 50
	allPerSecond   = 10
	longestTurn    = 2 * time.Second
	// maxAddresses bounds how many addresses are remembered.
	maxAddresses = 10_000
)

// throttle gives turns.
type throttle struct {
	now func() time.Time

	mu  sync.Mutex
	all bucket
	by  map[string]*bucket
}

// bucket holds turns: so many at the time. Fewer than none are those that are waited
// for.
type bucket struct {
	turns float64
	at    time.Time
}

func newThrottle() *throttle {
	return &throttle{now: time.Now, by: map[string]*bucket{}} //nolint:forbidigo // how fast a wire is used is in real time
}

// turn returns how long an address has to wait; false when that is too long.
func (t *throttle) turn(address string) (wait time.Duration, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	mine, known := t.by[address]
	if !known {
		if len(t.by) >= maxAddresses {
			clear(t.by)
		}
		mine = &bucket{}
		t.by[address] = mine
	}
	own := mine.fill(now, triesAtOnce, triesPerSecond)
	everybody := t.all.fill(now, allTriesAtOnce, allPerSecond)
	if wait = max(own, everybody); wait > longestTurn {
		return wait, false
	}
	mine.turns--
	t.all.turns--
	return wait, true
}

// fill adds the turns that have come since, and returns how long the next one is
// waited for.
func (b *bucket) fill(now time.Time, most, perSecond float64) time.Duration {
	if b.at.IsZero() {
		b.turns = most
	} else {
		b.turns = min(b.turns+max(now.Sub(b.at).Seconds(), 0)*perSecond, most)
	}
	b.at = now
	return time.Duration(max(1-b.turns, 0) / perSecond * float64(time.Second))
}

// await waits for a turn; false when it doesn't come soon, or whoever asked is gone.
func (t *throttle) await(ctx context.Context, address string) bool {
	wait, ok := t.turn(address)
	if !ok || wait == 0 {
		return ok
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// addressOf is the machine that a request comes from, without its port.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
