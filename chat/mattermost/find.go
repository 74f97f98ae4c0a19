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

// findBack is how far back a post is looked for, findPage how many posts are
// looked at with one call (the server's most).
const (
	findBack = 31 * 24 * time.Hour
	findPage = 200
)

// Find implements [chat.Platform]. Of several posts it returns the oldest.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (chat.PostID, bool, error) {
	if err := p.reachable(in); err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	if thread == (chat.PostID{}) {
		return p.findRoot(ctx, in.Channel, key)
	}
	if err := p.within(in, thread); err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	return p.findReply(ctx, in.Channel, thread.Message, key)
}

// FindDirect implements [chat.Platform].
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string) (chat.PostID, bool, error) {
	channel, err := p.conversation(ctx, to)
	if err != nil {
		return chat.PostID{}, false, fmt.Errorf("find: %w", err)
	}
	return p.findRoot(ctx, channel, key)
}

// findRoot turns the channel's pages back until it is a month ago.
func (p *Platform) findRoot(ctx context.Context, channel, key string) (chat.PostID, bool, error) {
	me, err := p.self(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	oldest := p.serverTime(p.o.Clock().Add(-findBack)).UnixMilli()
	var best *model.Post
	for page := 0; ; page++ {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		list, resp, err := p.client.GetPostsForChannel(call, channel, page, findPage, "", false, false)
		cancel()
		if err != nil {
			return chat.PostID{}, false, failed("find", resp, err)
		}
		reached := len(list.Order) < findPage
		for _, id := range list.Order { // roots of replies are in Posts only
			post := list.Posts[id]
			if post == nil {
				continue
			}
			reached = reached || post.CreateAt < oldest
			if post.RootId == "" && isKeyed(post, me.Id, key) && (best == nil || post.CreateAt < best.CreateAt) {
				best = post
			}
		}
		if reached {
			break
		}
	}
	return p.found(best)
}

func (p *Platform) findReply(ctx context.Context, channel, root, key string) (chat.PostID, bool, error) {
	me, err := p.self(ctx)
	if err != nil {
		return chat.PostID{}, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	list, resp, err := p.client.GetPostThread(ctx, root, "", false)
	if err != nil {
		return chat.PostID{}, false, failed("find in a thread", resp, err)
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
		if post.RootId == root && post.ChannelId == channel && isKeyed(post, me.Id, key) {
			best = post
			break
		}
	}
	return p.found(best)
}

func isKeyed(post *model.Post, me, key string) bool {
	is, _ := post.GetProp(propKey).(string)
	return key != "" && post.UserId == me && post.DeleteAt == 0 && is == digest(key)
}

func (p *Platform) found(post *model.Post) (chat.PostID, bool, error) {
	if post == nil {
		return chat.PostID{}, false, nil
	}
	return p.postID(post.ChannelId, post.Id), true, nil
}

// serverTime is a moment as the server's clock shows it.
func (p *Platform) serverTime(t time.Time) time.Time {
	p.meLock.Lock()
	defer p.meLock.Unlock()
	return t.Add(p.skew)
}
