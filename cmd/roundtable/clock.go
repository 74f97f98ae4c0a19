package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// adjustableClock stands still until it is set. Once it has been started it runs as
// the machine's does, from where it stands; it never goes back.
type adjustableClock struct {
	mu        sync.Mutex
	now       time.Time
	startedAt time.Time // when, by the machine's clock, it stood at now; zero: it stands still
	path      string    // where its distance from the machine's clock is saved; empty: nowhere
}

func (c *adjustableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.current()
}

func (c *adjustableClock) current() time.Time {
	if c.startedAt.IsZero() {
		return c.now
	}
	return c.now.Add(time.Since(c.startedAt))
}

// set moves the clock there; one that runs only forward.
func (c *adjustableClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.startedAt.IsZero() {
		if t.Before(c.current()) {
			return
		}
		c.startedAt = time.Now()
	}
	c.now = t
}

// start lets the clock run.
func (c *adjustableClock) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.startedAt = time.Now()
}

// openClock returns a running clock that is as far from the machine's as it was
// when it was saved at the path, and not before earliest. Without a path it is not
// saved.
func openClock(path string, earliest time.Time) (*adjustableClock, error) {
	c := &adjustableClock{now: time.Now(), path: path}
	if path != "" {
		text, err := os.ReadFile(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return nil, fmt.Errorf("open the clock: %w", err)
		default:
			ahead, err := time.ParseDuration(string(text))
			if err != nil || ahead < 0 {
				return nil, fmt.Errorf("open the clock: %s does not say how far it is ahead", path)
			}
			c.now = c.now.Add(ahead)
		}
	}
	if c.now.Before(earliest) {
		c.now = earliest
	}
	c.start()
	return c, nil
}

// save writes how far the clock is ahead to its path, all or nothing.
func (c *adjustableClock) save() error {
	if c.path == "" {
		return nil
	}
	ahead := max(0, time.Until(c.Now()).Round(time.Second))
	part, err := os.CreateTemp(filepath.Dir(c.path), filepath.Base(c.path)+".*")
	if err != nil {
		return fmt.Errorf("keep the clock: %w", err)
	}
	_, err = part.WriteString(ahead.String())
	if err := errors.Join(err, part.Close()); err != nil {
		return fmt.Errorf("keep the clock: %w", errors.Join(err, os.Remove(part.Name())))
	}
	if err := os.Rename(part.Name(), c.path); err != nil {
		return fmt.Errorf("keep the clock: %w", err)
	}
	return nil
}
