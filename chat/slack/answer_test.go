package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// answeringWith is a connection to a Slack that answers each method with what answer
// says; nil is
// that all is well.
func answeringWith(t *testing.T, answer func(method string, r *http.Request) map[string]any) *Platform {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", func(w http.ResponseWriter, r *http.Request) {
		said := answer(r.PathValue("method"), r)
		if said == nil {
			said = map[string]any{"ok": true, "channel": "D1", "ts": "5.0", "file_id": "F1", "upload_url": "http://" + r.Host + "/upload", "files": []any{map[string]any{"id": "F1"}}}
		}
		w.Header().Set("Content-Type", jsonType)
		if err := json.NewEncoder(w).Encode(said); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/upload", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := listening(t)
	o := p.options
	o.APIURL, o.Haste = server.URL+"/api/", 1000
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	p.self.known = &identity{team: "T1", user: "UB", bot: "B1"}
	t.Cleanup(p.api.CloseIdle)
	return p
}

// Who can't be written to directly gets pictures in words, in the channel.
func TestOutOfReach(t *testing.T) {
	var whispered string
	p := answeringWith(t, func(method string, r *http.Request) map[string]any {
		switch method {
		case "chat.postMessage":
			return map[string]any{"ok": false, "error": "channel_not_found"}
		case "chat.postEphemeral":
			whispered = r.FormValue("channel") + r.FormValue("user") + r.FormValue("blocks")
			return map[string]any{"ok": true, "message_ts": "6.0"}
		}
		return nil
	})
	m := chat.Message{Text: "own", Blocks: []chat.Block{
		chat.Picture{Name: "own.png", Title: "Falls", Alt: "a line", PNG: []byte("\x89PNG\r\n\x1a\n")},
		chat.File{Name: "own.csv", MediaType: "text/csv", Data: []byte("a;b")},
	}}
	w := place{channel: "C1", thread: "1.0", user: user{"T1", "U1"}, used: new(atomic.Int32)}
	if err := p.answers.tell(t.Context(), w, m, "answer/1"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"C1U1", "Falls: a line", "own.csv"} {
		if !strings.Contains(whispered, want) {
			t.Errorf("what they see is %q, want %q in it", whispered, want)
		}
	}
}

// A response_url is used five times, and not when it is old.
func TestResponseURL(t *testing.T) {
	var urls, ephemerals int
	p := answeringWith(t, func(method string, _ *http.Request) map[string]any {
		switch method {
		case "response":
			urls++
		case "chat.postEphemeral":
			ephemerals++
		}
		return nil
	})
	w := place{channel: "C1", user: user{"T1", "U1"}, responseURL: p.options.APIURL + "response", began: adapter.Now(), used: new(atomic.Int32)}
	tell := func(wantURLs, wantEphemerals int) {
		t.Helper()
		if err := p.answers.tell(t.Context(), w, chat.Say("x"), "answer/1"); err != nil {
			t.Fatal(err)
		}
		if urls != wantURLs || ephemerals != wantEphemerals {
			t.Errorf("%d by response_url and %d by chat.postEphemeral, want %d and %d", urls, ephemerals, wantURLs, wantEphemerals)
		}
	}
	for n := range responseUses {
		tell(n+1, 0)
	}
	tell(responseUses, 1)
	w.used = new(atomic.Int32)
	w.began = adapter.Now().Add(-responseLife - time.Second)
	tell(responseUses, 2)
}

// TestMeaning holds what Slack answers against what the courier makes of it.
func TestMeaning(t *testing.T) {
	for code, want := range map[string]string{
		"channel_not_found": "not-member", "is_archived": "archived", "not_in_channel": "not-member", "message_not_found": "gone",
		"restricted_action": "not-allowed", "messages_tab_disabled": "no-right",
		"msg_too_long": "refused", "cant_update_message": "refused", "invalid_blocks": "refused",
		"ratelimited": "later", "token_revoked": "signed-out later", "account_inactive": "signed-out later", "missing_scope": "no-right later",
		"internal_error": "plain", "fatal_error": "plain", "something_new": "declined alone",
	} {
		t.Run(code, func(t *testing.T) {
			calls := 0
			p := answeringWith(t, func(string, *http.Request) map[string]any {
				calls++
				return map[string]any{"ok": false, "error": code}
			})
			_, err := p.Post(t.Context(), chat.ChannelID{Connection: "home", Channel: "C1"}, chat.PostID{}, chat.Say("x"))
			if got := meant(err); got != want || calls != 1 || !strings.Contains(fmt.Sprint(err), code) {
				t.Errorf("%v is %s after %d calls, want %s", err, got, calls, want)
			}
		})
	}
}

func meant(err error) string {
	_, later := errors.AsType[*chat.Later](err)
	u, unreachable := errors.AsType[*chat.Unreachable](err)
	switch {
	case unreachable && later:
		return string(u.Why) + " later"
	case unreachable && u.Alone:
		return string(u.Why) + " alone"
	case unreachable:
		return string(u.Why)
	case errors.Is(err, chat.ErrGone):
		return "gone"
	case errors.Is(err, chat.ErrRefused):
		return "refused"
	case later:
		return "later"
	}
	return "plain"
}
