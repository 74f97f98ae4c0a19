package slack_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"roundtable/chat/slack/slacktest"
)

// diary is a log that may be read while it is written.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(b)
}

// lines are those that hold the words.
func (d *diary) lines(words string) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for line := range strings.Lines(d.text.String()) {
		if strings.Contains(line, words) {
			n++
		}
	}
	return n
}

// A token that Slack does not take is told of at the start, once, with what to do,
// whether or not a socket can be opened; the bot goes on, and works when it is let
// in.
func TestWrongTokenAtTheStart(t *testing.T) {
	for name, wrong := range map[string]func(*stage){
		"the bot's token": func(st *stage) { st.app.Revoke("invalid_auth") },
		"both tokens": func(st *stage) {
			st.app.Revoke("invalid_auth")
			st.options.AppToken = "xapp-wrong"
		},
		"over HTTP": func(st *stage) {
			st.overHTTP()
			st.app.Revoke("invalid_auth")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := newStage(t)
			wrong(st)
			log := &diary{}
			st.options.Haste, st.options.Log = 2000, slog.New(slog.NewTextHandler(log, nil))
			st.connect()
			st.begin(nil)
			told := "slack does not let the bot in; install the app again, and check its bot token; roundtable check says more"
			st.eventually(func() string {
				if n := log.lines(told); n != 1 {
					return fmt.Sprintf("it is told %d times", n)
				}
				return ""
			})
			st.app.Revoke("")
			st.eventually(func() string {
				if log.lines("slack lets the bot in again") != 1 {
					return "the bot is not let in again"
				}
				return ""
			})
			if n := log.lines(told); n != 1 {
				t.Errorf("it is told %d times", n)
			}
		})
	}
}

// A Slack that does not answer is told of at the start, once.
func TestNoSlackAtTheStart(t *testing.T) {
	st := newStage(t)
	log := &diary{}
	st.options.Log = slog.New(slog.NewTextHandler(log, nil))
	st.slack.Fail(slacktest.Faults{Server: 1, Methods: map[string]bool{"auth.test": true}})
	st.connect()
	st.begin(nil)
	st.eventually(func() string {
		if n := log.lines("slack does not say who the bot is"); n != 1 {
			return fmt.Sprintf("it is told %d times", n)
		}
		return ""
	})
	st.slack.Fail(slacktest.Faults{})
	st.eventually(func() string {
		if st.app.Sockets() == 0 {
			return "no socket is open"
		}
		return ""
	})
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	st.next()
}
