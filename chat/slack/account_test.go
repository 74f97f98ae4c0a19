package slack_test

import (
	"testing"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

// Who is deactivated, or active again, is told of at once, and known to be; other changes
// of a person are no news.
func TestAccounts(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	bo := st.home.User(slacktest.User{Name: "Bo"})
	id := st.chat.Person(bo)
	st.must(second(st.p.Person(st.ctx, id)))
	for _, gone := range []bool{true, false} {
		if gone {
			bo.Deactivate()
			bo.Deactivate()
		} else {
			bo.Reactivate()
		}
		in := st.next()
		if in.What != (chat.Account{Gone: gone}) || in.From.ID != id || in.ID == "" {
			t.Fatalf("gone %v: %+v", gone, in)
		}
		if who, err := st.p.Person(st.ctx, id); err != nil || who.Gone != gone {
			t.Errorf("gone %v: %+v, %v", gone, who, err)
		}
	}
	if in, more := st.waiting(); more {
		t.Errorf("this came too: %+v", in)
	}
}

func second[T any](_ T, err error) error { return err }

// waiting is what came and was not taken.
func (st *stage) waiting() (in chat.Incoming, came bool) {
	select {
	case in = <-st.came:
		return in, true
	default:
		return in, false
	}
}

// A channel is called what people call it.
func TestChannelName(t *testing.T) {
	st := newStage(t)
	if name, err := st.p.ChannelName(st.ctx, st.here); err != nil || name.Channel != "ward" || name.Platform != "Slack" || name.Server == "" {
		t.Errorf("%+v, %v", name, err)
	}
}
