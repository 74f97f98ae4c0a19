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
	name, words := seatNamed(w, notice.Seat), "hindered."+notice.Why
	if notice.Alone && notice.Why != string(chat.Declined) {
		words = "hindered.one"
	}
	return func() (chat.Message, error) {
		return message(w.t(words, "Channel", name())), nil
	}
}
