package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"roundtable/config"
	"roundtable/journal"
	"roundtable/journal/redis"
	"roundtable/journal/sqlite"
)

// openJournal opens the store that the settings name.
func openJournal(ctx context.Context, j config.Journal) (journal.Journal, error) {
	switch j.Kind {
	case config.JournalSQLite:
		return sqlite.Open(j.Path)
	case config.JournalRedis:
		return redis.Open(ctx, j.URL.Reveal())
	}
	return nil, fmt.Errorf("open journal: unknown kind %q", j.Kind)
}

// openExistingJournal opens the store that the settings name, if it exists: for
// who needs what is in it, one that is missing is a name mistyped, and none is made.
func openExistingJournal(ctx context.Context, j config.Journal) (journal.Journal, error) {
	if j.Kind == config.JournalSQLite {
		if _, err := os.Stat(j.Path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no journal %s: check the address (--journal, ROUNDTABLE_JOURNAL or the settings file); the bot makes one when it first runs", j.Path)
		}
	}
	return openJournal(ctx, j)
}

// openExistingJournal reads the settings and opens the journal that they name, if it exists.
func (e *env) openExistingJournal() (*config.Config, journal.Journal, error) {
	c, err := e.settings(config.Overrides{})
	if err != nil {
		return nil, nil, err
	}
	j, err := openExistingJournal(e.ctx, c.Journal)
	return c, j, err
}

// How long [lockJournal] waits. A file's lease ends with the process that held it; one
// in Redis may outlive it.
const (
	fileLeaseTimeout  = 3 * time.Second
	redisLeaseTimeout = journal.LeaseFor + 5*time.Second
)

// lockJournal makes sure that no other process serves the journal: two would post
// everything twice. It waits a while for a process that is just ending.
func lockJournal(ctx context.Context, j journal.Journal, where config.Journal) (*journal.Lease, error) {
	timeout := fileLeaseTimeout
	if where.Kind == config.JournalRedis {
		timeout = redisLeaseTimeout
	}
	waiting, cancel := context.WithTimeout(ctx, timeout)
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

// watchLease returns when the context ends, or with an error when another process
// has taken the lease.
func watchLease(ctx context.Context, lease *journal.Lease) error {
	select {
	case <-lease.Lost():
		return errors.New("another process has taken over the journal while this one could not reach it, so this one ends")
	case <-ctx.Done():
		return nil
	}
}
