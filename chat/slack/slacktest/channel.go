package slacktest

import (
	"slices"
	"strings"
	"time"
)

// Channel is a channel or a direct conversation between a person and an app.
type Channel struct {
	s    *Slack
	home *Workspace

	ID       string
	Name     string
	Private  bool
	Archived bool

	im       *User // with an app, in a direct conversation
	app      *App
	members  []*User
	shared   []*Workspace // Slack Connect: with these
	messages []*message
	created  time.Time
}

// Channel makes a channel with its first members, silently. Members are *User
// and *App.
func (w *Workspace) Channel(c Channel, members ...Member) *Channel {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := &c
	ch.s, ch.home, ch.created = s, w, s.opts.Clock()
	if ch.ID == "" {
		ch.ID = s.id("C")
	}
	for _, m := range members {
		ch.members = append(ch.members, m.user())
	}
	s.channels[ch.ID] = ch
	return ch
}

// Member is who can be in a channel: a *User or an *App.
type Member interface{ user() *User }

func (u *User) user() *User { return u }
func (a *App) user() *User  { return a.Self }

// Share makes the channel a Slack Connect channel with another workspace.
func (c *Channel) Share(with *Workspace) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.shared = append(c.shared, with)
}

// Add puts somebody into the channel: they and the apps in it are told.
func (c *Channel) Add(m Member, inviter *User) {
	s, u := c.s, m.user()
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.has(u) {
		return
	}
	c.members = append(c.members, u)
	ts := s.stamp()
	event := map[string]any{
		"type": "member_joined_channel", "user": u.ID, "channel": c.ID, "channel_type": c.letter(), "team": u.Team.ID, "event_ts": ts,
	}
	if inviter != nil {
		event["inviter"] = inviter.ID
	}
	s.tell(c, "member_joined_channel", u, event)
}

// Remove takes somebody out of the channel. The apps are not told, as Roundtable
// does not subscribe to it.
func (c *Channel) Remove(m Member) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.members = slices.DeleteFunc(c.members, func(u *User) bool { return u == m.user() })
}

// Move gives the channel another id, as happens when a channel becomes shared
// or stops being so; the apps in it are told.
func (c *Channel) Move() (id string) {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	old := c.ID
	c.ID = s.id("C")
	delete(s.channels, old)
	s.channels[c.ID] = c
	s.tell(c, "channel_id_changed", nil, map[string]any{
		"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": c.ID, "event_ts": s.stamp(),
	})
	return c.ID
}

// Archive closes the channel for good.
func (c *Channel) Archive() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.Archived = true
}

func (c *Channel) has(u *User) bool { return slices.Contains(c.members, u) }

// kind is what scopes and events are named after.
func (c *Channel) kind() string {
	switch {
	case c.im != nil:
		return "im"
	case c.Private:
		return "groups"
	}
	return "channels"
}

// kindOf is what message events call the channel; letter what joining does.
func (c *Channel) kindOf() string {
	switch {
	case c.im != nil:
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

func (c *Channel) letter() string {
	if c.Private {
		return "G"
	}
	return "C"
}

// direct finds or opens the direct conversation of a person with an app. The
// lock is held.
func (s *Slack) direct(u *User, a *App) *Channel {
	for _, c := range s.channels {
		if c.im == u && c.app == a {
			return c
		}
	}
	c := &Channel{s: s, home: a.team, ID: s.id("D"), im: u, app: a, members: []*User{u, a.Self}, created: s.opts.Clock()}
	s.channels[c.ID] = c
	return c
}

// seen says whether the app may know of the channel.
func (a *App) seen(c *Channel) bool {
	if c == nil || c.im != nil && c.app != a {
		return false
	}
	return c.has(a.Self) || c.im == nil && !c.Private && (c.home == a.team || slices.Contains(c.shared, a.team))
}

func (c *Channel) wire(a *App) map[string]any {
	if c.im != nil {
		return map[string]any{
			"id": c.ID, "created": c.created.Unix(), "is_im": true, "is_archived": false, "is_org_shared": false,
			"user": c.im.ID, "is_user_deleted": c.im.Deleted, "context_team_id": a.team.ID, "priority": 0,
		}
	}
	teams := []string{c.home.ID}
	for _, w := range c.shared {
		teams = append(teams, w.ID)
	}
	external := len(c.shared) > 0
	return map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": strings.ToLower(c.Name), "created": c.created.Unix(), "creator": "U0000000000",
		"is_channel": !c.Private, "is_group": c.Private, "is_im": false, "is_mpim": false, "is_private": c.Private, "is_archived": c.Archived,
		"is_general": false, "is_shared": external, "is_ext_shared": external, "is_org_shared": false, "is_pending_ext_shared": false,
		"is_member": c.has(a.Self), "context_team_id": a.team.ID, "shared_team_ids": teams, "connected_team_ids": teams[1:],
		"conversation_host_id": c.home.ID, "internal_team_ids": []string{}, "pending_shared": []string{}, "pending_connected_team_ids": []string{},
		"topic":   map[string]any{"value": "", "creator": "", "last_set": 0},
		"purpose": map[string]any{"value": "", "creator": "", "last_set": 0}, "previous_names": []string{}, "unlinked": 0,
	}
}
