package slack

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"roundtable/chat"
)

// Slack's pages show events of changed and deleted messages that don't tell what
// stood there before.
func TestWithoutPrevious(t *testing.T) {
	post := chat.PostID{Connection: "home", Channel: "C1", Message: "2.0"}
	message := func(more string) string {
		return `{"type":"message","subtype":"message_changed","channel":"C1","ts":"3.0","event_ts":"3.0","message":{"type":"message","user":"U1","team":"T1","text":"as it reads now","ts":"2.0","thread_ts":"1.0"` + more + `}}`
	}
	for name, tt := range map[string]struct {
		event string
		want  []chat.What
	}{
		"deleted":           {`{"type":"message","subtype":"message_deleted","channel":"C1","ts":"3.0","event_ts":"3.0","deleted_ts":"2.0"}`, []chat.What{chat.Deleted{Post: post}}},
		"changed":           {message(`,"edited":{"user":"U1","ts":"3.0"}`), []chat.What{chat.Rewrote{Text: "as it reads now", Post: post}}},
		"changed by nobody": {message(""), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []chat.What
			handle := func(_ context.Context, in chat.Incoming) chat.Reply {
				got = append(got, in.What)
				return chat.Reply{}
			}
			served(t, handle, func(_ *Platform, send func(string, string) *httptest.ResponseRecorder) {
				send(jsonType, `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":`+tt.event+`}`)
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An answer that Slack does not take holds up nothing that is said afterwards.
func TestAnswersHoldUpNobody(t *testing.T) {
	var handled []time.Duration
	began := time.Time{}
	handle := func(context.Context, chat.Incoming) chat.Reply {
		handled = append(handled, time.Since(began))
		return chat.Reply{Message: &chat.Message{Text: "join first"}}
	}
	served(t, handle, func(_ *Platform, send func(string, string) *httptest.ResponseRecorder) {
		began = time.Now()
		send(jsonType, said("T1", "Ev1", "one"))
		send(jsonType, strings.ReplaceAll(said("T1", "Ev2", "two"), `"2.0"`, `"3.0"`))
	})
	if len(handled) != 2 || handled[1] > 4*settle {
		t.Errorf("handled after %v", handled)
	}
}

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

// Slack puts a thread's root before the reply that is asked for.
func TestRecallOfReply(t *testing.T) {
	p := answeringWith(t, func(method string, _ *http.Request) map[string]any {
		if method != "conversations.replies" {
			return nil
		}
		about := map[string]any{"event_type": eventType, "event_payload": map[string]any{"key": "relay/m1/s2"}}
		return map[string]any{"ok": true, "messages": []any{
			map[string]any{"ts": "1.0", "thread_ts": "1.0", "user": "UB"},
			map[string]any{"ts": "2.0", "thread_ts": "1.0", "user": "UB", "metadata": about},
		}}
	})
	got, err := p.posts.recall(t.Context(), chat.PostID{Connection: "home", Channel: "C1", Message: "2.0"})
	if err != nil || got.thread != "1.0" || got.about == nil || got.about.EventPayload["key"] != "relay/m1/s2" {
		t.Errorf("%+v %v", got, err)
	}
}

// What is being answered when the bot ends is acknowledged before the socket is
// closed: nobody repeats a form that was sent back.
func TestAcknowledgedAtTheEnd(t *testing.T) {
	for range 100 {
		acknowledged := make(chan bool, socketsAtOnce)
		var first atomic.Bool
		upgrader := websocket.Upgrader{}
		sockets := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			conn, err := upgrader.Upgrade(w, r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = conn.Close() }()
			if !first.CompareAndSwap(false, true) {
				_, _, _ = conn.ReadMessage()
				return
			}
			_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"slash_commands","envelope_id":"E1","payload":{"team_id":"T1","channel_id":"C1","user_id":"U1","trigger_id":"1.2","text":"help"}}`))
			_, _, err = conn.ReadMessage()
			acknowledged <- err == nil
		}))
		p := answeringWith(t, func(method string, _ *http.Request) map[string]any {
			if method == "apps.connections.open" {
				return map[string]any{"ok": true, "url": "ws" + strings.TrimPrefix(sockets.URL, "http")}
			}
			return nil
		})
		p.options.AppToken = "xapp-1"
		ctx, cancel := context.WithCancel(t.Context())
		err := p.Run(ctx, func(context.Context, chat.Incoming) chat.Reply {
			cancel()
			return chat.Reply{}
		})
		cancel()
		if err != nil || !<-acknowledged {
			t.Fatalf("not acknowledged (%v)", err)
		}
		sockets.Close()
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
