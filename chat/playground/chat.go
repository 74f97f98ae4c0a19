package playground

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"roundtable/chat"
)

// Chat is a whole chat. All methods are safe for concurrent use. What they
// return must not be changed.
type Chat struct {
	clock        func() time.Time
	triggers     []string
	capabilities map[string]chat.Capabilities

	mu        sync.Mutex
	idPrefix  string // goes into every id, so that no two chats share one
	state     *state
	log       []Change
	changed   chan struct{} // closed and replaced at each change
	store     changeStore   // nil: in memory only
	platforms map[string]*Platform
	fault     func(context.Context, Call) error

	forgetting *time.Timer // until what was edited is out of the file
}

// changeStore makes changes durable: all of them, or none and an error.
type changeStore interface {
	append([]Change) error
	close() error
}

// Option sets up a chat.
type Option func(*Chat)

// WithTriggers sets what makes a message a command, instead of "/round" and
// "@roundtable". One that begins with a slash is seen by nobody else and, as on
// Slack, works in threads only where CommandsInThreads says so; any other is a
// mention, which all see.
func WithTriggers(words ...string) Option {
	return func(c *Chat) { c.triggers = words }
}

// WithCapabilities sets what the platform of a connection can do. Unset it can do
// everything.
func WithCapabilities(connection string, can chat.Capabilities) Option {
	return func(c *Chat) { c.capabilities[connection] = can }
}

// ErrClosed is returned when the chat has been closed.
var ErrClosed = errors.New("playground: closed")

// New returns an empty chat in memory. Its ids are made of the clock's time
// now, so that a chat never repeats those of an earlier one.
func New(clock func() time.Time, options ...Option) *Chat {
	c := &Chat{
		clock:        clock,
		triggers:     []string{"/round", "@roundtable"},
		capabilities: map[string]chat.Capabilities{},
		idPrefix:     strconv.FormatInt(clock().UnixNano(), 36),
		state:        newState(),
		changed:      make(chan struct{}),
		platforms:    map[string]*Platform{},
	}
	for _, o := range options {
		o(c)
	}
	return c
}

// Join adds a person, or changes what is known of them. A person whose Gone is
// true can't be written to.
func (c *Chat) Join(p chat.Person) error {
	if !isName(p.ID.Connection) || !isName(p.ID.User) || strings.HasPrefix(p.ID.User, "@") {
		return fmt.Errorf("playground: no name for a person: %q on %q", p.ID.User, p.ID.Connection)
	}
	p.Name = strings.ToValidUTF8(p.Name, "\uFFFD")
	return c.update(func(*state) ([]Change, error) { return []Change{{Joined: &p}}, nil })
}

// Channel adds a channel; one that is there already stays as it is, and one
// that was archived comes back: the bot is told.
func (c *Chat) Channel(id chat.ChannelID) error {
	if !isName(id.Connection) || !isName(id.Channel) || strings.HasPrefix(id.Channel, "@") {
		return fmt.Errorf("playground: no name for a channel: %q", id.Channel)
	}
	var back *Act
	return c.updateThen(func(s *state) ([]Change, error) {
		ch, known := s.channels[id]
		if known && !ch.archived {
			return nil, nil
		}
		changes := []Change{{Opened: &id}}
		if known {
			back = &Act{ID: c.newID(2), Channel: id, Reachable: &chat.Reachable{Invited: true}}
			changes = append(changes, Change{Acted: back})
		}
		return changes, nil
	}, func() {
		if back != nil {
			c.platform(id.Connection).enqueue(*back)
		}
	})
}

// Archive takes a channel away: nobody can write there until [Chat.Channel] brings it
// back.
func (c *Chat) Archive(id chat.ChannelID) error {
	return c.update(func(s *state) ([]Change, error) {
		if _, err := s.openChannel(id); err != nil {
			return nil, err
		}
		return []Change{{Archived: &id}}, nil
	})
}

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
			news := c.changed
			_, closed := c.store.(closedStore)
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

// Close closes the chat's file. The chat can be looked at but not changed any
// more. Every Follow ends once it has yielded all.
func (c *Chat) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopForgetting() {
		c.forget()
		c.stopForgetting()
	}
	k := c.store
	if _, closed := k.(closedStore); closed {
		return nil
	}
	c.store = closedStore{}
	close(c.changed)
	c.changed = make(chan struct{})
	if k == nil {
		return nil
	}
	return k.close()
}

// closedStore is that of a chat that has been closed.
type closedStore struct{}

func (closedStore) append([]Change) error { return ErrClosed }
func (closedStore) close() error          { return nil }

// update decides with the state what changes, and changes it: all or nothing.
func (c *Chat) update(decide func(*state) ([]Change, error)) error {
	return c.updateThen(decide, func() {})
}

// updateThen does the same and then, before anybody else sees the changes, calls
// then.
func (c *Chat) updateThen(decide func(*state) ([]Change, error), then func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	changes, err := decide(c.state)
	if err != nil {
		return err
	}
	if len(changes) > 0 {
		if err := c.append(changes); err != nil {
			return err
		}
	}
	then()
	return nil
}

// append numbers the changes, makes them durable and then applies them. The caller
// holds the lock.
func (c *Chat) append(changes []Change) error {
	now := c.clock().UTC().Round(0)
	for i := range changes {
		changes[i].Seq = c.state.seq + int64(i) + 1
		changes[i].At = now
		if p := changes[i].Posted; p != nil {
			p.At = now
		}
	}
	if c.store != nil {
		if err := c.store.append(changes); err != nil {
			return fmt.Errorf("playground: %w", err)
		}
	}
	for _, ch := range changes {
		if err := c.state.apply(ch); err != nil {
			panic("playground: a change that the chat made does not fit: " + err.Error())
		}
	}
	c.log = append(c.log, changes...)
	close(c.changed)
	c.changed = make(chan struct{})
	switch some, byPerson := forgets(changes); {
	case c.store == nil:
	case byPerson:
		c.forget()
	case some:
		c.forgetSoon()
	}
	return nil
}

// newID returns an id for something made by the n-th of the next changes. The
// caller holds the lock.
func (c *Chat) newID(n int) string {
	return c.idPrefix + "-" + strconv.FormatInt(c.state.seq+int64(n), 10)
}

// newPostID returns the id of a post that the next change makes.
func (c *Chat) newPostID(in chat.ChannelID) chat.PostID {
	return chat.PostID{Connection: in.Connection, Channel: in.Channel, Message: c.newID(1)}
}

// isName says whether a text can name a person, a channel or a connection.
func isName(s string) bool { return s != "" && utf8.ValidString(s) }
