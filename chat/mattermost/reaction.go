package mattermost

import (
	"context"
	"fmt"
	"maps"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// mark is a reaction on a post: whose, and which emoji.
type mark struct{ user, emoji string }

// marks are the reactions on one post, with the times (the server's, in
// milliseconds) at which they were put on. They are never changed, but replaced.
type marks map[mark]int64

// reactionID is the same each time the same reaction comes.
func reactionID(r *model.Reaction) string {
	return fmt.Sprintf("react:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, r.CreateAt)
}

// reacted takes a reaction that was put on a post.
func (p *Platform) reacted(ctx context.Context, r *model.Reaction, channel string) {
	now := maps.Clone(p.marksOn(r.PostId))
	now[mark{r.UserId, r.EmojiName}] = r.CreateAt
	p.marks.put(r.PostId, now)
	p.hearReaction(ctx, r, channel, reactionID(r), chat.Reacted{Emoji: r.EmojiName, On: p.postID(channel, r.PostId)})
}

// unreacted takes one that was taken off; id is its own.
func (p *Platform) unreacted(ctx context.Context, r *model.Reaction, channel, id string) {
	now := maps.Clone(p.marksOn(r.PostId))
	delete(now, mark{r.UserId, r.EmojiName})
	p.marks.put(r.PostId, now)
	p.hearReaction(ctx, r, channel, id, chat.Unreacted{Emoji: r.EmojiName, On: p.postID(channel, r.PostId)})
}

// marksOn are the reactions on a post, as far as they have been heard of.
func (p *Platform) marksOn(post string) marks {
	if m, known := p.marks.get(post); known {
		return m
	}
	return marks{}
}

// marked takes what has become of a changed post's reactions while the server was
// not heard. The server tells which are there; those that were there and are not
// any more have been taken off.
func (p *Platform) marked(ctx context.Context, post *model.Post, since int64) {
	var there []*model.Reaction
	if post.Metadata != nil {
		there = post.Metadata.Reactions
	}
	if post.HasReactions && len(there) == 0 {
		return // it does not tell
	}
	before, now := p.marksOn(post.Id), marks{}
	for _, r := range there {
		now[mark{r.UserId, r.EmojiName}] = r.CreateAt
	}
	for m, at := range before {
		if _, is := now[m]; !is {
			r := &model.Reaction{UserId: m.user, PostId: post.Id, EmojiName: m.emoji, CreateAt: at}
			p.unreacted(ctx, r, post.ChannelId, "un"+reactionID(r))
		}
	}
	for _, r := range there {
		if r.CreateAt > since {
			p.reacted(ctx, r, post.ChannelId)
		}
	}
	if len(before)+len(now) > 0 {
		p.marks.put(post.Id, now)
	}
}

func (p *Platform) hearReaction(ctx context.Context, r *model.Reaction, channel, id string, what chat.What) {
	if r.UserId == p.myID() || channel == "" || !p.seen.first(id) {
		return
	}
	p.inChannel(ctx, channel, func(ctx context.Context, handle chat.Handler, c channelInfo) {
		p.hear(ctx, handle, asker{id: id, user: r.UserId, channel: channel, thread: p.rootOf(ctx, r.PostId), direct: c.direct}, what)
	})
}
