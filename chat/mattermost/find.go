package mattermost

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// findSince is how far back a post is looked for, postsPerPage how many posts are
// looked at with one call (the server's most).
const (
	findSince    = 31 * 24 * time.Hour
	postsPerPage = 200
)

// finder finds posts of the bot's own again, by the keys of their messages.
type finder struct {
	*server
	channels *channels
}

// find is [Platform.Find].
func (f *finder) find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (chat.PostID, bool, error) {
	if err := f.checkChannel(in); err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	if thread == (chat.PostID{}) {
		return f.findRoot(ctx, in.Channel, key, time.Time{})
	}
	if err := f.checkPost(in, thread); err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	return f.findReply(ctx, in.Channel, thread.Message, key)
}

// findDirect is [Platform.FindDirect].
func (f *finder) findDirect(ctx context.Context, to chat.PersonID, key string, by time.Time) (chat.PostID, bool, error) {
	channel, err := f.channels.direct(ctx, to)
	if err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	return f.findRoot(ctx, channel, key, by)
}

// findRoot turns the channel's pages back until a month before the instant; zero: now.
func (f *finder) findRoot(ctx context.Context, channel, key string, by time.Time) (chat.PostID, bool, error) {
	me, err := f.bot(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	if by.IsZero() {
		by = f.options.Clock()
	}
	oldest := f.serverTime(by.Add(-findSince)).UnixMilli()
	var best *model.Post
	for page := 0; ; page++ {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		list, resp, err := f.client.GetPostsForChannel(call, channel, page, postsPerPage, "", false, false)
		cancel()
		if err != nil {
			return chat.PostID{}, false, f.channels.closed(ctx, channel, "find", resp, err)
		}
		reached := len(list.Order) < postsPerPage
		for _, id := range list.Order { // roots of replies are in Posts only
			post := list.Posts[id]
			if post == nil {
				continue
			}
			reached = reached || post.CreateAt < oldest
			if post.RootId == "" && hasKey(post, me.Id, key) && (best == nil || post.CreateAt < best.CreateAt) {
				best = post
			}
		}
		if reached {
			break
		}
	}
	return f.found(best)
}

// findReply looks through a thread.
func (f *finder) findReply(ctx context.Context, channel, root, key string) (chat.PostID, bool, error) {
	me, err := f.bot(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	list, resp, err := f.client.GetPostThread(ctx, root, "", false)
	if err != nil {
		return chat.PostID{}, false, f.channels.closed(ctx, channel, "find in a thread", resp, err)
	}
	var best *model.Post
	posts := list.ToSlice()
	slices.SortFunc(posts, func(a, b *model.Post) int {
		if a.CreateAt != b.CreateAt {
			return int(a.CreateAt - b.CreateAt)
		}
		return strings.Compare(a.Id, b.Id)
	})
	for _, post := range posts {
		if post.RootId == root && post.ChannelId == channel && hasKey(post, me.Id, key) {
			best = post
			break
		}
	}
	return f.found(best)
}

// hasKey says whether a post is the bot's own, is still there and has the key.
func hasKey(post *model.Post, me, key string) bool {
	hash, _ := post.GetProp(propKey).(string)
	return key != "" && post.UserId == me && post.DeleteAt == 0 && hash == shortHash(key)
}

// found returns a post that may be nil as [Platform.Find] does.
func (f *finder) found(post *model.Post) (chat.PostID, bool, error) {
	if post == nil {
		return chat.PostID{}, false, nil
	}
	return f.postID(post.ChannelId, post.Id), true, nil
}
