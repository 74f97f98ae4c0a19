package slack

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		"a command changed": {
			`{"type":"message","subtype":"message_changed","channel":"C1","ts":"3.0","event_ts":"3.0","message":{"type":"message","user":"U1","team":"T1","text":"as it reads now","ts":"2.0","thread_ts":"1.0","edited":{"user":"U1","ts":"3.0"}},` +
				`"previous_message":{"type":"message","user":"U1","team":"T1","text":"<@UB> submit falls 3","ts":"2.0","thread_ts":"1.0"}}`,
			[]chat.What{chat.Rewrote{Text: "as it reads now", Post: post, Command: true}},
		},
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
