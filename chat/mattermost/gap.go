package mattermost

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"golang.org/x/sync/errgroup"

	"roundtable/chat"
)

const (
	// lookBack is how far back missed posts are looked for when the program
	// starts, and at most.
	lookBack = 24 * time.Hour
	// overlap is looked at again, so that nothing falls between.
	overlap = 2 * time.Minute
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
	me, err := p.self(ctx)
	if err != nil {
		return err
	}
	if _, err := p.teams(ctx); err != nil { // learns which one is the bot's
		return err
	}
	all, err := unhurried(ctx, "look up the channels", func(ctx context.Context) ([]*model.Channel, *model.Response, error) {
		list, resp, err := p.client.GetChannelsForUserWithLastDeleteAt(ctx, me.Id, 0)
		if resp != nil {
			p.learnClock(resp.Header)
		}
		return list, resp, err
	})
	if err != nil {
		return err
	}
	since := p.serverTime(g.since(now)).UnixMilli()
	all = slices.DeleteFunc(all, func(c *model.Channel) bool {
		is := p.note(me.Id, c)
		p.channels.enter(c.Id)
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
			if errors.Is(err, chat.ErrGone) {
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
		p.marked(ctx, post, since)
	}
}
