// Package bell wakes those who wait for news of a network, within one process.
//
// A ring carries nothing: whoever wakes looks for itself, and may find that it
// was woken for nothing. A ring between Listen and the wait on its channel is
// not lost.
package bell

import "sync"

// Bell has one rope per network. The zero value is ready to use.
type Bell struct {
	mu    sync.Mutex
	ropes map[string]*rope
}

type rope struct {
	rung    chan struct{}
	waiting int
}

// Listen returns a channel that is closed at the network's next ring. The
// caller calls stop when it no longer waits, once.
func (b *Bell) Listen(network string) (rung <-chan struct{}, stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.ropes[network]
	if r == nil {
		if b.ropes == nil {
			b.ropes = make(map[string]*rope)
		}
		r = &rope{rung: make(chan struct{})}
		b.ropes[network] = r
	}
	r.waiting++
	return r.rung, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if r.waiting--; r.waiting == 0 && b.ropes[network] == r {
			delete(b.ropes, network)
		}
	}
}

// Ring wakes all who listen to the network.
func (b *Bell) Ring(network string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.ropes[network]; r != nil {
		close(r.rung)
		delete(b.ropes, network)
	}
}

// RingAll wakes all who listen to any network.
func (b *Bell) RingAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.ropes {
		close(r.rung)
	}
	clear(b.ropes)
}

// Awaited says whether anybody listens.
func (b *Bell) Awaited() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.ropes) > 0
}
