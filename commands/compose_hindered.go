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
		return message(w.t("hindered."+notice.Why, "Network", w.network, "Channel", seatName(w, s))), nil
	}
}

// seatName is what people call a seat's channel or, where the platform doesn't tell, that
// of a connection.
func seatName(w *composition, s benchmark.Seat) string {
	name := ""
	if w.channelName != nil {
		name = w.channelName(context.Background(), chat.ChannelID{Connection: s.Connection, Channel: s.Channel})
	}
	if name = chat.Quiet(oneLine(name)); name == "" {
		return w.t("hindered.channel", "Connection", s.Connection)
	}
	return "#" + strings.TrimPrefix(name, "#")
}
