package slack

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"roundtable/chat"
)

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

// A private message of long ago is looked for in the month before it was sent: Slack turns
// few pages a minute.
func TestFindDirectOfLongAgo(t *testing.T) {
	sent := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct{ by time.Time }{"long ago": {sent}, "now": {}} {
		t.Run(name, func(t *testing.T) {
			var oldest, latest string
			p := answeringWith(t, func(method string, r *http.Request) map[string]any {
				switch method {
				case "conversations.open":
					return map[string]any{"ok": true, "channel": map[string]any{"id": "D1"}}
				case "conversations.history":
					oldest, latest = r.FormValue("oldest"), r.FormValue("latest")
					about := map[string]any{"event_type": eventType, "event_payload": map[string]any{"key": "private/1"}}
					return map[string]any{"ok": true, "messages": []any{map[string]any{"ts": "9.0", "user": "UB", "metadata": about}}}
				}
				return nil
			})
			now := p.posts.clock()
			got, found, err := p.FindDirect(t.Context(), chat.PersonID{Connection: p.Connection(), User: "T1/U1"}, "private/1", tt.by)
			if err != nil || !found || got.Message != "9.0" {
				t.Fatalf("%+v %v %v", got, found, err)
			}
			seconds := func(at time.Time) string { return fmt.Sprintf("%d.000000", at.Unix()) }
			switch {
			case tt.by.IsZero() && latest != "":
				t.Errorf("only what is older than %s is looked at", latest)
			case tt.by.IsZero() && oldest < seconds(now.Add(-findBack)):
				t.Errorf("looked back to %s", oldest)
			case !tt.by.IsZero() && (oldest != seconds(sent.Add(-findBack)) || latest != seconds(sent.Add(findAfter))):
				t.Errorf("looked at from %s to %s", oldest, latest)
			}
		})
	}
}
