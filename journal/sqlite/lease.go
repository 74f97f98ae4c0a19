package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"roundtable/journal"
)

// leaseRetryEvery is how often a lease that somebody else holds is tried again.
const leaseRetryEvery = 50 * time.Millisecond

var errLocked = errors.New("locked by another process")

// Lease implements [journal.Journal]. It locks a file beside the journal, which
// is left there; the system gives the lock back when the process ends, however it
// ends. Where files can't be locked (not on Unix) everybody gets the lease.
func (s *Store) Lease(ctx context.Context, name string) (*journal.Lease, error) {
	if err := journal.CheckNetwork(name); err != nil {
		return nil, fmt.Errorf("lease: %w", err)
	}
	if err := s.calls.Begin(ctx); err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	defer s.calls.End()
	path := s.path
	if file, err := filepath.EvalSymlinks(path); err == nil {
		path = file // one file, one lock, whatever it is called
	}
	retry := time.NewTicker(leaseRetryEvery)
	defer retry.Stop()
	for {
		file, err := lockFile(path + "." + name + ".lock")
		if err == nil {
			l, _ := journal.NewLease(func() { _ = file.Close() }) // nothing was written
			return l, nil
		}
		if !errors.Is(err, errLocked) {
			return nil, fmt.Errorf("lease %s: %w", name, s.explain(ctx, err))
		}
		select {
		case <-retry.C:
		case <-s.calls.Closed():
			return nil, fmt.Errorf("lease %s: %w", name, journal.ErrClosed)
		case <-ctx.Done():
			return nil, fmt.Errorf("lease %s: %w: %w", name, journal.ErrHeld, ctx.Err())
		}
	}
}

func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockHandle(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
