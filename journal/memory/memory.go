// Package memory keeps a journal in memory, for tests and demonstrations.
//
// It passes the conformance suite, and promises what a process can: nothing
// survives it. Two handles on one log ([Store.Another]) stand for two processes
// on one store.
package memory

import (
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"roundtable/journal"
	"roundtable/journal/internal/bell"
)

var _ journal.Journal = (*Store)(nil)

// Store is a handle on a log in memory. It implements [journal.Journal].
type Store struct {
	log    *log
	closed chan struct{}
	once   sync.Once
}

// log is what the handles share.
type log struct {
	mu       sync.RWMutex
	bell     bell.Bell
	networks map[string]*network
	secret   []byte
	leases   map[string]chan struct{} // closed when it is given back
}

type network struct {
	entries   []journal.Entry
	due       time.Time
	addresses []string
}

// New returns a handle on a new, empty log.
func New() *Store {
	return &Store{log: &log{networks: make(map[string]*network), leases: make(map[string]chan struct{})}, closed: make(chan struct{})}
}

// Another returns a second handle on the same log, open whether or not s is
// still open.
func (s *Store) Another() *Store {
	return &Store{log: s.log, closed: make(chan struct{})}
}

// ready returns why nothing can be done now: the context's end or Close.
func (s *Store) ready(ctx context.Context) error {
	select {
	case <-s.closed:
		return journal.ErrClosed
	default:
		return ctx.Err()
	}
}

// Append implements [journal.Journal].
func (s *Store) Append(ctx context.Context, b journal.Batch) (uint64, error) {
	if err := s.ready(ctx); err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, err)
	}
	if err := b.Check(); err != nil {
		return 0, fmt.Errorf("append: %w", err)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := s.log.networks[b.Network]
	if n == nil {
		n = &network{}
	}
	if last := uint64(len(n.entries)); last != b.After {
		return 0, fmt.Errorf("append: %w", &journal.Conflict{Network: b.Network, After: b.After, Last: last})
	}
	s.log.networks[b.Network] = n
	for i, e := range b.Entries {
		e.Seq = b.After + uint64(i) + 1
		e.At = time.Unix(0, e.At.UnixNano()).UTC()
		e.Data = slices.Clone(e.Data)
		n.entries = append(n.entries, e)
	}
	if b.Mark != nil {
		n.mark(*b.Mark)
	}
	if len(b.Entries) > 0 {
		s.log.bell.Ring(b.Network)
	}
	return uint64(len(n.entries)), nil
}

func (n *network) mark(m journal.Mark) {
	n.due = m.Due
	if !m.Due.IsZero() {
		n.due = time.UnixMilli(m.Due.UnixMilli()).UTC()
	}
	if m.Addresses != nil {
		n.addresses = slices.Clone(m.Addresses)
	}
}

// Read implements [journal.Journal].
func (s *Store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		if err := journal.CheckNetwork(network); err != nil {
			yield(journal.Entry{}, fmt.Errorf("read: %w", err))
			return
		}
		for seq := max(from, 1); ; seq++ {
			if err := s.ready(ctx); err != nil {
				yield(journal.Entry{}, fmt.Errorf("read %s: %w", network, err))
				return
			}
			e, ok := s.log.entry(network, seq)
			if !ok || !yield(e, nil) {
				return
			}
		}
	}
}

func (l *log) entry(network string, seq uint64) (journal.Entry, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	n := l.networks[network]
	if n == nil || seq > uint64(len(n.entries)) {
		return journal.Entry{}, false
	}
	e := n.entries[seq-1]
	e.Data = slices.Clone(e.Data)
	return e, true
}

// Follow implements [journal.Journal].
func (s *Store) Follow(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := journal.CheckNetwork(network); err != nil {
		return 0, fmt.Errorf("follow: %w", err)
	}
	for {
		rung, stop := s.log.bell.Listen(network)
		last, err := s.news(ctx, network, after)
		if err != nil || last > after {
			stop()
			return last, err
		}
		select {
		case <-rung:
		case <-ctx.Done():
		case <-s.closed:
		}
		stop()
	}
}

// news returns the network's last number, or why there will be none.
func (s *Store) news(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := s.ready(ctx); err != nil {
		return 0, fmt.Errorf("follow %s: %w", network, err)
	}
	s.log.mu.RLock()
	defer s.log.mu.RUnlock()
	var last uint64
	if n := s.log.networks[network]; n != nil {
		last = uint64(len(n.entries))
	}
	if last < after {
		return 0, fmt.Errorf("follow: %w", &journal.Conflict{Network: network, After: after, Last: last})
	}
	return last, nil
}

// Erase implements [journal.Journal].
func (s *Store) Erase(ctx context.Context, network string, seqs []uint64) error {
	if err := journal.CheckNetwork(network); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	if err := s.ready(ctx); err != nil {
		return fmt.Errorf("erase in %s: %w", network, err)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := s.log.networks[network]
	if n == nil {
		return nil
	}
	for _, seq := range seqs {
		if seq == 0 || seq > uint64(len(n.entries)) {
			continue
		}
		e := &n.entries[seq-1]
		clear(e.Data)
		e.Data, e.Erased = nil, true
	}
	return nil
}

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	if err := s.ready(ctx); err != nil {
		return nil, fmt.Errorf("list networks: %w", err)
	}
	return s.log.those(func(n *network) bool { return len(n.entries) > 0 }), nil
}

// those returns the names of the networks that fit, sorted.
func (l *log) those(fit func(*network) bool) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var names []string
	for name, n := range l.networks {
		if fit(n) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Due implements [journal.Journal].
func (s *Store) Due(ctx context.Context, at time.Time) ([]string, time.Time, error) {
	if err := s.ready(ctx); err != nil {
		return nil, time.Time{}, fmt.Errorf("list due networks: %w", err)
	}
	s.log.mu.RLock()
	defer s.log.mu.RUnlock()
	var next time.Time
	var names []string
	for name, n := range s.log.networks {
		switch {
		case n.due.IsZero():
		case !n.due.After(at):
			names = append(names, name)
		case next.IsZero() || n.due.Before(next):
			next = n.due
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if c := s.log.networks[a].due.Compare(s.log.networks[b].due); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return names, next, nil
}

// Find implements [journal.Journal].
func (s *Store) Find(ctx context.Context, address string) ([]string, error) {
	if err := journal.CheckAddress(address); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	if err := s.ready(ctx); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	return s.log.those(func(n *network) bool { return slices.Contains(n.addresses, address) }), nil
}

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := s.ready(ctx); err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if s.log.secret == nil {
		s.log.secret = make([]byte, 32)
		_, _ = rand.Read(s.log.secret) // never fails
	}
	return slices.Clone(s.log.secret), nil
}

// Ping implements [journal.Journal].
func (s *Store) Ping(ctx context.Context) error {
	if err := s.ready(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

// Close implements [journal.Journal]. The log lives on in other handles.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}
