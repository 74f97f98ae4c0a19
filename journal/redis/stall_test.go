package redis

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/journal"
)

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
