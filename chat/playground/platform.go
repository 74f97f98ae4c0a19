package playground

import (
	"context"
	"errors"
	"fmt"
	"time"

	"roundtable/chat"
)

// Platform is the bot's side of one connection of a chat.
type Platform struct {
	chat         *Chat
	name         string
	capabilities chat.Capabilities

	running chan struct{} // holds one token while no Run is on
	wake    chan struct{}
	queue   []pendingAct // guarded by the chat's lock
}

var _ chat.Platform = (*Platform)(nil)

// Platform returns the connection of that name; the same one each time.
func (c *Chat) Platform(connection string) *Platform {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.platform(connection)
}

func (c *Chat) platform(connection string) *Platform {
	if p, ok := c.platforms[connection]; ok {
		return p
	}
	can, ok := c.capabilities[connection]
	if !ok {
		can = chat.Capabilities{Forms: true, Private: true, Threads: true, Reactions: true, CommandsInThreads: true}
	}
	p := &Platform{chat: c, name: connection, capabilities: can, running: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
	p.running <- struct{}{}
	c.platforms[connection] = p
	return p
}

// Connection implements [chat.Platform].
func (p *Platform) Connection() string { return p.name }

// Capabilities implements [chat.Platform].
func (p *Platform) Capabilities() chat.Capabilities { return p.capabilities }

// Post implements [chat.Platform]. It does not look whether a message with the
// same Key is there already.
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (id chat.PostID, err error) {
	call := Call{Connection: p.name, Method: "Post", Channel: to, Post: thread, Key: m.Key}
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.channelFor(s, to); err != nil {
			return nil, err
		}
		if thread != (chat.PostID{}) {
			if err := p.checkThread(s, to, thread); err != nil {
				return nil, err
			}
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		id = p.chat.newPostID(to)
		return []Change{{Posted: &Post{ID: id, Root: thread, Message: cloneMessage(m)}}}, nil
	})
	return id, err
}

// Edit implements [chat.Platform]. The post keeps the Key that it was posted
// with.
func (p *Platform) Edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	call := Call{Connection: p.name, Method: "Edit", Channel: channelOf(post), Post: post, Key: m.Key}
	return p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.channelFor(s, channelOf(post)); err != nil {
			return nil, err
		}
		old, ok := s.posts[post]
		if !ok || old.Deleted || old.To != (chat.PersonID{}) {
			return nil, fmt.Errorf("no post %s: %w", post.Message, chat.ErrGone)
		}
		if !old.ByBot() {
			return nil, fmt.Errorf("post %s is not the bot's own: %w", post.Message, chat.ErrRefused)
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		return []Change{{Edited: &Edit{Post: post, Message: cloneMessage(m)}}}, nil
	})
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (id chat.PostID, err error) {
	call := Call{Connection: p.name, Method: "Direct", Person: to, Key: m.Key}
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.channelFor(s, Direct(to)); err != nil {
			return nil, err
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		id = p.chat.newPostID(Direct(to))
		return []Change{{Posted: &Post{ID: id, Message: cloneMessage(m)}}}, nil
	})
	return id, err
}

// Find implements [chat.Platform]. Of several posts it returns the oldest.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (post chat.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "Find", Channel: in, Post: thread, Key: key}
	return p.find(ctx, call, in)
}

// FindDirect implements [chat.Platform]. It finds what is older, too.
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string, _ time.Time) (post chat.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "FindDirect", Person: to, Key: key}
	return p.find(ctx, call, Direct(to))
}

func (p *Platform) find(ctx context.Context, call Call, in chat.ChannelID) (post chat.PostID, found bool, err error) {
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		ch, err := p.channelFor(s, in)
		if err != nil {
			return nil, err
		}
		for _, x := range ch.posts {
			if call.Key != "" && x.Message.Key == call.Key && x.Root == call.Post && x.ByBot() && !x.Deleted && x.To == (chat.PersonID{}) {
				post, found = x.ID, true
				break
			}
		}
		return nil, nil
	})
	return post, found, err
}

// Person implements [chat.Platform].
func (p *Platform) Person(ctx context.Context, id chat.PersonID) (who chat.Person, err error) {
	err = p.call(ctx, Call{Connection: p.name, Method: "Person", Person: id}, func(s *state) ([]Change, error) {
		var ok bool
		if who, ok = s.people[id]; !ok || id.Connection != p.name {
			return nil, fmt.Errorf("nobody called %q: %w", id.User, chat.ErrGone)
		}
		return nil, nil
	})
	return who, err
}

// channelFor returns a channel or direct conversation of this connection that can
// be written to.
func (p *Platform) channelFor(s *state, id chat.ChannelID) (*channel, error) {
	if id.Connection != p.name {
		return nil, fmt.Errorf("channel %s is not on connection %s: %w", id.Channel, p.name, chat.ErrGone)
	}
	return s.openChannel(id)
}

// checkThread checks that a thread can be written to.
func (p *Platform) checkThread(s *state, in chat.ChannelID, thread chat.PostID) error {
	root, ok := s.posts[thread]
	switch {
	case !p.capabilities.Threads:
		return fmt.Errorf("connection %s has no threads: %w", p.name, chat.ErrRefused)
	case !ok || root.Deleted || root.To != (chat.PersonID{}) || channelOf(thread) != in:
		return fmt.Errorf("no post %q in %q: %w", thread.Message, in.Channel, chat.ErrGone)
	case root.Root != (chat.PostID{}):
		return fmt.Errorf("post %s is a reply; a thread hangs on its root %s: %w", thread.Message, root.Root.Message, chat.ErrRefused)
	}
	return nil
}

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

// InjectFaults lets fault decide about every call from now on; nil ends that. A fault
// that returns an error makes the call fail before anything has been done, one
// that returns [AfterDone] makes it fail although it has been done. A fault may
// block until the context ends, as networks do. It must not call the chat.
func (c *Chat) InjectFaults(fault func(ctx context.Context, call Call) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = fault
}

// AfterDone wraps the error with which a call fails after it has been done: the
// connection broke before the answer came.
func AfterDone(err error) error { return &lateError{err} }

type lateError struct{ err error }

func (a *lateError) Error() string { return a.err.Error() }
func (a *lateError) Unwrap() error { return a.err }

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
	fault := p.chat.fault
	p.chat.mu.Unlock()
	var late *lateError
	if fault != nil {
		if err := fault(ctx, call); err != nil && !errors.As(err, &late) {
			return failure(err)
		}
	}
	if err := p.chat.update(decide); err != nil {
		return failure(err)
	}
	if late != nil {
		return failure(late.err)
	}
	return nil
}
