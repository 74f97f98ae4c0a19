package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of messages, https://docs.slack.dev/reference/methods/chat.postMessage
// and /messaging/message-metadata; the sum over all blocks is as reported by
// those who met it.
const (
	maxText      = 40_000
	maxAllBlocks = 13_200
	maxMetadata  = 16_000
	maxBlocks    = 50
)

// where finds the channel of a call that writes: a channel's id, or a person's
// for the direct conversation.
func (c *call) where() (*Channel, *failure) {
	id := c.args.text("channel")
	if u := c.s.users[id]; u != nil {
		switch {
		case u.bot != nil:
			return nil, refuse("cannot_dm_bot")
		case !c.app.knows(u), u.Deleted, u.Team != c.app.team && u.Stranger:
			return nil, refuse("channel_not_found")
		}
		return u.direct(c.app), nil
	}
	ch := c.s.channels[id]
	switch {
	case !c.app.seen(ch):
		return nil, refuse("channel_not_found")
	case ch.Archived:
		return nil, refuse("is_archived")
	case !ch.has(c.app.Self):
		return nil, refuse("not_in_channel")
	case ch.forbidden != "":
		return nil, refuse(ch.forbidden)
	}
	return ch, nil
}

// content is what a message says, checked.
func (c *call) content() (text string, blocks []any, fail *failure) {
	text = c.args.text("text")
	if c.args["attachments"] != nil && c.args.text("attachments") != "[]" {
		return "", nil, refuse("invalid_attachments", "the fake takes no attachments")
	}
	raw, given, good := c.args.json("blocks")
	list, isList := raw.([]any)
	switch {
	case given && (!good || !isList):
		return "", nil, refuse("invalid_blocks_format")
	case given:
		k := c.s.kit(c.app, surfaceMessage)
		k.blocks("/blocks", list, maxBlocks)
		if len(k.problems) > 0 {
			if !k.early() {
				c.s.breaks("%s: invalid_blocks: %s", c.method, strings.Join(k.problems, "; "))
			}
			return "", nil, refuse("invalid_blocks", k.problems...)
		}
		if k.runes > maxAllBlocks {
			c.s.breaks("%s: %d characters over all blocks", c.method, k.runes)
			return "", nil, refuse("msg_blocks_too_long")
		}
	}
	if showsFile(list) && c.app.team.policies.Sharing != "" {
		return "", nil, refuse(c.app.team.policies.Sharing)
	}
	if no := c.s.forbiddenText; no != "" && strings.Contains(text, no) {
		return "", nil, refuse(c.s.forbiddenCode)
	}
	if utf8.RuneCountInString(text) > maxText {
		c.s.breaks("%s: a text of %d characters", c.method, utf8.RuneCountInString(text))
		return "", nil, refuse("msg_too_long")
	}
	if strings.TrimSpace(text) == "" {
		if len(list) == 0 {
			return "", nil, refuse("no_text")
		}
		c.s.breaks("%s: blocks without a fallback text", c.method)
	}
	return text, list, nil
}

// threadOf checks the thread that a message goes to.
func (c *call) threadOf(ch *Channel) (string, *failure) {
	ts := c.args.text("thread_ts")
	if ts == "" {
		return "", nil
	}
	root := ch.find(ts)
	if root == nil {
		return "", refuse("thread_not_found")
	}
	if root.thread != "" {
		c.s.breaks("%s: thread_ts is that of a reply", c.method)
		return root.thread, nil // Slack puts it somewhere; the mistake is noted
	}
	return ts, nil
}

func (c *call) metadata() (map[string]any, *failure) {
	raw, given, good := c.args.json("metadata")
	if !given {
		return nil, nil
	}
	m, isMap := raw.(map[string]any)
	if !good || !isMap {
		return nil, refuse("invalid_metadata_format")
	}
	if len(m) == 0 {
		return map[string]any{}, nil
	}
	kind, okType := m["event_type"].(string)
	load, okLoad := m["event_payload"].(map[string]any)
	if !okType || !okLoad || kind == "" || len(kind) > 255 {
		c.s.breaks("%s: metadata needs event_type and event_payload", c.method)
		return nil, refuse("invalid_metadata_schema")
	}
	for k, v := range load {
		switch v.(type) {
		case []any, map[string]any:
			c.s.breaks("%s: metadata %q is neither text, number nor boolean", c.method, k)
			return nil, refuse("invalid_metadata_schema")
		}
	}
	if b, err := json.Marshal(m); err != nil || len(b) > maxMetadata {
		return nil, refuse("metadata_too_large")
	}
	return m, nil
}

// newMessage is what the app wants to say in a channel.
func (c *call) newMessage(ch *Channel) (*message, *failure) {
	text, blocks, fail := c.content()
	if fail != nil {
		return nil, fail
	}
	thread, fail := c.threadOf(ch)
	if fail != nil {
		return nil, fail
	}
	return &message{channel: ch, thread: thread, from: c.app.Self, text: text, blocks: c.s.named(blocks)}, nil
}

func postMessage(c *call) (result, *failure) {
	ch, fail := c.where()
	if fail != nil {
		return nil, fail
	}
	m, fail := c.newMessage(ch)
	if fail != nil {
		return nil, fail
	}
	meta, fail := c.metadata()
	if fail != nil {
		return nil, fail
	}
	m.metadata = meta
	if m.thread != "" && c.args.yes("reply_broadcast") {
		m.subtype = "thread_broadcast"
	}
	m.post()
	return result{"channel": ch.ID, "ts": m.ts, "message": m.wire(true)}, nil
}

func postEphemeral(c *call) (result, *failure) {
	ch, fail := c.where()
	if fail != nil {
		return nil, fail
	}
	u := c.s.users[c.args.text("user")]
	if u == nil || !ch.has(u) || u.Deleted {
		return nil, refuse("user_not_in_channel")
	}
	m, fail := c.newMessage(ch)
	if fail != nil {
		return nil, fail
	}
	m.only = u
	m.post()
	return result{"message_ts": m.ts}, nil
}

// own finds a message of the app's own.
func (c *call) own(refused string) (*message, *failure) {
	m, fail := c.message("ts")
	if fail == nil && (m.from.bot != c.app || m.subtype == "tombstone") {
		return nil, refuse(refused)
	}
	return m, fail
}

// message finds a message that the app may see, by the channel and the argument that
// names its ts.
func (c *call) message(ts string) (*message, *failure) {
	ch := c.s.channels[c.args.text("channel")]
	if !c.app.seen(ch) {
		return nil, refuse("channel_not_found")
	}
	m := ch.find(c.args.text(ts))
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return m, nil
}

func updateMessage(c *call) (result, *failure) {
	m, fail := c.own("cant_update_message")
	if fail != nil {
		return nil, fail
	}
	switch {
	case m.channel.Archived:
		return nil, refuse("is_inactive")
	case !m.channel.has(c.app.Self):
		return nil, refuse("not_in_channel")
	case m.channel.forbidden != "":
		return nil, refuse(m.channel.forbidden)
	}
	text, blocks, fail := c.content()
	if fail != nil {
		return nil, fail
	}
	meta, fail := c.metadata()
	if fail != nil {
		return nil, fail
	}
	before := m.wire(true)
	_, given, _ := c.args.json("blocks")
	if given || text != "" { // by text alone the blocks go
		m.blocks = c.s.named(blocks)
	}
	m.text = text
	if meta != nil {
		m.metadata = meta
	}
	if !given {
		m.edited = c.s.stamp()
	}
	m.notePings()
	m.change(before, c.app.Self)
	return result{"channel": m.channel.ID, "ts": m.ts, "text": m.text, "message": m.wire(true)}, nil
}

func deleteMessage(c *call) (result, *failure) {
	m, fail := c.own("cant_delete_message")
	if fail != nil {
		return nil, fail
	}
	if m.channel.Archived {
		return nil, refuse("is_inactive")
	}
	m.remove()
	return result{"channel": m.channel.ID, "ts": m.ts}, nil
}

func getPermalink(c *call) (result, *failure) {
	m, fail := c.message("message_ts")
	if fail != nil {
		return nil, fail
	}
	ch := m.channel
	link := fmt.Sprintf("https://%s.slack.com/archives/%s/p%s", c.app.team.Domain, ch.ID, strings.ReplaceAll(m.ts, ".", ""))
	if m.thread != "" {
		link += "?thread_ts=" + m.thread + "&cid=" + ch.ID
	}
	return result{"channel": ch.ID, "permalink": link}, nil
}

func reactionsGet(c *call) (result, *failure) {
	m, fail := c.message("timestamp")
	if fail != nil {
		return nil, fail
	}
	return result{"type": "message", "channel": m.channel.ID, "message": m.wire(false)}, nil
}

// named gives each block an id that has none.
func (s *Slack) named(blocks []any) []any {
	if len(blocks) == 0 {
		return nil
	}
	out := slices.Clone(blocks)
	for i, b := range out {
		block, _ := b.(map[string]any)
		full := map[string]any{}
		maps.Copy(full, block)
		if id, _ := full["block_id"].(string); id == "" {
			full["block_id"] = strings.ToLower(s.id("b"))
		}
		s.nameElements(full)
		out[i] = full
	}
	return out
}

// nameElements gives each interactive element an action id that has none.
func (s *Slack) nameElements(block map[string]any) {
	name := func(e any) any {
		m, ok := e.(map[string]any)
		if kind, _ := m["type"].(string); !ok || kind == "image" || kind == "mrkdwn" || kind == "plain_text" {
			return e
		}
		if id, _ := m["action_id"].(string); id != "" {
			return e
		}
		full := map[string]any{"action_id": strings.ToLower(s.id("a"))}
		maps.Copy(full, m)
		return full
	}
	if list, ok := block["elements"].([]any); ok && block["type"] == "actions" {
		list = slices.Clone(list)
		for i := range list {
			list[i] = name(list[i])
		}
		block["elements"] = list
	}
	for _, key := range []string{"accessory", "element"} {
		if block[key] != nil {
			block[key] = name(block[key])
		}
	}
}
