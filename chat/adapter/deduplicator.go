package adapter

import "time"

// Deduplicator lets each thing that comes be handled once, whatever a platform
// delivers twice. It remembers so many IDs for so long; older ones the journal
// knows. Safe for concurrent use.
type Deduplicator struct {
	arrivals *Cache[string, arrival]
}

// arrival is closed when what came has been handled.
type arrival chan struct{}

// handled is the arrival of everything that nobody waits for.
var handled = func() arrival {
	a := make(arrival)
	close(a)
	return a
}()

// NewDeduplicator returns one that remembers at most so many IDs, for as long as
// life by the clock; a life of 0 is for ever, and then the clock may be nil.
func NewDeduplicator(most int, life time.Duration, clock func() time.Time) *Deduplicator {
	return &Deduplicator{NewCache[string, arrival](most, life, clock)}
}

// Once calls handle if the ID comes for the first time, and returns true. Else it
// returns false, as soon as the first call's handle has returned.
func (d *Deduplicator) Once(id string, handle func()) bool {
	a, known := d.arrivals.getOrAdd(id, func() arrival { return make(arrival) })
	if known {
		<-a
		return false
	}
	defer close(a)
	handle()
	return true
}

// First notes an ID and says whether it is new.
func (d *Deduplicator) First(id string) bool { return d.arrivals.Add(id, handled) }

// Seen says whether an ID has come.
func (d *Deduplicator) Seen(id string) bool {
	_, ok := d.arrivals.Get(id)
	return ok
}
