package slack

import (
	"slices"
	"sync"
	"time"
)

// settle is how long an event waits for older ones of its channel: two sockets,
// or two requests, may overtake each other. It is well below [eventWithin], so that
// there is time for the handler too.
const settle = 50 * time.Millisecond

// order keeps what happens in one channel in the order in which it happened:
// one thing at a time, by the time that Slack gives it. Safe for concurrent use.
type order struct {
	mu       sync.Mutex
	channels map[string][]waiting
}

type waiting struct {
	ts  string // Slack's time of the event: "1712345678.000100"
	due time.Time
	do  func()
}

func newOrder() *order { return &order{channels: map[string][]waiting{}} }

// add has do called after what happened before it in the channel. spawn starts
// a goroutine that somebody waits for.
func (o *order) add(channel, ts string, do func(), spawn func(func())) {
	o.mu.Lock()
	defer o.mu.Unlock()
	queue, walked := o.channels[channel]
	item := waiting{ts: ts, due: instant().Add(settle), do: do}
	at, _ := slices.BinarySearchFunc(queue, item, func(a, b waiting) int {
		if before(b.ts, a.ts) {
			return 1
		}
		return -1 // equal ones stay in the order of arrival
	})
	o.channels[channel] = slices.Insert(queue, at, item)
	if !walked {
		spawn(func() { o.walk(channel) })
	}
}

// walk does what waits in a channel until nothing does.
func (o *order) walk(channel string) {
	for {
		o.mu.Lock()
		queue := o.channels[channel]
		if len(queue) == 0 {
			delete(o.channels, channel)
			o.mu.Unlock()
			return
		}
		next := queue[0]
		if pause := next.due.Sub(instant()); pause > 0 {
			o.mu.Unlock()
			<-time.After(pause)
			continue // maybe an older one has come
		}
		o.channels[channel] = queue[1:]
		o.mu.Unlock()
		next.do()
	}
}

// before compares two of Slack's times; a longer one is later.
func before(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}
