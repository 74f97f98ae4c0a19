package slack

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/slack/webapi"
)

// find looks for the bot's post with that key, among roots or in a thread, in the month
// before an instant (zero: now), and sees whether all of its message is there.
func (p *posts) find(ctx context.Context, channel, thread, key string, by time.Time) (found chat.PostID, ok bool, err error) {
	me, err := p.self.me(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	var message slack.Message
	err = p.read(ctx, channel, thread, by, func(m slack.Message) bool {
		reply := m.ThreadTimestamp != "" && m.ThreadTimestamp != m.Timestamp
		own := m.User == me.user || m.BotID != "" && m.BotID == me.bot
		if !own || reply != (thread != "") || keyOf(m) == "" || keyOf(m) != key {
			return true
		}
		message, ok = m, true
		return false
	})
	if !ok || err != nil {
		return chat.PostID{}, false, err
	}
	found = p.post(channel, message.Timestamp)
	kept, err := p.gather(ctx, found, message)
	if err != nil {
		return chat.PostID{}, false, err
	}
	if !kept.complete() {
		if wait := p.unsettled(kept); wait > 0 {
			return chat.PostID{}, false, &chat.Later{After: wait, Err: errProcessing}
		}
		p.partials.Put(partialKey(channel, thread, key), partial{found, kept.sent})
		return chat.PostID{}, false, nil
	}
	return found, true, nil
}

// keyOf is the key of the bot's message; empty when it has none.
func keyOf(m slack.Message) string {
	if m.Metadata.EventType != eventType {
		return ""
	}
	key, _ := m.Metadata.EventPayload["key"].(string)
	return key
}

// read shows the messages of a channel, or of a thread, of the month before an instant
// (zero: now) until visit returns false. Slack gives roots newest first, a thread oldest
// first.
func (p *posts) read(ctx context.Context, channel, thread string, by time.Time, visit func(slack.Message) bool) error {
	latest := ""
	if by.IsZero() {
		by = p.clock()
	} else {
		latest = strconv.FormatInt(by.Add(findAfter).Unix(), 10) + ".000000"
	}
	oldest := strconv.FormatInt(by.Add(-findBack).Unix(), 10) + ".000000"
	for cursor, more := "", true; more; more = cursor != "" {
		var page []slack.Message
		var err error
		if thread == "" {
			page, cursor, err = p.api.History(ctx, slack.GetConversationHistoryParameters{
				ChannelID: channel, Oldest: oldest, Latest: latest, Limit: webapi.PageSize, Cursor: cursor, IncludeAllMetadata: true,
			})
		} else {
			page, cursor, err = p.api.Replies(ctx, slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: thread, Oldest: oldest, Limit: webapi.PageSize, Cursor: cursor, IncludeAllMetadata: true,
			})
		}
		if err != nil {
			return err
		}
		for _, m := range page {
			if !visit(m) {
				return nil
			}
		}
	}
	return nil
}

// checkThread checks that a thread can be written to: Slack does not promise to
// refuse a reply to what isn't there.
func (p *posts) checkThread(ctx context.Context, channel, root string) error {
	if _, ok := p.roots.Get(channel + " " + root); ok {
		return ctx.Err()
	}
	page, _, err := p.api.Replies(ctx, slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: root, Limit: 1, Inclusive: true})
	switch {
	case err != nil:
		return err
	case len(page) == 0 || page[0].SubType == "tombstone":
		return fmt.Errorf("no message %s in the channel %s: %w", root, channel, chat.ErrGone)
	case page[0].Timestamp != root || page[0].ThreadTimestamp != "" && page[0].ThreadTimestamp != root:
		return fmt.Errorf("message %s is a reply; a thread hangs on its root %s: %w", root, page[0].ThreadTimestamp, chat.ErrRefused)
	}
	p.roots.Put(channel+" "+root, struct{}{})
	return nil
}

// recall returns what is known of a post of the bot's: from memory, or as Slack
// has it.
func (p *posts) recall(ctx context.Context, post chat.PostID) (sent, error) {
	if kept, ok := p.sent.Get(post.Channel + " " + post.Message); ok {
		return kept, nil
	}
	page, _, err := p.api.Replies(ctx, slack.GetConversationRepliesParameters{
		ChannelID: post.Channel, Timestamp: post.Message, Latest: post.Message, Oldest: post.Message, Inclusive: true, Limit: 2, IncludeAllMetadata: true,
	})
	if err != nil {
		return sent{}, err
	}
	at := slices.IndexFunc(page, func(m slack.Message) bool { return m.Timestamp == post.Message })
	if at < 0 {
		return sent{}, nil // chat.update will say whether it is there
	}
	all, err := p.gather(ctx, post, page[at])
	return all.sent, err
}

// asSent is what Slack says of a post of the bot's.
func asSent(m slack.Message) sent {
	var kept sent
	if m.Metadata.EventType == eventType {
		kept.about = &slack.SlackMetadata{EventType: eventType, EventPayload: m.Metadata.EventPayload}
	}
	if m.ThreadTimestamp != m.Timestamp {
		kept.thread = m.ThreadTimestamp
	}
	return kept
}
