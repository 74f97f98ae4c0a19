package mattermost

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// What the server tells at a time.
const (
	// sinceLimit is how many changed posts it returns at most for "since"; the roots
	// of replies among them come besides (server 9.9, SqlPostStore.GetPostsSince).
	sinceLimit = 1000
	// idsLimit is how many posts can be asked for by their ids (server 9.9,
	// api4.getPostsByIds).
	idsLimit = 1000
)

// history reads what has changed in channels.
type history struct {
	*server
	replies *adapter.Cache[string, string] // the channel of what people said in threads, by the post's id
}

// changedSince returns what has changed in a channel since a time (the server's, in
// milliseconds): new, edited and deleted posts, and those with other reactions, in
// the order in which they were posted.
func (h *history) changedSince(ctx context.Context, channel string, since int64) ([]*model.Post, error) {
	all := map[string]*model.Post{}
	for from, more := since, true; more; {
		list, err := callRateLimited(ctx, "look up missed posts", func(ctx context.Context) (*model.PostList, *model.Response, error) {
			return h.client.GetPostsSince(ctx, channel, from, false)
		})
		if err != nil {
			return nil, err
		}
		keepNewest(all, slices.Collect(maps.Values(list.Posts))...)
		from, more = nextSince(list, from)
	}
	if len(all) >= sinceLimit {
		// Something may be left out all the same. What is new stands on the channel's
		// pages, and what has become of known replies can be asked for.
		if err := errors.Join(h.pagesSince(ctx, channel, since, all), h.knownReplies(ctx, channel, all)); err != nil {
			return nil, err
		}
	}
	var posts []*model.Post
	for _, post := range all {
		// What an edit replaced is kept as a deleted post of another id.
		if post.UpdateAt > since && post.OriginalId == "" {
			posts = append(posts, post)
		}
	}
	slices.SortFunc(posts, func(a, b *model.Post) int {
		return cmp.Or(cmp.Compare(a.CreateAt, b.CreateAt), cmp.Compare(a.Id, b.Id))
	})
	return posts, nil
}

// nextSince says whether the server may have left something out of a list of what
// has changed since a time, and from where to ask on. Of more than it returns it takes
// those that its database comes upon first: by the time of change, or as they lie
// on its disk (both seen in server 9.9). So each step passes over the oldest few
// only, that others may come in.
func nextSince(list *model.PostList, since int64) (from int64, more bool) {
	var at []int64
	for _, post := range list.Posts {
		if post.UpdateAt > since {
			at = append(at, post.UpdateAt)
		}
	}
	if len(at) < sinceLimit {
		return since, false
	}
	slices.Sort(at)
	return max(at[sinceLimit/5]-1, since+1), true
}

// knownReplies asks what has become of the replies in a channel that came before.
func (h *history) knownReplies(ctx context.Context, channel string, all map[string]*model.Post) error {
	var ids []string
	for post, in := range h.replies.All() {
		if in == channel {
			ids = append(ids, post)
		}
	}
	for some := range slices.Chunk(ids, idsLimit) {
		posts, err := callRateLimited(ctx, "look up posts", func(ctx context.Context) ([]*model.Post, *model.Response, error) {
			return h.client.GetPostsByIds(ctx, some)
		})
		if err != nil && !errors.Is(err, chat.ErrGone) { // none of them is there
			return err
		}
		keepNewest(all, posts...)
	}
	return nil
}

// keepNewest adds posts to those that are known, newer ones in place of older.
func keepNewest(all map[string]*model.Post, posts ...*model.Post) {
	for _, post := range posts {
		if known := all[post.Id]; known == nil || known.UpdateAt < post.UpdateAt {
			all[post.Id] = post
		}
	}
}

// pagesSince turns a channel's pages back to a time. Deleted posts are not on them.
func (h *history) pagesSince(ctx context.Context, channel string, since int64, all map[string]*model.Post) error {
	for page := 0; ; page++ {
		list, err := callRateLimited(ctx, "look up missed posts", func(ctx context.Context) (*model.PostList, *model.Response, error) {
			return h.client.GetPostsForChannel(ctx, channel, page, postsPerPage, "", false, false)
		})
		if err != nil {
			return err
		}
		keepNewest(all, slices.Collect(maps.Values(list.Posts))...)
		reached := len(list.Order) < postsPerPage
		for _, id := range list.Order {
			if post := list.Posts[id]; post != nil {
				reached = reached || post.CreateAt < since
			}
		}
		if reached {
			return nil
		}
	}
}

// callRateLimited makes one of the calls of catching up, and makes it again when
// the server says that it was asked too often: there may be more channels than it takes
// calls at a time.
func callRateLimited[T any](ctx context.Context, doing string, call func(context.Context) (T, *model.Response, error)) (v T, err error) {
	retry := adapter.Retry{
		First: time.Second, Longest: time.Second, Exact: true, // or as long as the server asks for
		Worth: func(err error) bool { _, tooOften := errors.AsType[*chat.Later](err); return tooOften },
	}
	err = retry.Do(ctx, func() error {
		once, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		var resp *model.Response
		if v, resp, err = call(once); err != nil {
			return apiError(doing, resp, err)
		}
		return nil
	})
	return v, err
}
