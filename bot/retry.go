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
	// Where somebody has to do something first, it takes them longer. A pause is up to
	// half as long again: an hour at most.
	firstLook   = time.Minute
	longestLook = 40 * time.Minute
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
	// tries is how often somebody had to do something first, and passing and looking are
	// the pauses where it may pass by itself and where it doesn't: what fails for one reason
	// and then for another has not got better.
	tries            int
	passing, looking *backoff.ExponentialBackOff
	hurried          time.Time // when it was tried before its time; zero: never
}

// newRetry is what has not failed yet.
func newRetry() *retry {
	r := &retry{passing: backoff.NewExponentialBackOff(), looking: backoff.NewExponentialBackOff()}
	r.passing.InitialInterval, r.passing.MaxInterval = firstPause, longestPause
	r.looking.InitialInterval, r.looking.MaxInterval = firstLook, longestLook
	return r
}

func newRetrySchedule(clock func() time.Time) *retrySchedule {
	return &retrySchedule{clock: clock, pending: map[string]*retry{}}
}

// waitsUntil says when to try again, zero when that may be now, and whether what comes
// after it in its place has to wait for it.
func (s *retrySchedule) waitsUntil(key string) (until time.Time, holdsPlace bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.pending[key]
	if r == nil || !s.clock().Before(r.at) {
		return time.Time{}, false
	}
	return r.at, r.holdsPlace
}

// waiting says whether it is too early to try again.
func (s *retrySchedule) waiting(key string) bool {
	until, _ := s.waitsUntil(key)
	return !until.IsZero()
}

// rest has a network left alone until something that it owes can be tried again; zero
// is not at all.
func (s *retrySchedule) rest(network string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, network)
	if !until.IsZero() {
		s.pending[network] = newRetry()
		s.pending[network].at = until
	}
}

// failed schedules the next attempt and returns the time until then.
func (s *retrySchedule) failed(key string, cause error) (after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	// What could have been tried for long and wasn't is no longer owed.
	maps.DeleteFunc(s.pending, func(_ string, r *retry) bool { return now.Sub(r.at) > longestPause })
	unreachable, looks := errors.AsType[*chat.Unreachable](cause)
	r := s.pending[key]
	if r == nil {
		r = newRetry()
		s.pending[key] = r
	}
	if looks {
		r.tries++
		after = r.looking.NextBackOff()
	} else {
		after = r.passing.NextBackOff()
	}
	if later, ok := errors.AsType[*chat.Later](cause); ok {
		after = later.After
	}
	r.at, r.holdsPlace = now.Add(after), !errors.Is(cause, errNotComposed) && (!looks || !unreachable.Alone)
	return after
}

// tries is how often something has failed for which somebody has to do something.
func (s *retrySchedule) tries(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.pending[key]; r != nil {
		return r.tries
	}
	return 0
}

// hurry has something that waits tried now, with the pauses that it has had, unless that
// was so within least; then it returns false.
func (s *retrySchedule) hurry(key string, least time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, now := s.pending[key], s.clock()
	switch {
	case r == nil:
		return true
	case !r.hurried.IsZero() && now.Sub(r.hurried) < least:
		return false
	}
	r.at, r.hurried = now, now
	return true
}

// succeeded ends the attempts.
func (s *retrySchedule) succeeded(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, key)
}
