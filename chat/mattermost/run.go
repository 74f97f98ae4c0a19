package mattermost

import (
	"context"
	"sync"
	"time"

	"roundtable/chat"
)

// Run implements [chat.Platform]. It keeps the WebSocket open, and lets requests of
// the server be answered, until the context ends. It returns nil then, after the
// last answer.
func (p *Platform) Run(ctx context.Context, handle chat.Handler) error {
	if err := p.shift.open(handle); err != nil {
		return err
	}
	var parts sync.WaitGroup
	parts.Go(func() { p.keepCommand(ctx) })
	parts.Go(func() { p.listen(ctx) })
	parts.Wait()
	p.shift.close()
	p.hangUp()
	return nil
}

// sleep waits; false when the context ended before.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
