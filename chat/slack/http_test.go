package slack

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// listening is a connection over HTTP whose own identity is known.
func listening(t *testing.T) *Platform {
	t.Helper()
	p, err := New(Options{
		Connection: "home", BotToken: "xoxb-1", SigningSecret: "secret", APIURL: "http://127.0.0.1:1/api/", Trigger: "round",
		T: func(_, id string, _ ...any) string { return id }, Clock: func() time.Time { return noon },
	})
	if err != nil {
		t.Fatal(err)
	}
	p.self.known = &identity{team: "T1", user: "UB", bot: "B1"}
	return p
}

func request(path, contentType, body string, at time.Time, secret string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("X-Slack-Signature", slacktest.Sign(secret, at.Unix(), []byte(body)))
	return r
}

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

func TestRequests(t *testing.T) {
	challenge := `{"type":"url_verification","challenge":"abc"}`
	for name, tt := range map[string]struct {
		request *http.Request
		status  int
		body    string
	}{
		"a challenge":          {request("/slack/home/events", jsonType, challenge, noon, "secret"), 200, `{"challenge":"abc"}`},
		"a challenge anywhere": {request("/slack/home/commands", jsonType, challenge, noon, "secret"), 200, `{"challenge":"abc"}`},
		"nearly too old":       {request("/slack/home/events", jsonType, challenge, noon.Add(-300*time.Second), "secret"), 200, `{"challenge":"abc"}`},
		"too old":              {request("/slack/home/events", jsonType, challenge, noon.Add(-301*time.Second), "secret"), 401, "not signed by Slack\n"},
		"from the future":      {request("/slack/home/events", jsonType, challenge, noon.Add(301*time.Second), "secret"), 401, "not signed by Slack\n"},
		"forged":               {request("/slack/home/events", jsonType, challenge, noon, "other"), 401, "not signed by Slack\n"},
		"unsigned":             {httptest.NewRequest(http.MethodPost, "/slack/home/events", strings.NewReader(challenge)), 401, "not signed by Slack\n"},
		"another path":         {request("/slack/home/else", jsonType, challenge, noon, "secret"), 404, "404 page not found\n"},
		"another connection":   {request("/slack/away/events", jsonType, challenge, noon, "secret"), 404, "404 page not found\n"},
		"a GET":                {httptest.NewRequest(http.MethodGet, "/slack/home/events", nil), 405, "POST only\n"},
		"too long":             {request("/slack/home/events", jsonType, strings.Repeat(" ", maxBody+1), noon, "secret"), 413, "the body can't be read\n"},
		"nonsense":             {request("/slack/home/events", jsonType, "{", noon, "secret"), 400, "not understood\n"},
		"a form of nothing":    {request("/slack/home/events", formType, "a=b", noon, "secret"), 400, "not understood\n"},
		"an ssl check":         {request("/slack/home/commands", formType, "ssl_check=1&token=x", noon, "secret"), 200, ""},
		"while not running":    {request("/slack/home/commands", formType, "command=%2Fround", noon, "secret"), 503, "not up\n"},
	} {
		t.Run(name, func(t *testing.T) {
			p, w := listening(t), httptest.NewRecorder()
			p.ServeHTTP(w, tt.request)
			if w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, tt.status, tt.body)
			}
			if forged := p.refused.forged.Load(); (forged == 1) != (tt.status == 401) {
				t.Errorf("%d forged requests were counted", forged)
			}
		})
	}
}

// served runs the connection while test sends it requests.
func served(t *testing.T, handle chat.Handler, test func(p *Platform, send func(contentType, body string) *httptest.ResponseRecorder)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := listening(t)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- p.Run(ctx, handle) }()
		synctest.Wait()
		test(p, func(contentType, body string) *httptest.ResponseRecorder {
			w := httptest.NewRecorder()
			p.ServeHTTP(w, request("/slack/home/events", contentType, body, noon, "secret"))
			return w
		})
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func said(team, id, text string) string {
	return fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":%q,"event":{"type":"message","channel":"C1","user":"U1","team":"T1","text":%q,"ts":"2.0","thread_ts":"1.0","event_ts":"2.0"}}`, team, id, text)
}

func TestRetries(t *testing.T) {
	got := make(chan chat.Incoming, 10)
	handle := func(_ context.Context, in chat.Incoming) chat.Reply {
		got <- in
		return chat.Reply{}
	}
	served(t, handle, func(p *Platform, send func(string, string) *httptest.ResponseRecorder) {
		for range 3 {
			if w := send(jsonType, said("T1", "Ev1", "a thought")); w.Code != 200 || w.Body.Len() > 0 {
				t.Errorf("%d %q", w.Code, w.Body)
			}
		}
		if w := send(jsonType, said("T9", "Ev2", "from elsewhere")); w.Code != 200 {
			t.Errorf("an unknown team got %d", w.Code)
		}
		if w := send(jsonType, `{"type":"event_callback","team_id":"T1","event_id":"Ev3","event":{"type":"team_join","user":{"id":"U1"}}}`); w.Code != 200 {
			t.Errorf("an event that nobody asked for got %d", w.Code)
		}
		if n := p.refused.unknown.Load(); n != 1 {
			t.Errorf("%d things from unknown teams", n)
		}
	})
	if len(got) != 1 {
		t.Fatalf("the handler got %d things", len(got))
	}
	if in := <-got; in.ID != "m/C1/2.0" || in.From.ID.User != "T1/U1" {
		t.Errorf("%+v", in)
	}
}

// A slow handler does not keep Slack waiting; a quick one is waited for.
func TestAcknowledgement(t *testing.T) {
	for _, tt := range []struct{ takes, ack time.Duration }{{0, 0}, {30 * time.Millisecond, 30 * time.Millisecond}, {5 * time.Second, ackWithin}} {
		handle := func(context.Context, chat.Incoming) chat.Reply {
			time.Sleep(tt.takes)
			return chat.Reply{}
		}
		served(t, handle, func(_ *Platform, send func(string, string) *httptest.ResponseRecorder) {
			began := time.Now()
			body := url.Values{"command": {"/round"}, "team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "trigger_id": {"1.2.3"}, "text": {"help"}}.Encode()
			if w := send(formType, body); w.Code != 200 || time.Since(began) != tt.ack {
				t.Errorf("a handler that takes %s: %d after %s, want %s", tt.takes, w.Code, time.Since(began), tt.ack)
			}
		})
	}
}

// An event is acknowledged once the handler has it: before, a crash would lose it.
func TestAcknowledgementOfAnEvent(t *testing.T) {
	for _, tt := range []struct{ takes, ack time.Duration }{{0, settle}, {time.Second, settle + time.Second}, {5 * time.Second, eventWithin}} {
		handle := func(context.Context, chat.Incoming) chat.Reply {
			time.Sleep(tt.takes)
			return chat.Reply{}
		}
		served(t, handle, func(_ *Platform, send func(string, string) *httptest.ResponseRecorder) {
			began := time.Now()
			if w := send(jsonType, said("T1", "Ev1", "a thought")); w.Code != 200 || time.Since(began) != tt.ack {
				t.Errorf("a handler that takes %s: %d after %s, want %s", tt.takes, w.Code, time.Since(began), tt.ack)
			}
		})
	}
}

// What happened first is handled first, though it came later.
func TestOvertaken(t *testing.T) {
	var got []string
	handle := func(_ context.Context, in chat.Incoming) chat.Reply {
		got = append(got, in.What.(chat.Said).Text)
		return chat.Reply{}
	}
	served(t, handle, func(_ *Platform, send func(string, string) *httptest.ResponseRecorder) {
		event := func(n int) string {
			return strings.ReplaceAll(said("T1", fmt.Sprintf("Ev%d", n), strconv.Itoa(n)), `"2.0"`, fmt.Sprintf(`"%d.0"`, n))
		}
		done := make(chan struct{}, 4)
		for _, n := range []int{3, 2, 5, 4} {
			go func() { send(jsonType, event(n)); done <- struct{}{} }()
			synctest.Wait()
		}
		for range 4 {
			<-done
		}
	})
	if strings.Join(got, " ") != "2 3 4 5" {
		t.Errorf("they were handled in the order %v", got)
	}
}

// FuzzUnescape sees that a value of a form is read as the library reads it.
func FuzzUnescape(f *testing.F) {
	for _, s := range []string{"", "a+b", "%7B%22a%22%3A+%22%c3%A5%22%7D", "%", "%4", "%4g", "%g4", "100%25", "å", "%%%", "\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, escaped string) {
		want, err := url.QueryUnescape(escaped)
		got, ok := unescape([]byte(escaped))
		if ok != (err == nil) || string(got) != want {
			t.Errorf("%q: %q %t, want %q %v", escaped, got, ok, want, err)
		}
	})
}
