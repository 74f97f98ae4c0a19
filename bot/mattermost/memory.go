package mattermost

import "sync"

// memory remembers the last pairs that were put in. Safe for concurrent use.
type memory struct {
	mu    sync.Mutex
	pairs map[string]string
	order []string // in which they came, round and round
	next  int
}

func newMemory(size int) *memory {
	return &memory{pairs: map[string]string{}, order: make([]string, size)}
}

func (m *memory) put(key, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set(key, value)
}

func (m *memory) set(key, value string) {
	if _, known := m.pairs[key]; !known {
		delete(m.pairs, m.order[m.next])
		m.order[m.next] = key
		m.next = (m.next + 1) % len(m.order)
	}
	m.pairs[key] = value
}

func (m *memory) get(key string) (value string, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, known = m.pairs[key]
	return value, known
}

// first puts a key in and says whether it is new.
func (m *memory) first(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.pairs[key]; known {
		return false
	}
	m.set(key, "")
	return true
}
