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
	"time"
)

// Proxy stands between a bot and a server and can make a bad day of any: cut
// connections, take none, let nothing through, answer in the server's place, lose
// answers. WebSockets pass too. Its methods are safe for concurrent use.
type Proxy struct {
	// URL is where the bot reaches the server through the proxy.
	URL string

	listener net.Listener
	server   *http.Server
	onward   *http.Transport
	served   sync.WaitGroup

	mu     sync.Mutex
	wires  map[*wire]bool
	refuse bool
	frozen chan struct{} // closed when it thaws; nil when nothing is frozen
	fate   func(*http.Request) Fate
}

// Fate is what becomes of a request. The zero Fate lets it pass.
type Fate struct {
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

// errLost breaks a connection instead of answering.
var errLost = errors.New("the answer was lost")

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
	p := &Proxy{URL: "http://" + l.Addr().String(), listener: l, onward: &http.Transport{MaxIdleConnsPerHost: 50}, wires: map[*wire]bool{}}
	silent := log.New(io.Discard, "", 0)
	pass := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = target.Host },
		Transport: p.onward, ErrorLog: silent, FlushInterval: -1,
		ModifyResponse: func(r *http.Response) error {
			f, _ := r.Request.Context().Value(Fate{}).(Fate)
			select {
			case <-time.After(f.Late):
			case <-r.Request.Context().Done():
			}
			if f.Lost {
				return errLost
			}
			return nil
		},
		// The server is gone, or its answer: so is the connection.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	p.server = &http.Server{Handler: p.handler(pass), ErrorLog: silent, ReadHeaderTimeout: patience}
	p.served.Go(func() { _ = p.server.Serve(taker{l, p}) }) // ends with Close
	return p, nil
}

func (p *Proxy) handler(pass http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		decide := p.fate
		p.mu.Unlock()
		var f Fate
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
		pass.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), Fate{}, f)))
	})
}

// Decide sets what becomes of each request from now on; nil lets all pass. It is
// called concurrently.
func (p *Proxy) Decide(fate func(*http.Request) Fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fate = fate
}

// Cut breaks all connections that are open, and returns how many there were.
func (p *Proxy) Cut() int {
	p.mu.Lock()
	wires := p.wires
	p.wires = map[*wire]bool{}
	p.mu.Unlock()
	for w := range wires {
		w.reset()
	}
	return len(wires)
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
	for w := range p.wires {
		w.stranded.Store(true)
	}
	return len(p.wires)
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
	p.onward.CloseIdleConnections()
}
