// Package door lets calls into a store until it is closed, and has closing wait for
// those that are inside.
package door

import (
	"context"
	"sync"
)

// Door is open when it is made with [New].
type Door struct {
	shut error

	mu     sync.Mutex
	closed chan struct{}
	inside sync.WaitGroup // grows only under mu while closed is open
}

// New returns an open door; shut is the error of those who come too late.
func New(shut error) *Door { return &Door{shut: shut, closed: make(chan struct{})} }

// Enter begins a call, unless the context has ended or the door is closed. Whoever
// gets nil calls [Door.Leave] when the call ends.
func (d *Door) Enter(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.closed:
		return d.shut
	default:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	d.inside.Add(1)
	return nil
}

// Leave ends a call.
func (d *Door) Leave() { d.inside.Done() }

// Close lets nobody in any more, and says whether the door was open until now.
// Those who are inside are waited for with [Door.Wait].
func (d *Door) Close() (first bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.closed:
		return false
	default:
	}
	close(d.closed)
	return true
}

// Closed is closed when the door is.
func (d *Door) Closed() <-chan struct{} { return d.closed }

// Wait returns once everybody has left. The door is closed before.
func (d *Door) Wait() { d.inside.Wait() }
