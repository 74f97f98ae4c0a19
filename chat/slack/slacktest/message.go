package slacktest

import (
	"fmt"
	"slices"
	"strings"
)

// message is a post, of a person or a bot, in a channel or shown to one person
// there.
type message struct {
	channel  *Channel
	ts       string
	thread   string // the root's ts, "" for a root
	from     *User
	text     string
	blocks   []any
	metadata map[string]any
	files    []*File
	subtype  string
	edited   string
	only     *User // an ephemeral message: the one who sees it
	reacted  []reaction
	gone     bool
}

type reaction struct {
	name  string
	users []string
}

// find finds a message that stands in the channel.
func (c *Channel) find(ts string) *message {
	i := slices.IndexFunc(c.messages, func(m *message) bool { return m.ts == ts && !m.gone && m.only == nil })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

// replies are the messages of a thread without the root, oldest first.
func (c *Channel) replies(root string) []*message {
	var out []*message
	for _, m := range c.messages {
		if m.thread == root && !m.gone && m.only == nil {
			out = append(out, m)
		}
	}
	return out
}

// roots are what stands in the channel itself, oldest first.
func (c *Channel) roots() []*message {
	var out []*message
	for _, m := range c.messages {
		if (m.thread == "" || m.subtype == "thread_broadcast") && !m.gone && m.only == nil {
			out = append(out, m)
		}
	}
	return out
}

// wire is the message as Slack writes it in histories and events.
func (m *message) wire(withMetadata bool) map[string]any {
	w := map[string]any{"type": "message", "user": m.from.ID, "ts": m.ts, "text": m.text, "team": m.from.Team.ID}
	if a := m.from.bot; a != nil {
		w["bot_id"], w["app_id"] = a.BotID, a.ID
		w["bot_profile"] = map[string]any{
			"id": a.BotID, "app_id": a.ID, "user_id": a.BotUser, "name": a.Name, "icons": map[string]any{}, "deleted": false,
			"updated": 1700000000, "team_id": a.team.ID,
		}
	} else {
		w["client_msg_id"] = "msg-" + m.ts
	}
	if m.subtype != "" {
		w["subtype"] = m.subtype
	}
	switch {
	case m.blocks != nil:
		w["blocks"] = m.blocks
	case m.from.bot == nil && m.subtype == "":
		w["blocks"] = []any{map[string]any{"type": "rich_text", "block_id": "b" + m.ts[len(m.ts)-4:], "elements": []any{
			map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": read(m.text)}}},
		}}}
	}
	if m.edited != "" {
		w["edited"] = map[string]any{"user": m.from.ID, "ts": m.edited}
	}
	if withMetadata && m.metadata != nil {
		w["metadata"] = m.metadata
	}
	if len(m.files) > 0 {
		files := []any{}
		for _, f := range m.files {
			files = append(files, f.wire())
		}
		w["files"], w["upload"] = files, false
	}
	if len(m.reacted) > 0 {
		var rs []any
		for _, r := range m.reacted {
			rs = append(rs, map[string]any{"name": r.name, "users": slices.Clone(r.users), "count": len(r.users)})
		}
		w["reactions"] = rs
	}
	m.wireThread(w)
	return w
}

func (m *message) wireThread(w map[string]any) {
	if m.thread != "" {
		w["thread_ts"] = m.thread
		if root := m.channel.find(m.thread); root != nil {
			w["parent_user_id"] = root.from.ID
		}
		return
	}
	if replies := m.channel.replies(m.ts); len(replies) > 0 {
		var users []string
		for _, r := range replies {
			if !slices.Contains(users, r.from.ID) {
				users = append(users, r.from.ID)
			}
		}
		w["thread_ts"], w["reply_count"], w["reply_users_count"] = m.ts, len(replies), len(users)
		w["reply_users"], w["latest_reply"] = users, replies[len(replies)-1].ts
		w["is_locked"], w["subscribed"] = false, false
	}
}

// event is the message as an event's inner part.
func (m *message) event() map[string]any {
	w := m.wire(true)
	w["channel"], w["channel_type"], w["event_ts"] = m.channel.ID, m.channel.kindOf(), m.ts
	if m.subtype == "thread_broadcast" {
		if root := m.channel.find(m.thread); root != nil {
			w["root"] = root.wire(false)
		}
	}
	return w
}

// post puts a message into its channel and tells the apps. The lock is held.
func (m *message) post() {
	s := m.channel.s
	m.ts = s.stamp()
	m.channel.messages = append(m.channel.messages, m)
	m.notePings()
	if m.only != nil {
		return
	}
	s.tell(m.channel, "message."+m.channel.kind(), m.from, m.event())
	for _, a := range s.apps {
		if m.from.bot == nil && m.channel.im == nil && strings.Contains(m.text, "<@"+a.BotUser+">") && m.channel.has(a.Self) {
			e := m.event()
			e["type"] = "app_mention"
			delete(e, "channel_type")
			delete(e, "subtype")
			a.tell(m.channel, "app_mention", m.from, e)
		}
	}
}

// change tells the apps that a message has become another.
func (m *message) change(before map[string]any, by *User) {
	s := m.channel.s
	ts := s.stamp()
	after := m.wire(true)
	s.tell(m.channel, "message."+m.channel.kind(), by, map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": m.channel.ID, "channel_type": m.channel.kindOf(),
		"ts": ts, "event_ts": ts, "message": after, "previous_message": before,
	})
}

// remove takes a message away and tells the apps. A root with replies leaves a
// tombstone: a change, not a deletion, as Slack does.
func (m *message) remove() {
	s := m.channel.s
	before := m.wire(true)
	if m.thread == "" && len(m.channel.replies(m.ts)) > 0 {
		m.subtype, m.text, m.blocks, m.files, m.metadata = "tombstone", "This message was deleted.", nil, nil, nil
		m.change(before, m.from)
		return
	}
	m.gone = true
	ts := s.stamp()
	s.tell(m.channel, "message."+m.channel.kind(), m.from, map[string]any{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": m.channel.ID, "channel_type": m.channel.kindOf(),
		"ts": ts, "event_ts": ts, "deleted_ts": m.ts, "previous_message": before,
	})
}

// Post is a message as people see it.
type Post struct {
	Channel, TS, Thread string
	// From is who wrote it: "U…".
	From string
	// Text is all that can be read: of the blocks when there are some, with alt
	// texts and the labels of buttons, a line each.
	Text string
	// Fallback is the text for notifications.
	Fallback string
	Buttons  []string
	Blocks   []any
	// Files are the names of those shared with it.
	Files    []string
	Metadata map[string]any
	Edited   bool
	// Reactions by name, with who put them.
	Reactions map[string][]string
}

func (m *message) seen() Post {
	p := Post{
		Channel: m.channel.ID, TS: m.ts, Thread: m.thread, From: m.from.ID, Text: m.reads(), Fallback: read(m.text), Buttons: buttons(m.blocks),
		Blocks: m.blocks, Metadata: m.metadata, Edited: m.edited != "",
	}
	for _, f := range m.files {
		p.Files = append(p.Files, f.Name)
	}
	for _, r := range m.reacted {
		if p.Reactions == nil {
			p.Reactions = map[string][]string{}
		}
		p.Reactions[r.name] = slices.Clone(r.users)
	}
	return p
}

// buttons are the labels of all buttons.
func buttons(v any) []string {
	var labels []string
	all, _ := v.([]any)
	for _, b := range all {
		m, _ := b.(map[string]any)
		inside, _ := m["elements"].([]any)
		for _, e := range append([]any{m["accessory"]}, inside...) {
			if el, _ := e.(map[string]any); el["type"] == "button" {
				labels = append(labels, textOf(el["text"]))
			}
		}
	}
	return labels
}

func seenAll(all []*message) []Post {
	var out []Post
	for _, m := range all {
		out = append(out, m.seen())
	}
	return out
}

// Posts are the messages in a channel: the roots and what was broadcast.
func (s *Slack) Posts(channel string) ([]Post, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		return nil, fmt.Errorf("%w: channel %s", ErrNotThere, channel)
	}
	return seenAll(c.roots()), nil
}

// Replies are the messages in a thread, without its root.
func (s *Slack) Replies(channel, root string) ([]Post, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil || c.find(root) == nil {
		return nil, fmt.Errorf("%w: thread %s in %s", ErrNotThere, root, channel)
	}
	return seenAll(c.replies(root)), nil
}

// Ephemerals are the messages that only this person sees, wherever, oldest
// first.
func (u *User) Ephemerals() []Post {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	var all []*message
	for _, c := range u.s.channels {
		for _, m := range c.messages {
			if m.only == u && !m.gone {
				all = append(all, m)
			}
		}
	}
	slices.SortFunc(all, func(a, b *message) int { return stamps(a.ts, b.ts) })
	return seenAll(all)
}

// Directs is what stands in the direct conversation with the app, replies in
// threads included, oldest first.
func (u *User) Directs(a *App) []Post {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	var out []Post
	for _, m := range u.direct(a).messages {
		if !m.gone && m.only == nil {
			out = append(out, m.seen())
		}
	}
	return out
}
