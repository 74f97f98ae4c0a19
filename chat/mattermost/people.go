package mattermost

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// personLifetime is how long what the server told of a person is believed;
// changes that it tells of are believed at once. maxPeople bounds how many are
// remembered.
const (
	personLifetime = 5 * time.Minute
	maxPeople      = 5000
)

// directory looks up people and remembers them for a while. Safe for concurrent
// use.
type directory struct {
	*server
	users  *adapter.Cache[string, *model.User]
	admins *adapter.Cache[string, bool]
	// lastChannel is the channel that somebody last gave a command or pressed a
	// button in, empty for their conversation with the bot: a channel's
	// administrator is one there.
	lastChannel *adapter.Cache[string, string]
}

func newDirectory(s *server) *directory {
	return &directory{
		server:      s,
		users:       adapter.NewCache[string, *model.User](maxPeople, personLifetime, s.options.Clock),
		admins:      adapter.NewCache[string, bool](maxPeople, personLifetime, s.options.Clock),
		lastChannel: adapter.NewCache[string, string](maxPeople, 0, nil),
	}
}

// forget is called when a person has changed.
func (d *directory) forget(id string) {
	d.users.Delete(id)
	d.admins.Delete(id)
}

// forgetAll is called when changes may have been missed.
func (d *directory) forgetAll() {
	d.users.Clear()
	d.admins.Clear()
}

// acted notes where somebody gave a command or pressed a button. What is known of
// their rights elsewhere is asked for again.
func (d *directory) acted(from origin) {
	channel := from.channel
	if from.direct {
		channel = ""
	}
	if last, known := d.lastChannel.Get(from.user); known && last == channel {
		return
	}
	d.lastChannel.Put(from.user, channel)
	d.admins.Delete(from.user)
}

// user returns a person's account.
func (d *directory) user(ctx context.Context, id chat.PersonID) (*model.User, error) {
	if id.Connection != d.options.Connection || !model.IsValidId(id.User) {
		return nil, fmt.Errorf("no such person on connection %s: %w", d.options.Connection, chat.ErrGone)
	}
	if u, known := d.users.Get(id.User); known && ctx.Err() == nil {
		return u, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	u, resp, err := d.client.GetUser(ctx, id.User, "")
	if err != nil {
		return nil, apiError("look up a person", resp, err)
	}
	d.users.Put(id.User, u)
	return u, nil
}

// person returns who somebody is, as [Platform.Person] has it.
func (d *directory) person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	u, err := d.user(ctx, id)
	if err != nil {
		return chat.Person{}, fmt.Errorf("person: %w", err)
	}
	who := chat.Person{
		ID: id, Name: nameOf(u), Language: u.Locale, Zone: zoneOf(u),
		Gone: u.DeleteAt > 0, Guest: hasRole(u.Roles, model.SystemGuestRoleId),
	}
	admin, known := d.admins.Get(id.User)
	if !known {
		if admin, err = d.isAdmin(ctx, u); err != nil {
			return chat.Person{}, fmt.Errorf("person: %w", err)
		}
		d.admins.Put(id.User, admin)
	}
	who.Admin = admin
	return who, nil
}

// isAdmin asks the server whether a person is an administrator, as [Platform.Person]
// has it.
func (d *directory) isAdmin(ctx context.Context, u *model.User) (bool, error) {
	if hasRole(u.Roles, model.SystemAdminRoleId) {
		return true, nil
	}
	teams, err := d.teams(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range teams {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		m, resp, err := d.client.GetTeamMember(call, t.Id, u.Id, "")
		cancel()
		switch {
		case err == nil:
			if m.DeleteAt == 0 && (m.SchemeAdmin || hasRole(m.Roles, model.TeamAdminRoleId)) {
				return true, nil
			}
		case statusCode(resp) != 404 && statusCode(resp) != 403: // not a member of this team
			return false, apiError("look up a team's member", resp, err)
		}
	}
	in, _ := d.lastChannel.Get(u.Id)
	if in == "" {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	m, resp, err := d.client.GetChannelMember(ctx, in, u.Id, "")
	switch {
	case err == nil:
		return m.SchemeAdmin || hasRole(m.Roles, model.ChannelAdminRoleId), nil
	case statusCode(resp) == 404 || statusCode(resp) == 403:
		return false, nil
	}
	return false, apiError("look up a channel's member", resp, err)
}

// text is a text of the adapter's own in a person's language, if that is known
// soon.
func (d *directory) text(ctx context.Context, user, id string, args ...any) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	language := ""
	if u, err := d.user(ctx, d.personID(user)); err == nil {
		language = u.Locale
	}
	return d.options.T(language, id, append([]any{"Trigger", d.options.Trigger}, args...)...)
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
