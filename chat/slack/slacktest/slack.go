package slacktest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Options say how the fake behaves. The zero value is Slack as documented.
type Options struct {
	// Clock is the time of messages, limits, triggers and response URLs; nil is
	// the wall clock. Waiting (acknowledgements, retries) is on the wall clock.
	Clock func() time.Time
	// Patience is how long Slack waits for an acknowledgement, and how long a
	// trigger lives; 0 is 3 s.
	Patience time.Duration
	// Hurry makes time pass so many times faster for the rate limits, Retry-After
	// among them, and for the waits between deliveries of an event (at once, 1
	// min, 5 min); 0 is 1. An app under test must hurry as much.
	Hurry int
	// Processing is how long an uploaded file is worked on before it can be
	// seen; 0 is 20 ms.
	Processing time.Duration
	// Unlimited switches the rate limits off, for measuring other things.
	Unlimited bool
	// Seed of the dice that choose sockets and faults.
	Seed uint64
}

// Slack is the whole service: all workspaces, on one loopback port. All methods
// are safe for concurrent use.
type Slack struct {
	opts   Options
	server *httptest.Server
	stop   context.CancelFunc
	ctx    context.Context //nolint:containedctx // the life of all deliveries
	tasks  sync.WaitGroup

	mu       sync.Mutex
	dice     *rand.Rand
	lastTS   time.Time
	serial   int
	teams    map[string]*Workspace
	apps     []*App
	users    map[string]*User
	channels map[string]*Channel
	files    map[string]*File
	tickets  map[string]*App // of sockets that were asked for
	triggers map[string]*trigger
	urls     map[string]*responseURL
	limits   *limits
	faults   Faults
	cut      bool // no more than left calls are taken

	forbiddenText, forbiddenCode string // messages that say this are refused with that

	left     int
	broken   []string
	pings    []Ping
	calls    map[string]int
	closed   bool
	underway int // events that are not yet acknowledged or given up
}

// New starts a fake on a free loopback port. Close ends it.
func New(opts Options) (*Slack, error) {
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	if opts.Patience == 0 {
		opts.Patience = 3 * time.Second
	}
	opts.Hurry = max(opts.Hurry, 1)
	if opts.Processing == 0 {
		opts.Processing = 20 * time.Millisecond
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("slacktest: %w", err)
	}
	s := &Slack{
		opts: opts, limits: newLimits(opts), dice: rand.New(rand.NewPCG(opts.Seed, 1)),
		teams: map[string]*Workspace{}, users: map[string]*User{}, channels: map[string]*Channel{},
		files: map[string]*File{}, tickets: map[string]*App{}, triggers: map[string]*trigger{},
		urls: map[string]*responseURL{}, calls: map[string]int{},
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: s.routes(), ReadHeaderTimeout: time.Minute}}
	s.server.Start()
	return s, nil
}

// Start starts a fake for a test. At the test's end it is closed, and every rule
// that was broken fails the test; what a test breaks on purpose it takes away
// with [Slack.Forgive].
func Start(t testing.TB, opts ...Options) *Slack {
	t.Helper()
	var o Options
	for _, given := range opts {
		o = given
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		for _, b := range s.Broken() {
			t.Errorf("Slack: %s", b)
		}
	})
	return s
}

// Close cuts all sockets and returns when nothing of the fake runs any more.
func (s *Slack) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.CutSockets()
	s.server.CloseClientConnections()
	s.server.Close()
	s.tasks.Wait()
}

// URL is where the fake listens, without a slash at the end.
func (s *Slack) URL() string { return s.server.URL }

// APIURL is the base of the Web API, with a slash at the end.
func (s *Slack) APIURL() string { return s.server.URL + "/api/" }

// Broken lists every rule that was broken, in order, in words.
func (s *Slack) Broken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.broken...)
}

// Forgive returns what Broken lists and empties it.
func (s *Slack) Forgive() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.broken
	s.broken = nil
	return b
}

// Calls says how often each Web API method was called and carried out.
func (s *Slack) Calls() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.calls)
}

// breaks notes a broken rule. The lock is held.
func (s *Slack) breaks(format string, args ...any) {
	s.broken = append(s.broken, fmt.Sprintf(format, args...))
}

// id makes an id such as "C000000K". The lock is held.
func (s *Slack) id(prefix string) string {
	s.serial++
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	b := []byte("00000000")
	for n, i := s.serial*7+11, len(b)-1; n > 0 && i >= 0; n, i = n/36, i-1 {
		b[i] = digits[n%36]
	}
	return prefix + "0" + string(b)
}

// stamp makes a new timestamp, later than all before. The lock is held.
func (s *Slack) stamp() string {
	now := s.opts.Clock().Truncate(time.Microsecond)
	if !now.After(s.lastTS) {
		now = s.lastTS.Add(time.Microsecond)
	}
	s.lastTS = now
	return stampOf(now)
}

func stampOf(t time.Time) string {
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}

// async runs something that Close waits for, unless all is over already.
func (s *Slack) async(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asyncLocked(do)
}

func (s *Slack) asyncLocked(do func()) {
	if !s.closed {
		s.tasks.Go(do)
	}
}

// wait waits on the wall clock; false when all is over.
func (s *Slack) wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	case <-s.ctx.Done():
		return false
	}
}
