package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
	"roundtable/journal/internal/inflight"
)

var _ journal.Journal = (*Store)(nil)

const (
	defaultPrefix = "roundtable"
	// layoutVersion is the layout told in the package's doc.
	layoutVersion = 1
	// answerTimeout is how long the server may take to answer, unless the
	// address says otherwise (?read_timeout=). Each write waits for its disk.
	answerTimeout = 10 * time.Second
	// followers is how many calls of Follow wait on a connection of their own.
	// Those beyond look once a second.
	followers = 256
)

// Store is a connection to a server. It implements [journal.Journal].
type Store struct {
	client redis.UniversalClient
	waits  redis.UniversalClient // for Follow, whose connections are long taken
	server string                // host and port, for errors
	keys   keys
	secret []byte
	// leaseFor is [journal.LeaseFor], but for tests.
	leaseFor time.Duration

	calls *inflight.Calls

	staleMu sync.Mutex
	stale   map[string]string // what Due last found out of date: network -> token
}

// Open connects to the server at the address, for example
// redis://user:password@localhost:6379/0, or rediss:// for TLS.
//
// Settings in the address: ?prefix= begins every key ("roundtable"),
// ?cluster=true says that the server is a node of a Redis Cluster (more of them
// as &addr=host:port), and those of go-redis, such as ?read_timeout=10s,
// ?dial_timeout=5s or ?pool_size=20 (10 per processor).
//
// Errors: [journal.ErrNewer] when a newer version of the program has written
// there, [journal.ErrReadOnly] and [journal.ErrFull] when it must be set up and
// can't, a plain error when the address is wrong or the server doesn't answer.
// None of them repeats the password.
func Open(ctx context.Context, address string) (*Store, error) {
	s := &Store{leaseFor: journal.LeaseFor, calls: inflight.New(journal.ErrClosed), stale: make(map[string]string)}
	if err := s.dial(address); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := s.setUp(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", s.explain(ctx, err)), s.hangUp())
	}
	return s, nil
}

// quiet keeps go-redis from writing to the standard error by itself. What it has
// to say comes back as errors too.
type quiet struct{}

// Printf says nothing.
func (quiet) Printf(context.Context, string, ...any) {}

var hush = sync.OnceFunc(func() { redis.SetLogger(quiet{}) })

func (s *Store) dial(address string) error {
	hush()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Host == "" {
		return errors.New("the address of Redis must be like redis://localhost:6379/0, with % for what a URL can't have in a password")
	}
	settings := u.Query()
	if s.keys, err = newKeys(settings.Get("prefix")); err != nil {
		return err
	}
	settings.Del("prefix")
	cluster := settings.Get("cluster")
	settings.Del("cluster")
	u.RawQuery = settings.Encode()
	s.server = u.Host
	switch cluster {
	case "", "false":
		return s.dialOne(u.String())
	case "true":
		return s.dialCluster(u.String())
	}
	return fmt.Errorf("cluster=%s in the address of Redis: it is true or false", cluster)
}

func (s *Store) dialOne(address string) error {
	o, err := redis.ParseURL(address)
	if err != nil {
		return err
	}
	o.ContextTimeoutEnabled = true
	if o.ReadTimeout == 0 {
		o.ReadTimeout = answerTimeout
	}
	s.client = redis.NewClient(o)
	wait := *o
	wait.PoolSize, wait.PoolTimeout = followers, time.Second
	s.waits = redis.NewClient(&wait)
	return nil
}

func (s *Store) dialCluster(address string) error {
	o, err := redis.ParseClusterURL(address)
	if err != nil {
		return err
	}
	o.ContextTimeoutEnabled = true
	if o.ReadTimeout == 0 {
		o.ReadTimeout = answerTimeout
	}
	s.client = redis.NewClusterClient(o)
	wait := *o
	wait.PoolSize, wait.PoolTimeout = followers, time.Second
	s.waits = redis.NewClusterClient(&wait)
	return nil
}

// setUp reads the layout and the secret, and writes them at the very first time.
func (s *Store) setUp(ctx context.Context) error {
	text, err := s.once(ctx, s.keys.layout(), strconv.Itoa(layoutVersion))
	if err != nil {
		return err
	}
	switch version, err := strconv.Atoi(text); {
	case err != nil:
		return fmt.Errorf("%w: %s on %s is not a number: is the prefix used by another program?", journal.ErrDamaged, s.keys.layout(), s.server)
	case version > layoutVersion:
		return fmt.Errorf("%w: %s on %s is %d, this program knows layouts up to %d: run the newer program, or give this one another prefix", journal.ErrNewer, s.keys.layout(), s.server, version, layoutVersion)
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // never fails
	secret, err := s.once(ctx, s.keys.secret(), string(fresh))
	if err != nil {
		return err
	}
	s.secret = []byte(secret)
	return nil
}

// once returns the key's value, which it sets to value if there is none. It
// writes nothing if there is one, so that a replica can be opened.
func (s *Store) once(ctx context.Context, key, value string) (string, error) {
	got, err := s.client.Get(ctx, key).Result()
	if !errors.Is(err, redis.Nil) {
		return got, err
	}
	if err := s.client.SetNX(ctx, key, value, 0).Err(); err != nil {
		return "", err
	}
	return s.client.Get(ctx, key).Result()
}

// Ping implements [journal.Journal]. It writes a key that goes away by itself.
func (s *Store) Ping(ctx context.Context) error {
	_, err := await(ctx, s, func(ctx context.Context) (string, error) {
		return s.client.Set(ctx, s.keys.ping(), "1", time.Second).Result()
	})
	if err != nil {
		return fmt.Errorf("ping journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Close implements [journal.Journal].
func (s *Store) Close() error {
	if !s.calls.Close() {
		return nil
	}
	waitsErr := s.waits.Close() // ends what blocks
	s.calls.Wait()
	if err := errors.Join(waitsErr, s.client.Close()); err != nil {
		return fmt.Errorf("close journal: %w", err)
	}
	return nil
}

func (s *Store) hangUp() error { return errors.Join(s.waits.Close(), s.client.Close()) }

// await runs the call and waits for it, but no longer than for the context: the
// client alone would wait for the server. Close waits for the call all the same.
func await[T any](ctx context.Context, s *Store, call func(context.Context) (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	var none T
	if err := s.calls.Begin(ctx); err != nil {
		return none, err
	}
	answered := make(chan answer, 1)
	go func() {
		defer s.calls.End()
		value, err := call(ctx)
		answered <- answer{value, err}
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// explain makes the journal's error of what the server said, with what to do
// about it. Scripts wrap the server's words in their own.
func (s *Store) explain(ctx context.Context, err error) error {
	var said redis.Error
	if !errors.As(err, &said) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, redis.ErrClosed) {
			return journal.ErrClosed
		}
		return err
	}
	is := func(word string) bool { return strings.Contains(" "+said.Error(), " "+word+" ") }
	switch {
	case is("OOM"):
		return fmt.Errorf("%w: Redis at %s is at its maxmemory: give it more (%w)", journal.ErrFull, s.server, err)
	case is("MISCONF") && strings.Contains(said.Error(), "No space left"):
		return fmt.Errorf("%w: make room on the disk of Redis at %s (%w)", journal.ErrFull, s.server, err)
	case is("READONLY"), is("NOREPLICAS"), is("MISCONF"):
		return fmt.Errorf("%w: Redis at %s takes no writes: see whether it is a replica, lacks replicas or can't save (%w)", journal.ErrReadOnly, s.server, err)
	}
	return fmt.Errorf("redis at %s: %w", s.server, err)
}
