package playground

import (
	"context"
	"errors"
	"fmt"
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
	clock    func() time.Time
	triggers []string
	able     map[string]chat.Capabilities

	mu        sync.Mutex
	name      string // goes into every id, so that no two chats share one
	state     *state
	log       []Change
	news      chan struct{} // closed and replaced at each change
	keep      keeper        // nil: in memory only
	platforms map[string]*Platform
	faults    func(context.Context, Call) error
}

// keeper keeps changes for good: all of them, or none and an error.
type keeper interface {
	keep([]Change) error
	close() error
}

// Option sets up a chat.
type Option func(*Chat)

// Trigger sets what makes a message a command, instead of "/round" and
// "@roundtable". One that begins with a slash is seen by nobody else and, as on
// Slack, works in threads only where CommandsInThreads says so; any other is a
// mention, which all see.
func Trigger(words ...string) Option {
	return func(c *Chat) { c.triggers = words }
}

// Able sets what the platform of a connection can do. Unset it can do
// everything.
func Able(connection string, can chat.Capabilities) Option {
	return func(c *Chat) { c.able[connection] = can }
}

// ErrClosed is returned when the chat has been closed.
var ErrClosed = errors.New("playground: closed")

// New returns an empty chat in memory. Its ids are made of the clock's time
// now, so that a chat never repeats those of an earlier one.
func New(clock func() time.Time, options ...Option) *Chat {
	c := &Chat{
		clock:     clock,
		triggers:  []string{"/round", "@roundtable"},
		able:      map[string]chat.Capabilities{},
		name:      strconv.FormatInt(clock().UnixNano(), 36),
		state:     newState(),
		news:      make(chan struct{}),
		platforms: map[string]*Platform{},
	}
	for _, o := range options {
		o(c)
	}
	return c
}

// Join adds a person, or changes what is known of them. A person whose Gone is
// true can't be written to.
func (c *Chat) Join(p chat.Person) error {
	if !named(p.ID.Connection) || !named(p.ID.User) || strings.HasPrefix(p.ID.User, "@") {
		return fmt.Errorf("playground: no name for a person: %q on %q", p.ID.User, p.ID.Connection)
	}
	p.Name = strings.ToValidUTF8(p.Name, "\uFFFD")
	return c.do(func(*state) ([]Change, error) { return []Change{{Joined: &p}}, nil })
}

// Channel adds a channel; one that is there already stays as it is, and one
// that was archived comes back.
func (c *Chat) Channel(id chat.ChannelID) error {
	if !named(id.Connection) || !named(id.Channel) || strings.HasPrefix(id.Channel, "@") {
		return fmt.Errorf("playground: no name for a channel: %q", id.Channel)
	}
	return c.do(func(s *state) ([]Change, error) {
		if ch, ok := s.channels[id]; ok && !ch.archived {
			return nil, nil
		}
		return []Change{{Opened: &id}}, nil
	})
}

// Archive takes a channel away: nobody can write there any more.
func (c *Chat) Archive(id chat.ChannelID) error {
	return c.do(func(s *state) ([]Change, error) {
		if _, err := s.open(id); err != nil {
			return nil, err
		}
		return []Change{{Archived: &id}}, nil
	})
}

// named says whether a text can name a person, a channel or a connection.
func named(s string) bool { return s != "" && utf8.ValidString(s) }

// Close closes the chat's file. The chat can be looked at but not changed any
// more. Every Follow ends once it has yielded all.
func (c *Chat) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.keep
	if _, closed := k.(closedKeeper); closed {
		return nil
	}
	c.keep = closedKeeper{}
	close(c.news)
	c.news = make(chan struct{})
	if k == nil {
		return nil
	}
	return k.close()
}

type closedKeeper struct{}

func (closedKeeper) keep([]Change) error { return ErrClosed }
func (closedKeeper) close() error        { return nil }

// do decides with the state what changes, and changes it: all or nothing.
func (c *Chat) do(decide func(*state) ([]Change, error)) error {
	return c.doThen(decide, func() {})
}

// doThen does the same and then, before anybody else sees the changes, calls
// then.
func (c *Chat) doThen(decide func(*state) ([]Change, error), then func()) error {
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

// append numbers the changes, keeps them for good and then takes them in. The
// caller holds the lock.
func (c *Chat) append(changes []Change) error {
	now := c.clock().UTC().Round(0)
	for i := range changes {
		changes[i].Seq = c.state.seq + int64(i) + 1
		changes[i].At = now
		if p := changes[i].Posted; p != nil {
			p.At = now
		}
	}
	if c.keep != nil {
		if err := c.keep.keep(changes); err != nil {
			return fmt.Errorf("playground: %w", err)
		}
	}
	for _, ch := range changes {
		if err := c.state.apply(ch); err != nil {
			panic("playground: a change that the chat made does not fit: " + err.Error())
		}
	}
	c.log = append(c.log, changes...)
	close(c.news)
	c.news = make(chan struct{})
	return nil
}

// newID returns an id for something made by the n-th of the next changes. The
// caller holds the lock.
func (c *Chat) newID(n int) string {
	return c.name + "-" + strconv.FormatInt(c.state.seq+int64(n), 10)
}
