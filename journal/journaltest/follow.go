package journaltest

import (
	"context"
	"errors"
	"testing"

	"roundtable/journal"
)

func followAtOnce(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(5)...)
	wantFollowed(t, j, "alpha", 0, 5)
	wantFollowed(t, j, "alpha", 4, 5)
	if err := j.Erase(within(t), "alpha", []uint64{4, 5}); err != nil {
		t.Fatalf("Erase: %v", err)
	}
	wantFollowed(t, j, "alpha", 3, 5)
}

func wantFollowed(t *testing.T, j journal.Journal, network string, after, want uint64) {
	t.Helper()
	if last, err := j.Follow(within(t), network, after); err != nil || last != want {
		t.Errorf("Follow %s after %d returned %d, %v, want %d", network, after, last, err, want)
	}
}

func followWakes(t *testing.T, s suite) {
	j := s.fresh(t)
	followWhile(t, j, j)
}

func followWakesAcross(t *testing.T, s suite) {
	j := s.fresh(t)
	followWhile(t, j, s.another(t, j))
}

// followWhile follows on one handle what is appended on another. The appender
// waits for the follower each time, so that the follower mostly sleeps when the
// next entry comes, from a network that did not exist at first on.
func followWhile(t *testing.T, follower, appender journal.Journal) {
	ctx := within(t)
	const rounds = 5
	heard := make(chan uint64)
	go func() {
		defer close(heard)
		for after := uint64(0); after < 2*rounds; {
			last, err := follower.Follow(ctx, "alpha", after)
			if err != nil {
				t.Errorf("Follow after %d: %v", after, err)
				return
			}
			heard <- last
			after = last
		}
	}()
	for round := range uint64(rounds) {
		appendTo(t, appender, "beta", round, numbered(1)...)
		appendTo(t, appender, "alpha", 2*round, numbered(2)...)
		if last := <-heard; last != 2*round+2 {
			t.Fatalf("Follow returned %d, want %d", last, 2*round+2)
		}
	}
	if _, more := <-heard; more {
		t.Error("Follow returned once more than there was news")
	}
}

func followEnds(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(1)...)
	for _, network := range []string{"alpha", "unknown"} {
		after := uint64(len(read(t, j, network, 1)))
		ctx, cancel := context.WithCancel(within(t))
		ended := make(chan error)
		go func() {
			_, err := j.Follow(ctx, network, after)
			ended <- err
		}()
		appendTo(t, j, "beta-"+network, 0, numbered(1)...)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Follow %s whose context ends returned the error %v, want context.Canceled", network, err)
		}
	}
}

func followLost(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(3)...)
	_, err := j.Follow(within(t), "alpha", 7)
	conflict, ok := errors.AsType[*journal.Conflict](err)
	if !ok || !conflict.Lost() || conflict.Last != 3 {
		t.Errorf("Follow after 7 of a network that ends at 3 returned the error %v, want a conflict at 3 that tells of a loss", err)
	}
}
