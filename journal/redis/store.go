package redis

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
	"roundtable/journal/internal/inflight"
)

var _ journal.Journal = (*Store)(nil)

const (
	defaultPrefix = "roundtable"
	// layoutVersion is that of the layout in the package's doc.
	layoutVersion = 2
)

// Store is a connection to a server. It implements [journal.Journal].
type Store struct {
	client   redis.UniversalClient
	blocking redis.UniversalClient // for Follow, whose calls block for long
	server   string                // host and port, for errors
	keys     keys
	secret   []byte
	leaseFor time.Duration // [journal.LeaseFor]; tests shorten it
	index    *index
	calls    *inflight.Calls
	asked    rewrites
	rewrite  func(ctx context.Context, network string) error // rewriteLog; tests on a server without files replace it
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
// there, [journal.ErrOlder] when an earlier one has, see [Upgrade],
// [journal.ErrReadOnly] and [journal.ErrFull] when it must be set up and
// can't, a plain error when the address is wrong or the server doesn't answer.
// None of them repeats the password.
func Open(ctx context.Context, address string) (*Store, error) {
	s, err := newStore(address)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := s.setUp(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", s.explain(ctx, err)), s.disconnect())
	}
	s.index.secret = s.secret
	return s, nil
}

// newStore returns a store that isn't set up.
func newStore(address string) (*Store, error) {
	s := &Store{leaseFor: journal.LeaseFor, calls: inflight.New(journal.ErrClosed)}
	s.rewrite = s.rewriteLog
	if err := s.connect(address); err != nil {
		return nil, err
	}
	s.index = &index{client: s.client, keys: s.keys}
	return s, nil
}

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	names, err := await(ctx, s, s.index.networks)
	if err != nil {
		return nil, fmt.Errorf("list networks: %w", s.explain(ctx, err))
	}
	return names, nil
}

// Due implements [journal.Journal].
func (s *Store) Due(ctx context.Context, at time.Time) (networks []string, next time.Time, err error) {
	type answer struct {
		networks []string
		next     time.Time
	}
	a, err := await(ctx, s, func(ctx context.Context) (answer, error) {
		networks, next, err := s.index.due(ctx, at.UnixMilli())
		return answer{networks, next}, err
	})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("list due networks: %w", s.explain(ctx, err))
	}
	return a.networks, a.next, nil
}

// Find implements [journal.Journal].
func (s *Store) Find(ctx context.Context, address string) ([]string, error) {
	if err := journal.CheckAddress(address); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	names, err := await(ctx, s, func(ctx context.Context) ([]string, error) { return s.index.find(ctx, address) })
	if err != nil {
		return nil, fmt.Errorf("find networks of an address: %w", s.explain(ctx, err))
	}
	return names, nil
}

// Ping implements [journal.Journal]. It writes a key that goes away by itself, and
// notices when the store's secret is gone.
func (s *Store) Ping(ctx context.Context) error {
	_, err := await(ctx, s, func(ctx context.Context) (string, error) {
		secret, err := s.client.Get(ctx, s.keys.secret()).Bytes()
		switch {
		case errors.Is(err, redis.Nil), err == nil && !bytes.Equal(secret, s.secret):
			return "", s.secretGone()
		case err != nil:
			return "", err
		}
		return s.client.Set(ctx, s.keys.ping(), "1", time.Second).Result()
	})
	if err != nil {
		return fmt.Errorf("ping journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Check implements [journal.Journal]. What the indexes say is compared with the truth
// whenever they are asked, and Read looks at the networks that have a last number; what
// is left of others, which nobody would find, is damage.
func (s *Store) Check(ctx context.Context) error {
	if err := s.Ping(ctx); err != nil {
		return fmt.Errorf("check journal: %w", err)
	}
	left, err := await(ctx, s, s.index.orphans)
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%w: of %s only the log is left on Redis at %s, without its state: restore a backup; docs/operating.md says how", journal.ErrDamaged, strings.Join(left, ", "), s.server)
	}
	if err != nil {
		return fmt.Errorf("check journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	return await(ctx, s, func(context.Context) ([]byte, error) { return slices.Clone(s.secret), nil })
}

// Close implements [journal.Journal].
func (s *Store) Close() error {
	if !s.calls.Close() {
		return nil
	}
	blockingErr := s.blocking.Close() // ends the calls that block
	s.calls.Wait()
	if err := errors.Join(blockingErr, s.client.Close()); err != nil {
		return fmt.Errorf("close journal: %w", err)
	}
	return nil
}

// await runs the call and waits for its result or for the context's end: the client
// alone would wait for the server. Close waits for the call in either case.
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

// explain turns an error of the server into the journal's, with what to do about
// it. Scripts wrap the server's error in text of their own.
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
