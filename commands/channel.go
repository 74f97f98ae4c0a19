package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// followChannel takes a network's seat along to a channel's new id. Nobody did it,
// and nobody is answered.
func (c *Commands) followChannel(ctx context.Context, in chat.Incoming, to chat.ChannelID) {
	if err := c.tables.Move(ctx, in.ID, in.Channel, to); err != nil {
		c.options.Log.Error("channel not followed", "error", err)
	}
}

// heardFrom has what waits for a channel tried, now that something has happened there. It
// says whether that is all: there is nobody to answer.
func (c *Commands) heardFrom(in chat.Incoming) (all bool) {
	if c.options.Reachable != nil && !in.Direct && in.Channel != (chat.ChannelID{}) {
		c.options.Reachable(in.Channel)
	}
	_, reachable := in.What.(chat.Reachable)
	return reachable && in.From.ID == (chat.PersonID{})
}

// greet thanks who has invited the bot into a channel, and says what it can do there.
func greet(ctx context.Context, r *request) chat.Reply {
	reply := showStart(ctx, r)
	thanks := r.t("invited.new")
	r.read(func(n *benchmark.Network) { thanks = r.t("invited.seat", "Network", n.Name) })
	reply.Message.Text = joinLines(thanks, reply.Message.Text)
	reply.Message.Blocks = append([]chat.Block{chat.Paragraph{Text: thanks}}, reply.Message.Blocks...)
	return reply
}
