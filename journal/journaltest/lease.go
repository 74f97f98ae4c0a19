package journaltest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/journal"
)

// heldWait is how long the suite waits for what it knows to be held.
const heldWait = 200 * time.Millisecond

func acquire(t *testing.T, j journal.Journal, name string) *journal.Lease {
	t.Helper()
	l, err := j.Lease(testContext(t), name)
	if err != nil {
		t.Fatalf("Lease %s: %v", name, err)
	}
	return l
}

// wantHeld: somebody has the courier's lease.
func wantHeld(t *testing.T, j journal.Journal) {
	t.Helper()
	ctx, cancel := context.WithTimeout(testContext(t), heldWait)
	defer cancel()
	if l, err := j.Lease(ctx, "courier"); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("Lease of what is held: %v, %v; want ErrHeld", l, err)
	}
}

func leaseExclusive(t *testing.T, s suite) {
	j := s.fresh(t)
	other := s.another(t, j)
	first := acquire(t, j, "courier")
	wantHeld(t, j)
	wantHeld(t, other)
	second := acquire(t, other, "baker")
	first.Release()
	first.Release()
	third := acquire(t, other, "courier")
	first.Release() // it is no longer its own
	wantHeld(t, j)
	for _, l := range []*journal.Lease{second, third} {
		select {
		case <-l.Lost():
			t.Error("a lease was lost that nobody took")
		default:
		}
		l.Release()
	}
	acquire(t, j, "courier").Release()
	acquire(t, s.fresh(t), "courier").Release()
}

// leaseWaits: whoever waits gets it when it is given back.
func leaseWaits(t *testing.T, s suite) {
	j := s.fresh(t)
	other := s.another(t, j)
	first := acquire(t, j, "courier")
	var given atomic.Bool
	var waiting sync.WaitGroup
	waiting.Go(func() {
		l, err := other.Lease(testContext(t), "courier")
		if err != nil || !given.Load() {
			t.Errorf("Lease: %v; given back before: %v", err, given.Load())
			return
		}
		l.Release()
	})
	wantHeld(t, j) // as long as that takes
	given.Store(true)
	first.Release()
	waiting.Wait()
}

func leaseOfMany(t *testing.T, s suite) {
	j := s.fresh(t)
	handles := []journal.Journal{j, s.another(t, j), s.another(t, j)}
	var holders, most atomic.Int64
	var all sync.WaitGroup
	for k := range 12 {
		all.Go(func() {
			l, err := handles[k%len(handles)].Lease(testContext(t), "courier")
			if err != nil {
				t.Errorf("Lease: %v", err)
				return
			}
			if n := holders.Add(1); n > most.Load() {
				most.Store(n)
			}
			holders.Add(-1)
			l.Release()
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d held it at a time", most.Load())
	}
}

func leaseInvalid(t *testing.T, s suite) {
	j := s.fresh(t)
	for _, name := range []string{"", "a b", "../x", "å"} {
		if _, err := j.Lease(testContext(t), name); !errors.Is(err, journal.ErrInvalid) {
			t.Errorf("Lease %q: %v, want ErrInvalid", name, err)
		}
	}
	ended, cancel := context.WithCancel(testContext(t))
	cancel()
	if _, err := j.Lease(ended, "courier"); !errors.Is(err, context.Canceled) {
		t.Errorf("Lease after the context has ended: %v", err)
	}
	acquire(t, j, "courier").Release()
}
