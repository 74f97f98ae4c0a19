package slack

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// memory keeps so many things for so long; what is older is let go of when
// something else is kept, since there may be names and words in it. What is lost
// with it is looked up again, or asked for again. Safe for concurrent use.
type memory[T any] struct {
	most  int
	life  time.Duration
	clock func() time.Time

	mu    sync.Mutex
	items map[string]kept[T]
	swept time.Time
	order []string // of keeping, maybe with keys that are gone or were kept anew
}

type kept[T any] struct {
	value T
	at    time.Time
}

func newMemory[T any](most int, life time.Duration, clock func() time.Time) *memory[T] {
	return &memory[T]{most: most, life: life, clock: clock, items: map[string]kept[T]{}}
}

func (m *memory[T]) get(key string) (value T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.items[key]
	if !ok || m.clock().Sub(k.at) > m.life {
		return value, false
	}
	return k.value, true
}

// all are the things whose keys begin so.
func (m *memory[T]) all(prefix string) map[string]T {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := map[string]T{}
	for key, k := range m.items {
		if strings.HasPrefix(key, prefix) && m.clock().Sub(k.at) <= m.life {
			all[key] = k.value
		}
	}
	return all
}

func (m *memory[T]) keep(key string, value T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep()
	if _, ok := m.items[key]; !ok {
		m.order = append(m.order, key)
	}
	m.items[key] = kept[T]{value, m.clock()}
	for len(m.items) > m.most || len(m.order) > 2*m.most {
		delete(m.items, m.order[0])
		m.order = m.order[1:]
	}
}

// sweep lets go of what is too old, now and then.
func (m *memory[T]) sweep() {
	now := m.clock()
	if now.Sub(m.swept) < m.life/4 {
		return
	}
	m.swept = now
	for key, k := range m.items {
		if now.Sub(k.at) > m.life {
			delete(m.items, key)
		}
	}
	m.order = slices.DeleteFunc(m.order, func(key string) bool {
		_, ok := m.items[key]
		return !ok
	})
}

func (m *memory[T]) forget(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, key)
}
