package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"roundtable/chat/slack/slacktest"
)

const submission = `{"type":"view_submission","trigger_id":"1.2","user":{"id":"U1"},"view":{"id":"V1","root_view_id":"V1","private_metadata":"{\"s\":\"x\"}",
	"state":{"values":{"b/i0":{"i0":{"type":"plain_text_input","value":"3/412"}},"b/i0.note":{"i0.note":{"type":"plain_text_input","value":null}}}}}}`

// TestLoad sees that what is sent is signed, never the same twice, and what it
// was but for that; and that what isn't taken is an error.
func TestLoad(t *testing.T) {
	t.Parallel()
	const secret = "geheim"
	seen := make(chan [2]string, 100_000)
	answer := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		at, err := strconv.ParseInt(r.Header.Get("X-Slack-Request-Timestamp"), 10, 64)
		if want := slacktest.Sign(secret, at, body); err != nil || r.Header.Get("X-Slack-Signature") != want {
			t.Errorf("signed %q, want %q", r.Header.Get("X-Slack-Signature"), want)
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			t.Error(err)
		}
		var p struct {
			Trigger string `json:"trigger_id"`
			View    struct {
				ID       string
				Metadata string `json:"private_metadata"`
				State    struct {
					Values map[string]map[string]struct{ Value *string }
				}
			}
		}
		if err := json.Unmarshal([]byte(form.Get("payload")), &p); err != nil {
			t.Error(err)
		}
		note, figure := p.View.State.Values["b/i0.note"]["i0.note"].Value, p.View.State.Values["b/i0"]["i0"].Value
		if p.Trigger != p.View.ID || p.View.Metadata != `{"s":"x"}` || note != nil || figure == nil {
			t.Errorf("got %+v", p)
		}
		seen <- [2]string{p.View.ID, *figure}
		_, _ = io.WriteString(w, answer)
	}))
	defer server.Close()
	made, err := newTemplate([]byte(submission))
	if err != nil {
		t.Fatal(err)
	}
	l, err := newLoad(server.URL, secret, []template{made}, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer l.connections.close()
	took, err := l.steady(t.Context(), 500, 20*time.Millisecond)
	if err != nil || len(took) != 10 || took[0] <= 0 || l.taken.Load() != 10 {
		t.Errorf("%v, %d taken, %v", took, l.taken.Load(), err)
	}
	ids, figures := map[string]bool{}, map[string]bool{}
	for range took {
		s := <-seen
		ids[s[0]], figures[s[1]] = true, true
	}
	if len(ids) != 10 || len(figures) != 10 {
		t.Errorf("views %v, figures %v", ids, figures)
	}
	if rate, err := l.flatOut(t.Context(), 4, 500*time.Millisecond); err != nil || rate <= 0 {
		t.Errorf("%g a second, %v", rate, err)
	}
	for _, answer = range []string{`{"response_action":"errors","errors":{"b/i0":"no"}}`, `{"response_action":"update","view":{}}`} {
		if err := one(t.Context(), l); err == nil || !strings.Contains(err.Error(), "not taken") {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func one(ctx context.Context, l *load) error {
	now := time.Now()
	_, err := l.send(ctx, l.request(nil, now), now)
	return err
}
