package bot

import (
	"errors"
	"maps"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"roundtable/chat"
)

// The pauses between attempts at what fails, unless the platform says when: each
// about one and a half times the one before.
const (
	firstPause   = time.Second
	longestPause = 10 * time.Minute
)

// retrySchedule knows what failed and when to try it again, by a key. It is in
// memory only: after a restart everything is tried at once. Safe for concurrent
// use.
type retrySchedule struct {
	clock func() time.Time

	mu      sync.Mutex
	pending map[string]*retry
}

// retry is the next attempt at something that failed.
type retry struct {
	at         time.Time
	holdsPlace bool // what comes after it in its place waits for it
	pauses     *backoff.ExponentialBackOff
}

func newRetrySchedule(clock func() time.Time) *retrySchedule {
	return &retrySchedule{clock: clock, pending: map[string]*retry{}}
}

// waiting says whether it is too early to try again, and whether what comes
// after it in its place has to wait for it.
func (s *retrySchedule) waiting(key string) (waiting, holdsPlace bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.pending[key]
	if r == nil || !s.clock().Before(r.at) {
		return false, false
	}
	return true, r.holdsPlace
}

// failed schedules the next attempt and returns the time until then.
func (s *retrySchedule) failed(key string, cause error) (after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	// What could have been tried for long and wasn't is no longer owed.
	maps.DeleteFunc(s.pending, func(_ string, r *retry) bool { return now.Sub(r.at) > longestPause })
	r := s.pending[key]
	if r == nil {
		pauses := backoff.NewExponentialBackOff()
		pauses.InitialInterval, pauses.MaxInterval = firstPause, longestPause
		r = &retry{pauses: pauses}
		s.pending[key] = r
	}
	after = r.pauses.NextBackOff()
	if later, ok := errors.AsType[*chat.Later](cause); ok {
		after = later.After
	}
	r.at, r.holdsPlace = now.Add(after), !errors.Is(cause, errNotComposed)
	return after
}

// succeeded ends the attempts.
func (s *retrySchedule) succeeded(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, key)
}
