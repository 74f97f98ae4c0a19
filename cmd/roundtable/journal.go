package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"roundtable/benchmark"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/journal/erasures"
	"roundtable/journal/redis"
	"roundtable/journal/sqlite"
)

// openStore opens the store at the address.
func openStore(ctx context.Context, j config.Journal) (journal.Journal, error) {
	switch j.Kind {
	case config.JournalSQLite:
		return sqlite.Open(j.Path)
	case config.JournalRedis:
		return redis.Open(ctx, j.URL.Reveal())
	}
	return nil, fmt.Errorf("open journal: unknown kind %q", j.Kind)
}

// openJournal opens the store that the settings name, and erases what is on the list
// of erasures and has come back with a backup. What the store warns of is logged.
func (e *env) openJournal(c *config.Config) (journal.Journal, error) {
	j, warnings, err := e.openKept(c)
	for _, w := range warnings {
		e.log.Warn("the journal", "warning", w)
	}
	return j, err
}

// openToServe is openJournal for who will serve the journal: one of an earlier layout is
// upgraded, unless somebody serves it.
func (e *env) openToServe(c *config.Config) (journal.Journal, error) {
	j, err := e.openJournal(c)
	if !errors.Is(err, journal.ErrOlder) {
		return j, err
	}
	entries, err := upgradeStore(e.ctx, c.Journal)
	if err != nil {
		return nil, err
	}
	e.log.Info("the journal was of an earlier layout: its entries have checksums now", "entries", entries)
	return e.openJournal(c)
}

// upgradeStore upgrades the store at the address, under the lease of who serves it. Only
// waiting for that is bounded in time: once it is held, nothing else can be waited for.
func upgradeStore(ctx context.Context, j config.Journal) (entries int, err error) {
	if j.Kind == config.JournalRedis {
		entries, err = redis.Upgrade(ctx, j.URL.Reveal(), courierLease, leaseTimeout(j))
	} else {
		entries, err = sqlite.Upgrade(ctx, j.Path, courierLease, leaseTimeout(j))
	}
	if errors.Is(err, journal.ErrHeld) {
		return 0, fmt.Errorf("the journal %s is of an earlier layout, and another process serves it: make a backup and stop that process first", j)
	}
	return entries, err
}

// openKept is openJournal, with what the store warns of.
func (e *env) openKept(c *config.Config) (_ journal.Journal, warnings []string, err error) {
	store, err := openStore(e.ctx, c.Journal)
	if err != nil {
		return nil, nil, err
	}
	if w, ok := store.(interface {
		Warnings(context.Context) []string
	}); ok {
		warnings = w.Warnings(e.ctx)
	}
	list, err := openErasures(e.ctx, c, store)
	if err != nil {
		return nil, warnings, errors.Join(err, store.Close())
	}
	o := erasures.Options{Clock: time.Now, Replaceable: benchmark.IdentityKind, Replaces: func(later, earlier journal.Entry) bool {
		return benchmark.ReplacesIdentity(recordOf(later), recordOf(earlier))
	}}
	if c.BackupsKept != nil {
		kept := time.Duration(*c.BackupsKept) * 24 * time.Hour
		o.Backups = &kept
	}
	kept, again, err := list.Keep(e.ctx, store, o)
	if kept == nil {
		return nil, warnings, errors.Join(err, store.Close())
	}
	if again > 0 {
		e.log.Warn("entries that are listed as erased still had their content, and were erased again: a backup was restored, or an erasure was cut short", "entries", again, "list", list.Path())
	}
	if err != nil {
		e.log.Error("not all of what had been erased could be looked for", "error", err)
	}
	return kept, warnings, nil
}

// warnOfList logs that the list of erasures can't be written: else the first who has
// something erased would find out, months later.
func (e *env) warnOfList(c *config.Config, j journal.Journal) {
	list, err := openErasures(e.ctx, c, j)
	if err == nil {
		err = list.Writable()
	}
	if err != nil {
		e.log.Error("the list of what was erased can't be written, so that nothing can be erased: give another folder with erased_list", "folder", erasedFolder(c), "error", err)
	}
}

// openErasures opens the list of what was erased from the store.
func openErasures(ctx context.Context, c *config.Config, j journal.Journal) (*erasures.List, error) {
	secret, err := j.Secret(ctx)
	if err != nil {
		return nil, err
	}
	return erasures.Open(erasedFolder(c), secret)
}

// erasedFolder returns the folder of the list of erasures: that of the settings, or the
// user's for what programs remember, or where there is none the journal's own, which
// check warns of.
func erasedFolder(c *config.Config) string {
	state, home := os.Getenv("XDG_STATE_HOME"), os.Getenv("HOME")
	switch {
	case c.ErasedList != "":
		return c.ErasedList
	case filepath.IsAbs(state):
		return filepath.Join(state, "roundtable")
	case home != "":
		return filepath.Join(home, ".local", "state", "roundtable")
	}
	if config, err := os.UserConfigDir(); err == nil {
		return filepath.Join(config, "roundtable")
	}
	return filepath.Dir(c.Journal.Path)
}

// openExistingJournal reads the settings and opens the journal that they name, if it
// exists: for who needs what is in it, one that is missing is a name mistyped, and none
// is made.
func (e *env) openExistingJournal() (*config.Config, journal.Journal, error) {
	c, err := e.load(config.Options{JournalOnly: true})
	if err != nil {
		return nil, nil, err
	}
	if c.Journal.Kind == config.JournalSQLite {
		exists, err := sqlite.Exists(c.Journal.Path)
		if err != nil {
			return nil, nil, err
		}
		if !exists {
			return nil, nil, fmt.Errorf("there is no journal %s: check the address (--journal, ROUNDTABLE_JOURNAL or the settings file); the bot makes one when it first runs", c.Journal.Path)
		}
	}
	j, err := e.openJournal(c)
	return c, j, err
}

// How long [lockJournal] waits. A file's lease ends with the process that held it; one
// in Redis may outlive it.
const (
	fileLeaseTimeout  = 3 * time.Second
	redisLeaseTimeout = journal.LeaseFor + 5*time.Second
)

// courierLease is the lease of who serves a journal.
const courierLease = "courier"

func leaseTimeout(where config.Journal) time.Duration {
	if where.Kind == config.JournalRedis {
		return redisLeaseTimeout
	}
	return fileLeaseTimeout
}

// lockJournal makes sure that no other process serves the journal: two would post
// everything twice. It waits a while for a process that is just ending.
func lockJournal(ctx context.Context, j journal.Journal, where config.Journal) (*journal.Lease, error) {
	waiting, cancel := context.WithTimeout(ctx, leaseTimeout(where))
	defer cancel()
	lease, err := j.Lease(waiting, courierLease)
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

// recordOf is an entry as the domain reads it.
func recordOf(e journal.Entry) benchmark.Record {
	return benchmark.Record{Seq: e.Seq, At: e.At, Kind: e.Kind, Version: e.Version, Data: e.Data}
}
