package mattermost

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"golang.org/x/sync/errgroup"

	"roundtable/bot"
)

const (
	// lookBack is how far back missed posts are looked for when the program
	// starts, and at most.
	lookBack = 24 * time.Hour
	// overlap is looked at again, so that nothing falls between.
	overlap = 2 * time.Minute
	// sinceLimit is how many posts the server returns at most for "since", in no
	// order (server 9.9, SqlPostStore.GetPostsSince).
	sinceLimit = 1000
	// stale is how old a command may be that is still answered.
	stale = 10 * time.Minute
	// askAtOnce is how many channels are looked at at a time.
	askAtOnce = 4
)

// gap is the time since the server was last heard.
type gap struct{ last time.Time }

func (g *gap) heardAt(now time.Time) { g.last = now }

// since is where looking begins.
func (g *gap) since(now time.Time) time.Time {
	oldest := now.Add(-lookBack)
	if from := g.last.Add(-overlap); from.After(oldest) {
		return from
	}
	return oldest
}

// catchUp takes up what happened while the server wasn't heard. What is known
// already is let go; commands that have waited for too long, or that were
// answered before the program ended, are not answered.
func (p *Platform) catchUp(ctx context.Context, g *gap) error {
	now := p.o.Clock()
	since := p.serverTime(g.since(now)).UnixMilli()
	me, err := p.self(ctx)
	if err != nil {
		return err
	}
	if _, err := p.teams(ctx); err != nil { // learns which one is the bot's
		return err
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	all, resp, err := p.client.GetChannelsForUserWithLastDeleteAt(call, me.Id, 0)
	if err != nil {
		return failed("look up the channels", resp, err)
	}
	all = slices.DeleteFunc(all, func(c *model.Channel) bool {
		is := p.note(me.Id, c)
		// In conversations only new messages matter; there may be many.
		return p.outside(is) || (is.direct && c.LastPostAt <= since)
	})
	var mu sync.Mutex
	posts := make(map[string][]*model.Post, len(all))
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(askAtOnce)
	for _, c := range all {
		group.Go(func() error {
			list, err := p.missed(gctx, c.Id, since)
			if errors.Is(err, bot.ErrGone) {
				return nil // the bot has left it meanwhile
			}
			mu.Lock()
			defer mu.Unlock()
			posts[c.Id] = list
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	old := p.serverTime(now.Add(-stale)).UnixMilli()
	p.markAnswered(me.Id, posts)
	for _, c := range all {
		p.takeUp(ctx, posts[c.Id], since, old)
	}
	g.heardAt(now)
	return nil
}

// outside says whether a channel belongs to a team that the bot is not to be in.
// Conversations belong to none.
func (p *Platform) outside(c channelInfo) bool {
	if p.o.Team == "" || c.team == "" {
		return false
	}
	p.meLock.Lock()
	defer p.meLock.Unlock()
	return p.teamID != "" && c.team != p.teamID
}

// missed returns what has changed in a channel since a time (the server's, in
// milliseconds), in the order in which it did.
func (p *Platform) missed(ctx context.Context, channel string, since int64) ([]*model.Post, error) {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	list, resp, err := p.client.GetPostsSince(call, channel, since, false)
	if err != nil {
		return nil, failed("look up missed posts", resp, err)
	}
	if len(list.Order) >= sinceLimit {
		if list, err = p.pages(ctx, channel, since); err != nil {
			return nil, err
		}
	}
	var posts []*model.Post
	for _, post := range list.Posts {
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

// pages turns a busy channel's pages back. Deleted posts are not on them.
func (p *Platform) pages(ctx context.Context, channel string, since int64) (*model.PostList, error) {
	out := model.NewPostList()
	for page := 0; ; page++ {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		list, resp, err := p.client.GetPostsForChannel(call, channel, page, findPage, "", false, false)
		cancel()
		if err != nil {
			return nil, failed("look up missed posts", resp, err)
		}
		reached := len(list.Order) < findPage
		for _, id := range list.Order {
			if post := list.Posts[id]; post != nil {
				reached = reached || post.CreateAt < since
				out.AddPost(post)
			}
		}
		if reached {
			return out, nil
		}
	}
}

// markAnswered notes which messages the bot has answered.
func (p *Platform) markAnswered(me string, posts map[string][]*model.Post) {
	for _, list := range posts {
		for _, post := range list {
			if to, _ := post.GetProp(propTo).(string); post.UserId == me && to != "" {
				p.seen.put(to, "")
			}
		}
	}
}

// takeUp takes the missed posts of one channel.
func (p *Platform) takeUp(ctx context.Context, posts []*model.Post, since, old int64) {
	for _, post := range posts {
		if post.DeleteAt > 0 {
			p.deleted(ctx, post, "")
			continue
		}
		if post.CreateAt > since {
			c, _ := p.channels.get(post.ChannelId)
			if _, mentioned := p.mention(post.Message); post.CreateAt < old && (c.direct || mentioned) {
				p.seen.put("post:"+post.Id, "")
			}
			p.posted(ctx, post)
		}
		if post.EditAt > since {
			p.edited(ctx, post)
		}
		if post.Metadata == nil {
			continue
		}
		for _, r := range post.Metadata.Reactions {
			if r.CreateAt > since {
				p.reacted(ctx, r, post.ChannelId, reactionID(r), bot.Reacted{Emoji: r.EmojiName, On: p.postID(post.ChannelId, r.PostId)})
			}
		}
	}
}
