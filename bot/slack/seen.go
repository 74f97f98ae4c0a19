package slack

import (
	"sync"
	"time"
)

// seenFor is how long an id is remembered. Slack repeats an event after seconds,
// a minute and five minutes; the journal knows older ones.
const seenFor = time.Hour

// seen knows what has come already, so that what Slack doubles is handled once,
// and acknowledged when the first is. Safe for concurrent use.
type seen struct {
	clock func() time.Time

	mu    sync.Mutex
	items map[string]*arrival
	swept time.Time
}

// arrival is one thing that came.
type arrival struct {
	at      time.Time
	handled chan struct{} // closed when the handler has returned
}

func newSeen(clock func() time.Time) *seen {
	return &seen{clock: clock, items: map[string]*arrival{}}
}

// first returns the arrival of that id, and whether it is new.
func (s *seen) first(id string) (*arrival, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	if now.Sub(s.swept) > seenFor/4 {
		s.swept = now
		for id, a := range s.items {
			if now.Sub(a.at) > seenFor {
				delete(s.items, id)
			}
		}
	}
	if a, ok := s.items[id]; ok {
		return a, false
	}
	a := &arrival{at: now, handled: make(chan struct{})}
	s.items[id] = a
	return a, true
}
