package slacktest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"roundtable/chat/slack/slacktest"
)

// patience bounds every wait for what never comes.
const patience = 2 * time.Minute

// js is any JSON object.
type js = map[string]any

// place is a workspace with two people, a channel and an app.
type place struct {
	t           *testing.T
	s           *slacktest.Slack
	home        *slacktest.Workspace
	app         *slacktest.App
	anna, bjorn *slacktest.User
	ward        *slacktest.Channel
	http        *http.Client
}

func open(t *testing.T, opts ...slacktest.Options) *place {
	t.Helper()
	s := slacktest.Start(t, opts...)
	home := s.Workspace("T0HOME", "Home")
	p := &place{t: t, s: s, home: home, http: &http.Client{Timeout: patience, Transport: &http.Transport{}}}
	t.Cleanup(p.http.CloseIdleConnections)
	p.app = home.Install(slacktest.App{Name: "Roundtable", Command: "/round"})
	p.anna = home.User(slacktest.User{Name: "Anna Ek", Locale: "sv-SE", TZ: "Europe/Stockholm"})
	p.bjorn = home.User(slacktest.User{Name: "Björn"})
	p.ward = home.Channel(slacktest.Channel{Name: "ward"}, p.anna, p.bjorn, p.app)
	return p
}

// ask calls a method with JSON and returns status and answer.
func (p *place) ask(method string, args js) (int, http.Header, js) {
	p.t.Helper()
	if method == "apps.connections.open" {
		return p.askAs(p.app.AppToken, method, args)
	}
	return p.askAs(p.app.BotToken, method, args)
}

func (p *place) askAs(token, method string, args js) (int, http.Header, js) {
	p.t.Helper()
	body, err := json.Marshal(args)
	if err != nil {
		p.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.s.APIURL()+method, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out js
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		p.t.Fatalf("%s: %v", method, err)
	}
	return resp.StatusCode, resp.Header, out
}

// must calls a method that must work.
func (p *place) must(method string, args js) js {
	p.t.Helper()
	if _, _, out := p.ask(method, args); out["ok"] != true {
		p.t.Fatalf("%s: %v", method, out)
	} else {
		return out
	}
	return nil
}

// refused calls a method that must be refused with this error.
func (p *place) refused(method string, args js, want string) js {
	p.t.Helper()
	_, _, out := p.ask(method, args)
	if out["ok"] != false || out["error"] != want {
		p.t.Errorf("%s: %v, want the error %s", method, out, want)
	}
	return out
}

// forgives takes one broken rule away that a test broke on purpose.
func (p *place) forgives(want string) {
	p.t.Helper()
	got := p.s.Forgive()
	if len(got) != 1 || !strings.Contains(got[0], want) {
		p.t.Errorf("broken: %q, want one with %q", got, want)
	}
}

// link is an app on a socket: it acknowledges what comes with what answer
// returns, and keeps it.
type link struct {
	p      *place
	conn   *websocket.Conn
	mu     sync.Mutex
	came   chan js
	answer func(js) any
	hello  js
	done   chan struct{}
}

func (p *place) connect(answer func(envelope js) any) *link {
	p.t.Helper()
	url, _ := p.must("apps.connections.open", nil)["url"].(string)
	conn, resp, err := websocket.DefaultDialer.DialContext(p.t.Context(), url, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	resp.Body.Close()
	l := &link{p: p, conn: conn, came: make(chan js, 10_000), answer: answer, done: make(chan struct{})}
	if err := conn.ReadJSON(&l.hello); err != nil || l.hello["type"] != "hello" {
		p.t.Fatalf("hello: %v %v", l.hello, err)
	}
	go l.run()
	p.t.Cleanup(func() { _ = conn.Close(); <-l.done })
	return l
}

func (l *link) run() {
	defer close(l.done)
	for {
		var e js
		if l.conn.ReadJSON(&e) != nil {
			return
		}
		if e["envelope_id"] == nil {
			l.came <- e
			continue
		}
		ack := js{"envelope_id": e["envelope_id"]}
		if l.answer != nil {
			reply := l.answer(e)
			if reply == "nothing" {
				l.came <- e
				continue
			}
			if reply != nil {
				ack["payload"] = reply
			}
		}
		l.mu.Lock()
		_ = l.conn.WriteJSON(ack)
		l.mu.Unlock()
		l.came <- e
	}
}

// next is the next thing that came: its payload.
func (l *link) next() js {
	l.p.t.Helper()
	e := l.envelope()
	payload, _ := e["payload"].(js)
	return payload
}

func (l *link) envelope() js {
	l.p.t.Helper()
	select {
	case e := <-l.came:
		return e
	case <-time.After(patience):
		l.p.t.Fatal("nothing came")
	}
	return nil
}

// event waits for the next event and checks its type.
func (l *link) event(kind string) js {
	l.p.t.Helper()
	e, _ := l.next()["event"].(js)
	if e["type"] != kind {
		l.p.t.Fatalf("came %v, want %s", e, kind)
	}
	return e
}

func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits until look is content.
func eventually(t *testing.T, what string, look func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !look(); {
		if time.Now().After(deadline) {
			t.Fatal(what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}
