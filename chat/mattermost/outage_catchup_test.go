package mattermost

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// TestOutageOfMany lets more change than the server tells of at a time: nothing is
// lost, deletions included.
func TestOutageOfMany(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	old, err := o.Write(o.ctx, o.anna.ID, o.here, o.root, "old")
	o.must(err)
	kept, err := o.Write(o.ctx, o.anna.ID, o.here, o.root, "kept")
	o.must(err)
	o.must(o.React(o.ctx, o.bo.ID, kept, "bulb"))
	o.waitFor("hello", "old", "kept", "reacted bulb")
	o.proxy.Refuse()
	want := []string{"hello", "old", "kept", "reacted bulb"}
	var posts []chat.PostID
	for _, text := range counted("thought", sinceLimit+30) {
		post, err := o.Write(o.ctx, o.anna.ID, o.here, o.root, text)
		o.must(err)
		posts, want = append(posts, post), append(want, text)
	}
	// The last changes are the ones that don't fit.
	for _, post := range posts[10:15] {
		o.must(o.Delete(o.ctx, o.anna.ID, post))
	}
	o.must(o.Delete(o.ctx, o.anna.ID, old))
	o.must(o.Rewrite(o.ctx, o.anna.ID, posts[20], "thought again"))
	o.must(o.Unreact(o.ctx, o.bo.ID, kept, "bulb"))
	want = slices.Delete(want, 14, 19)
	want[14+5] = "thought again"
	want = append(want, "rewrote thought again", "unreacted bulb")
	want = append(want, slices.Repeat([]string{"deleted"}, 6)...)
	slices.Sort(want)
	o.proxy.Accept()
	o.eventually(func() string { return cmp.Diff(want, slices.Sorted(slices.Values(o.recorder.texts()))) })
}

// TestOutageOfAThread has the bot's own post taken away by somebody who may: the
// server tells of that one alone, though all replies go with it.
func TestOutageOfAThread(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	o.say("one")
	o.waitFor("hello", "one")
	_, err := o.Administrator().DeletePost(o.ctx, o.root.Message)
	o.must(err)
	o.eventually(func() string {
		o.recorder.mu.Lock()
		defer o.recorder.mu.Unlock()
		gone := map[bool]int{}
		for _, in := range o.recorder.in {
			if _, is := in.What.(chat.Deleted); is {
				gone[in.Thread == o.root]++
			}
		}
		return cmp.Diff(map[bool]int{true: 2, false: 1}, gone)
	})
}

// TestOutageInTheLog stops the server gently, and starts it again: the log says
// once that it is gone, and once that it is back.
func TestOutageInTheLog(t *testing.T) {
	t.Parallel()
	var log lines
	o := newOutage(t, mattermosttest.Own(t), func(p *Platform) {
		p.socket.keepalive.steady = steadyAfter
		p.options.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	said := func(text string) int { return strings.Count(log.text(), text) }
	for n := range 2 {
		o.server.Stop()
		o.eventually(func() string {
			if said("there is no connection to the server") <= n {
				return "the log says nothing:\n" + log.text()
			}
			return ""
		})
		o.must(o.server.Start(o.ctx))
		o.eventually(func() string {
			if said("holds again") <= n {
				return "the log does not say that it is well again:\n" + log.text()
			}
			return ""
		})
	}
	if said("there is no connection") != 2 || said("holds again") != 2 || said("level=") != 4 {
		t.Errorf("the log says:\n%s", log.text())
	}
}

// TestOutageOfTheAccount has somebody switch the bot's account off, and on again:
// the log says what is the matter.
func TestOutageOfTheAccount(t *testing.T) {
	t.Parallel()
	var log lines
	o := newOutage(t, mattermosttest.Shared(t), func(p *Platform) { p.options.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	_, _, err := o.Administrator().DisableBot(o.ctx, o.BotUser)
	o.must(err)
	o.proxy.Cut()
	o.eventually(func() string {
		if !strings.Contains(log.text(), "does not accept the bot's token") {
			return "the log says:\n" + log.text()
		}
		return ""
	})
	o.say("meanwhile")
	_, _, err = o.Administrator().EnableBot(o.ctx, o.BotUser)
	o.must(err)
	o.waitFor("hello", "meanwhile")
	if n := strings.Count(log.text(), "does not accept"); n != 1 || strings.Contains(log.text(), o.BotToken) {
		t.Errorf("the log says:\n%s", log.text())
	}
}

// lines is a log that is kept.
type lines struct {
	mu  sync.Mutex
	all strings.Builder
}

// Write implements io.Writer.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// TestOutageByRate has the server answer that it is asked too often while the bot
// asks for what it missed.
func TestOutageByRate(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	var tries atomic.Int32
	o.proxy.Decide(func(r *http.Request) mattermosttest.Outcome {
		if r.URL.Query().Has("since") && tries.Add(1)%2 == 1 {
			return mattermosttest.Outcome{Status: http.StatusTooManyRequests, RetryAfter: time.Second}
		}
		return mattermosttest.Outcome{}
	})
	o.proxy.Refuse()
	o.say("meanwhile")
	o.proxy.Accept()
	o.waitFor("hello", "meanwhile")
}
