// Package memory keeps a journal in memory, for tests and demonstrations.
//
// It passes the conformance suite, and promises what a process can: nothing
// survives it. Two handles on one log ([Store.Another]) stand for two processes
// on one store.
package memory

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"roundtable/journal"
	"roundtable/journal/internal/notify"
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
	news     notify.Hub
	networks map[string]*network
	secret   []byte
	leases   map[string]chan struct{} // by name; closed when it is released
}

type network struct {
	entries   []journal.Entry
	last      uint64
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

// usable returns nil, or the error of a call that comes after Close or after its
// context has ended.
func (s *Store) usable(ctx context.Context) error {
	select {
	case <-s.closed:
		return journal.ErrClosed
	default:
		return ctx.Err()
	}
}

// Append implements [journal.Journal].
func (s *Store) Append(ctx context.Context, b journal.Batch) (uint64, error) {
	if err := s.usable(ctx); err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, err)
	}
	entries, err := b.Sealed()
	if err != nil {
		return 0, fmt.Errorf("append: %w", err)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := s.log.networks[b.Network]
	if n == nil {
		n = &network{}
	}
	if n.last != b.After {
		return 0, fmt.Errorf("append: %w", &journal.Conflict{Network: b.Network, After: b.After, Last: n.last})
	}
	s.log.networks[b.Network] = n
	for _, e := range entries {
		e.Data = slices.Clone(e.Data)
		n.entries = append(n.entries, e)
	}
	n.last += uint64(len(entries))
	if b.Mark != nil {
		n.setMark(*b.Mark)
	}
	if len(b.Entries) > 0 {
		s.log.news.Notify(b.Network)
	}
	return n.last, nil
}

func (n *network) setMark(m journal.Mark) {
	n.due = m.Due
	if !m.Due.IsZero() {
		n.due = time.UnixMilli(m.Due.UnixMilli()).UTC()
	}
	if m.Addresses != nil {
		n.addresses = slices.Clone(m.Addresses)
	}
}

// pageEntries bounds what is copied at once.
const pageEntries = 64

// Read implements [journal.Journal].
func (s *Store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	pages := journal.Pages{
		Page: func(ctx context.Context, from uint64) ([]journal.Entry, error) {
			return s.log.page(network, from), s.usable(ctx)
		},
		Last: func(ctx context.Context) (uint64, error) { return s.log.last(network), s.usable(ctx) },
		Mend: "begin anew: a journal in memory has no backup",
	}
	return pages.Read(ctx, network, from, func(err error) error { return err })
}

func (l *log) page(network string, from uint64) []journal.Entry {
	l.mu.RLock()
	defer l.mu.RUnlock()
	n := l.networks[network]
	if n == nil {
		return nil
	}
	at, _ := n.find(from)
	page := slices.Clone(n.entries[at:min(at+pageEntries, len(n.entries))])
	for i := range page {
		page[i].Data = slices.Clone(page[i].Data)
	}
	return page
}

// find returns where the entry with the number is, or would be.
func (n *network) find(seq uint64) (at int, found bool) {
	return slices.BinarySearchFunc(n.entries, seq, func(e journal.Entry, seq uint64) int { return cmp.Compare(e.Seq, seq) })
}

// last returns the network's last number.
func (l *log) last(network string) uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if n := l.networks[network]; n != nil {
		return n.last
	}
	return 0
}

// Follow implements [journal.Journal].
func (s *Store) Follow(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := journal.CheckNetwork(network); err != nil {
		return 0, fmt.Errorf("follow: %w", err)
	}
	for {
		news, stop := s.log.news.Subscribe(network)
		last, err := s.lastAfter(ctx, network, after)
		if err != nil || last > after {
			stop()
			return last, err
		}
		select {
		case <-news:
		case <-ctx.Done():
		case <-s.closed:
		}
		stop()
	}
}

// lastAfter returns the network's last number, and a conflict if that is below
// after.
func (s *Store) lastAfter(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := s.usable(ctx); err != nil {
		return 0, fmt.Errorf("follow %s: %w", network, err)
	}
	last := s.log.last(network)
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
	if err := s.usable(ctx); err != nil {
		return fmt.Errorf("erase in %s: %w", network, err)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := s.log.networks[network]
	if n == nil {
		return nil
	}
	for _, seq := range seqs {
		if at, found := n.find(seq); found {
			e := n.entries[at]
			n.entries[at] = e.WithoutContent()
			clear(e.Data)
		}
	}
	return nil
}

// Remains implements [journal.Journal].
func (s *Store) Remains(ctx context.Context, _ time.Time) (journal.Remains, error) {
	if err := s.usable(ctx); err != nil {
		return nil, fmt.Errorf("list what remains: %w", err)
	}
	return nil, nil
}

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	if err := s.usable(ctx); err != nil {
		return nil, fmt.Errorf("list networks: %w", err)
	}
	return s.log.networksWhere(func(n *network) bool { return n.last > 0 }), nil
}

// networksWhere returns the names of the networks that match, sorted.
func (l *log) networksWhere(match func(*network) bool) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var names []string
	for name, n := range l.networks {
		if match(n) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Due implements [journal.Journal].
func (s *Store) Due(ctx context.Context, at time.Time) ([]string, time.Time, error) {
	if err := s.usable(ctx); err != nil {
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
	if err := s.usable(ctx); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	return s.log.networksWhere(func(n *network) bool { return slices.Contains(n.addresses, address) }), nil
}

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := s.usable(ctx); err != nil {
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

// Check implements [journal.Journal]. Memory has nothing that Read doesn't look at.
func (s *Store) Check(ctx context.Context) error {
	if err := s.usable(ctx); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return nil
}

// Ping implements [journal.Journal].
func (s *Store) Ping(ctx context.Context) error {
	if err := s.usable(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

// Close implements [journal.Journal]. The log lives on in other handles.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}

// Lease implements [journal.Journal].
func (s *Store) Lease(ctx context.Context, name string) (*journal.Lease, error) {
	if err := journal.CheckNetwork(name); err != nil {
		return nil, fmt.Errorf("lease: %w", err)
	}
	if err := s.usable(ctx); err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	for {
		mine, released := s.log.tryLease(name)
		if released == nil {
			l, _ := journal.NewLease(func() { s.log.releaseLease(name, mine) })
			return l, nil
		}
		select {
		case <-released:
		case <-s.closed:
			return nil, fmt.Errorf("lease %s: %w", name, journal.ErrClosed)
		case <-ctx.Done():
			return nil, fmt.Errorf("lease %s: %w: %w", name, journal.ErrHeld, ctx.Err())
		}
	}
}

// tryLease takes the lease if nobody holds it. Otherwise it returns a channel that
// is closed when the holder releases it.
func (l *log) tryLease(name string) (mine, released chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if held, ok := l.leases[name]; ok {
		return nil, held
	}
	mine = make(chan struct{})
	l.leases[name] = mine
	return mine, nil
}

func (l *log) releaseLease(name string, mine chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.leases, name)
	close(mine)
}
