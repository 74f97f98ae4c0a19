package mattermost

import (
	"context"
	"errors"
	"fmt"
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
	"roundtable/chat/platformtest"
)

// TestOutageOfConnections cuts the bot off again and again while people talk and it
// posts.
func TestOutageOfConnections(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	talk, posts := counted("thought", 60), counted("post", 20)
	var posted sync.WaitGroup
	posted.Go(func() { o.postAll(o.elsewhere, posts...) })
	for i, text := range talk {
		switch i % 20 {
		case 5, 8:
			o.proxy.Cut()
		case 10:
			o.proxy.Refuse()
		case 15:
			o.proxy.Accept()
		}
		o.say(text)
	}
	posted.Wait()
	o.waitFor(append([]string{"hello"}, talk...)...)
	shown, err := o.Posts(o.ctx, o.elsewhere, chat.PostID{})
	o.must(err)
	if diff := cmp.Diff(posts, shownTexts(shown)); diff != "" {
		t.Errorf("what the bot posted (-want +got):\n%s", diff)
	}
}

// TestOutageOfTheServer ends the server, gently and hard, in the midst of talk.
func TestOutageOfTheServer(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Own(t))
	posts := counted("post", 20)
	var busy sync.WaitGroup
	busy.Go(func() { o.postAll(o.elsewhere, posts...) })
	stop := make(chan struct{})
	busy.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				_ = o.Say(o.ctx, o.bo.ID, o.here, o.root, fmt.Sprintf("thought %03d", i)) // the server may be gone
			}
		}
	})
	for _, end := range []func(){o.server.Stop, o.server.Kill} {
		before := len(o.recorder.texts())
		o.eventually(func() string {
			if n := len(o.recorder.texts()); n < before+10 {
				return fmt.Sprintf("the bot heard %d things since, of 10", n-before)
			}
			return ""
		})
		end()
		o.must(o.server.Start(o.ctx))
	}
	o.eventually(func() string { // talk goes on
		if _, after, _ := strings.Cut(strings.Join(o.recorder.texts(), "\n"), "hello"); strings.Count(after, "\n") < 40 {
			return fmt.Sprintf("the bot heard %q", after)
		}
		return ""
	})
	close(stop)
	busy.Wait()
	o.waitFor(o.inThread()...)
	shown, err := o.Posts(o.ctx, o.elsewhere, chat.PostID{})
	o.must(err)
	if diff := cmp.Diff(posts, shownTexts(shown)); diff != "" {
		t.Errorf("what the bot posted (-want +got):\n%s", diff)
	}
}

// TestOutageOfTheBot lets people talk, change their minds and type while there is
// no bot, and before a new one has heard of it.
func TestOutageOfTheBot(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	o.say("before")
	o.waitFor("hello", "before")
	o.stop()
	talk := counted("thought", 30)
	for _, text := range talk {
		o.say(text)
	}
	if err := o.Type(o.ctx, o.anna.ID, o.here, "help"); err != nil {
		t.Logf("a command without a bot: %v", err) // it may be told so
	}
	o.platform = o.newPlatform(t)
	o.start()
	o.say("after")
	o.waitFor(slices.Concat([]string{"hello", "before"}, talk, []string{"after"})...)
}

// TestOutageLong lets more happen while the bot is cut off or not there than the
// server keeps for a connection (128 events) or gives in one page of posts (200),
// in threads old and new.
func TestOutageLong(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(o *outage) (back func()){
		"cut off": func(o *outage) func() {
			o.proxy.Refuse()
			return o.proxy.Accept
		},
		"not there": func(o *outage) func() {
			o.stop()
			return func() { o.platform = o.newPlatform(o.t); o.start() }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t, mattermosttest.Shared(t))
			old := o.root
			young, err := o.platform.Post(o.ctx, o.here, chat.PostID{}, chat.Say("young"))
			o.must(err)
			back := away(o)
			talk := counted("thought", 250)
			for i, text := range talk {
				o.root = old
				if i%3 == 0 {
					o.root = young
				}
				o.say(text)
			}
			back()
			o.say("after")
			o.waitFor(slices.Concat([]string{"hello"}, talk, []string{"after"})...)
		})
	}
}

// TestOutageOfChanges sees what people changed while the connection was down.
func TestOutageOfChanges(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t))
	one, err := o.Write(o.ctx, o.anna.ID, o.here, o.root, "one")
	o.must(err)
	two, err := o.Write(o.ctx, o.anna.ID, o.here, o.root, "two")
	o.must(err)
	o.must(o.React(o.ctx, o.bo.ID, one, "tada"))
	o.must(o.React(o.ctx, o.bo.ID, one, "heart"))
	o.waitFor("hello", "one", "two", "reacted tada", "reacted heart")
	o.proxy.Refuse()
	o.must(o.Rewrite(o.ctx, o.anna.ID, one, "uno"))
	o.must(o.Delete(o.ctx, o.anna.ID, two))
	o.must(o.React(o.ctx, o.bo.ID, o.root, "bulb"))
	o.must(o.Unreact(o.ctx, o.bo.ID, one, "tada"))
	o.say("three")
	o.proxy.Accept()
	want := []string{"deleted", "hello", "one", "reacted bulb", "reacted heart", "reacted tada", "rewrote uno", "three", "two", "unreacted tada"}
	sorted := func() []string { return slices.Sorted(slices.Values(o.recorder.texts())) }
	o.eventually(func() string { return cmp.Diff(want, sorted()) })
}

// TestOutageSilent strands the WebSocket: nothing tells the bot that it is dead.
func TestOutageSilent(t *testing.T) {
	t.Parallel()
	o := newOutage(t, mattermosttest.Shared(t), func(p *Platform) {
		p.socket.keepalive = keepalive{ping: 100 * time.Millisecond, silence: time.Second, steady: time.Second}
	})
	if o.proxy.Strand() == 0 {
		t.Fatal("nothing was connected")
	}
	o.say("into the void")
	o.waitFor("hello", "into the void")
}

// TestOutageOfAnswers loses the answer to each post's first try, or lets it come
// too late, or refuses it for the moment: in the end each stands there once.
func TestOutageOfAnswers(t *testing.T) {
	t.Parallel()
	for name, fate := range map[string]mattermosttest.Outcome{
		"lost": {Lost: true},
		"late": {Late: time.Minute},
		"busy": {Status: http.StatusServiceUnavailable},
		"rate": {Status: http.StatusTooManyRequests, RetryAfter: time.Second},
		"gone": {Status: http.StatusBadGateway},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t, mattermosttest.Shared(t))
			var tries atomic.Int32
			o.proxy.Decide(func(r *http.Request) mattermosttest.Outcome {
				if isPost(r) && tries.Add(1) == 1 {
					return fate
				}
				return mattermosttest.Outcome{}
			})
			inThread := func() ([]platformtest.Shown, error) { return o.Posts(o.ctx, o.here, o.root) }
			for _, way := range []struct {
				text string
				send func(ctx context.Context, m chat.Message) (chat.PostID, error)
				look func() ([]platformtest.Shown, error)
			}{
				{"in the channel", func(ctx context.Context, m chat.Message) (chat.PostID, error) {
					return o.platform.Post(ctx, o.here, chat.PostID{}, m)
				}, func() ([]platformtest.Shown, error) { return o.Posts(o.ctx, o.here, chat.PostID{}) }},
				{"in the thread", func(ctx context.Context, m chat.Message) (chat.PostID, error) {
					return o.platform.Post(ctx, o.here, o.root, m)
				}, inThread},
				{"to Anna", func(ctx context.Context, m chat.Message) (chat.PostID, error) {
					return o.platform.Direct(ctx, o.anna.ID, m)
				}, func() ([]platformtest.Shown, error) { return o.Direct(o.ctx, o.anna.ID) }},
			} {
				tries.Store(0)
				var id chat.PostID
				o.retrying(way.text, func(ctx context.Context, again bool) (err error) {
					if !again {
						var cancel context.CancelFunc
						ctx, cancel = context.WithTimeout(ctx, time.Second)
						defer cancel()
					}
					id, err = way.send(ctx, chat.Message{Text: way.text, Key: "key"})
					return err
				})
				if n := tries.Load(); n < 2 {
					t.Errorf("%s: %d tries; the first should have failed", way.text, n)
				}
				shown, err := way.look()
				o.must(err)
				shown = slices.DeleteFunc(shown, func(s platformtest.Shown) bool { return s.Text != way.text })
				if len(shown) != 1 || shown[0].ID != id {
					t.Errorf("%s: people see %+v, the bot %+v", way.text, shown, id)
				}
			}
		})
	}
}

// TestOutageOfForms refuses to open a form in answer to a command: the person can
// open it in another way.
func TestOutageOfForms(t *testing.T) {
	t.Parallel()
	for name, fate := range map[string]mattermosttest.Outcome{
		"busy": {Status: http.StatusServiceUnavailable},
		"rate": {Status: http.StatusTooManyRequests, RetryAfter: time.Minute},
		"cut":  {Lost: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t, mattermosttest.Shared(t))
			o.recorder.reply = chat.Reply{Form: &chat.Form{
				Name: "submit", Title: "Submit", Submit: "Send", Fields: []chat.Field{{Name: "falls", Label: "Falls"}},
			}}
			var tries atomic.Int32
			o.proxy.Decide(func(r *http.Request) mattermosttest.Outcome {
				if strings.HasSuffix(r.URL.Path, "/dialogs/open") && tries.Add(1) == 1 {
					return fate
				}
				return mattermosttest.Outcome{}
			})
			o.must(o.Type(o.ctx, o.anna.ID, o.here, "submit"))
			o.eventually(func() string {
				form, open, err := o.Form(o.ctx, o.anna.ID)
				o.must(err)
				if !open || form.Title != "Submit" {
					return fmt.Sprintf("Anna sees the form %q (open: %v)", form.Title, open)
				}
				return ""
			})
			o.must(o.Fill(o.ctx, o.anna.ID, map[string]string{"falls": "3/412"}))
			o.eventually(func() string {
				if got := o.recorder.filled(); len(got) != 1 || got[0]["falls"] != "3/412" {
					return fmt.Sprintf("what was filled in: %v", got)
				}
				return ""
			})
		})
	}
}

// TestOutageOfEverything answers all requests of the bot's with errors for a while.
func TestOutageOfEverything(t *testing.T) {
	t.Parallel()
	for name, fate := range map[string]mattermosttest.Outcome{
		"busy": {Status: http.StatusServiceUnavailable},
		"rate": {Status: http.StatusTooManyRequests, RetryAfter: 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t, mattermosttest.Shared(t))
			tries := make(chan time.Time, 100)
			o.proxy.Decide(func(r *http.Request) mattermosttest.Outcome {
				if isSocket(r) {
					select {
					case tries <- time.Now():
					default:
					}
				}
				return fate
			})
			o.proxy.Cut()
			o.say("meanwhile")
			first := <-tries
			<-tries
			<-tries
			if after := (<-tries).Sub(first); after < 400*time.Millisecond {
				t.Errorf("the bot tried to connect four times within %v", after)
			}
			if _, err := o.platform.Post(o.ctx, o.here, o.root, chat.Say("now")); err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
				t.Errorf("a post meanwhile: %v", err)
			}
			o.proxy.Decide(nil)
			o.say("after")
			o.waitFor("hello", "meanwhile", "after")
		})
	}
}
