package mattermost

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// reason is why a request was refused.
type reason int

const (
	unreadable reason = iota
	badToken
	forged
	othersOwn
	elsewhereUsed
	expired
	used
	reasons // how many there are
)

func (r reason) String() string {
	return [...]string{
		"unreadable", "wrong command token", "forged", "another person's", "used on another post or channel", "expired", "used already",
	}[r]
}

func reasonOf(err error) reason {
	switch {
	case errors.Is(err, errElsewhere):
		return elsewhereUsed
	case errors.Is(err, errOther):
		return othersOwn
	case errors.Is(err, errExpired):
		return expired
	case errors.Is(err, errUsed):
		return used
	}
	return forged
}

// refusals counts what was refused, by reason. Safe for concurrent use.
type refusals [reasons]atomic.Int64

// count counts one; it is always true.
func (r *refusals) count(why reason) bool {
	r[why].Add(1)
	return true
}

func (r *refusals) of(why reason) int64 { return r[why].Load() }

func (r *refusals) total() (n int64) {
	for i := range r {
		n += r[i].Load()
	}
	return n
}

// logEvery is how often refused requests are logged.
const logEvery = time.Minute

// quiet keeps the log from being flooded.
type quiet struct {
	mu    sync.Mutex
	until time.Time
}

// lapsed says whether it is time to speak again, and keeps quiet from then on.
func (q *quiet) lapsed(now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now.Before(q.until) {
		return false
	}
	q.until = now.Add(logEvery)
	return true
}
