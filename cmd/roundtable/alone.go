package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"roundtable/config"
	"roundtable/journal"
)

// A file's lease ends with the process that held it; one in Redis may outlive it.
const (
	aloneInFile  = 3 * time.Second
	aloneInRedis = journal.LeaseFor + 5*time.Second
)

// alone makes sure that no other process serves the journal: two would post
// everything twice. A process that is just ending is waited for.
func alone(ctx context.Context, j journal.Journal, where config.Journal) (*journal.Lease, error) {
	patience := aloneInFile
	if where.Kind == config.JournalRedis {
		patience = aloneInRedis
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	lease, err := j.Lease(waiting, "courier")
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, journal.ErrHeld):
		return nil, fmt.Errorf("another process serves the journal %s already: stop it first, or give this one a journal of its own (--journal)", where)
	case err != nil:
		return nil, fmt.Errorf("the journal can't be used: %w", err)
	}
	return lease, nil
}

// stayAlone returns when the context ends, or with an error when another process
// has taken over.
func stayAlone(ctx context.Context, lease *journal.Lease) error {
	select {
	case <-lease.Lost():
		return errors.New("another process has taken over the journal while this one could not reach it, so this one ends")
	case <-ctx.Done():
		return nil
	}
}
