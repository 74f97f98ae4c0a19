package playground

import (
	"context"
	"fmt"

	"roundtable/bot"
)

// Platform is the bot's side of one connection of a chat.
type Platform struct {
	chat *Chat
	name string
	can  bot.Capabilities

	running chan struct{} // holds one token while no Run is on
	wake    chan struct{}
	queue   []delivery // guarded by the chat's lock
}

var _ bot.Platform = (*Platform)(nil)

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
		can = bot.Capabilities{Forms: true, Private: true, Threads: true, Reactions: true, CommandsInThreads: true}
	}
	p := &Platform{chat: c, name: connection, can: can, running: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
	p.running <- struct{}{}
	c.platforms[connection] = p
	return p
}

// Connection implements [bot.Platform].
func (p *Platform) Connection() string { return p.name }

// Capabilities implements [bot.Platform].
func (p *Platform) Capabilities() bot.Capabilities { return p.can }

// Post implements [bot.Platform]. It does not look whether a message with the
// same Key is there already.
func (p *Platform) Post(ctx context.Context, to bot.ChannelID, thread bot.PostID, m bot.Message) (id bot.PostID, err error) {
	call := Call{Connection: p.name, Method: "Post", Channel: to, Post: thread, Key: m.Key}
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.reach(s, to); err != nil {
			return nil, err
		}
		if thread != (bot.PostID{}) {
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

// Edit implements [bot.Platform]. The post keeps the Key that it was posted
// with.
func (p *Platform) Edit(ctx context.Context, post bot.PostID, m bot.Message) error {
	call := Call{Connection: p.name, Method: "Edit", Channel: channelOf(post), Post: post, Key: m.Key}
	return p.call(ctx, call, func(s *state) ([]Change, error) {
		if _, err := p.reach(s, channelOf(post)); err != nil {
			return nil, err
		}
		old, ok := s.posts[post]
		if !ok || old.Deleted || old.To != (bot.PersonID{}) {
			return nil, fmt.Errorf("no post %s: %w", post.Message, bot.ErrGone)
		}
		if !old.ByBot() {
			return nil, fmt.Errorf("post %s is not the bot's own: %w", post.Message, bot.ErrRefused)
		}
		if err := m.Check(); err != nil {
			return nil, err
		}
		return []Change{{Edited: &Edit{Post: post, Message: copied(m)}}}, nil
	})
}

// Direct implements [bot.Platform].
func (p *Platform) Direct(ctx context.Context, to bot.PersonID, m bot.Message) (id bot.PostID, err error) {
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

// Find implements [bot.Platform]. Of several posts it returns the oldest.
func (p *Platform) Find(ctx context.Context, in bot.ChannelID, thread bot.PostID, key string) (post bot.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "Find", Channel: in, Post: thread, Key: key}
	return p.find(ctx, call, in)
}

// FindDirect implements [bot.Platform].
func (p *Platform) FindDirect(ctx context.Context, to bot.PersonID, key string) (post bot.PostID, found bool, err error) {
	call := Call{Connection: p.name, Method: "FindDirect", Person: to, Key: key}
	return p.find(ctx, call, Direct(to))
}

func (p *Platform) find(ctx context.Context, call Call, in bot.ChannelID) (post bot.PostID, found bool, err error) {
	err = p.call(ctx, call, func(s *state) ([]Change, error) {
		ch, err := p.reach(s, in)
		if err != nil {
			return nil, err
		}
		for _, x := range ch.posts {
			if call.Key != "" && x.Message.Key == call.Key && x.Root == call.Post && x.ByBot() && !x.Deleted && x.To == (bot.PersonID{}) {
				post, found = x.ID, true
				break
			}
		}
		return nil, nil
	})
	return post, found, err
}

// Person implements [bot.Platform].
func (p *Platform) Person(ctx context.Context, id bot.PersonID) (who bot.Person, err error) {
	err = p.call(ctx, Call{Connection: p.name, Method: "Person", Person: id}, func(s *state) ([]Change, error) {
		var ok bool
		if who, ok = s.people[id]; !ok || id.Connection != p.name {
			return nil, fmt.Errorf("nobody called %q: %w", id.User, bot.ErrGone)
		}
		return nil, nil
	})
	return who, err
}

// reach returns a channel or direct conversation of this connection that can
// be written to.
func (p *Platform) reach(s *state, id bot.ChannelID) (*channel, error) {
	if id.Connection != p.name {
		return nil, fmt.Errorf("channel %s is not on connection %s: %w", id.Channel, p.name, bot.ErrGone)
	}
	return s.open(id)
}

// open returns a channel or direct conversation that can be written to.
func (s *state) open(id bot.ChannelID) (*channel, error) {
	if who, direct := withWhom(id); direct {
		if known, ok := s.people[who]; !ok || known.Gone {
			return nil, fmt.Errorf("nobody called %q: %w", who.User, bot.ErrGone)
		}
		if ch, ok := s.channels[id]; ok {
			return ch, nil
		}
		return &channel{}, nil // nothing said yet
	}
	ch, ok := s.channels[id]
	if !ok || ch.archived {
		return nil, fmt.Errorf("no channel %q: %w", id.Channel, bot.ErrGone)
	}
	return ch, nil
}

// thread checks that a thread can be written to.
func (p *Platform) thread(s *state, in bot.ChannelID, thread bot.PostID) error {
	root, ok := s.posts[thread]
	switch {
	case !p.can.Threads:
		return fmt.Errorf("connection %s has no threads: %w", p.name, bot.ErrRefused)
	case !ok || root.Deleted || root.To != (bot.PersonID{}) || channelOf(thread) != in:
		return fmt.Errorf("no post %q in %q: %w", thread.Message, in.Channel, bot.ErrGone)
	case root.Root != (bot.PostID{}):
		return fmt.Errorf("post %s is a reply; a thread hangs on its root %s: %w", thread.Message, root.Root.Message, bot.ErrRefused)
	}
	return nil
}

// newPost returns the id of a post that the next change makes.
func (c *Chat) newPost(in bot.ChannelID) bot.PostID {
	return bot.PostID{Connection: in.Connection, Channel: in.Channel, Message: c.newID(1)}
}
