package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// historyPage is how many messages are read at once; Slack recommends at most
// 200 (docs.slack.dev/reference/methods/conversations.history).
const historyPage = 200

// Find implements [chat.Platform]. Of several posts with the key it returns the
// newest. A message of which only the beginning stands is not found: the Post or
// Direct that follows goes on with it.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (chat.PostID, bool, error) {
	if err := p.ours(in); err != nil {
		return chat.PostID{}, false, err
	}
	if thread != (chat.PostID{}) && (thread.Connection != in.Connection || thread.Channel != in.Channel) {
		return chat.PostID{}, false, fmt.Errorf("the thread %s is not in the channel %s: %w", thread.Message, in.Channel, chat.ErrGone)
	}
	return p.search(ctx, in.Channel, thread.Message, key)
}

// FindDirect implements [chat.Platform].
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string) (chat.PostID, bool, error) {
	u, err := p.parse(to)
	if err != nil {
		return chat.PostID{}, false, err
	}
	channel, err := p.conversation(ctx, u.id)
	if err != nil {
		return chat.PostID{}, false, err
	}
	return p.search(ctx, channel, "", key)
}

// search looks for the bot's post with that key, among roots or in a thread, and
// sees whether all of its message is there.
func (p *Platform) search(ctx context.Context, channel, thread, key string) (found chat.PostID, ok bool, err error) {
	me, err := p.me(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	var message slack.Message
	err = p.read(ctx, channel, thread, func(m slack.Message) bool {
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
	if !kept.whole() {
		if wait := p.unsettled(kept); wait > 0 {
			return chat.PostID{}, false, &chat.Later{After: wait, Err: errProcessing}
		}
		p.begun.keep(begunAt(channel, thread, key), begun{found, kept.sent})
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

// read shows the messages of a channel, or of a thread, of the last month until
// visit returns false. Slack gives roots newest first, a thread oldest first.
func (p *Platform) read(ctx context.Context, channel, thread string, visit func(slack.Message) bool) error {
	oldest := strconv.FormatInt(p.clock().Add(-findBack).Unix(), 10) + ".000000"
	for cursor, more := "", true; more; more = cursor != "" {
		var page []slack.Message
		var err error
		if thread == "" {
			page, cursor, err = p.history(ctx, &slack.GetConversationHistoryParameters{
				ChannelID: channel, Oldest: oldest, Limit: historyPage, Cursor: cursor, IncludeAllMetadata: true,
			})
		} else {
			page, cursor, err = p.replies(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: thread, Oldest: oldest, Limit: historyPage, Cursor: cursor, IncludeAllMetadata: true,
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

func (p *Platform) history(ctx context.Context, q *slack.GetConversationHistoryParameters) (page []slack.Message, cursor string, err error) {
	err = p.call(ctx, "conversations.history", "", func(ctx context.Context) error {
		got, err := p.api.GetConversationHistoryContext(ctx, q)
		if err == nil {
			page, cursor = got.Messages, got.ResponseMetaData.NextCursor
		}
		return err
	})
	return page, cursor, err
}

func (p *Platform) replies(ctx context.Context, q *slack.GetConversationRepliesParameters) (page []slack.Message, cursor string, err error) {
	err = p.call(ctx, "conversations.replies", "", func(ctx context.Context) (err error) {
		page, _, cursor, err = p.api.GetConversationRepliesContext(ctx, q)
		return err
	})
	return page, cursor, err
}

// thread checks that a thread can be written to: Slack does not promise to
// refuse a reply to what isn't there.
func (p *Platform) thread(ctx context.Context, channel, root string) error {
	if _, ok := p.threads.get(channel + " " + root); ok {
		return ctx.Err()
	}
	page, _, err := p.replies(ctx, &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: root, Limit: 1, Inclusive: true})
	switch {
	case err != nil:
		return err
	case len(page) == 0 || page[0].SubType == "tombstone":
		return fmt.Errorf("no message %s in the channel %s: %w", root, channel, chat.ErrGone)
	case page[0].Timestamp != root || page[0].ThreadTimestamp != "" && page[0].ThreadTimestamp != root:
		return fmt.Errorf("message %s is a reply; a thread hangs on its root %s: %w", root, page[0].ThreadTimestamp, chat.ErrRefused)
	}
	p.threads.keep(channel+" "+root, struct{}{})
	return nil
}

// recall returns what is known of a post of the bot's: from memory, or as Slack
// has it.
func (p *Platform) recall(ctx context.Context, post chat.PostID) (sent, error) {
	if kept, ok := p.posts.get(post.Channel + " " + post.Message); ok {
		return kept, nil
	}
	page, _, err := p.replies(ctx, &slack.GetConversationRepliesParameters{
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

// conversation returns the bot's direct conversation with a user.
func (p *Platform) conversation(ctx context.Context, id string) (string, error) {
	if channel, ok := p.people.directs.get(id); ok {
		return channel, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	var got *slack.Channel
	err := p.patiently(ctx, func() error {
		return p.call(ctx, "conversations.open", "", func(ctx context.Context) (err error) {
			got, _, _, err = p.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{id}})
			return err
		})
	})
	if err != nil {
		return "", err
	}
	if got == nil || got.ID == "" {
		return "", errors.New("slack conversations.open: no channel in the answer")
	}
	p.people.directs.keep(id, got.ID)
	return got.ID, nil
}

// isOurs says whether a direct conversation is the bot's with this user, and not
// one between people.
func (p *Platform) isOurs(ctx context.Context, channel, id string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	own, err := p.conversation(ctx, id)
	return err == nil && own == channel
}
