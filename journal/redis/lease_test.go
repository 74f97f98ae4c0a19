package redis

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
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

// wire carries what goes between a client and a server, until it is cut where
// nobody notices: what is on its way is never heard of again.
type wire struct {
	listener net.Listener
	to       string
	carrying sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
	cut   chan struct{} // of those that are there now
}

func wired(t *testing.T, to string) *wire {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: l, to: to, cut: make(chan struct{})}
	w.carrying.Go(w.accept)
	t.Cleanup(func() {
		_ = l.Close()
		w.mu.Lock()
		for _, c := range w.conns {
			_ = c.Close()
		}
		w.mu.Unlock()
		w.carrying.Wait()
	})
	return w
}

func (w *wire) accept() {
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		w.mu.Lock()
		w.conns = append(w.conns, client, server)
		cut := w.cut
		w.mu.Unlock()
		w.carrying.Go(func() { _, _ = io.Copy(server, client) })
		w.carrying.Go(func() { _, _ = io.Copy(deaf{client, cut}, server) })
	}
}

// silence cuts the connections that there are; new ones work.
func (w *wire) silence() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.cut)
	w.cut = make(chan struct{})
}

// deaf passes nothing on once it is cut.
type deaf struct {
	net.Conn
	cut chan struct{}
}

func (d deaf) Write(p []byte) (int, error) {
	select {
	case <-d.cut:
		return len(p), nil
	default:
		return d.Conn.Write(p)
	}
}

// A connection that has gone silent, as behind a firewall that forgot it, costs no
// lease: its renewal doesn't wait for the answer longer than the lease lasts.
func TestLeaseSurvivesASilentConnection(t *testing.T) {
	server := serve(t)
	url := server.url()
	w := wired(t, server.address)
	s := brief(t, strings.Replace(url, server.address, w.listener.Addr().String(), 1))
	l, err := took(t, s, 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	w.silence()
	if other, err := took(t, brief(t, url), 5*s.leaseFor); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("another one has it: %v", err)
		if err == nil {
			other.Release()
		}
	}
	select {
	case <-l.Lost():
		t.Error("it is lost")
	default:
	}
}
