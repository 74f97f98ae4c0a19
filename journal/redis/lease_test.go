package redis

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"roundtable/journal"
)

// brief opens a store whose leases last as long as a test has time for.
func brief(t *testing.T, url string) *Store {
	t.Helper()
	s := opened(t, url)
	s.leaseFor = 2 * time.Second // less is soon missed where much else goes on
	t.Cleanup(func() { shut(t, s) })
	return s
}

func took(t *testing.T, s *Store, within time.Duration) (*journal.Lease, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	return s.Lease(ctx, "courier")
}

// What a process held that died is free after a while, and not before; what one
// holds that lives is not.
func TestLeaseOfTheDead(t *testing.T) {
	server := serve(t)
	url := server.url()
	s := brief(t, url)
	c := server.client()
	defer func() { _ = c.Close() }()
	if err := c.Set(t.Context(), s.keys.lease("courier"), "dead", 4*time.Second).Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := took(t, s, time.Second); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("held by one who has just died: %v", err)
	}
	l, err := took(t, s, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	if _, err := took(t, brief(t, url), 2*s.leaseFor); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("held by one who lives, for longer than a lease lasts: %v", err)
	}
}

// A server that was away, and has forgotten the lease, gives it again to who had
// it; another one who took it is told of.
func TestLeaseIsLost(t *testing.T) {
	server := serve(t)
	s := brief(t, server.url())
	l, err := took(t, s, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	server.kill(t)
	server.start(t)
	c := server.client()
	defer func() { _ = c.Close() }()
	if err := c.Del(t.Context(), s.keys.lease("courier")).Err(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return c.Exists(t.Context(), s.keys.lease("courier")).Val() == 1 })
	select {
	case <-l.Lost():
		t.Error("lost, and nobody has taken it")
	default:
	}
	if err := c.Set(t.Context(), s.keys.lease("courier"), "another", 0).Err(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-l.Lost():
	case <-time.After(time.Minute):
		t.Error("another has taken it, and nobody says so")
	}
	l.Release()
	if got := c.Get(t.Context(), s.keys.lease("courier")).Val(); got != "another" {
		t.Errorf("giving back what was lost leaves %q", got)
	}
}

// A server that can't be reached is no reason to say that somebody else has it.
func TestLeaseOfNoServer(t *testing.T) {
	mini := miniredis.RunT(t)
	s := brief(t, (&server{address: mini.Addr()}).url())
	mini.Close()
	if _, err := took(t, s, time.Second); err == nil || errors.Is(err, journal.ErrHeld) {
		t.Errorf("without a server: %v", err)
	}
}
