package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// Bounds of the courier's work.
const (
	// callTimeout bounds how long one message may take.
	callTimeout = 30 * time.Second
	// mostAtOnce is how many networks are attended to at once; the others wait,
	// as after a standstill.
	mostAtOnce = 256
)

// Compose puts a duty into words. It is called while nobody changes the
// network, takes from it what it needs, and returns the rendering, which is
// called afterwards and may take its time over a picture.
type Compose func(n *benchmark.Network, d benchmark.Duty) (render func() (chat.Message, error))

// Courier discharges what networks owe. Only one courier at a time may work on
// a journal: who starts one holds the journal's lease. Safe for concurrent use.
type Courier struct {
	tables    *Tables
	platforms map[string]chat.Platform
	compose   Compose
	log       *slog.Logger
	patience  *patience
	slots     chan struct{}

	mu      sync.Mutex
	walks   sync.WaitGroup
	working map[benchmark.NetworkID]*walk
}

// walk is one network being attended to, by one goroutine at a time.
type walk struct {
	again bool // something has changed meanwhile
	done  chan struct{}
	err   error // once done
}

// NewCourier returns a courier for the networks, over the platforms by the name
// of their connection.
func NewCourier(tables *Tables, platforms map[string]chat.Platform, compose Compose, log *slog.Logger) *Courier {
	return &Courier{
		tables: tables, platforms: platforms, compose: compose, log: log,
		patience: newPatience(tables.clock), slots: make(chan struct{}, mostAtOnce),
		working: map[benchmark.NetworkID]*walk{},
	}
}

// Wake attends to every network that owes something now.
func (c *Courier) Wake(ctx context.Context, now time.Time) error {
	due, _, err := c.tables.journal.Due(ctx, now)
	if err != nil {
		return fmt.Errorf("wake: %w", err)
	}
	for _, id := range due {
		if waits, _ := c.patience.waits(id); !waits {
			c.Attend(ctx, benchmark.NetworkID(id))
		}
	}
	return nil
}

// Attend discharges, in the background, what the network owes now and what
// comes to be owed meanwhile. It returns at once; the end of the context ends
// the work, and after it nothing begins.
func (c *Courier) Attend(ctx context.Context, id benchmark.NetworkID) { c.attend(ctx, id) }

// Discharge does what the network owes now, one thing after the other, and
// returns when nothing is left that can be done now. What fails is left for a
// later time, and with it what would come after it in the same place. The error
// is one of the journal, or the context's.
func (c *Courier) Discharge(ctx context.Context, id benchmark.NetworkID) error {
	w := c.attend(ctx, id)
	if w == nil {
		return ctx.Err()
	}
	select {
	case <-w.done:
		return w.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Wait returns once nothing is being attended to. The contexts given to Attend
// and Discharge must have ended.
func (c *Courier) Wait() { c.walks.Wait() }

// attend begins a walk, or has the one that is under way go round again; nil
// when the context has ended.
func (c *Courier) attend(ctx context.Context, id benchmark.NetworkID) *walk {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ctx.Err() != nil {
		return nil
	}
	if w := c.working[id]; w != nil {
		w.again = true
		return w
	}
	w := &walk{done: make(chan struct{})}
	c.working[id] = w
	c.walks.Go(func() { c.walk(ctx, id, w) })
	return w
}

func (c *Courier) walk(ctx context.Context, id benchmark.NetworkID, w *walk) {
	defer close(w.done)
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
	}
	for {
		w.err = c.discharge(ctx, id)
		if ctx.Err() == nil {
			c.judge(string(id), w.err)
		}
		c.mu.Lock()
		if !w.again || w.err != nil || ctx.Err() != nil {
			delete(c.working, id)
			c.mu.Unlock()
			return
		}
		w.again = false
		c.mu.Unlock()
	}
}

// judge leaves a network alone for a while whose journal fails: it would fail
// again every second.
func (c *Courier) judge(id string, err error) {
	switch {
	case err == nil:
		c.patience.forget(id)
	case errors.Is(err, ErrNoNetwork): // it owes nothing
	default:
		after := c.patience.putOff(id, err)
		c.log.Error("duties not discharged", "network", id, "after", after, "error", err)
	}
}

func (c *Courier) discharge(ctx context.Context, id benchmark.NetworkID) error {
	t, err := c.tables.upToDate(ctx, id)
	if err != nil {
		return err
	}
	stuck := map[string]bool{} // duties, places and connections
	for ctx.Err() == nil {
		e, ok := c.next(t, stuck)
		if !ok {
			return t.rest(ctx)
		}
		switch err := c.do(ctx, t, e); {
		case ctx.Err() != nil:
		case err == nil:
			c.patience.forget(e.key)
		case isJournal(err):
			return err
		default:
			c.putOff(t, e, err, stuck)
		}
	}
	return ctx.Err()
}

// putOff leaves a duty for later. What comes after it in its place waits too,
// unless it can't be put into words: no waiting helps against that. A platform
// that does not answer at all is left alone until the next time.
func (c *Courier) putOff(t *Table, e errand, cause error, stuck map[string]bool) {
	switch {
	case errors.Is(cause, errWordless):
		stuck[e.key] = true
	case errors.Is(cause, context.DeadlineExceeded):
		stuck[e.connection] = true
	default:
		stuck[e.place] = true
	}
	after := c.patience.putOff(e.key, cause)
	c.log.Warn("duty put off", "duty_kind", string(e.duty.Kind), "network", string(t.id), "after", after, "error", cause)
}
