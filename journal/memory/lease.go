package memory

import (
	"context"
	"fmt"

	"roundtable/journal"
)

// Lease implements [journal.Journal].
func (s *Store) Lease(ctx context.Context, name string) (*journal.Lease, error) {
	if err := journal.CheckNetwork(name); err != nil {
		return nil, fmt.Errorf("lease: %w", err)
	}
	if err := s.ready(ctx); err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	for {
		mine, given := s.log.take(name)
		if given == nil {
			l, _ := journal.NewLease(func() { s.log.give(name, mine) })
			return l, nil
		}
		select {
		case <-given:
		case <-s.closed:
			return nil, fmt.Errorf("lease %s: %w", name, journal.ErrClosed)
		case <-ctx.Done():
			return nil, fmt.Errorf("lease %s: %w: %w", name, journal.ErrHeld, ctx.Err())
		}
	}
}

// take takes what nobody holds; else it returns what is closed when it is given
// back.
func (l *log) take(name string) (mine, given chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if held, ok := l.leases[name]; ok {
		return nil, held
	}
	mine = make(chan struct{})
	l.leases[name] = mine
	return mine, nil
}

func (l *log) give(name string, mine chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.leases, name)
	close(mine)
}
