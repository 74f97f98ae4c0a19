package slacktest

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
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

	forbidden string // the error of posts and edits; empty: none
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
func (u *User) direct(a *App) *Channel {
	s := u.s
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

func conversationsOpen(c *call) (result, *failure) {
	if id := c.args.text("channel"); id != "" {
		ch := c.s.channels[id]
		if ch == nil || ch.im == nil || ch.app != c.app {
			return nil, refuse("channel_not_found")
		}
		return result{"channel": result{"id": ch.ID}, "no_op": true, "already_open": true}, nil
	}
	ids := strings.Split(c.args.text("users"), ",")
	if ids[0] == "" {
		return nil, refuse("users_list_not_supplied")
	}
	if len(ids) > 1 {
		return nil, c.scope("mpim:write")
	}
	u := c.s.users[ids[0]]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case u.bot != nil:
		return nil, refuse("cannot_dm_bot")
	case !c.app.knows(u), u.Team != c.app.team && u.Stranger:
		return nil, refuse("user_not_visible")
	case u.Deleted:
		return nil, refuse("user_disabled")
	}
	ch := u.direct(c.app)
	out := result{"id": ch.ID}
	if c.args.yes("return_im") {
		out = ch.wire(c.app)
	}
	return result{"channel": out}, nil
}

// looked finds the channel of a call that reads, and asks for the scope of its
// kind: "read" or "history".
func (c *call) looked(scope string) (*Channel, *failure) {
	ch := c.s.channels[c.args.text("channel")]
	if !c.app.seen(ch) {
		return nil, refuse("channel_not_found")
	}
	return ch, c.scope(ch.kind() + ":" + scope)
}

func conversationsInfo(c *call) (result, *failure) {
	ch := c.s.channels[c.args.text("channel")]
	if !c.app.seen(ch) {
		return nil, refuse("channel_not_found")
	}
	if ch.im == nil || !c.app.has("im:history") && !c.app.has("im:write") { // an app's own conversations it may look at
		if fail := c.scope(ch.kind() + ":read"); fail != nil {
			return nil, fail
		}
	}
	out := ch.wire(c.app)
	if c.args.yes("include_num_members") {
		out["num_members"] = len(ch.members)
	}
	if c.args.yes("include_locale") {
		out["locale"] = "en-US"
	}
	return result{"channel": out}, nil
}

// page cuts a list by cursor and limit.
func page[T any](c *call, all []T, usual, most int) (part []T, next string, fail *failure) {
	limit, fail := c.args.number("limit", usual, 1, most)
	if fail != nil {
		return nil, "", fail
	}
	from := 0
	if cursor := c.args.text("cursor"); cursor != "" {
		b, err := base64.StdEncoding.DecodeString(cursor)
		from, _ = strconv.Atoi(strings.TrimPrefix(string(b), "next:"))
		if err != nil || from <= 0 || from > len(all) {
			return nil, "", refuse("invalid_cursor")
		}
	}
	to := min(len(all), from+limit)
	if to < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to)))
	}
	return all[from:to], next, nil
}

// between leaves the messages between oldest and latest.
func (c *call) between(all []*message) []*message {
	oldest, latest, inclusive := c.args.text("oldest"), c.args.text("latest"), c.args.yes("inclusive")
	return slices.DeleteFunc(slices.Clone(all), func(m *message) bool {
		if inclusive && (m.ts == oldest || m.ts == latest) {
			return false
		}
		return oldest != "" && stamps(m.ts, oldest) <= 0 || latest != "" && stamps(m.ts, latest) >= 0
	})
}

// stamps compares two timestamps, which may be written without fraction.
func stamps(a, b string) int {
	as, af, _ := strings.Cut(a, ".")
	bs, bf, _ := strings.Cut(b, ".")
	pad := func(s string) string { return (s + "000000")[:6] }
	return cmp.Or(cmp.Compare(len(as), len(bs)), strings.Compare(as, bs), strings.Compare(pad(af), pad(bf)))
}

func (c *call) list(all []*message) (result, *failure) {
	part, next, fail := page(c, all, 100, 999)
	if fail != nil {
		return nil, fail
	}
	messages := []any{}
	for _, m := range part {
		messages = append(messages, m.wire(c.args.yes("include_all_metadata")))
	}
	out := result{"messages": messages, "has_more": next != ""}
	if next != "" {
		out["response_metadata"] = result{"next_cursor": next}
	}
	return out, nil
}

func conversationsHistory(c *call) (result, *failure) {
	ch, fail := c.looked("history")
	if fail != nil {
		return nil, fail
	}
	if !ch.has(c.app.Self) {
		return nil, refuse("not_in_channel")
	}
	all := c.between(ch.roots())
	slices.Reverse(all)
	return c.list(all)
}

func conversationsReplies(c *call) (result, *failure) {
	ch, fail := c.looked("history")
	if fail != nil {
		return nil, fail
	}
	if !ch.has(c.app.Self) {
		return nil, refuse("not_in_channel")
	}
	m := ch.find(c.args.text("ts"))
	switch {
	case m == nil:
		return nil, refuse("thread_not_found")
	case m.thread != "":
		return c.list([]*message{m})
	}
	rest := c.between(ch.replies(m.ts))
	return c.list(append([]*message{m}, rest...))
}

func conversationsMembers(c *call) (result, *failure) {
	ch, fail := c.looked("read")
	if fail != nil {
		return nil, fail
	}
	ids := []string{}
	for _, u := range ch.members {
		ids = append(ids, u.ID)
	}
	part, next, fail := page(c, ids, 100, 999)
	return result{"members": part, "response_metadata": result{"next_cursor": next}}, fail
}

// listed are the channels of the wanted types that the app may know of.
func (c *call) listed(joined bool) (result, *failure) {
	types := c.args.text("types")
	if types == "" {
		types = "public_channel"
	}
	scopes := map[string]string{"public_channel": "channels", "private_channel": "groups", "im": "im"}
	want := map[string]bool{}
	for t := range strings.SplitSeq(types, ",") {
		kind, ok := scopes[strings.TrimSpace(t)]
		if !ok {
			return nil, refuse("invalid_types")
		}
		if fail := c.scope(kind + ":read"); fail != nil {
			return nil, fail
		}
		want[kind] = true
	}
	var all []*Channel
	for _, ch := range c.s.channels {
		if want[ch.kind()] && c.app.seen(ch) && (!joined || ch.has(c.app.Self)) && (!ch.Archived || !c.args.yes("exclude_archived")) {
			all = append(all, ch)
		}
	}
	slices.SortFunc(all, func(a, b *Channel) int { return strings.Compare(a.ID, b.ID) })
	part, next, fail := page(c, all, 100, 999)
	channels := []any{}
	for _, ch := range part {
		channels = append(channels, ch.wire(c.app))
	}
	return result{"channels": channels, "response_metadata": result{"next_cursor": next}}, fail
}

func conversationsList(c *call) (result, *failure) { return c.listed(false) }

func usersConversations(c *call) (result, *failure) { return c.listed(true) }
