package commands

import (
	"slices"
	"sync"
	"time"

	"roundtable/chat"
)

// How many wrong codes somebody may type, and in what time. A code has 60 bits
// and lives a day: nobody comes near it, and nobody is locked out for long.
const (
	mostGuesses = 5
	guessesKept = time.Hour
)

// guesses are the wrong codes that people typed lately. They are forgotten when
// the bot is started anew.
type guesses struct {
	mu   sync.Mutex
	when map[chat.PersonID][]time.Time
}

// tired says that somebody has typed too many wrong codes, and until when they
// have to rest.
func (g *guesses) tired(who chat.PersonID, now time.Time) (until time.Time, tired bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.forget(now)
	if tries := g.when[who]; len(tries) >= mostGuesses {
		return tries[len(tries)-mostGuesses].Add(guessesKept), true
	}
	return time.Time{}, false
}

// wrong takes note of a wrong code.
func (g *guesses) wrong(who chat.PersonID, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.when == nil {
		g.when = map[chat.PersonID][]time.Time{}
	}
	g.when[who] = append(g.when[who], now)
}

// forget lets go of what is older than is counted.
func (g *guesses) forget(now time.Time) {
	for who, tries := range g.when {
		tries = slices.DeleteFunc(tries, func(at time.Time) bool { return !now.Before(at.Add(guessesKept)) })
		g.when[who] = tries
		if len(tries) == 0 {
			delete(g.when, who)
		}
	}
}
