package slack

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// sent is what the bot remembers of a post of its own.
type sent struct {
	about  *slack.SlackMetadata
	thread string   // the root that it hangs on; empty for roots
	more   []string // the posts that carry on, in the thread
	shown  []string // ids of the files that are in the thread
}

// Post implements [chat.Platform].
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	if err := p.ours(to); err != nil {
		return chat.PostID{}, err
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, err
	}
	if thread != (chat.PostID{}) {
		if thread.Connection != to.Connection || thread.Channel != to.Channel {
			return chat.PostID{}, fmt.Errorf("the thread %s is not in the channel %s: %w", thread.Message, to.Channel, chat.ErrGone)
		}
		if err := p.thread(ctx, to.Channel, thread.Message); err != nil {
			return chat.PostID{}, err
		}
	}
	return p.send(ctx, to.Channel, thread.Message, m)
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (chat.PostID, error) {
	u, err := p.parse(to)
	if err != nil {
		return chat.PostID{}, err
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, err
	}
	return p.send(ctx, u.id, "", m)
}

// ours checks that a channel is of this connection.
func (p *Platform) ours(id chat.ChannelID) error {
	if id.Connection != p.options.Connection || id.Channel == "" {
		return fmt.Errorf("the channel %q is not on connection %s: %w", id.Channel, p.options.Connection, chat.ErrGone)
	}
	return nil
}

// eventType marks the metadata of the bot's own messages.
const eventType = "roundtable"

func about(payload map[string]any) *slack.SlackMetadata {
	return &slack.SlackMetadata{EventType: eventType, EventPayload: payload}
}

// send posts a message to a channel, or to a user by id, as one post or several.
// One that was begun before, as Find has seen, is gone on with.
func (p *Platform) send(ctx context.Context, to, thread string, m chat.Message) (chat.PostID, error) {
	parts, err := p.compose(ctx, m)
	if err != nil {
		return chat.PostID{}, err
	}
	if begun, ok := p.takeBegun(to, thread, m.Key); ok {
		return begun.post, p.goOn(ctx, begun, parts, m)
	}
	files, err := p.upload(ctx, m)
	if err != nil {
		return chat.PostID{}, err
	}
	meta := p.marked(withFiles(described(nil, m.Key, len(parts)), files))
	channel, ts, err := p.postPart(ctx, to, thread, &parts[0], meta)
	if err != nil {
		return chat.PostID{}, err
	}
	p.threads.keep(channel+" "+first(thread, ts), struct{}{})
	post := p.post(channel, ts)
	return post, p.rest(ctx, post, parts, files, sent{about: meta, thread: thread}, m.Key)
}

// described is the metadata of a post: its key, which stays that of old, and how
// many posts the message takes when it is not one.
func described(old *slack.SlackMetadata, key string, parts int) *slack.SlackMetadata {
	payload := map[string]any{}
	if old != nil {
		maps.Copy(payload, old.EventPayload)
	}
	if key != "" {
		payload["key"] = key
	}
	if parts > 1 {
		payload["parts"] = parts
	} else if payload["parts"] != nil {
		payload["parts"] = 1
	}
	if len(payload) == 0 {
		return nil
	}
	return about(payload)
}

// toldMark says, in the metadata of a post, that the app was told of what is said in
// channels: so that it is known after a restart.
const toldMark = "told"

func (p *Platform) marked(meta *slack.SlackMetadata) *slack.SlackMetadata {
	if meta == nil || !p.hearing.isTold() {
		return meta
	}
	payload := maps.Clone(meta.EventPayload)
	payload[toldMark] = true
	return about(payload)
}

// withFiles adds the ids of files that are shared in the thread because of a post
// to its metadata, whose values Slack wants to be plain.
func withFiles(meta *slack.SlackMetadata, files []uploaded) *slack.SlackMetadata {
	if len(files) == 0 || meta == nil {
		return meta
	}
	payload := maps.Clone(meta.EventPayload)
	all := filesOf(meta)
	for _, f := range files {
		all = append(all, f.id)
	}
	payload["files"] = strings.Join(all, " ")
	return about(payload)
}

// filesOf are the ids that stand in the metadata.
func filesOf(meta *slack.SlackMetadata) []string {
	if meta == nil {
		return nil
	}
	ids, _ := meta.EventPayload["files"].(string)
	return strings.Fields(ids)
}

// continued is the metadata of a post that carries on another.
func continued(ts string, i int) *slack.SlackMetadata {
	return about(map[string]any{"continues": ts, "part": i + 2})
}

// postPart makes one post; again while Slack is still busy with its pictures.
// Those that it does not show in their place are uploaded, to be shared with the
// message's files.
func (p *Platform) postPart(ctx context.Context, to, thread string, part *part, meta *slack.SlackMetadata) (channel, ts string, err error) {
	err = p.whenProcessed(ctx, part, func() error {
		if err := p.uploadUnshown(ctx, part); err != nil {
			return err
		}
		meta := withFiles(meta, part.aside)
		return p.call(ctx, "chat.postMessage", to, func(ctx context.Context) (err error) {
			options := append(part.options(thread, meta), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
			channel, ts, err = p.api.PostMessageContext(ctx, to, options...)
			return err
		})
	})
	return channel, ts, err
}

// Edit implements [chat.Platform]. Files that the message has are not shared
// again.
func (p *Platform) Edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	if err := p.ours(chat.ChannelID{Connection: post.Connection, Channel: post.Channel}); err != nil {
		return err
	}
	if err := m.Check(); err != nil {
		return err
	}
	parts, err := p.compose(ctx, m)
	if err != nil {
		return err
	}
	old, err := p.recall(ctx, post)
	if err != nil {
		return err
	}
	old.about = p.marked(described(old.about, "", len(parts)))
	if err := p.update(ctx, post.Channel, post.Message, parts[0], old.about); err != nil {
		return err
	}
	if err := p.carryOn(ctx, post, parts[1:], old); err != nil {
		return err
	}
	return p.share(ctx, post, asides(parts), old)
}

func (p *Platform) update(ctx context.Context, channel, ts string, part part, meta *slack.SlackMetadata) error {
	return p.whenProcessed(ctx, &part, func() error {
		return p.call(ctx, "chat.update", channel, func(ctx context.Context) error {
			_, _, _, err := p.api.UpdateMessageContext(ctx, channel, ts, part.options("", meta)...)
			return err
		})
	})
}

// carryOn brings the posts that carry on a long message up to date: edits those
// there are, adds what is missing, takes away what is too much.
func (p *Platform) carryOn(ctx context.Context, post chat.PostID, parts []part, old sent) error {
	root := first(old.thread, post.Message)
	kept := sent{about: old.about, thread: old.thread}
	// Whether Slack has taken a post that fails, only Slack knows.
	p.posts.forget(post.Channel + " " + post.Message)
	for i := range parts {
		if i < len(old.more) {
			if err := p.update(ctx, post.Channel, old.more[i], parts[i], continued(post.Message, i)); err != nil {
				return err
			}
			kept.more = append(kept.more, old.more[i])
			continue
		}
		_, ts, err := p.postPart(ctx, post.Channel, root, &parts[i], continued(post.Message, i))
		if err != nil {
			return err
		}
		kept.more = append(kept.more, ts)
	}
	for _, ts := range old.more[min(len(parts), len(old.more)):] {
		err := p.call(ctx, "chat.delete", post.Channel, func(ctx context.Context) error {
			_, _, err := p.api.DeleteMessageContext(ctx, post.Channel, ts)
			return err
		})
		if err != nil {
			return err
		}
	}
	p.posts.keep(post.Channel+" "+post.Message, kept)
	return nil
}
