package mattermost

import "sync"

// memory remembers the last pairs that were put in. Safe for concurrent use.
type memory[V any] struct {
	mu    sync.Mutex
	pairs map[string]V
	order []string // in which they came, round and round
	next  int
}

func newMemory[V any](size int) *memory[V] {
	return &memory[V]{pairs: map[string]V{}, order: make([]string, size)}
}

func (m *memory[V]) put(key string, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set(key, value)
}

func (m *memory[V]) set(key string, value V) {
	if _, known := m.pairs[key]; !known {
		delete(m.pairs, m.order[m.next])
		m.order[m.next] = key
		m.next = (m.next + 1) % len(m.order)
	}
	m.pairs[key] = value
}

func (m *memory[V]) get(key string) (value V, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, known = m.pairs[key]
	return value, known
}

// first puts a key in and says whether it is new.
func (m *memory[V]) first(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.pairs[key]; known {
		return false
	}
	var nothing V
	m.set(key, nothing)
	return true
}

// each calls f with all pairs, in no order. f must not use the memory.
func (m *memory[V]) each(f func(key string, value V)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, value := range m.pairs {
		f(key, value)
	}
}
