package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// handClock stands still until it is moved. Once it has been let go it runs as
// the world's does, from where it stands; it never goes back.
type handClock struct {
	mu   sync.Mutex
	now  time.Time
	from time.Time // when, in the world's time, it stood at now; zero: it stands still
	path string    // where its distance from the world's time is kept; empty: nowhere
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at()
}

func (c *handClock) at() time.Time {
	if c.from.IsZero() {
		return c.now
	}
	return c.now.Add(time.Since(c.from))
}

// set moves the clock there; one that runs only forward.
func (c *handClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.from.IsZero() {
		if t.Before(c.at()) {
			return
		}
		c.from = time.Now()
	}
	c.now = t
}

// run lets the clock go.
func (c *handClock) run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from = time.Now()
}

// openClock returns a running clock that is as far from the world's time as it
// was when it was kept there, and not before earliest. Without a path it is
// not kept.
func openClock(path string, earliest time.Time) (*handClock, error) {
	c := &handClock{now: time.Now(), path: path}
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
	c.run()
	return c, nil
}

// keep writes down how far the clock is ahead: whole, or as it was.
func (c *handClock) keep() error {
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
