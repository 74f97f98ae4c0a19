package adapter

import (
	"slices"
	"sync"
	"time"
)

// Lanes does one thing after the other in each lane, such as a channel, and
// things in different lanes at the same time. The zero value keeps the order in
// which things are added. Safe for concurrent use; the fields must not change
// once it is used.
type Lanes struct {
	// Settle is how long a thing waits for others that belong before it, where a
	// platform may deliver in another order than things happened.
	Settle time.Duration
	// Compare orders the times at which things happened, as the platform writes
	// them; it is needed only with Settle. Things that compare equal keep the order
	// in which they are added.
	Compare func(a, b string) int

	mu    sync.Mutex
	lanes map[string][]queued // a lane is there while something is done in it
}

type queued struct {
	at  string
	due time.Time
	do  func()
}

// Add has something done, after what happened before it in the lane, in a
// goroutine of the run; the caller must be part of that run. at is when it
// happened, as the platform writes it; it is unused without Compare.
func (l *Lanes) Add(run *Run, lane, at string, do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lanes == nil {
		l.lanes = map[string][]queued{}
	}
	queue, busy := l.lanes[lane]
	place := len(queue)
	if l.Compare != nil {
		place, _ = slices.BinarySearchFunc(queue, at, func(q queued, at string) int {
			if l.Compare(q.at, at) > 0 {
				return 1
			}
			return -1 // equal ones stay in the order of arrival
		})
	}
	l.lanes[lane] = slices.Insert(queue, place, queued{at: at, due: now().Add(l.Settle), do: do})
	if !busy {
		run.Continue(func() { l.drain(lane) })
	}
}

// drain does what waits in a lane until nothing does.
func (l *Lanes) drain(lane string) {
	for {
		l.mu.Lock()
		queue := l.lanes[lane]
		if len(queue) == 0 {
			delete(l.lanes, lane)
			l.mu.Unlock()
			return
		}
		next := queue[0]
		if pause := next.due.Sub(now()); pause > 0 {
			l.mu.Unlock()
			<-time.After(pause)
			continue // maybe an older one has come
		}
		l.lanes[lane] = queue[1:]
		l.mu.Unlock()
		next.do()
	}
}
