package mattermost

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// got is what came to the handler.
type got struct {
	mu    sync.Mutex
	in    []chat.Incoming
	reply func(chat.Incoming) chat.Reply
}

func (g *got) handle(_ context.Context, in chat.Incoming) chat.Reply {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.in = append(g.in, in)
	if g.reply == nil {
		return chat.Reply{}
	}
	return g.reply(in)
}

func (g *got) all() []chat.Incoming {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.in
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} }

func commandForm(token string) url.Values {
	return url.Values{
		"token": {token}, "user_id": {annaID}, "channel_id": {hereID}, "channel_name": {"town-square"},
		"trigger_id": {"trigger"}, "text": {" submit falls 3/412 "}, "command": {"/round"},
	}
}

const formType = "application/x-www-form-urlencoded"

func TestCommands(t *testing.T) {
	f, g := newFake(t), &got{reply: func(chat.Incoming) chat.Reply { m := chat.Say("*thanks*"); return chat.Reply{Message: &m} }}
	p := f.platform(newClock())
	if w := call(p, "command", formType, commandForm("secret").Encode()); !strings.Contains(w.Body.String(), "platform.starting") {
		t.Errorf("before it runs it answers %d %s", w.Code, w.Body)
	}
	serve(t, p, g.handle)
	w := call(p, "command", formType, commandForm("secret").Encode())
	var answer model.CommandResponse
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Text != `\*thanks\*` || answer.ResponseType != "ephemeral" {
		t.Errorf("it answers %d %s", w.Code, w.Body)
	}
	direct := commandForm("secret")
	direct.Set("channel_name", annaID+"__"+botID)
	direct.Set("trigger_id", "another")
	call(p, "command", formType, direct.Encode())
	in := g.all()
	if len(in) != 2 || in[0].What != (chat.Typed{Text: "submit falls 3/412"}) || in[0].Direct || !in[1].Direct || in[0].ID == in[1].ID {
		t.Errorf("what came: %+v", in)
	}
}

func TestCallbacksThatAreRefused(t *testing.T) {
	f, g := newFake(t), &got{}
	p := f.platform(newClock())
	serve(t, p, g.handle)
	get := httptest.NewRequest(http.MethodGet, "/mattermost/chat/command", nil)
	tests := map[string]struct {
		w    *httptest.ResponseRecorder
		code int
	}{
		"a wrong token":      {call(p, "command", formType, commandForm("guess").Encode()), http.StatusForbidden},
		"no token":           {call(p, "command", formType, commandForm("").Encode()), http.StatusForbidden},
		"no form":            {call(p, "command", "application/json", "{}"), http.StatusBadRequest},
		"a strange person":   {call(p, "command", formType, strings.ReplaceAll(commandForm("secret").Encode(), annaID, "x")), http.StatusBadRequest},
		"no JSON":            {call(p, "action", "application/json", "nothing"), http.StatusBadRequest},
		"no button":          {callJSON(t, p, "action", model.PostActionIntegrationRequest{UserId: annaID}), http.StatusForbidden},
		"no dialog":          {callJSON(t, p, "dialog", model.SubmitDialogRequest{UserId: annaID, State: "x"}), http.StatusForbidden},
		"too much":           {call(p, "dialog", "application/json", strings.Repeat("x", maxBody+1)), http.StatusRequestEntityTooLarge},
		"an unknown path":    {call(p, "other", "application/json", "{}"), http.StatusNotFound},
		"another connection": {call(p, "../other/command", formType, commandForm("secret").Encode()), http.StatusNotFound},
		"a GET":              {httptest.NewRecorder(), http.StatusMethodNotAllowed},
	}
	p.ServeHTTP(tests["a GET"].w, get)
	for name, tt := range tests {
		if tt.w.Code != tt.code {
			t.Errorf("%s is answered with %d %s, want %d", name, tt.w.Code, tt.w.Body, tt.code)
		}
		if strings.Contains(tt.w.Body.String(), "secret") {
			t.Errorf("%s: the answer holds the token", name)
		}
	}
	if len(g.all()) != 0 {
		t.Errorf("it came through: %+v", g.all())
	}
	if p.callbacks.refused.of(wrongToken) != 2 || p.callbacks.refused.of(forged) != 2 || p.callbacks.refused.of(unreadable) != 4 {
		t.Errorf("counted: %d wrong tokens, %d forged, %d unreadable", p.callbacks.refused.of(wrongToken), p.callbacks.refused.of(forged), p.callbacks.refused.of(unreadable))
	}
}

// A body that comes byte by byte is what somebody sends who wants to keep the bot busy.
func TestSlowBody(t *testing.T) {
	f := newFake(t)
	p := f.platform(newClock())
	serve(t, p, (&got{}).handle)
	server := httptest.NewServer(p)
	defer server.Close()
	release := make(chan struct{})
	body := readerFunc(func([]byte) (int, error) { <-release; return 0, context.Canceled })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/mattermost/chat/action", body)
		if err == nil {
			var resp *http.Response
			if resp, err = server.Client().Do(r); err == nil {
				_ = resp.Body.Close()
			}
		}
		done <- err
	}()
	// Others are answered meanwhile.
	if w := call(p, "command", formType, commandForm("secret").Encode()); w.Code != http.StatusOK {
		t.Errorf("another is answered with %d", w.Code)
	}
	cancel()
	close(release)
	if err := <-done; err == nil {
		t.Error("the slow one was answered")
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

func TestButtons(t *testing.T) {
	f, g, now := newFake(t), &got{}, newClock()
	p := f.platform(now)
	serve(t, p, g.handle)
	m := chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go", Value: "v"}}}}}
	if _, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	here := f.last()
	if _, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	second := f.last()
	if _, err := p.Direct(t.Context(), p.personID(annaID), m); err != nil {
		t.Fatal(err)
	}
	direct := f.last()
	ok := func(name string, r model.PostActionIntegrationRequest, want bool) {
		t.Helper()
		before := len(g.all())
		w := callJSON(t, p, "action", r)
		if came := len(g.all()) > before; came != want || (w.Code == http.StatusOK) != want {
			t.Errorf("%s: came through: %v (%d %s), want %v", name, came, w.Code, w.Body, want)
		}
	}
	ok("pressed", pressed(t, here, 0, annaID, "1"), true)
	ok("pressed again", pressed(t, here, 0, annaID, "2"), true)
	ok("pressed by another", pressed(t, here, 0, boID, "3"), true)
	ok("one's own", pressed(t, direct, 0, annaID, "4"), true)
	ok("another's own", pressed(t, direct, 0, boID, "5"), false)
	elsewhere := pressed(t, here, 0, annaID, "6")
	elsewhere.PostId = second.Id
	ok("on another post", elsewhere, false)
	elsewhere.PostId, elsewhere.ChannelId = here.Id, thereID
	ok("in another channel", elsewhere, false)

	// After a restart the post says which button is its own.
	p2 := f.platform(now)
	serve(t, p2, g.handle)
	p = p2
	elsewhere = pressed(t, here, 0, annaID, "7")
	elsewhere.PostId = second.Id
	ok("on another post, after a restart", elsewhere, false)
	elsewhere.PostId = "nowherenowherenowherenowhe"
	ok("on no post, after a restart", elsewhere, false)
	ok("pressed after a restart", pressed(t, here, 0, annaID, "8"), true)

	forgedOne := pressed(t, here, 0, annaID, "9")
	sealed, _ := forgedOne.Context[contextKey].(string)
	forgedOne.Context = maps.Clone(forgedOne.Context)
	forgedOne.Context[contextKey] = "A" + sealed[1:]
	if sealed[0] == 'A' {
		forgedOne.Context[contextKey] = "B" + sealed[1:]
	}
	ok("forged", forgedOne, false)

	now.pass(buttonLifetime + time.Hour)
	before := len(g.all())
	if w := callJSON(t, p, "action", pressed(t, here, 0, annaID, "10")); !strings.Contains(w.Body.String(), "platform.button-old") || len(g.all()) != before {
		t.Errorf("an old button is answered with %d %s", w.Code, w.Body)
	}
	want := chat.Pressed{Action: "go", Value: "v", On: p.postID(hereID, here.Id)}
	if diff := cmp.Diff(chat.What(want), g.all()[0].What); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p.callbacks.refused.of(usedElsewhere) != 2 || p.callbacks.refused.of(forged) != 1 || p.callbacks.refused.of(expired) != 1 {
		t.Errorf("counted: %d elsewhere, %d forged, %d expired", p.callbacks.refused.of(usedElsewhere), p.callbacks.refused.of(forged), p.callbacks.refused.of(expired))
	}
}

// Who has to wait for an answer gets it all the same, another way.
func TestLateAnswers(t *testing.T) {
	f := newFake(t)
	p := f.platform(newClock())
	p.callbacks.ackTimeout = time.Millisecond
	release := make(chan struct{})
	serve(t, p, func(_ context.Context, in chat.Incoming) chat.Reply {
		<-release
		m := chat.Say("at last")
		if filled, ok := in.What.(chat.Filled); ok && filled.Values["falls"] == "bad" {
			form := smallForm()
			form.Fields[0].Error = "no"
			return chat.Reply{Form: &form}
		}
		return chat.Reply{Message: &m}
	})
	form := commandForm("secret")
	form.Set("response_url", "http://chat.example.org/hooks/commands/"+hereID)
	if w := call(p, "command", formType, form.Encode()); w.Code != 200 {
		t.Errorf("a command is answered with %d", w.Code)
	}
	if err := p.dialogs.open(t.Context(), origin{user: annaID, channel: hereID, trigger: "t"}, draft{Form: smallForm()}); err != nil {
		t.Fatal(err)
	}
	if r, code := submit(t, p, f.dialog(), annaID, map[string]any{"falls": "bad"}); code != 200 || r.Error != "" {
		t.Errorf("a form is answered with %d %+v", code, r)
	}
	m := chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}}
	if _, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	if w := callJSON(t, p, "action", pressed(t, f.last(), 0, annaID, "1")); w.Code != 200 {
		t.Errorf("a button is answered with %d", w.Code)
	}
	close(release)
	wait(t, func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.hooked) == 1 && len(f.posts) == 3
	})
	if f.hooked[0].Text != "at last" {
		t.Errorf("the command's answer is %+v", f.hooked[0])
	}
	offered, said := false, false
	for _, post := range f.posts[1:] {
		if post.GetProp(propTo) == nil || post.ChannelId != directID {
			t.Errorf("an answer that is none: %+v", post)
		}
		offered = offered || post.GetProp(propForm) == "true"
		said = said || post.Message == "at last"
	}
	if !offered || !said {
		t.Errorf("the form is offered: %v, the button answered: %v", offered, said)
	}
}
