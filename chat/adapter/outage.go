package adapter

import "time"

const (
	// LookBack is how far back missed messages are looked up at most, and when the
	// program starts.
	LookBack = 24 * time.Hour
	// Overlap is looked up again, so that nothing falls between.
	Overlap = 2 * time.Minute
	// Stale is how old a missed message may be that is still answered when the
	// program starts: older ones may have been answered before it ended, or nobody
	// waits any more.
	Stale = 10 * time.Minute
)

// Outage is a time, up to now, in which a platform was not heard.
type Outage struct {
	// Began is when the platform was last heard; zero when it never was, since the
	// program has only started.
	Began time.Time
}

// Since is where looking for missed messages begins, Overlap included.
func (o Outage) Since(now time.Time) time.Time {
	oldest := now.Add(-LookBack)
	if from := o.Began.Add(-Overlap); from.After(oldest) {
		return from
	}
	return oldest
}
