package mattermost

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/mattermost/mattermost/server/public/model"
	"golang.org/x/sync/errgroup"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// parallelChannels is how many channels are looked at at a time.
const parallelChannels = 4

// catchUp takes up what happened during an outage.
type catchUp struct {
	*server
	channels *channels
	events   *events
	history  *history
}

// run takes up what happened during the outage. What is known already is let go;
// commands that have waited for too long, or that were answered before the program
// ended, are not answered.
func (c *catchUp) run(ctx context.Context, outage adapter.Outage) error {
	now := c.options.Clock()
	me, err := c.bot(ctx)
	if err != nil {
		return err
	}
	if _, err := c.teams(ctx); err != nil { // learns which one is the bot's
		return err
	}
	all, err := callRateLimited(ctx, "look up the channels", func(ctx context.Context) ([]*model.Channel, *model.Response, error) {
		list, resp, err := c.client.GetChannelsForUserWithLastDeleteAt(ctx, me.Id, 0)
		if resp != nil {
			c.learnClock(resp.Header)
		}
		return list, resp, err
	})
	if err != nil {
		return err
	}
	since := c.serverTime(outage.Since(now)).UnixMilli()
	all = slices.DeleteFunc(all, func(ch *model.Channel) bool {
		info := c.channels.remember(me.Id, ch)
		c.channels.enter(ch.Id)
		// In conversations only new messages matter; there may be many.
		return c.channels.isForeign(info) || (info.direct && ch.LastPostAt <= since)
	})
	posts, err := c.changedPosts(ctx, all, since)
	if err != nil {
		return err
	}
	old := c.serverTime(now.Add(-adapter.Stale)).UnixMilli()
	c.markAnswered(me.Id, posts)
	for _, ch := range all {
		c.replay(ctx, posts[ch.Id], since, old)
	}
	return nil
}

// changedPosts reads what has changed in the channels, by their ids.
func (c *catchUp) changedPosts(ctx context.Context, in []*model.Channel, since int64) (map[string][]*model.Post, error) {
	var mu sync.Mutex
	posts := make(map[string][]*model.Post, len(in))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelChannels)
	for _, ch := range in {
		group.Go(func() error {
			list, err := c.history.changedSince(ctx, ch.Id, since)
			if errors.Is(err, chat.ErrGone) {
				return nil // the bot has left it meanwhile
			}
			mu.Lock()
			defer mu.Unlock()
			posts[ch.Id] = list
			return err
		})
	}
	return posts, group.Wait()
}

// markAnswered notes which messages the bot has answered.
func (c *catchUp) markAnswered(me string, posts map[string][]*model.Post) {
	for _, list := range posts {
		for _, post := range list {
			if to, _ := post.GetProp(propTo).(string); post.UserId == me && to != "" {
				c.events.seen.First(to)
			}
		}
	}
}

// replay takes the missed posts of one channel; since and old are the server's, in
// milliseconds.
func (c *catchUp) replay(ctx context.Context, posts []*model.Post, since, old int64) {
	for _, post := range posts {
		if post.DeleteAt > 0 {
			c.events.deleted(ctx, post, "")
			continue
		}
		ch, _ := c.channels.cached(post.ChannelId)
		_, mentioned := c.mention(post.Message)
		command := ch.direct || mentioned
		if post.CreateAt > since {
			if command && post.CreateAt < old {
				c.events.seen.First("post:" + post.Id)
			}
			c.events.posted(ctx, post)
		}
		// A command that is done only now is done as it reads now.
		if post.EditAt > since && (!command || post.CreateAt <= since && post.EditAt >= old) {
			c.events.edited(ctx, post)
		}
		c.events.compareReactions(ctx, post, since)
	}
}
