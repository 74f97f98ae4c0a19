package mattermost

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// channelInfo is what doesn't change about a channel.
type channelInfo struct {
	direct bool   // a conversation of one person with the bot
	with   string // that person
	team   string // empty for conversations
}

// channels remembers channels. Safe for concurrent use.
type channels struct {
	mu     sync.Mutex
	byID   map[string]channelInfo
	direct map[string]string // the conversation with a user
	inside map[string]bool   // those that the bot is in, as far as known
}

func newChannels() *channels {
	return &channels{byID: map[string]channelInfo{}, direct: map[string]string{}, inside: map[string]bool{}}
}

// enter and leave note that the bot is in a channel, and no longer.
func (c *channels) enter(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inside[id] = true
}

func (c *channels) leave(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.inside, id)
}

func (c *channels) isInside(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.inside[id]
}

func (c *channels) put(id string, ch channelInfo) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[id] = ch
	if ch.direct {
		c.direct[ch.with] = id
	}
}

func (c *channels) get(id string) (channelInfo, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch, ok := c.byID[id]
	return ch, ok
}

func (c *channels) conversation(user string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id, ok := c.direct[user]
	return id, ok
}

// withWhom returns the other one of a conversation with the bot, by the
// channel's name, which is that of both users.
func withWhom(me, name string) (user string, direct bool) {
	one, other, ok := strings.Cut(name, "__")
	switch {
	case !ok || !model.IsValidId(one) || !model.IsValidId(other):
		return "", false
	case one == me:
		return other, true
	case other == me:
		return one, true
	}
	return "", false
}

// channel returns what is known of a channel, and asks the server once.
func (p *Platform) channel(ctx context.Context, id string) (channelInfo, error) {
	if c, ok := p.channels.get(id); ok {
		return c, nil
	}
	me, err := p.self(ctx)
	if err != nil {
		return channelInfo{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	found, resp, err := p.client.GetChannel(ctx, id)
	if err != nil {
		return channelInfo{}, failed("look at a channel", resp, err)
	}
	return p.note(me.Id, found), nil
}

// isOutside says whether the bot is not in a channel, so that it can't post there:
// its command can be given everywhere in the team.
func (p *Platform) isOutside(ctx context.Context, channel string) bool {
	me := p.myID()
	if me == "" || p.channels.isInside(channel) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	_, resp, err := p.client.GetChannelMember(ctx, channel, me, "")
	if err == nil {
		p.channels.enter(channel)
		return false
	}
	return errors.Is(failed("look up the bot in a channel", resp, err), chat.ErrGone)
}

// lookWithin bounds what is looked up while somebody waits for an answer.
const lookWithin = 2 * time.Second

// note remembers a channel.
func (p *Platform) note(me string, c *model.Channel) channelInfo {
	is := channelInfo{team: c.TeamId}
	if c.Type == model.ChannelTypeDirect {
		is.with, is.direct = withWhom(me, c.Name)
	}
	p.channels.put(c.Id, is)
	return is
}

// conversation returns the channel of the bot's conversation with a person, who
// must be there.
func (p *Platform) conversation(ctx context.Context, with chat.PersonID) (string, error) {
	u, err := p.user(ctx, with)
	if err != nil {
		return "", err
	}
	if u.DeleteAt > 0 {
		return "", fmt.Errorf("the account is deactivated: %w", chat.ErrGone)
	}
	if id, ok := p.channels.conversation(with.User); ok {
		return id, nil
	}
	me, err := p.self(ctx)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c, resp, err := p.client.CreateDirectChannel(ctx, me.Id, with.User)
	if err != nil {
		return "", failed("open a direct conversation", resp, err)
	}
	p.channels.put(c.Id, channelInfo{direct: true, with: with.User})
	return c.Id, nil
}
