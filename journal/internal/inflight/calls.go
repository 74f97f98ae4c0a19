// Package inflight counts the calls into a store that are under way, so that
// closing the store refuses new calls and waits for those that have begun.
package inflight

import (
	"context"
	"sync"
)

// Calls are the calls into one store. Make one with [New]; it is safe for use by
// several goroutines at once.
type Calls struct {
	errClosed error

	mu      sync.Mutex
	closed  chan struct{}
	running sync.WaitGroup // grows only under mu while closed is open
}

// New returns Calls that take calls until [Calls.Close]. What begins after that
// gets errClosed.
func New(errClosed error) *Calls {
	return &Calls{errClosed: errClosed, closed: make(chan struct{})}
}

// Begin begins a call, and returns the context's error when that has ended, or
// the error given to [New] after [Calls.Close]. The caller that gets nil calls
// [Calls.End] once, when its call ends.
func (c *Calls) Begin(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.closed:
		return c.errClosed
	default:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.running.Add(1)
	return nil
}

// End ends a call.
func (c *Calls) End() { c.running.Done() }

// Close refuses all further calls, and reports whether it is the first to do so.
// It doesn't wait for the calls under way; [Calls.Wait] does.
func (c *Calls) Close() (first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.closed:
		return false
	default:
	}
	close(c.closed)
	return true
}

// Closed returns a channel that is closed by [Calls.Close].
func (c *Calls) Closed() <-chan struct{} { return c.closed }

// Wait waits for the calls under way. Call [Calls.Close] first.
func (c *Calls) Wait() { c.running.Wait() }
