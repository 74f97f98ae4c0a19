package slack

import (
	"sync"
	"time"
)

// seenFor is how long an id is remembered, mostSeen how many are: more than come in
// the six minutes in which Slack repeats an event, at 250 a second. The journal
// knows older ones.
const (
	seenFor  = time.Hour
	mostSeen = 100_000
)

// seen knows what has come already, so that what Slack doubles is handled once,
// and acknowledged when the first is. Safe for concurrent use.
type seen struct {
	clock func() time.Time

	mu    sync.Mutex
	items map[string]*arrival
	order []string // of coming
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
	for len(s.order) > 0 && now.Sub(s.items[s.order[0]].at) > seenFor {
		s.forgetOldest()
	}
	if a, ok := s.items[id]; ok {
		return a, false
	}
	if len(s.order) >= mostSeen {
		s.forgetOldest()
	}
	s.order = append(s.order, id)
	a := &arrival{at: now, handled: make(chan struct{})}
	s.items[id] = a
	return a, true
}

func (s *seen) forgetOldest() {
	delete(s.items, s.order[0])
	s.order = s.order[1:]
}
