package playground

import (
	"context"
	"errors"
	"fmt"

	"roundtable/chat"
)

// Call is something that the bot asks of the chat.
type Call struct {
	Connection string
	// Method is the method of [chat.Platform], or "Reply" for the answer to
	// what somebody did.
	Method  string
	Channel chat.ChannelID
	// Person of a Direct, FindDirect, Person or Reply.
	Person chat.PersonID
	// Post is what is edited, or the thread that is posted to.
	Post chat.PostID
	Key  string
}

// Fail lets fault decide about every call from now on; nil ends that. A fault
// that returns an error makes the call fail before anything has been done, one
// that returns [After] makes it fail although it has been done. A fault may
// block until the context ends, as networks do. It must not call the chat.
func (c *Chat) Fail(fault func(ctx context.Context, call Call) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = fault
}

// After wraps the error with which a call fails after it has been done: the
// connection broke before the answer came.
func After(err error) error { return &after{err} }

type after struct{ err error }

func (a *after) Error() string { return a.err.Error() }
func (a *after) Unwrap() error { return a.err }

// call does what the bot asks, with the fault that a test may have put in its
// way, and within the context's deadline.
func (p *Platform) call(ctx context.Context, call Call, decide func(*state) ([]Change, error)) error {
	failure := func(err error) error {
		return fmt.Errorf("playground: %s on %s: %w", call.Method, p.name, err)
	}
	if err := ctx.Err(); err != nil {
		return failure(err)
	}
	p.chat.mu.Lock()
	fault := p.chat.faults
	p.chat.mu.Unlock()
	var late *after
	if fault != nil {
		if err := fault(ctx, call); err != nil && !errors.As(err, &late) {
			return failure(err)
		}
	}
	if err := p.chat.do(decide); err != nil {
		return failure(err)
	}
	if late != nil {
		return failure(late.err)
	}
	return nil
}
