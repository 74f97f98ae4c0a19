package mattermost

import (
	"context"
	"fmt"
	"maps"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// reactionKey is a reaction on a post: whose, and which emoji.
type reactionKey struct{ user, emoji string }

// reactionSet are the reactions on one post, with the times (the server's, in
// milliseconds) at which they were put on. They are never changed, but replaced.
type reactionSet map[reactionKey]int64

// reactionID is the same each time the same reaction comes.
func reactionID(r *model.Reaction) string {
	return fmt.Sprintf("react:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, r.CreateAt)
}

// reactionAdded takes a reaction that was put on a post.
func (e *events) reactionAdded(ctx context.Context, r *model.Reaction, channel string) {
	now := maps.Clone(e.reactionsOn(r.PostId))
	now[reactionKey{r.UserId, r.EmojiName}] = r.CreateAt
	e.reactions.Put(r.PostId, now)
	e.dispatchReaction(ctx, r, channel, reactionID(r), chat.Reacted{Emoji: r.EmojiName, On: e.postID(channel, r.PostId)})
}

// reactionRemoved takes one that was taken off; id is its own.
func (e *events) reactionRemoved(ctx context.Context, r *model.Reaction, channel, id string) {
	now := maps.Clone(e.reactionsOn(r.PostId))
	delete(now, reactionKey{r.UserId, r.EmojiName})
	e.reactions.Put(r.PostId, now)
	e.dispatchReaction(ctx, r, channel, id, chat.Unreacted{Emoji: r.EmojiName, On: e.postID(channel, r.PostId)})
}

// reactionsOn returns the reactions on a post, as far as they are known.
func (e *events) reactionsOn(post string) reactionSet {
	if m, known := e.reactions.Get(post); known {
		return m
	}
	return reactionSet{}
}

// compareReactions takes what has become of a changed post's reactions during an
// outage. The server tells which are there; those that were there and are not any
// more have been taken off.
func (e *events) compareReactions(ctx context.Context, post *model.Post, since int64) {
	var there []*model.Reaction
	if post.Metadata != nil {
		there = post.Metadata.Reactions
	}
	if post.HasReactions && len(there) == 0 {
		return // it does not tell
	}
	before, now := e.reactionsOn(post.Id), reactionSet{}
	for _, r := range there {
		now[reactionKey{r.UserId, r.EmojiName}] = r.CreateAt
	}
	for m, at := range before {
		if _, still := now[m]; !still {
			r := &model.Reaction{UserId: m.user, PostId: post.Id, EmojiName: m.emoji, CreateAt: at}
			e.reactionRemoved(ctx, r, post.ChannelId, "un"+reactionID(r))
		}
	}
	for _, r := range there {
		if r.CreateAt > since {
			e.reactionAdded(ctx, r, post.ChannelId)
		}
	}
	if len(before)+len(now) > 0 {
		e.reactions.Put(post.Id, now)
	}
}

// dispatchReaction gives a reaction to the handler, once.
func (e *events) dispatchReaction(ctx context.Context, r *model.Reaction, channel, id string, what chat.What) {
	if r.UserId == e.botID() || channel == "" || !e.seen.First(id) {
		return
	}
	e.inChannel(ctx, channel, func(ctx context.Context, run *adapter.Run, c channelInfo) {
		e.dispatch(ctx, run, origin{id: id, user: r.UserId, channel: channel, thread: e.posts.rootOf(ctx, r.PostId), direct: c.direct}, what)
	})
}
