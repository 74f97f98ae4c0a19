package slack

import (
	"net/http"
	"testing"

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
