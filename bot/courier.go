package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"roundtable/benchmark"
)

// callTimeout bounds one call to a platform.
const callTimeout = 30 * time.Second

// Compose puts a duty into words. It is called while nobody changes the
// network, takes from it what it needs, and returns the rendering, which is
// called afterwards and may take its time over a picture.
type Compose func(n *benchmark.Network, d benchmark.Duty) (render func() (Message, error))

// Courier discharges what networks owe. Safe for concurrent use.
type Courier struct {
	tables    *Tables
	platforms map[string]Platform
	compose   Compose
	log       *slog.Logger

	mu      sync.Mutex
	rounds  sync.WaitGroup
	working map[benchmark.NetworkID]*walk
	waits   map[string]*wait // by network and duty key
}

// walk is one network being attended to; again says that something has changed
// meanwhile.
type walk struct{ again bool }

// wait is a duty that failed and is tried again later.
type wait struct {
	until time.Time
	pause *backoff.ExponentialBackOff
}

// NewCourier returns a courier for the networks, over the platforms by the name
// of their connection.
func NewCourier(tables *Tables, platforms map[string]Platform, compose Compose, log *slog.Logger) *Courier {
	return &Courier{
		tables: tables, platforms: platforms, compose: compose, log: log,
		working: map[benchmark.NetworkID]*walk{}, waits: map[string]*wait{},
	}
}

// Wake attends to every network that owes something now.
func (c *Courier) Wake(ctx context.Context, now time.Time) error {
	due, _, err := c.tables.journal.Due(ctx, now)
	if err != nil {
		return fmt.Errorf("wake: %w", err)
	}
	for _, id := range due {
		c.Attend(ctx, benchmark.NetworkID(id))
	}
	return nil
}

// Attend discharges, in the background, what the network owes now and what
// comes to be owed meanwhile. The context ends it.
func (c *Courier) Attend(ctx context.Context, id benchmark.NetworkID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.working[id]; w != nil {
		w.again = true
		return
	}
	w := &walk{}
	c.working[id] = w
	c.rounds.Go(func() { c.walk(ctx, id, w) })
}

// Wait returns once nothing is being attended to.
func (c *Courier) Wait() { c.rounds.Wait() }

func (c *Courier) walk(ctx context.Context, id benchmark.NetworkID, w *walk) {
	for {
		err := c.Discharge(ctx, id)
		if err != nil && ctx.Err() == nil {
			c.log.Error("duties not discharged", "network", string(id), "error", err)
		}
		c.mu.Lock()
		if !w.again || err != nil || ctx.Err() != nil {
			delete(c.working, id)
			c.mu.Unlock()
			return
		}
		w.again = false
		c.mu.Unlock()
	}
}

// Discharge does what the network owes now, one thing after the other, and
// returns when nothing is left that can be done now. What fails is left for a
// later time, and with it what would come after it in the same place. The error
// is one of the journal.
func (c *Courier) Discharge(ctx context.Context, id benchmark.NetworkID) error {
	t, err := c.tables.Table(ctx, id)
	if err != nil {
		return err
	}
	if err := t.CatchUp(ctx); err != nil {
		return err
	}
	stuck := map[string]bool{}
	for {
		d, ok := c.next(t, stuck)
		if !ok {
			return ctx.Err()
		}
		err := c.do(ctx, t, d)
		if err := ctx.Err(); err != nil {
			return err
		}
		if isJournal(err) {
			return err
		}
		if err != nil {
			c.later(t, d, err)
			stuck[place(d)] = true
			continue
		}
		c.mu.Lock()
		delete(c.waits, waitKey(t, d))
		c.mu.Unlock()
	}
}

// next returns the first duty that can be done now.
func (c *Courier) next(t *Table, stuck map[string]bool) (next benchmark.Duty, ok bool) {
	now := c.tables.clock()
	t.Read(func(n *benchmark.Network) {
		c.mu.Lock()
		defer c.mu.Unlock()
		held := map[string]bool{}
		for _, d := range n.Duties(now, c.tables.working(n.Settings.Holidays)) {
			if d.NotBefore.After(now) {
				return
			}
			if w := c.waits[waitKey(t, d)]; w != nil && now.Before(w.until) {
				held[place(d)] = true
			}
			if !stuck[place(d)] && !held[place(d)] && c.reaches(n, d) {
				next, ok = d, true
				return
			}
		}
	})
	return next, ok
}

// reaches says whether the duty's connection is up at all.
func (c *Courier) reaches(n *benchmark.Network, d benchmark.Duty) bool {
	switch d.Kind {
	case benchmark.CloseDuty, benchmark.PublishDuty:
		return true
	}
	_, ok := c.platforms[connectionOf(n, d)]
	return ok
}

func connectionOf(n *benchmark.Network, d benchmark.Duty) string {
	if d.Seat != "" {
		s, _ := n.Seat(d.Seat)
		return s.Connection
	}
	p, _ := n.Participant(d.Participant)
	return p.Address.Connection
}

// place is where a duty is seen: order is kept there.
func place(d benchmark.Duty) string {
	return string(d.Seat) + "/" + string(d.Participant)
}

func waitKey(t *Table, d benchmark.Duty) string { return string(t.id) + "/" + d.Key }

// later notes when to try again: when the platform said so, or after a pause
// that grows from one second to ten minutes.
func (c *Courier) later(t *Table, d benchmark.Duty, cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := c.waits[waitKey(t, d)]
	if w == nil {
		pause := backoff.NewExponentialBackOff()
		pause.InitialInterval, pause.MaxInterval = time.Second, 10*time.Minute
		w = &wait{pause: pause}
		c.waits[waitKey(t, d)] = w
	}
	after := w.pause.NextBackOff()
	var told *Later
	if errors.As(cause, &told) {
		after = told.After
	}
	w.until = c.tables.clock().Add(after)
	c.log.Warn("duty put off", "duty_kind", string(d.Kind), "network", string(t.id), "after", after, "error", cause)
}

// isJournal says whether the error is the journal's, so that going on is no
// use.
func isJournal(err error) bool {
	var j *journalError
	return errors.As(err, &j)
}

type journalError struct{ err error }

func (j *journalError) Error() string { return "journal: " + j.err.Error() }
func (j *journalError) Unwrap() error { return j.err }
