package slack_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
)

// stage is a workspace with two people, a channel, and the bot in it.
type stage struct {
	t       *testing.T
	ctx     context.Context //nolint:containedctx // the test's
	slack   *slacktest.Slack
	home    *slacktest.Workspace
	app     *slacktest.App
	chat    *slacktest.Chat
	anna    *slacktest.User
	ward    *slacktest.Channel
	p       *slack.Platform
	one     chat.PersonID
	here    chat.ChannelID
	came    chan chat.Incoming
	options slack.Options
}

// haste is how many times faster than at Slack's the limits pass.
const haste = 100

// words are the adapter's own words in tests: the ids.
func words(_, id string, args ...any) string {
	return strings.TrimPrefix(id, "platform.") + strings.TrimPrefix(fmt.Sprint(args...), "[]")
}

// newStage sets the stage; the bot is connected over Socket Mode but not
// running.
func newStage(t *testing.T, options ...slacktest.Options) *stage {
	t.Helper()
	s := slacktest.Start(t, append(options, slacktest.Options{Hurry: haste, Patience: patience})[0])
	st := &stage{t: t, slack: s, home: s.Workspace("T0HOME", "Home"), came: make(chan chat.Incoming, 100)}
	st.app = st.home.Install(slacktest.App{Name: "Roundtable", Command: "/round", Shortcuts: []string{"submit", "status"}})
	st.anna = st.home.User(slacktest.User{Name: "Anna", Locale: "sv-SE", TZ: "Europe/Stockholm"})
	st.ward = st.home.Channel(slacktest.Channel{Name: "ward"}, st.anna, st.app)
	st.chat = st.app.Chat("home")
	st.one, st.here = st.chat.Person(st.anna), st.chat.Channel(st.ward)
	st.options = slack.Options{
		Connection: "home", AppToken: st.app.AppToken, BotToken: st.app.BotToken, APIURL: s.APIURL(), Trigger: "round", T: words, Haste: haste,
	}
	var cancel context.CancelFunc
	st.ctx, cancel = context.WithTimeout(t.Context(), platformtest.Timeout)
	t.Cleanup(cancel)
	st.connect()
	return st
}

// connect makes the connection anew, as after a restart.
func (st *stage) connect() {
	st.t.Helper()
	st.eventually(func() string {
		if st.app.Sockets() > 0 {
			return "the old sockets are still open"
		}
		return ""
	})
	p, err := slack.New(st.options)
	if err != nil {
		st.t.Fatal(err)
	}
	st.p = p
}

// run lets the bot run until the test's end or until stop is called.
func (st *stage) run(handle func(chat.Incoming) chat.Reply) (stop func()) {
	st.t.Helper()
	stop = st.begin(handle)
	st.eventually(func() string {
		if st.options.AppToken != "" && st.app.Sockets() < 2 {
			return "the sockets are not open"
		}
		return ""
	})
	return stop
}

// begin does so without waiting for sockets.
func (st *stage) begin(handle func(chat.Incoming) chat.Reply) (stop func()) {
	st.t.Helper()
	ctx, cancel := context.WithCancel(st.ctx)
	done := make(chan error, 1)
	go func() {
		done <- st.p.Run(ctx, func(_ context.Context, in chat.Incoming) chat.Reply {
			st.came <- in
			if handle == nil {
				return chat.Reply{}
			}
			return handle(in)
		})
	}()
	ended := false
	stop = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			st.t.Errorf("Run: %v", err)
		}
	}
	st.t.Cleanup(stop)
	return stop
}

// overHTTP has Slack call the bot instead of sending over a socket.
func (st *stage) overHTTP() {
	st.options.AppToken, st.options.SigningSecret = "", st.app.SigningSecret
	st.connect()
	server := httptest.NewServer(st.p)
	st.t.Cleanup(server.Close)
	url := server.URL + "/slack/home/"
	st.app.Serve(slacktest.Routes{Events: url + "events", Commands: url + "commands", Interactions: url + "interactions"})
}

// next is the next thing that the handler got.
func (st *stage) next() chat.Incoming {
	st.t.Helper()
	select {
	case in := <-st.came:
		return in
	case <-st.ctx.Done():
		st.t.Fatal("nothing came")
		return chat.Incoming{}
	}
}

func (st *stage) must(err error) {
	st.t.Helper()
	if err != nil {
		st.t.Fatal(err)
	}
}

// eventually waits until look finds nothing missing.
func (st *stage) eventually(look func() (missing string)) {
	st.t.Helper()
	for {
		missing := look()
		if missing == "" {
			return
		}
		select {
		case <-st.ctx.Done():
			st.t.Fatal(missing)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// modal waits for a modal of that title in front of Anna.
func (st *stage) modal(title string) (m slacktest.Modal) {
	st.t.Helper()
	st.eventually(func() string {
		var open bool
		if m, open = st.anna.Modal(); !open || m.Title != title {
			return fmt.Sprintf("the modal %q is open (%v), want %q", m.Title, open, title)
		}
		return ""
	})
	return m
}

func say(text string) chat.Reply {
	m := chat.Say(text)
	return chat.Reply{Message: &m}
}

func (st *stage) post(m chat.Message) chat.PostID {
	st.t.Helper()
	id, err := st.p.Post(st.ctx, st.here, chat.PostID{}, m)
	st.must(err)
	return id
}
