package slack

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"

	"roundtable/chat"
)

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
