package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// noticeOf is a notice; one about a channel asks the platform what people call it.
func (w *composition) noticeOf() func() (chat.Message, error) {
	notice, _ := w.n.NoticeOf(w.d)
	if notice.About != benchmark.HinderedNotice {
		return wordsOnly((*composition).notice)(w)
	}
	s, _ := w.n.Seat(notice.Seat)
	return func() (chat.Message, error) {
		return message(w.t("hindered."+notice.Why, "Network", w.network, "Channel", w.seatName(s))), nil
	}
}

// seatName is what people call a seat's channel or, where the platform doesn't tell, that
// of a connection.
func (w *composition) seatName(s benchmark.Seat) string {
	name := ""
	if w.channelName != nil {
		name = w.channelName(context.Background(), chat.ChannelID{Connection: s.Connection, Channel: s.Channel})
	}
	if name = chat.Quiet(oneLine(name)); name == "" {
		return w.t("hindered.channel", "Connection", s.Connection)
	}
	return "#" + strings.TrimPrefix(name, "#")
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
