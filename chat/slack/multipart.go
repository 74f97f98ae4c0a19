package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// A message may take several posts, and files that are shared once it stands. The
// first post says in its metadata how many posts there are and which files; those
// that carry on name it. So it is seen at any time what is missing.

// partial is a message of which only a part stands.
type partial struct {
	post chat.PostID
	sent sent
}

// partialKey names where a message was begun.
func partialKey(channel, thread, key string) string { return channel + " " + thread + " " + key }

// takePartial returns what Find has seen of a message, once. to may be a user.
func (p *posts) takePartial(to, thread, key string) (partial, bool) {
	if key == "" {
		return partial{}, false
	}
	if channel, ok := p.people.directs.Get(to); ok {
		to = channel
	}
	at := partialKey(to, thread, key)
	b, ok := p.partials.Get(at)
	p.partials.Delete(at)
	return b, ok
}

// gathered is a message as Slack has it.
type gathered struct {
	sent
	parts  int
	files  []string // that belong to it
	newest string   // ts of its last post
}

func (g gathered) complete() bool {
	return len(g.more) >= g.parts-1 && !slices.ContainsFunc(g.files, func(id string) bool { return !slices.Contains(g.shown, id) })
}

// gather looks for what hangs on a message's first post.
func (p *posts) gather(ctx context.Context, post chat.PostID, m slack.Message) (gathered, error) {
	g := gathered{sent: asSent(m), parts: 1, newest: m.Timestamp}
	if g.about == nil {
		return g, nil
	}
	parts, several := g.about.EventPayload["parts"].(float64)
	g.files = filesOf(g.about)
	if !several && len(g.files) == 0 {
		return g, nil // it never took more than one post
	}
	g.parts = max(g.parts, int(parts))
	for cursor, more := "", true; more; more = cursor != "" {
		var page []slack.Message
		var err error
		page, cursor, err = p.api.Replies(ctx, slack.GetConversationRepliesParameters{
			ChannelID: post.Channel, Timestamp: cmp.Or(g.thread, post.Message), Oldest: post.Message, Limit: webapi.PageSize, Cursor: cursor, IncludeAllMetadata: true,
		})
		if err != nil {
			return g, err
		}
		for _, m := range page {
			g.add(post, m)
		}
	}
	return g, nil
}

// add takes note of a message in the thread.
func (g *gathered) add(post chat.PostID, m slack.Message) {
	for _, f := range m.Files {
		g.shown = append(g.shown, f.ID)
	}
	if of, _ := m.Metadata.EventPayload["continues"].(string); m.Metadata.EventType != eventType || of != post.Message {
		return
	}
	g.more = append(g.more, m.Timestamp)
	g.files = append(g.files, filesOf(&m.Metadata)...)
	g.newest = m.Timestamp
}

// fileSettles is how long after a post a file may take to be seen in the thread:
// its upload ends before Slack has processed it.
const fileSettles = 15 * time.Second

// unsettled says for how long it isn't known whether files are missing.
func (p *posts) unsettled(g gathered) time.Duration {
	seconds, err := strconv.ParseFloat(g.newest, 64)
	if len(g.more) < g.parts-1 || err != nil {
		return 0
	}
	settles := p.api.Scaled(fileSettles)
	return min(settles, settles-p.clock().Sub(time.UnixMicro(int64(seconds*1e6))))
}

// resume sends what is missing of a message, and brings what stands up to date: it
// may read otherwise by now.
func (p *posts) resume(ctx context.Context, b partial, parts []postPart, m chat.Message) error {
	var missing []uploaded
	var ids []string
	known := filesOf(b.sent.about)
	for i, file := range filesIn(m) {
		if i < len(known) && slices.Contains(b.sent.shown, known[i]) {
			ids = append(ids, known[i])
			continue
		}
		id, err := p.uploads.upload(ctx, file.Name, file.Data)
		if parts[0].words.takes(err) {
			continue
		}
		if err != nil {
			return err
		}
		missing, ids = append(missing, uploaded{id, file.Name}), append(ids, id)
	}
	meta := described(b.sent.about, "", len(parts))
	delete(meta.EventPayload, "files")
	for _, id := range ids {
		meta = withFiles(meta, []uploaded{{id: id}})
	}
	b.sent.about = meta
	if err := p.update(ctx, b.post.Channel, b.post.Message, parts[0], meta); err != nil {
		return err
	}
	return p.sendRest(ctx, b.post, parts, missing, b.sent, m.Key)
}

func filesIn(m chat.Message) []chat.File {
	var all []chat.File
	for _, b := range m.Blocks {
		if file, ok := b.(chat.File); ok {
			all = append(all, file)
		}
	}
	return all
}

// sendRest sends what a message has beside its first post. What may pass is an error,
// so that the caller looks and comes again; what will not, or can't be looked for
// since there is no key, is logged: the message counts as sent.
func (p *posts) sendRest(ctx context.Context, post chat.PostID, parts []postPart, files []uploaded, have sent, key string) error {
	tried := false
	err := p.api.Retry(ctx, func() error {
		if tried {
			p.sent.Delete(post.Channel + " " + post.Message) // only Slack knows what it has taken
			now, err := p.recall(ctx, post)
			if err != nil {
				return err
			}
			have = now
		}
		tried = true
		if err := p.updateRest(ctx, post, parts[1:], have); err != nil {
			return err
		}
		return p.share(ctx, post, slices.Concat(files, asides(parts)), have, parts[0].words)
	})
	switch {
	case err == nil:
		return nil
	case key != "" && (webapi.Temporary(err) || adapter.IsUnreachable(err)):
		return fmt.Errorf("the rest of a message: %w", err)
	}
	p.log.Error("the rest of a long message did not arrive", "error", err)
	return nil
}

// asides are the pictures that Slack would not show in their place.
func asides(parts []postPart) []uploaded {
	var all []uploaded
	for _, part := range parts {
		all = append(all, part.aside...)
	}
	return all
}

// share shows files in the thread of a message that stands already.
func (p *posts) share(ctx context.Context, post chat.PostID, files []uploaded, have sent, words *shortfall) error {
	var shared []string
	for _, f := range files {
		if slices.Contains(have.shown, f.id) {
			continue
		}
		err := p.uploads.complete(ctx, f.id, f.title, post.Channel, cmp.Or(have.thread, post.Message))
		if words.takes(err) {
			continue
		}
		if err != nil && !webapi.Coded(err, "file_not_found") { // an upload ends once: the try before did it
			return err
		}
		shared = append(shared, f.id)
	}
	return p.awaitShown(ctx, post, shared, have, words)
}

// errNotShown says that Slack has taken a file, and shows it nowhere.
var errNotShown = errors.New("slack has taken a file that it doesn't show")

// awaitShown looks whether files that were shared are there: Slack may lose them
// without a word. It doesn't wait longer than the context lives.
func (p *posts) awaitShown(ctx context.Context, post chat.PostID, ids []string, have sent, words *shortfall) error {
	if len(ids) == 0 {
		return nil
	}
	settles := p.api.Scaled(fileSettles)
	looking, cancel := context.WithTimeout(ctx, settles)
	defer cancel()
	r := adapter.Retry{First: p.api.Scaled(processPause), Longest: settles, Growth: 2, Exact: true, Worth: func(err error) bool { return errors.Is(err, errNotShown) }}
	err := r.Do(looking, func() error {
		g := gathered{sent: sent{thread: have.thread}}
		page, _, err := p.api.Replies(looking, slack.GetConversationRepliesParameters{
			ChannelID: post.Channel, Timestamp: cmp.Or(have.thread, post.Message), Oldest: post.Message, Limit: webapi.PageSize, IncludeAllMetadata: true,
		})
		for _, m := range page {
			g.add(post, m)
		}
		if err == nil && slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(g.shown, id) }) {
			return errNotShown
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errNotShown):
		p.log.Error("slack has taken a file that it doesn't show")
		words.why = err
	case webapi.Temporary(err):
		return err
	}
	return nil // what can't be looked at is taken on trust
}
