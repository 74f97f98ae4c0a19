package mattermost

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// channelInfo is what doesn't change about a channel.
type channelInfo struct {
	direct  bool   // a conversation of one person with the bot
	partner string // that person
	team    string // empty for conversations
}

// channels looks up channels and remembers them. Safe for concurrent use.
type channels struct {
	*server
	people *directory

	mu         sync.Mutex
	byID       map[string]channelInfo
	directWith map[string]string // the bot's conversation with a user
	joined     map[string]bool   // those that the bot is in, as far as known

	unreached adapter.Unreached
}

func newChannels(s *server, people *directory) *channels {
	return &channels{
		server: s, people: people,
		byID: map[string]channelInfo{}, directWith: map[string]string{}, joined: map[string]bool{},
	}
}

// enter and leave note that the bot is in a channel, and no longer.
func (cs *channels) enter(id string) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.joined[id] = true
}

func (cs *channels) leave(id string) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	delete(cs.joined, id)
}

func (cs *channels) hasJoined(id string) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return cs.joined[id]
}

func (cs *channels) put(id string, c channelInfo) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.byID[id] = c
	if c.direct {
		cs.directWith[c.partner] = id
	}
}

// cached returns what is known of a channel without asking the server.
func (cs *channels) cached(id string) (c channelInfo, known bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c, known = cs.byID[id]
	return c, known
}

func (cs *channels) cachedDirect(user string) (id string, known bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	id, known = cs.directWith[user]
	return id, known
}

// directPartner returns the other one of a conversation with the bot, by the
// channel's name, which is that of both users.
func directPartner(me, name string) (user string, direct bool) {
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

// get returns what is known of a channel; it asks the server once.
func (cs *channels) get(ctx context.Context, id string) (channelInfo, error) {
	if c, ok := cs.cached(id); ok {
		return c, nil
	}
	me, err := cs.bot(ctx)
	if err != nil {
		return channelInfo{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	found, resp, err := cs.client.GetChannel(ctx, id)
	if err != nil {
		return channelInfo{}, apiError("look at a channel", resp, err)
	}
	return cs.remember(me.Id, found), nil
}

// remember notes what the server told of a channel; me is the bot's user id.
func (cs *channels) remember(me string, c *model.Channel) channelInfo {
	info := channelInfo{team: c.TeamId}
	if c.Type == model.ChannelTypeDirect {
		info.partner, info.direct = directPartner(me, c.Name)
	}
	cs.put(c.Id, info)
	return info
}

// direct returns the channel of the bot's conversation with a person, whose account
// must be active.
func (cs *channels) direct(ctx context.Context, with chat.PersonID) (string, error) {
	u, err := cs.people.user(ctx, with)
	if err != nil {
		return "", err
	}
	if u.DeleteAt > 0 {
		return "", fmt.Errorf("the account is deactivated: %w", chat.ErrGone)
	}
	if id, ok := cs.cachedDirect(with.User); ok {
		return id, nil
	}
	me, err := cs.bot(ctx)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c, resp, err := cs.client.CreateDirectChannel(ctx, me.Id, with.User)
	if err != nil {
		return "", apiError("open a direct conversation", resp, err)
	}
	cs.put(c.Id, channelInfo{direct: true, partner: with.User})
	return c.Id, nil
}

// channelName is a channel as people know it: where it is, by the address that they have
// the server under.
func (s *server) channelName(ctx context.Context, channel string) (chat.ChannelName, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	name := chat.ChannelName{Platform: "Mattermost", Server: s.host(ctx)}
	c, resp, err := s.client.GetChannel(ctx, channel)
	if err != nil {
		return name, apiError("look at a channel", resp, err)
	}
	name.Channel = cmp.Or(c.DisplayName, c.Name)
	if t, _, err := s.client.GetTeam(ctx, c.TeamId, ""); err == nil { // else it goes without
		name.Team = cmp.Or(t.DisplayName, t.Name)
	}
	return name, nil
}

// host is where people find the server. The bot's address of it may be another, as in a
// cluster.
func (s *server) host(ctx context.Context) string {
	told, _, err := s.clientConfig(ctx)
	for _, address := range []string{told["SiteURL"], s.options.URL} {
		if u, bad := url.Parse(address); bad == nil && u.Host != "" && (err == nil || address == s.options.URL) {
			return u.Host
		}
	}
	return ""
}

// answered is the head of a server's answer; its status is 0 where there was none.
type answered struct {
	status int
	date   string
}

// clientConfig is what the server tells any client of itself. The client's own method asks in a way that servers before 11 don't know.
func (s *server) clientConfig(ctx context.Context) (told map[string]string, head answered, err error) {
	resp, err := s.client.DoAPIGet(ctx, "/config/client?format=old", "")
	if resp != nil {
		head = answered{resp.StatusCode, resp.Header.Get("Date")}
	}
	if err != nil {
		return nil, head, err // the client has closed what it read
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, maxBody)).Decode(&told)
	return told, head, errors.Join(err, resp.Body.Close())
}

// lookupTimeout bounds what is looked up while somebody waits for an answer.
const lookupTimeout = 2 * time.Second

// lacksBot says whether the bot is not in a channel, so that it can't post there:
// its command can be given everywhere in the team.
func (cs *channels) lacksBot(ctx context.Context, channel string) bool {
	if cs.botID() == "" || cs.hasJoined(channel) {
		return false
	}
	isIn, err := cs.isIn(ctx, channel)
	return err == nil && !isIn
}

// isIn asks the server whether the bot is in a channel, and notes it.
func (cs *channels) isIn(ctx context.Context, channel string) (bool, error) {
	me, err := cs.bot(ctx)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	_, resp, err := cs.client.GetChannelMember(ctx, channel, me.Id, "")
	if err == nil {
		cs.enter(channel)
		return true, nil
	}
	err = apiError("look up the bot in a channel", resp, err)
	if errors.Is(err, chat.ErrGone) {
		cs.leave(channel)
		return false, nil
	}
	return false, err
}

// isForeign says whether a channel belongs to a team that the bot is not to be in.
// Conversations belong to none.
func (cs *channels) isForeign(c channelInfo) bool {
	if cs.options.Team == "" || c.team == "" {
		return false
	}
	cs.botMu.Lock()
	defer cs.botMu.Unlock()
	return cs.teamID != "" && c.team != cs.teamID
}
