package commands

import (
	"roundtable/benchmark"
	"roundtable/chat"
)

// noticeOf is a notice; one about a channel asks the platform what people call it.
func (w *composition) noticeOf() func() (chat.Message, error) {
	notice, _ := w.n.NoticeOf(w.d)
	if notice.About != benchmark.HinderedNotice {
		return wordsOnly((*composition).notice)(w)
	}
	name := seatNamed(w, notice.Seat)
	return func() (chat.Message, error) {
		return message(w.t("hindered."+notice.Why, "Channel", name())), nil
	}
}
