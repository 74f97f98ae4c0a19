package adapter

import (
	"errors"
	"sync"

	"roundtable/chat"
)

// ErrRunning is returned by [Lifecycle.Start] while another Run is on.
var ErrRunning = errors.New("this connection is running already")

// Lifecycle lets one [Run] of a connection be on at a time. The zero value is
// ready to use. Safe for concurrent use.
type Lifecycle struct {
	mu      sync.Mutex
	current *Run
}

// Start begins a Run whose incoming things go to the handler. It returns
// [ErrRunning] until the one before has ended.
func (l *Lifecycle) Start(handle chat.Handler) (*Run, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current != nil {
		return nil, ErrRunning
	}
	l.current = &Run{Handle: handle, lifecycle: l}
	return l.current, nil
}

// Current returns the Run that is on, nil when none is. One that is ending counts
// as on, but takes no new work.
func (l *Lifecycle) Current() *Run {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}

// Hold returns the Run that is on and keeps it from ending, as [Run.Hold] does. ok is
// false when none is on, or it is ending.
func (l *Lifecycle) Hold() (run *Run, done func(), ok bool) {
	run = l.Current()
	done, ok = run.Hold()
	return run, done, ok
}

func (l *Lifecycle) ended() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = nil
}

// Run is the time between the beginning and the end of [chat.Platform]'s Run.
// Work that has begun within it is finished before it ends. Its methods may be
// called on a nil Run, which has ended. Safe for concurrent use.
type Run struct {
	// Handle is the handler of this Run.
	Handle chat.Handler

	lifecycle *Lifecycle
	mu        sync.Mutex
	over      bool
	work      sync.WaitGroup
}

// Go begins work in a goroutine that End waits for. It returns false, and does
// nothing, when the Run is ending or has ended.
func (r *Run) Go(work func()) bool {
	done, ok := r.Hold()
	if ok {
		go func() {
			defer done()
			work()
		}()
	}
	return ok
}

// Hold keeps the Run from ending until done is called, once or more often. ok is
// false, and done nil, when the Run is ending or has ended.
func (r *Run) Hold() (done func(), ok bool) {
	if r == nil {
		return nil, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return nil, false
	}
	r.work.Add(1)
	return sync.OnceFunc(r.work.Done), true
}

// Continue begins more work in a goroutine that End waits for. Only work that is
// itself part of the Run may call it: it is never refused, even while the Run is
// ending.
func (r *Run) Continue(work func()) { r.work.Go(work) }

// End refuses new work and returns when all that has begun is done. Then the next
// Run may start.
func (r *Run) End() {
	r.mu.Lock()
	r.over = true
	r.mu.Unlock()
	r.work.Wait()
	r.lifecycle.ended()
}
