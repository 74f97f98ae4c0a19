package adapter

import (
	"container/list"
	"iter"
	"sync"
	"time"
)

// Cache keeps at most so many values, each for at most so long. When it is full,
// the key that was put first is evicted; putting a key again renews its value and
// its life, not its place. Values that are too old are never returned, and are
// let go of now and then as others are put, since there may be names and words in
// them. Safe for concurrent use.
type Cache[K comparable, V any] struct {
	most  int
	life  time.Duration
	clock func() time.Time

	mu    sync.Mutex
	items map[K]*list.Element // of cached[K, V]
	order *list.List          // the first put in front
	swept time.Time
}

type cached[K comparable, V any] struct {
	key   K
	value V
	at    time.Time
}

// NewCache returns an empty cache of at most so many values, which live as long as
// life by the clock. A life of 0 is for ever; then the clock may be nil.
func NewCache[K comparable, V any](most int, life time.Duration, clock func() time.Time) *Cache[K, V] {
	if life <= 0 {
		clock = func() time.Time { return time.Time{} }
	}
	return &Cache[K, V]{most: most, life: life, clock: clock, items: map[K]*list.Element{}, order: list.New()}
}

// Get returns the value of a key; ok is false when there is none or it is too old.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[key]; ok && !c.expired(e, c.clock()) {
		return c.at(e).value, true
	}
	return value, false
}

// Put keeps a value, in place of the one that the key had.
func (c *Cache[K, V]) Put(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, value)
}

// Add keeps a value unless the key has one, and says whether it did.
func (c *Cache[K, V]) Add(key K, value V) bool {
	_, there := c.getOrAdd(key, func() V { return value })
	return !there
}

// getOrAdd returns the value of a key, made now when there is none.
func (c *Cache[K, V]) getOrAdd(key K, made func() V) (value V, there bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[key]; ok && !c.expired(e, c.clock()) {
		return c.at(e).value, true
	}
	value = made()
	c.put(key, value)
	return value, false
}

// Delete lets go of a key.
func (c *Cache[K, V]) Delete(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[key]; ok {
		c.remove(e)
	}
}

// Clear lets go of everything.
func (c *Cache[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.items)
	c.order.Init()
}

// Len returns how many values are kept, those included that are too old and have
// not been let go of yet.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items)
}

// All returns the pairs that there are now, the first put first. The cache may be
// changed meanwhile.
func (c *Cache[K, V]) All() iter.Seq2[K, V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	now, all := c.clock(), make([]cached[K, V], 0, len(c.items))
	for e := c.order.Front(); e != nil; e = e.Next() {
		if !c.expired(e, now) {
			all = append(all, *c.at(e))
		}
	}
	return func(yield func(K, V) bool) {
		for _, item := range all {
			if !yield(item.key, item.value) {
				return
			}
		}
	}
}

func (c *Cache[K, V]) put(key K, value V) {
	now := c.clock()
	c.sweep(now)
	if e, ok := c.items[key]; ok {
		item := c.at(e)
		item.value, item.at = value, now
		return
	}
	c.items[key] = c.order.PushBack(&cached[K, V]{key, value, now})
	for len(c.items) > c.most {
		c.remove(c.order.Front())
	}
}

// sweep lets go of what is too old: of the oldest at every call, and of those
// behind one that was renewed every quarter of a life.
func (c *Cache[K, V]) sweep(now time.Time) {
	for e := c.order.Front(); e != nil && c.expired(e, now); e = c.order.Front() {
		c.remove(e)
	}
	if c.life <= 0 || now.Sub(c.swept) < c.life/4 {
		return
	}
	c.swept = now
	for e := c.order.Front(); e != nil; {
		next := e.Next()
		if c.expired(e, now) {
			c.remove(e)
		}
		e = next
	}
}

func (c *Cache[K, V]) remove(e *list.Element) {
	delete(c.items, c.at(e).key)
	c.order.Remove(e)
}

func (c *Cache[K, V]) expired(e *list.Element, now time.Time) bool {
	return c.life > 0 && now.Sub(c.at(e).at) > c.life
}

// at is what an element of the order holds.
func (c *Cache[K, V]) at(e *list.Element) *cached[K, V] { return e.Value.(*cached[K, V]) }
