package mattermosttest

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy stands between a bot and a server and can make a bad day of any: cut
// connections, take none, let nothing through, answer in the server's place, lose
// answers. WebSockets pass too. Its methods are safe for concurrent use.
type Proxy struct {
	// URL is where the bot reaches the server through the proxy.
	URL string

	listener  net.Listener
	server    *http.Server
	transport *http.Transport
	served    sync.WaitGroup

	mu     sync.Mutex
	conns  map[*proxiedConn]bool
	refuse bool
	frozen chan struct{} // closed when it thaws; nil when nothing is frozen
	decide func(*http.Request) Outcome
}

// Outcome is what becomes of a request. The zero Outcome lets it pass.
type Outcome struct {
	// Delay is waited before anything else.
	Delay time.Duration
	// Status is answered in the server's place, when it isn't zero; the request
	// does not reach it. RetryAfter goes with it, in whole seconds.
	Status     int
	RetryAfter time.Duration
	// Late is waited when the server has answered.
	Late time.Duration
	// Lost: the request reaches the server, and the connection breaks before its
	// answer comes back.
	Lost bool
}

// errAnswerLost breaks a connection instead of answering.
var errAnswerLost = errors.New("the answer was lost")

// NewProxy starts a proxy in front of the address. Close it.
func NewProxy(address string) (*Proxy, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{URL: "http://" + l.Addr().String(), listener: l, transport: &http.Transport{MaxIdleConnsPerHost: 50}, conns: map[*proxiedConn]bool{}}
	silent := log.New(io.Discard, "", 0)
	pass := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = target.Host },
		Transport: p.transport, ErrorLog: silent, FlushInterval: -1,
		ModifyResponse: func(r *http.Response) error {
			f, _ := r.Request.Context().Value(Outcome{}).(Outcome)
			select {
			case <-time.After(f.Late):
			case <-r.Request.Context().Done():
			}
			if f.Lost {
				return errAnswerLost
			}
			return nil
		},
		// The server is gone, or its answer: so is the connection.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	p.server = &http.Server{Handler: p.handler(pass), ErrorLog: silent, ReadHeaderTimeout: callTimeout}
	p.served.Go(func() { _ = p.server.Serve(proxyListener{l, p}) }) // ends with Close
	return p, nil
}

func (p *Proxy) handler(pass http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		decide := p.decide
		p.mu.Unlock()
		var f Outcome
		if decide != nil {
			f = decide(r)
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(f.Delay):
		}
		if f.Status != 0 {
			if f.RetryAfter > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter/time.Second)))
			}
			http.Error(w, http.StatusText(f.Status), f.Status)
			return
		}
		pass.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), Outcome{}, f)))
	})
}

// Decide sets what becomes of each request from now on; nil lets all pass. It is
// called concurrently.
func (p *Proxy) Decide(decide func(*http.Request) Outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.decide = decide
}

// Cut breaks all connections that are open, and returns how many there were.
func (p *Proxy) Cut() int {
	p.mu.Lock()
	conns := p.conns
	p.conns = map[*proxiedConn]bool{}
	p.mu.Unlock()
	for c := range conns {
		c.reset()
	}
	return len(conns)
}

// Refuse breaks all connections, and new ones at once, until Accept.
func (p *Proxy) Refuse() {
	p.mu.Lock()
	p.refuse = true
	p.mu.Unlock()
	p.Cut()
}

// Accept ends Refuse.
func (p *Proxy) Accept() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = false
}

// Strand lets nothing more through the connections that are open, and tells
// nobody, as a router does that has forgotten them. New ones work. It returns how
// many there were.
func (p *Proxy) Strand() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.stranded.Store(true)
	}
	return len(p.conns)
}

// Freeze lets nothing through any connection, and tells nobody, until Thaw: what
// is sent meanwhile arrives then.
func (p *Proxy) Freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.frozen == nil {
		p.frozen = make(chan struct{})
	}
}

// Thaw ends Freeze.
func (p *Proxy) Thaw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.frozen != nil {
		close(p.frozen)
		p.frozen = nil
	}
}

// Close ends the proxy and its connections.
func (p *Proxy) Close() {
	_ = p.server.Close()
	p.Refuse()
	p.Thaw()
	p.served.Wait()
	p.transport.CloseIdleConnections()
}

// proxyListener takes connections for a proxy.
type proxyListener struct {
	net.Listener
	proxy *Proxy
}

// Accept implements net.Listener.
func (l proxyListener) Accept() (net.Conn, error) {
	for {
		accepted, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &proxiedConn{Conn: accepted, proxy: l.proxy, closed: make(chan struct{})}
		l.proxy.mu.Lock()
		refuse := l.proxy.refuse
		if !refuse {
			l.proxy.conns[c] = true
		}
		l.proxy.mu.Unlock()
		if !refuse {
			return c, nil
		}
		c.reset()
	}
}

// proxiedConn is a connection that can be frozen and broken.
type proxiedConn struct {
	net.Conn
	proxy    *Proxy
	once     sync.Once
	closed   chan struct{}
	stranded atomic.Bool
}

// Read implements net.Conn.
func (c *proxiedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.wait()
	return n, err
}

// Write implements net.Conn.
func (c *proxiedConn) Write(b []byte) (int, error) {
	c.wait()
	return c.Conn.Write(b)
}

// wait waits while nothing gets through.
func (c *proxiedConn) wait() {
	for {
		if c.stranded.Load() {
			<-c.closed
			return
		}
		c.proxy.mu.Lock()
		frozen := c.proxy.frozen
		c.proxy.mu.Unlock()
		if frozen == nil {
			return // what is stranded now was on its way
		}
		select {
		case <-frozen:
		case <-c.closed:
			return
		}
	}
}

// Close implements net.Conn.
func (c *proxiedConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	c.proxy.mu.Lock()
	delete(c.proxy.conns, c)
	c.proxy.mu.Unlock()
	return c.Conn.Close()
}

// reset closes the connection so that the other end notices at once.
func (c *proxiedConn) reset() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}
