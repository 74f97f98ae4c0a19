package mattermost

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Ids of the fake server.
const (
	botID     = "botbotbotbotbotbotbotbotbo"
	annaID    = "annaannaannaannaannaannaan"
	boID      = "boboboboboboboboboboboobob"
	hereID    = "herehereherehereherehereh1"
	thereID   = "theretheretheretheretheret"
	directID  = "directdirectdirectdirectdi"
	firstPost = "post0000000000000000000000"
)

// fake is as much of a server as the adapter needs for what a real one can't do on
// demand. It remembers what it was asked to make.
type fake struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	posts  []*model.Post
	opened []model.OpenDialogRequest
	gone   []string                // deleted posts
	hooked []model.CommandResponse // to response_urls
	// answer answers instead of the fake where it returns true.
	answer func(w http.ResponseWriter, r *http.Request) bool
	asked  map[string]int
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, asked: map[string]int{}}
	f.server = httptest.NewServer(f)
	t.Cleanup(f.server.Close)
	return f
}

// clock is one that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// platform is the adapter on the fake server.
func (f *fake) platform(c *clock) *Platform {
	f.t.Helper()
	wire := &http.Transport{}
	f.t.Cleanup(wire.CloseIdleConnections)
	p, err := New(Options{
		Connection: "chat", URL: f.server.URL, Token: "token", CommandToken: "secret", Trigger: "round",
		PublicURL: "https://bot.example.org", Key: bytes.Repeat([]byte("k"), 32),
		T: func(_, id string, _ ...any) string { return id }, Clock: c.time,
		Log: slog.New(slog.DiscardHandler), Transport: wire,
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return p
}

// serve lets the adapter answer requests with this handler, without a WebSocket.
func serve(t *testing.T, p *Platform, handle chat.Handler) {
	t.Helper()
	run, err := p.lifecycle.Start(handle)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(run.End)
}

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/api/v4")
	f.asked[r.Method+" "+path]++
	if f.answer != nil && f.answer(w, r) {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the caller has hung up
	}
	reply := func(v any) {
		if err := json.NewEncoder(w).Encode(v); err != nil {
			f.t.Error(err)
		}
	}
	switch parts := strings.Split(strings.Trim(path, "/"), "/"); {
	case path == "/users/me":
		reply(&model.User{Id: botID, Username: "roundtable", IsBot: true})
	case parts[0] == "users" && len(parts) == 2:
		reply(&model.User{Id: parts[1], Username: "person", Locale: "sv"})
	case strings.HasPrefix(path, "/hooks/commands/"):
		var answer model.CommandResponse
		if err := json.Unmarshal(body, &answer); err != nil {
			f.t.Error(err)
		}
		f.hooked = append(f.hooked, answer)
	case parts[0] == "channels" && len(parts) == 4 && parts[2] == "members":
		reply(&model.ChannelMember{ChannelId: parts[1], UserId: parts[3]})
	case path == "/channels/direct":
		reply(&model.Channel{Id: directID, Type: model.ChannelTypeDirect, Name: annaID + "__" + botID})
	case path == "/posts" && r.Method == http.MethodPost:
		var post model.Post
		if err := json.Unmarshal(body, &post); err != nil {
			f.t.Error(err)
		}
		post.Id, post.UserId = firstPost[:25]+string(rune('a'+len(f.posts))), botID
		f.posts = append(f.posts, &post)
		w.WriteHeader(http.StatusCreated)
		reply(&post)
	case path == "/posts/ephemeral":
		refuseAs(w, http.StatusForbidden, "api.context.permissions.app_error")
	case parts[0] == "posts" && r.Method == http.MethodDelete:
		f.gone = append(f.gone, parts[1])
		reply(map[string]string{"status": "OK"})
	case parts[0] == "posts":
		for _, post := range f.posts {
			if post.Id == parts[1] {
				reply(post)
				return
			}
		}
		refuseAs(w, http.StatusNotFound, "app.post.get.app_error")
	case path == "/actions/dialogs/open":
		var open model.OpenDialogRequest
		if err := json.Unmarshal(body, &open); err != nil {
			f.t.Error(err)
		}
		f.opened = append(f.opened, open)
		reply(map[string]string{"status": "OK"})
	default:
		refuseAs(w, http.StatusNotFound, "nothing.here")
	}
}

func refuseAs(w http.ResponseWriter, code int, id string) {
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(model.NewAppError("fake", id, nil, "secret words", code))
}

// call lets the server call the bot.
func call(p *Platform, path, contentType string, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/mattermost/chat/"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

func callJSON(t *testing.T, p *Platform, path string, v any) *httptest.ResponseRecorder {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return call(p, path, "application/json", string(b))
}

// last returns what was made last.
func (f *fake) last() *model.Post {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.posts) == 0 {
		f.t.Fatal("nothing was posted")
	}
	return f.posts[len(f.posts)-1]
}

func (f *fake) dialog() model.OpenDialogRequest {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.opened) == 0 {
		f.t.Fatal("no form was opened")
	}
	return f.opened[len(f.opened)-1]
}

// pressed is what the server sends when somebody presses a post's nth button.
func pressed(t *testing.T, post *model.Post, n int, user, trigger string) model.PostActionIntegrationRequest {
	t.Helper()
	var all []*model.PostAction
	for _, a := range post.Attachments() {
		all = append(all, a.Actions...)
	}
	if n >= len(all) {
		t.Fatalf("the post has %d buttons", len(all))
	}
	return model.PostActionIntegrationRequest{
		UserId: user, ChannelId: post.ChannelId, PostId: post.Id, TriggerId: trigger, Type: "button", Context: all[n].Integration.Context,
	}
}
