package adapter

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"roundtable/chat"
)

// Retry says how something that failed is tried again: after pauses that grow
// from First up to Longest, each spread by half of it, so that many who were cut
// off at once don't come back at once. A [chat.Later] in the error makes a pause
// at least as long as it says.
type Retry struct {
	// First and Longest bound the pauses.
	First, Longest time.Duration
	// Growth is by how much a pause is longer than the one before; 0 is 1.5.
	Growth float64
	// Exact pauses are not spread.
	Exact bool
	// Tries is how often something is tried at most, the first time included; 0 is
	// without end.
	Tries uint
	// Worth says whether trying again after this error makes sense; nil: always.
	Worth func(error) bool
	// Pause changes the pause that follows an error; nil: as it is.
	Pause func(err error, pause time.Duration) time.Duration
	// Notify is told of each error that is followed by another try, and of the pause
	// before that; nil: nobody is.
	Notify func(err error, pause time.Duration)
}

// Do calls try until it succeeds. It returns the last error when trying again is
// not worth it, when there have been enough tries, and when the context ends, or
// would end before the next try.
func (r Retry) Do(ctx context.Context, try func() error) error {
	return r.do(ctx, r.pauses(), try)
}

// Keep calls connect again and again until Do would return an error: for
// connections, which are to be there until the context ends. connect returns why
// the connection broke, or nil when another is wanted at once; it calls sound when
// the connection has proved to hold: then pauses begin anew.
func (r Retry) Keep(ctx context.Context, connect func(sound func()) error) {
	pauses := r.pauses()
	for ctx.Err() == nil {
		if r.do(ctx, pauses, func() error { return connect(pauses.Reset) }) != nil {
			return
		}
	}
}

func (r Retry) pauses() *backoff.ExponentialBackOff {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = r.First, r.Longest
	if r.Growth > 0 {
		pauses.Multiplier = r.Growth
	}
	if r.Exact {
		pauses.RandomizationFactor = 0
	}
	return pauses
}

func (r Retry) do(ctx context.Context, pauses backoff.BackOff, try func() error) error {
	var last error
	next := pausing(func() time.Duration {
		pause := pauses.NextBackOff()
		if later, ok := errors.AsType[*chat.Later](last); ok {
			pause = max(pause, later.After)
		}
		if r.Pause != nil {
			pause = r.Pause(last, pause)
		}
		if !Outlives(ctx, pause) {
			return backoff.Stop
		}
		return pause
	})
	options := []backoff.RetryOption{backoff.WithBackOff(next), backoff.WithMaxElapsedTime(0), backoff.WithMaxTries(r.Tries)}
	if r.Notify != nil {
		options = append(options, backoff.WithNotify(r.Notify))
	}
	_, _ = backoff.Retry(ctx, func() (struct{}, error) {
		last = try()
		if last != nil && r.Worth != nil && !r.Worth(last) {
			return struct{}{}, backoff.Permanent(last)
		}
		return struct{}{}, last
	}, options...) // its error may be the context's; the last one says more
	return last
}

// pausing is a [backoff.BackOff] that is not reset by what uses it.
type pausing func() time.Duration

// NextBackOff implements [backoff.BackOff].
func (p pausing) NextBackOff() time.Duration { return p() }

// Reset implements [backoff.BackOff].
func (p pausing) Reset() {}

// Outlives says whether the context, which has not ended, lives longer than d from
// now, as far as its deadline tells.
func Outlives(ctx context.Context, d time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && (!ok || deadline.Sub(now()) > d)
}

// Sleep waits for d; false when the context ended before.
func Sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// now is real time, whatever a connection's clock says: pauses and deadlines are in
// it.
func now() time.Time {
	return time.Now() //nolint:forbidigo // nothing that is kept depends on it
}
