package bot

import (
	"errors"
	"maps"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"roundtable/chat"
)

// The pauses between tries of what fails, unless the platform says when: each
// about one and a half times the one before.
const (
	firstPause   = time.Second
	longestPause = 10 * time.Minute
)

// patience remembers what failed and when to try it again. It is forgotten when
// the program ends: then everything is tried at once. Safe for concurrent use.
type patience struct {
	clock func() time.Time

	mu    sync.Mutex
	tries map[string]*wait
}

type wait struct {
	until    time.Time
	wordless bool
	pause    *backoff.ExponentialBackOff
}

func newPatience(clock func() time.Time) *patience {
	return &patience{clock: clock, tries: map[string]*wait{}}
}

// waits says whether it is too early to try again, and whether it keeps others
// of its place waiting.
func (p *patience) waits(key string) (waits, blocks bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.tries[key]
	if w == nil || !p.clock().Before(w.until) {
		return false, false
	}
	return true, !w.wordless
}

// putOff notes that it failed and returns for how long it is left.
func (p *patience) putOff(key string, cause error) (after time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	// What has been due for long without being tried isn't owed any more.
	maps.DeleteFunc(p.tries, func(_ string, w *wait) bool { return now.Sub(w.until) > longestPause })
	w := p.tries[key]
	if w == nil {
		pause := backoff.NewExponentialBackOff()
		pause.InitialInterval, pause.MaxInterval = firstPause, longestPause
		w = &wait{pause: pause}
		p.tries[key] = w
	}
	after = w.pause.NextBackOff()
	if told, ok := errors.AsType[*chat.Later](cause); ok {
		after = told.After
	}
	w.until, w.wordless = now.Add(after), errors.Is(cause, errWordless)
	return after
}

// forget is called when it has succeeded.
func (p *patience) forget(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.tries, key)
}
