package slack

import (
	"context"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	// lookBack is how far back missed messages are looked for when the program
	// starts, and at most.
	lookBack = 24 * time.Hour
	// overlap is looked at again, so that nothing falls between.
	overlap = 2 * time.Minute
	// gapAfter is how long no socket may be open before messages are looked up:
	// for as long Slack delivers again.
	gapAfter = time.Minute
	// stale is how old a message may be that is still answered when the program
	// starts: it may have been answered before the program ended.
	stale = 10 * time.Minute
)

// gap is a time in which Slack was not heard. A zero begun is the program's start.
type gap struct{ begun time.Time }

// since is where looking begins.
func (g gap) since(now time.Time) time.Time {
	oldest := now.Add(-lookBack)
	if from := g.begun.Add(-overlap); from.After(oldest) {
		return from
	}
	return oldest
}

// answered is the time from which what was missed is answered.
func (g gap) answered(now time.Time) time.Time {
	if g.begun.IsZero() {
		return now.Add(-stale)
	}
	return g.since(now) // what was heard in this process is known to it
}

// hearing notices gaps, and whether the app is told of what is said in channels at
// all: one that was made without is not to look it up either. Safe for concurrent
// use.
type hearing struct {
	missed chan gap      // one at most: a longer one that waits holds the others
	told   chan struct{} // closed when something said in a channel has come
	once   sync.Once

	mu      sync.Mutex
	sockets int
	begun   bool
	silent  time.Time // since when no socket is open
}

func newHearing() *hearing { return &hearing{missed: make(chan gap, 1), told: make(chan struct{})} }

// miss has a gap looked into.
func (h *hearing) miss(g gap) {
	select {
	case h.missed <- g:
	default:
	}
}

// opened is called when a socket opens, closed when it closes.
func (h *hearing) opened(now time.Time, after time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sockets++
	switch {
	case !h.begun:
		h.begun = true
		h.miss(gap{})
	case h.sockets == 1 && now.Sub(h.silent) > after:
		h.miss(gap{begun: h.silent})
	}
}

func (h *hearing) closed(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sockets--; h.sockets == 0 {
		h.silent = now
	}
}

// hears notes that something said in a channel has come.
func (h *hearing) hears() { h.once.Do(func() { close(h.told) }) }

// isTold says whether anything has.
func (h *hearing) isTold() bool {
	select {
	case <-h.told:
		return true
	default:
		return false
	}
}

// keepUp takes up what was missed: at the start, and whenever no socket has been
// open for long. Over HTTP it isn't known whether Slack gets through.
func (p *Platform) keepUp(ctx context.Context, s *shift) {
	if p.options.AppToken == "" {
		p.hearing.miss(gap{})
	}
	for {
		select {
		case <-ctx.Done():
			return
		case g := <-p.hearing.missed:
			p.takeUp(ctx, s, g)
		}
	}
}

// takeUp tries until it has been done.
func (p *Platform) takeUp(ctx context.Context, s *shift, g gap) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = p.rates.scaled(firstRetry), p.rates.scaled(longestRetry)
	now := p.clock()
	for ctx.Err() == nil {
		err := p.catchUp(ctx, s, g, now)
		if err == nil || ctx.Err() != nil {
			return
		}
		pause := pauses.NextBackOff()
		p.log.Warn("what was missed could not be looked up; it is tried again", "after", pause, "error", err)
		if !wait(ctx, pause) {
			return
		}
	}
}

// wait returns false when the context ended before.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
