package main

import (
	"context"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// How many channels' names are remembered, how long one is taken as it is before it is
// asked for again, since channels are renamed, and how long it is worth waiting for.
const (
	maxChannelNames   = 10_000
	channelNameFresh  = 10 * time.Minute
	channelNameWithin = 2 * time.Second
)

// channelNames are what people call channels, as the platforms tell. What was learnt
// serves where a platform tells no more: a channel that has put the bot out is still
// named. Kept in memory alone, and never logged. Safe for concurrent use.
type channelNames struct {
	platforms map[string]chat.Platform
	clock     func() time.Time
	known     *adapter.Cache[chat.ChannelID, learntName]
	learning  sync.WaitGroup
}

// learntName is a name, and when it was told.
type learntName struct {
	chat.ChannelName
	at time.Time
}

func newChannelNames(platforms map[string]chat.Platform, clock func() time.Time) *channelNames {
	return &channelNames{platforms: platforms, clock: clock, known: adapter.NewCache[chat.ChannelID, learntName](maxChannelNames, 0, nil)}
}

// name is what people call a channel; of one whose platform doesn't tell, what was
// learnt of it before, or nothing.
func (c *channelNames) name(ctx context.Context, id chat.ChannelID) chat.ChannelName {
	was, known := c.known.Get(id)
	if known && c.clock().Sub(was.at) < channelNameFresh {
		return was.ChannelName
	}
	namer, tells := c.platforms[id.Connection].(chat.ChannelNamer)
	if !tells {
		return chat.ChannelName{Channel: id.Channel, Server: id.Connection}
	}
	ctx, cancel := context.WithTimeout(ctx, channelNameWithin)
	defer cancel()
	now, err := namer.ChannelName(ctx, id)
	if err == nil {
		c.known.Put(id, learntName{now, c.clock()})
		return now
	}
	if known {
		return was.ChannelName
	}
	return now
}

// learn has a channel's name asked for where none is known yet, beside what goes on: once
// the bot is put out of a channel, its platform may not tell any more.
func (c *channelNames) learn(ctx context.Context, id chat.ChannelID) {
	if _, known := c.known.Get(id); known || ctx.Err() != nil {
		return
	}
	if _, tells := c.platforms[id.Connection].(chat.ChannelNamer); !tells {
		return
	}
	c.learning.Go(func() { c.name(ctx, id) })
}

// wait returns once nothing is asked for any more.
func (c *channelNames) wait() { c.learning.Wait() }
