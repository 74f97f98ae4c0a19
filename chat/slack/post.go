package slack

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// posts are the bot's messages: each is one post or several. Safe for concurrent
// use.
type posts struct {
	connection
	api     *webapi.Client
	log     *slog.Logger
	clock   func() time.Time
	self    *self
	people  *people
	uploads *uploads
	monitor *connectionMonitor

	roots    *adapter.Cache[string, struct{}] // roots that are known to be there
	sent     *adapter.Cache[string, sent]     // what has been posted
	partials *adapter.Cache[string, partial]  // messages of which a part stands
}

func newPosts(p *Platform, o Options) *posts {
	return &posts{
		connection: p.connection, api: p.api, log: o.Log, clock: o.Clock, self: p.self, people: p.people, uploads: p.uploads, monitor: p.monitor,
		roots:    adapter.NewCache[string, struct{}](20_000, 24*time.Hour, o.Clock),
		sent:     adapter.NewCache[string, sent](20_000, 30*24*time.Hour, o.Clock),
		partials: adapter.NewCache[string, partial](1000, time.Hour, o.Clock),
	}
}

// sent is what the bot remembers of a post of its own.
type sent struct {
	about  *slack.SlackMetadata
	thread string   // the root that it hangs on; empty for roots
	more   []string // the posts that carry on, in the thread
	shown  []string // ids of the files that are in the thread
}

// eventType marks the metadata of the bot's own messages.
const eventType = "roundtable"

func about(payload map[string]any) *slack.SlackMetadata {
	return &slack.SlackMetadata{EventType: eventType, EventPayload: payload}
}

// send posts a message to a channel, or to a user by id, as one post or several.
// One of which a part stands, as Find has seen, is resumed.
func (p *posts) send(ctx context.Context, to, thread string, m chat.Message) (chat.PostID, error) {
	parts, err := p.uploads.compose(ctx, m)
	if err != nil {
		return chat.PostID{}, err
	}
	if part, ok := p.takePartial(to, thread, m.Key); ok {
		return part.post, cmp.Or(p.resume(ctx, part, parts, m), parts[0].words.err())
	}
	files, err := p.uploads.files(ctx, m, parts[0].words)
	if err != nil {
		return chat.PostID{}, err
	}
	meta := p.marked(withFiles(described(nil, m.Key, len(parts)), files))
	channel, ts, err := p.postPart(ctx, to, thread, &parts[0], meta)
	if err != nil {
		return chat.PostID{}, err
	}
	p.roots.Put(channel+" "+cmp.Or(thread, ts), struct{}{})
	post := p.post(channel, ts)
	err = p.sendRest(ctx, post, parts, files, sent{about: meta, thread: thread}, m.Key)
	if err == nil && parts[0].words.why != nil && len(filesOf(meta)) > 0 { // they aren't to be waited for
		err = p.forgetFiles(ctx, post, parts[0], described(meta, m.Key, len(parts)))
	}
	return post, cmp.Or(err, parts[0].words.err())
}

// forgetFiles takes files that are not shown out of what is known of a post.
func (p *posts) forgetFiles(ctx context.Context, post chat.PostID, part postPart, meta *slack.SlackMetadata) error {
	if meta == nil {
		return nil
	}
	payload := maps.Clone(meta.EventPayload)
	delete(payload, "files")
	p.sent.Delete(post.Channel + " " + post.Message)
	return p.update(ctx, post.Channel, post.Message, part, about(payload))
}

// described is the metadata of a post: its old key, and how
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

// messagesMark says, in the metadata of a post, that the app was told of what is said in
// channels: so that it is known after a restart.
const messagesMark = "told"

func (p *posts) marked(meta *slack.SlackMetadata) *slack.SlackMetadata {
	if meta == nil || !p.monitor.getsMessages() {
		return meta
	}
	payload := maps.Clone(meta.EventPayload)
	payload[messagesMark] = true
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
func (p *posts) postPart(ctx context.Context, to, thread string, part *postPart, meta *slack.SlackMetadata) (channel, ts string, err error) {
	err = p.uploads.whenProcessed(ctx, part, func() error {
		if err := p.uploads.uploadUnshown(ctx, part); err != nil {
			return err
		}
		options := append(part.options(thread, withFiles(meta, part.aside)), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
		channel, ts, err = p.api.PostMessage(ctx, to, options...)
		return err
	})
	return channel, ts, err
}

// edit replaces a message in place, all its posts.
func (p *posts) edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	parts, err := p.uploads.compose(ctx, m)
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
	if err := p.updateRest(ctx, post, parts[1:], old); err != nil {
		return err
	}
	return cmp.Or(p.share(ctx, post, asides(parts), old, parts[0].words), parts[0].words.err())
}

func (p *posts) update(ctx context.Context, channel, ts string, part postPart, meta *slack.SlackMetadata) error {
	return p.uploads.whenProcessed(ctx, &part, func() error {
		return p.api.UpdateMessage(ctx, channel, ts, part.options("", meta)...)
	})
}

// updateRest brings the posts that carry on a long message up to date: edits those
// there are, adds what is missing, takes away what is too much.
func (p *posts) updateRest(ctx context.Context, post chat.PostID, parts []postPart, old sent) error {
	root := cmp.Or(old.thread, post.Message)
	kept := sent{about: old.about, thread: old.thread}
	// Whether Slack has taken a post that fails, only Slack knows.
	p.sent.Delete(post.Channel + " " + post.Message)
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
		if err := p.api.DeleteMessage(ctx, post.Channel, ts); err != nil {
			return err
		}
	}
	p.sent.Put(post.Channel+" "+post.Message, kept)
	return nil
}
