package mattermost

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// personLife is how long what the server told of a person is believed; changes
// that it tells of are believed at once. maxPeople bounds how many are kept.
const (
	personLife = 5 * time.Minute
	maxPeople  = 5000
)

// people remembers people. Safe for concurrent use.
type people struct {
	mu    sync.Mutex
	users map[string]known
	// acted is the channel that somebody last gave a command or pressed a button
	// in: a channel's administrator is one there.
	acted map[string]string
}

type known struct {
	user  *model.User
	admin *bool // nil: not asked yet
	until time.Time
}

func newPeople() *people { return &people{users: map[string]known{}, acted: map[string]string{}} }

func (p *people) get(id string, now time.Time) (known, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	k, ok := p.users[id]
	return k, ok && now.Before(k.until)
}

func (p *people) put(id string, k known) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.users) >= maxPeople {
		clear(p.users)
	}
	p.users[id] = k
}

func (p *people) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.users, id)
}

// forgetAll is called when changes may have been missed.
func (p *people) forgetAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.users)
}

func (p *people) actedIn(id string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.acted[id]
}

// act notes where somebody acted. What is known of their rights elsewhere is
// asked for again.
func (p *people) act(id, channel string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.acted[id] == channel {
		return
	}
	if len(p.acted) >= maxPeople {
		clear(p.acted)
	}
	p.acted[id] = channel
	if k, ok := p.users[id]; ok {
		k.admin = nil
		p.users[id] = k
	}
}

// user returns a person's account.
func (p *Platform) user(ctx context.Context, id chat.PersonID) (*model.User, error) {
	if id.Connection != p.o.Connection || !model.IsValidId(id.User) {
		return nil, fmt.Errorf("no such person on connection %s: %w", p.o.Connection, chat.ErrGone)
	}
	if k, ok := p.people.get(id.User, p.o.Clock()); ok && ctx.Err() == nil {
		return k.user, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	u, resp, err := p.client.GetUser(ctx, id.User, "")
	if err != nil {
		return nil, failed("look up a person", resp, err)
	}
	p.people.put(id.User, known{user: u, until: p.o.Clock().Add(personLife)})
	return u, nil
}

// Person implements [chat.Platform]. Admin is true for administrators of the
// server, of a team that the bot is in, and of the channel that the person last
// gave a command in.
func (p *Platform) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	u, err := p.user(ctx, id)
	if err != nil {
		return chat.Person{}, fmt.Errorf("person: %w", err)
	}
	who := chat.Person{
		ID: id, Name: nameOf(u), Language: u.Locale, Zone: zoneOf(u),
		Gone: u.DeleteAt > 0, Guest: hasRole(u.Roles, model.SystemGuestRoleId),
	}
	k, _ := p.people.get(id.User, p.o.Clock())
	if k.admin == nil {
		is, err := p.administers(ctx, u)
		if err != nil {
			return chat.Person{}, fmt.Errorf("person: %w", err)
		}
		p.people.put(id.User, known{user: u, admin: &is, until: p.o.Clock().Add(personLife)})
		k.admin = &is
	}
	who.Admin = *k.admin
	return who, nil
}

func (p *Platform) administers(ctx context.Context, u *model.User) (bool, error) {
	if hasRole(u.Roles, model.SystemAdminRoleId) {
		return true, nil
	}
	teams, err := p.teams(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range teams {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		m, resp, err := p.client.GetTeamMember(call, t.Id, u.Id, "")
		cancel()
		switch {
		case err == nil:
			if m.DeleteAt == 0 && (m.SchemeAdmin || hasRole(m.Roles, model.TeamAdminRoleId)) {
				return true, nil
			}
		case status(resp) != 404 && status(resp) != 403: // not a member of this team
			return false, failed("look up a team's member", resp, err)
		}
	}
	in := p.people.actedIn(u.Id)
	if c, known := p.channels.get(in); in == "" || (known && c.direct) {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	m, resp, err := p.client.GetChannelMember(ctx, in, u.Id, "")
	switch {
	case err == nil:
		return m.SchemeAdmin || hasRole(m.Roles, model.ChannelAdminRoleId), nil
	case status(resp) == 404 || status(resp) == 403:
		return false, nil
	}
	return false, failed("look up a channel's member", resp, err)
}

// teams are those that the bot is present in.
func (p *Platform) teams(ctx context.Context) ([]*model.Team, error) {
	me, err := p.self(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	teams, resp, err := p.client.GetTeamsForUser(ctx, me.Id, "")
	if err != nil {
		return nil, failed("look up the teams", resp, err)
	}
	if p.o.Team == "" {
		return teams, nil
	}
	teams = slices.DeleteFunc(teams, func(t *model.Team) bool { return t.Name != p.o.Team })
	if len(teams) == 1 {
		p.meLock.Lock()
		defer p.meLock.Unlock()
		p.teamID = teams[0].Id
	}
	return teams, nil
}

// nameOf is what to call somebody by.
func nameOf(u *model.User) string {
	return cmp.Or(strings.TrimSpace(u.FirstName+" "+u.LastName), strings.TrimSpace(u.Nickname), u.Username)
}

// zoneOf is the IANA zone that somebody chose, or that their machine said.
func zoneOf(u *model.User) string {
	if u.Timezone["useAutomaticTimezone"] == "true" {
		return u.Timezone["automaticTimezone"]
	}
	return u.Timezone["manualTimezone"]
}

func hasRole(roles, role string) bool { return slices.Contains(strings.Fields(roles), role) }
