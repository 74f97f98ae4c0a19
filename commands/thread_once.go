package commands

import (
	"sync"
	"time"

	"roundtable/chat"
)

// saidFor is how long what was said to somebody in a channel is not said again.
const saidFor = time.Hour

// notices are what people were told lately of what they write: several messages, as when
// the bot was away, are answered once. They are forgotten when the bot is started anew. Safe
// for concurrent use.
type notices struct {
	mu   sync.Mutex
	said map[notice]time.Time
}

type notice struct {
	who chat.PersonID
	in  chat.ChannelID
	id  string // the message's
}

// first says whether it is to be said, and takes note that it is.
func (s *notices) first(what notice, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, at := range s.said {
		if !now.Before(at.Add(saidFor)) {
			delete(s.said, old)
		}
	}
	if _, told := s.said[what]; told {
		return false
	}
	if s.said == nil {
		s.said = map[notice]time.Time{}
	}
	s.said[what] = now
	return true
}

// sayOnce is a private answer to what somebody wrote in a channel; none if they have just
// had it there.
func sayOnce(r *request, id string, buttons ...chat.Button) chat.Reply {
	if !r.c.notices.first(notice{r.in.From.ID, r.in.Channel, id}, r.now()) {
		return chat.Reply{}
	}
	return r.say(r.t(id), buttons...)
}
