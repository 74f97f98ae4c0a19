package mattermosttest

import (
	"net"
	"sync"
	"sync/atomic"
)

// taker takes connections for a proxy.
type taker struct {
	net.Listener
	proxy *Proxy
}

// Accept implements net.Listener.
func (t taker) Accept() (net.Conn, error) {
	for {
		c, err := t.Listener.Accept()
		if err != nil {
			return nil, err
		}
		w := &wire{Conn: c, proxy: t.proxy, closed: make(chan struct{})}
		t.proxy.mu.Lock()
		refuse := t.proxy.refuse
		if !refuse {
			t.proxy.wires[w] = true
		}
		t.proxy.mu.Unlock()
		if !refuse {
			return w, nil
		}
		w.reset()
	}
}

// wire is a connection that can be frozen and broken.
type wire struct {
	net.Conn
	proxy    *Proxy
	once     sync.Once
	closed   chan struct{}
	stranded atomic.Bool
}

// Read implements net.Conn.
func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	w.wait()
	return n, err
}

// Write implements net.Conn.
func (w *wire) Write(b []byte) (int, error) {
	w.wait()
	return w.Conn.Write(b)
}

// wait waits while nothing gets through.
func (w *wire) wait() {
	for {
		if w.stranded.Load() {
			<-w.closed
			return
		}
		w.proxy.mu.Lock()
		frozen := w.proxy.frozen
		w.proxy.mu.Unlock()
		if frozen == nil {
			return // what is stranded now was on its way
		}
		select {
		case <-frozen:
		case <-w.closed:
			return
		}
	}
}

// Close implements net.Conn.
func (w *wire) Close() error {
	w.once.Do(func() { close(w.closed) })
	w.proxy.mu.Lock()
	delete(w.proxy.wires, w)
	w.proxy.mu.Unlock()
	return w.Conn.Close()
}

// reset closes the connection so that the other end notices at once.
func (w *wire) reset() {
	if c, ok := w.Conn.(*net.TCPConn); ok {
		_ = c.SetLinger(0)
	}
	_ = w.Close()
}
