package slack

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/chat"
)

// However many want to know who the bot is, Slack is asked once.
func TestWhoAmIOnce(t *testing.T) {
	var asked atomic.Int32
	started := make(chan struct{})
	p := answeringWith(t, func(method string, _ *http.Request) map[string]any {
		if method != "auth.test" {
			return nil
		}
		asked.Add(1)
		<-started
		return map[string]any{"ok": true, "team_id": "T1", "user_id": "UB", "bot_id": "B1"}
	})
	p.self.known = nil
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if me, err := p.self.me(t.Context()); err != nil || me.team != "T1" {
				t.Errorf("%+v %v", me, err)
			}
		})
	}
	for asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	close(started)
	all.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("slack was asked %d times", n)
	}
}

// A user id is unique in its workspace only: who administers the bot's own lends
// nothing to somebody of another.
func TestRightsStayInTheWorkspace(t *testing.T) {
	p := answeringWith(t, func(method string, _ *http.Request) map[string]any {
		if method != "users.info" {
			return nil
		}
		return map[string]any{"ok": true, "user": map[string]any{"id": "U1", "team_id": "T1", "is_admin": true}}
	})
	for team, want := range map[string]bool{"T1": true, "T2": false} {
		asked, err := p.Person(t.Context(), chat.PersonID{Connection: "home", User: team + "/U1"})
		if known := p.people.from(user{team, "U1"}); err != nil || asked.Admin != want || known.Admin != want {
			t.Errorf("U1 of %s: %+v, %+v, %v", team, asked, known, err)
		}
	}
}
