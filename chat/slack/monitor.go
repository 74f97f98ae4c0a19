package slack

import (
	"slices"
	"sync"
	"time"

	"roundtable/chat/adapter"
)

// outageAfter is how long no socket may be open before messages are looked up: for
// as long Slack delivers again.
const outageAfter = time.Minute

// connectionMonitor notices outages, and whether the app is told of what is said in
// channels at all: one that was made without is not to look it up either. Safe for
// concurrent use.
type connectionMonitor struct {
	outages  chan adapter.Outage // one at most: a longer one that waits holds the others
	messages chan struct{}       // closed when something said in a channel has come
	once     sync.Once

	mu      sync.Mutex
	sockets int
	begun   bool
	silent  time.Time // since when no socket is open
}

func newMonitor(now time.Time) *connectionMonitor {
	return &connectionMonitor{silent: now, outages: make(chan adapter.Outage, 1), messages: make(chan struct{})}
}

// report has an outage looked into.
func (m *connectionMonitor) report(o adapter.Outage) {
	select {
	case m.outages <- o:
	default:
	}
}

// opened is called when a socket opens, closed when it closes. An outage is a time
// without sockets that lasts longer than after.
func (m *connectionMonitor) opened(now time.Time, after time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sockets++
	switch {
	case !m.begun:
		m.begun = true
		m.report(adapter.Outage{})
	case m.sockets == 1 && now.Sub(m.silent) > after:
		m.report(adapter.Outage{Began: m.silent})
	}
}

func (m *connectionMonitor) closed(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sockets--; m.sockets == 0 {
		m.silent = now
	}
}

// silentFor is for how long no socket has been open; since the start, if none ever was.
func (m *connectionMonitor) silentFor(now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sockets > 0 {
		return 0
	}
	return now.Sub(m.silent)
}

// hasBegun says whether a socket was ever open.
func (m *connectionMonitor) hasBegun() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.begun
}

// gotMessage notes that something said in a channel has come.
func (m *connectionMonitor) gotMessage() { m.once.Do(func() { close(m.messages) }) }

// getsMessages says whether anything has.
func (m *connectionMonitor) getsMessages() bool {
	select {
	case <-m.messages:
		return true
	default:
		return false
	}
}

// threadIndex remembers what was heard in threads by where it stands, so that after
// an outage it is seen what has been deleted meanwhile: Slack shows no trace of it.
// Safe for concurrent use.
type threadIndex struct {
	roots *adapter.Cache[message, string] // of what was said, its thread
}

// message is where something stands.
type message struct{ channel, ts string }

func newThreadIndex(clock func() time.Time) *threadIndex {
	return &threadIndex{adapter.NewCache[message, string](5_000, editBack, clock)}
}

// note remembers a message in a thread, or lets go of one.
func (x *threadIndex) note(channel string, of *event, gone bool) {
	if gone {
		x.roots.Delete(message{channel, of.TS})
	} else if of.threadOf() != "" {
		x.roots.Put(message{channel, of.TS}, of.threadOf())
	}
}

// rootOf is the root of the thread in which a message was heard.
func (x *threadIndex) rootOf(channel, ts string) (root string, known bool) {
	return x.roots.Get(message{channel, ts})
}

// threads are the roots of the threads in a channel in which something was heard.
func (x *threadIndex) threads(channel string) []string {
	var roots []string
	for m, root := range x.roots.All() {
		if m.channel == channel && !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	return roots
}

// replies are the messages that were heard in a thread.
func (x *threadIndex) replies(channel, root string) []string {
	var all []string
	for m, in := range x.roots.All() {
		if m.channel == channel && in == root {
			all = append(all, m.ts)
		}
	}
	return all
}
