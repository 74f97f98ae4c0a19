package webapi

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// errTooMany is why something has to wait.
var errTooMany = errors.New("slack: as much has been sent as Slack takes for now")

// lane lets through at most so many in any span: the urgent first, and else in
// the order of arrival.
type lane struct {
	most int
	span time.Duration

	mu     sync.Mutex
	passed []time.Time // within the last span
	until  time.Time   // held by Slack
	queue  []*waiter   // the first has its turn
}

// waiter is one call in a lane; its turn is told to it once.
type waiter struct {
	urgent bool
	turn   chan struct{}
}

// join gets in line.
func (l *lane) join(urgent bool) *waiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine := &waiter{urgent, make(chan struct{}, 1)}
	at := len(l.queue)
	for urgent && at > 1 && !l.queue[at-1].urgent {
		at--
	}
	l.queue = slices.Insert(l.queue, at, mine)
	if at == 0 {
		mine.turn <- struct{}{}
	}
	return mine
}

// turn returns when the waiter is the first and there is a place.
func (l *lane) turn(ctx context.Context, mine *waiter) error {
	l.mu.Lock()
	ahead := slices.Index(l.queue, mine)
	l.mu.Unlock()
	if err := l.hopeless(ctx, ahead); err != nil {
		return err
	}
	select {
	case <-mine.turn:
	case <-ctx.Done():
		return late(ctx, l.span)
	}
	for {
		pause := l.full()
		if pause <= 0 {
			return nil
		}
		if err := l.hopeless(ctx, 0); err != nil {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return late(ctx, pause)
		}
	}
}

// full returns for how long there is no place.
func (l *lane) full() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := adapter.Now()
	if pause := l.until.Sub(now); pause > 0 {
		return pause
	}
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= l.span {
		l.passed = l.passed[1:]
	}
	if len(l.passed) < l.most {
		return 0
	}
	return l.span - now.Sub(l.passed[len(l.passed)-l.most])
}

// pass takes a place.
func (l *lane) pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.passed = append(l.passed, adapter.Now())
}

// hopeless says no at once to who would still wait when the context ends.
func (l *lane) hopeless(ctx context.Context, ahead int) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := adapter.Now()
	wait := max(l.until.Sub(now), l.span*time.Duration(ahead)/time.Duration(l.most)-l.span)
	if wait > deadline.Sub(now) {
		return &chat.Later{After: wait, Err: errTooMany}
	}
	return nil
}

// leave gives the turn to the next.
func (l *lane) leave(mine *waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := slices.Index(l.queue, mine)
	l.queue = slices.Delete(l.queue, at, at+1)
	if at == 0 && len(l.queue) > 0 {
		l.queue[0].turn <- struct{}{}
	}
}

func (l *lane) hold(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := adapter.Now().Add(d)
	if until.After(l.until) {
		l.until = until
	}
}

func (l *lane) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := adapter.Now()
	free := len(l.passed) == 0 || now.Sub(l.passed[len(l.passed)-1]) >= l.span
	return len(l.queue) == 0 && free && now.After(l.until)
}

// late is the end of the context while waiting for a turn: nothing has been
// sent, so a deadline only means later.
func late(ctx context.Context, after time.Duration) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &chat.Later{After: after, Err: errTooMany}
	}
	return ctx.Err()
}
