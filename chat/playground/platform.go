package playground

import (
	"context"
	"fmt"

	"roundtable/chat"
)

// Platform is the bot's side of one connection of a chat.
type Platform struct {
	chat *Chat
	name string
	can  chat.Capabilities

	running chan struct{} // holds one token while no Run is on
	wake    chan struct{}
	queue   []delivery // guarded by the chat's lock
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
	can, ok := c.able[connection]
	if !ok {
		can = chat.Capabilities{Forms: true, Private: true, Threads: true, Reactions: true, CommandsInThreads: true}
	}
	p := &Platform{chat: c, name: connection, can: can, running: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
	p.running <- struct{}{}
	c.platforms[connection] = p
	return p
}

// Connection implements [chat.Platform].
func (p *Platform) Connection() string { return p.name }

// Capabilities implements [chat.Platform].
func (p *Platform) Capabilities() chat.Capabilities { return p.can }

// Post implements [chat.Platform]. It does not look whether a message with the
// same Key is there already.
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (id chat.PostID, err error) {
	call := Call{Connection: p.name, Method: "Post", Channel: to, Post: thread, Key: m.Key}
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.reach(s, to); err != nil {
			return nil, err
		}
		if thread != (chat.PostID{}) {
			if err := p.thread(s, to, thread); err != nil {
				return nil, err
			}
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		id = p.chat.newPost(to)
		return []Change{{Posted: &Post{ID: id, Root: thread, Message: copied(m)}}}, nil
	})
	return id, err
}

// Edit implements [chat.Platform]. The post keeps the Key that it was posted
// with.
func (p *Platform) Edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	call := Call{Connection: p.name, Method: "Edit", Channel: channelOf(post), Post: post, Key: m.Key}
	return p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.reach(s, channelOf(post)); err != nil {
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
		return []Change{{Edited: &Edit{Post: post, Message: copied(m)}}}, nil
	})
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (id chat.PostID, err error) {
	call := Call{Connection: p.name, Method: "Direct", Person: to, Key: m.Key}
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.reach(s, Direct(to)); err != nil {
			return nil, err
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		id = p.chat.newPost(Direct(to))
		return []Change{{Posted: &Post{ID: id, Message: copied(m)}}}, nil
	})
	return id, err
}

// Find implements [chat.Platform]. Of several posts it returns the oldest.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (post chat.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "Find", Channel: in, Post: thread, Key: key}
	return p.find(ctx, call, in)
}

// FindDirect implements [chat.Platform].
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string) (post chat.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "FindDirect", Person: to, Key: key}
	return p.find(ctx, call, Direct(to))
}

func (p *Platform) find(ctx context.Context, call Call, in chat.ChannelID) (post chat.PostID, found bool, err error) {
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		ch, err := p.reach(s, in)
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

// reach returns a channel or direct conversation of this connection that can
// be written to.
func (p *Platform) reach(s *state, id chat.ChannelID) (*channel, error) {
	if id.Connection != p.name {
		return nil, fmt.Errorf("channel %s is not on connection %s: %w", id.Channel, p.name, chat.ErrGone)
	}
	return s.open(id)
}

// open returns a channel or direct conversation that can be written to.
func (s *state) open(id chat.ChannelID) (*channel, error) {
	if who, direct := withWhom(id); direct {
		if known, ok := s.people[who]; !ok || known.Gone {
			return nil, fmt.Errorf("nobody called %q: %w", who.User, chat.ErrGone)
		}
		if ch, ok := s.channels[id]; ok {
			return ch, nil
		}
		return &channel{}, nil // nothing said yet
	}
	ch, ok := s.channels[id]
	if !ok || ch.archived {
		return nil, fmt.Errorf("no channel %q: %w", id.Channel, chat.ErrGone)
	}
	return ch, nil
}

// thread checks that a thread can be written to.
func (p *Platform) thread(s *state, in chat.ChannelID, thread chat.PostID) error {
	root, ok := s.posts[thread]
	switch {
	case !p.can.Threads:
		return fmt.Errorf("connection %s has no threads: %w", p.name, chat.ErrRefused)
	case !ok || root.Deleted || root.To != (chat.PersonID{}) || channelOf(thread) != in:
		return fmt.Errorf("no post %q in %q: %w", thread.Message, in.Channel, chat.ErrGone)
	case root.Root != (chat.PostID{}):
		return fmt.Errorf("post %s is a reply; a thread hangs on its root %s: %w", thread.Message, root.Root.Message, chat.ErrRefused)
	}
	return nil
}

// newPost returns the id of a post that the next change makes.
func (c *Chat) newPost(in chat.ChannelID) chat.PostID {
	return chat.PostID{Connection: in.Connection, Channel: in.Channel, Message: c.newID(1)}
}
