// Package notify wakes those who wait for news of a network, within one process.
//
// A notification carries nothing: a subscriber that wakes looks for itself, and
// may find that there is nothing new. A notification that comes between
// [Hub.Subscribe] and the wait on its channel is not lost.
package notify

import "sync"

// Hub keeps the subscribers of each network. The zero value is ready to use. It
// is safe for use by several goroutines at once.
type Hub struct {
	mu     sync.Mutex
	topics map[string]*topic // of the networks that have subscribers
}

type topic struct {
	news        chan struct{} // closed at the next notification
	subscribers int
}

// Subscribe returns a channel that is closed at the network's next notification.
// The caller calls stop once, when it no longer waits.
func (h *Hub) Subscribe(network string) (news <-chan struct{}, stop func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[network]
	if t == nil {
		if h.topics == nil {
			h.topics = make(map[string]*topic)
		}
		t = &topic{news: make(chan struct{})}
		h.topics[network] = t
	}
	t.subscribers++
	return t.news, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if t.subscribers--; t.subscribers == 0 && h.topics[network] == t {
			delete(h.topics, network)
		}
	}
}

// Notify wakes the subscribers of the network.
func (h *Hub) Notify(network string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.topics[network]; t != nil {
		close(t.news)
		delete(h.topics, network)
	}
}

// NotifyAll wakes the subscribers of all networks.
func (h *Hub) NotifyAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range h.topics {
		close(t.news)
	}
	clear(h.topics)
}

// HasSubscribers reports whether anybody waits, for whichever network.
func (h *Hub) HasSubscribers() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.topics) > 0
}
