package playground

import (
	"context"
	"iter"
	"slices"
)

// Follow yields every change with a number above after, those there are and
// then each as it happens, until the context ends or the chat is closed. A
// reader that stops and comes back goes on with the last number it has seen;
// a slow one holds up nobody.
func (c *Chat) Follow(ctx context.Context, after int64) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for ctx.Err() == nil {
			c.mu.Lock()
			// The log only grows, so what is there can be read without the lock.
			var rest []Change
			if n := int64(len(c.log)); after < n {
				rest = c.log[max(after, 0):n:n]
			}
			news := c.news
			_, closed := c.keep.(closedKeeper)
			c.mu.Unlock()
			for _, change := range rest {
				if !yield(change) || ctx.Err() != nil {
					return
				}
				after = change.Seq
			}
			if len(rest) > 0 {
				continue
			}
			if closed {
				return
			}
			select {
			case <-ctx.Done():
			case <-news:
			}
		}
	}
}

// Changes returns the changes with a number above after that there are now.
func (c *Chat) Changes(after int64) []Change {
	c.mu.Lock()
	defer c.mu.Unlock()
	if after >= int64(len(c.log)) {
		return nil
	}
	return slices.Clone(c.log[max(after, 0):])
}
