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
	// callTimeout bounds how long one call to a platform or the journal may take.
	callTimeout = 30 * time.Second
	// maxActiveWorkers is how many networks are delivered for at once; the others
	// wait, as after a standstill.
	maxActiveWorkers = 256
)

// Compose puts a duty into words. It is called while nobody changes the
// network, takes from it what it needs, and returns the rendering, which is
// called afterwards and may take its time over a picture.
type Compose func(n *benchmark.Network, d benchmark.Duty) (render func() (chat.Message, error))

// Courier delivers what networks owe: their duties. A worker a network does so,
// one duty after the other; what fails is tried again by the retry schedule. Only
// one courier at a time may work on a journal: who starts one holds the journal's
// lease. Safe for concurrent use.
type Courier struct {
	tables    *Tables
	platforms map[string]chat.Platform
	compose   Compose
	log       *slog.Logger
	retries   *retrySchedule
	slots     chan struct{} // a token in it for each active worker

	// outOfReach are seats that nothing goes to for now: an unreached by its channel.
	outOfReach sync.Map

	mu      sync.Mutex // guards what follows
	workers map[benchmark.NetworkID]*worker
	running sync.WaitGroup // the workers
}

// worker delivers for one network, in one goroutine. A network has at most one.
type worker struct {
	again bool // something has changed meanwhile: look once more before ending
	done  chan struct{}
	err   error // can be read once done is closed
}

// NewCourier returns a courier for the networks, over the platforms by the name
// of their connection.
func NewCourier(tables *Tables, platforms map[string]chat.Platform, compose Compose, log *slog.Logger) *Courier {
	return &Courier{
		tables: tables, platforms: platforms, compose: compose, log: log,
		retries: newRetrySchedule(tables.clock), slots: make(chan struct{}, maxActiveWorkers),
		workers: map[benchmark.NetworkID]*worker{},
	}
}

// DeliverDue starts to deliver, in the background, for every network that owes
// something at the instant now. The error is the journal's.
func (c *Courier) DeliverDue(ctx context.Context, now time.Time) error {
	due, _, err := c.tables.journal.Due(ctx, now)
	if err != nil {
		return fmt.Errorf("find due networks: %w", err)
	}
	for _, id := range due {
		if !c.retries.waiting(id) {
			c.Start(ctx, benchmark.NetworkID(id))
		}
	}
	return nil
}

// Start delivers, in the background, what the network owes now and what comes to
// be owed meanwhile. It returns at once; the end of the context ends the work,
// and after it nothing begins.
func (c *Courier) Start(ctx context.Context, id benchmark.NetworkID) { c.start(ctx, id) }

// Deliver does what the network owes now, one duty after the other, and returns
// when nothing is left that can be done now. What fails is left for a later time,
// and with it what would come after it in the same place. The error is one of the
// journal, or the context's.
func (c *Courier) Deliver(ctx context.Context, id benchmark.NetworkID) error {
	w := c.start(ctx, id)
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

// Wait returns once no worker is left. The contexts given to Start and Deliver
// must have ended.
func (c *Courier) Wait() { c.running.Wait() }

// start starts a worker, or has the one that is there look once more; nil when
// the context has ended.
func (c *Courier) start(ctx context.Context, id benchmark.NetworkID) *worker {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ctx.Err() != nil {
		return nil
	}
	if w := c.workers[id]; w != nil {
		w.again = true
		return w
	}
	w := &worker{done: make(chan struct{})}
	c.workers[id] = w
	c.running.Go(func() { c.work(ctx, id, w) })
	return w
}

// work is a worker's goroutine: it waits for a slot, and delivers until nothing
// is left.
func (c *Courier) work(ctx context.Context, id benchmark.NetworkID, w *worker) {
	defer close(w.done)
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
	}
	for {
		w.err = c.deliverAll(ctx, id)
		if ctx.Err() == nil {
			c.scheduleNetwork(string(id), w.err)
		}
		c.mu.Lock()
		if !w.again || w.err != nil || ctx.Err() != nil {
			delete(c.workers, id)
			c.mu.Unlock()
			return
		}
		w.again = false
		c.mu.Unlock()
	}
}

// scheduleNetwork leaves a network alone for a while whose journal failed: it
// would fail again every second.
func (c *Courier) scheduleNetwork(id string, err error) {
	switch {
	case err == nil: // it rests until something can be done
	case errors.Is(err, ErrNoNetwork): // it owes nothing
	default:
		after := c.retries.failed(id, err)
		c.log.Error("duties not discharged", "network", id, "after", after, "error", err)
	}
}

// deliverAll delivers until nothing is left that can be done now. The error is
// the journal's or the context's.
func (c *Courier) deliverAll(ctx context.Context, id benchmark.NetworkID) error {
	t, err := c.tables.upToDate(ctx, id)
	if err != nil {
		return err
	}
	blocked := map[string]bool{} // keys of deliveries, places and connections
	for ctx.Err() == nil {
		d, ok := c.next(t, blocked)
		if !ok {
			return t.recordNextDue(ctx)
		}
		switch err := c.deliver(ctx, t, d); {
		case ctx.Err() != nil:
		case err == nil:
			c.retries.succeeded(d.key)
			c.retries.succeeded(d.placeKey)
			c.retries.succeeded(d.connectionKey)
		case isJournal(err):
			return err
		default:
			if err := c.postpone(ctx, t, d, err, blocked); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// postpone leaves a delivery for later. What comes after it in its place waits
// too, unless it is this one alone that can't be put into words, or that the platform
// doesn't take: no waiting helps against that. A platform that does not answer at all is
// left alone until the next time, a place that is out of reach for longer, and so is a
// platform that does not let the bot in. The error is the journal's.
func (c *Courier) postpone(ctx context.Context, t *Table, d delivery, cause error, blocked map[string]bool) error {
	unreachable, is := errors.AsType[*chat.Unreachable](cause)
	key := d.key
	switch {
	case errors.Is(cause, errNotComposed), is && unreachable.Alone:
		blocked[d.key] = true
	case errors.Is(cause, context.DeadlineExceeded):
		blocked[d.connection] = true
	case isSignedOut(cause):
		key = d.holdKey(unreachable)
		blocked[d.connection] = true
	case is:
		key = d.holdKey(unreachable)
		blocked[d.place] = true
	default:
		blocked[d.place] = true
	}
	after := c.retries.failed(key, cause)
	level := slog.LevelWarn
	if errors.Is(cause, errPanicked) {
		level = slog.LevelError
	}
	c.log.Log(context.Background(), level, "duty put off", "duty_kind", string(d.duty.Kind), "network", string(t.id), "after", after, "error", cause)
	if !is || unreachable.Why == chat.Declined && c.retries.tries(key) < declinedTries {
		return nil
	}
	return c.hinder(ctx, t, d, unreachable)
}
