package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/platformtest"
)

// outageTimeout is how long these tests wait for what they expect.
const outageTimeout = 3 * time.Minute

// outage is a stage whose bot reaches the server through a proxy, and what the bot
// has heard.
type outage struct {
	*stage
	t        *testing.T
	ctx      context.Context //nolint:containedctx // the test's
	server   *mattermosttest.Server
	proxy    *mattermosttest.Proxy
	recorder *recorder
	root     chat.PostID
	stop     func()
}

// newOutage lets the bot run, with a thread to talk in.
func newOutage(t *testing.T, s *mattermosttest.Server, change ...func(*Platform)) *outage {
	t.Helper()
	proxy, err := mattermosttest.NewProxy(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 5*outageTimeout)
	t.Cleanup(cancel)
	o := &outage{stage: newStage(t, s, proxy.URL), t: t, ctx: ctx, server: s, proxy: proxy, recorder: &recorder{t: t}, stop: func() {}}
	o.platform.socket.keepalive.steady = 50 * time.Millisecond // these break often, and want to be quick
	for _, c := range change {
		c(o.platform)
	}
	o.start()
	t.Cleanup(func() { o.stop() })
	o.root, err = o.platform.Post(ctx, o.here, chat.PostID{}, chat.Say("root"))
	o.must(err)
	o.say("hello") // the bot hears
	o.waitFor("hello")
	return o
}

// start lets the adapter run until o.stop is called.
func (o *outage) start() {
	ctx, cancel := context.WithCancel(o.ctx)
	done := make(chan error, 1)
	p := o.platform
	go func() { done <- p.Run(ctx, o.recorder.handle) }()
	o.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			o.t.Errorf("Run: %v", err)
		}
	})
}

func (o *outage) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// say lets Anna say something in the thread, on a server that is well.
func (o *outage) say(text string) {
	o.t.Helper()
	o.must(o.Say(o.ctx, o.anna.ID, o.here, o.root, text))
}

// eventually waits until nothing is missing.
func (o *outage) eventually(missing func() string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.ctx, outageTimeout)
	defer cancel()
	for {
		last := missing()
		if last == "" {
			return
		}
		select {
		case <-ctx.Done():
			o.t.Fatal(last)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// waitFor waits until the bot has heard these texts, in this order and each under
// one ID, whatever came twice.
func (o *outage) waitFor(want ...string) {
	o.t.Helper()
	o.eventually(func() string { return cmp.Diff(want, o.recorder.texts()) })
}

// inThread are the texts in the thread, as the server has them.
func (o *outage) inThread() []string {
	o.t.Helper()
	shown, err := o.Posts(o.ctx, o.here, o.root)
	o.must(err)
	return shownTexts(shown)
}

func shownTexts(shown []platformtest.Shown) []string {
	texts := make([]string, len(shown))
	for i, s := range shown {
		texts[i] = s.Text
	}
	return texts
}

// postAll posts messages one after the other and tries each again until it has
// worked, as the courier does: what may have been sent is looked for first.
func (o *outage) postAll(in chat.ChannelID, texts ...string) {
	o.t.Helper()
	for _, text := range texts {
		m := chat.Message{Text: text, Key: "key/" + text}
		o.retrying(text, func(ctx context.Context, again bool) error {
			if again {
				if _, found, err := o.platform.Find(ctx, in, chat.PostID{}, m.Key); found || err != nil {
					return err
				}
			}
			_, err := o.platform.Post(ctx, in, chat.PostID{}, m)
			return err
		})
	}
}

// retrying tries until it works. An error that says never is one too many.
func (o *outage) retrying(what string, try func(ctx context.Context, again bool) error) {
	o.t.Helper()
	for n := 0; ; n++ {
		ctx, cancel := context.WithTimeout(o.ctx, 20*time.Second)
		err := try(ctx, n > 0)
		cancel()
		if err == nil {
			return
		}
		if errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) || o.ctx.Err() != nil {
			o.t.Fatalf("%s: %v", what, err)
		}
		wait := 100 * time.Millisecond
		if later, ok := errors.AsType[*chat.Later](err); ok {
			wait = later.After
		}
		select {
		case <-o.ctx.Done():
		case <-time.After(wait):
		}
	}
}

// recorder is what has come to the bot, each thing once by its ID.
type recorder struct {
	t     *testing.T
	reply chat.Reply // to commands

	mu    sync.Mutex
	in    []chat.Incoming
	byID  map[string]chat.What
	twice int // what came again
}

func (h *recorder) handle(_ context.Context, in chat.Incoming) chat.Reply {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.byID == nil {
		h.byID = map[string]chat.What{}
	}
	before, again := h.byID[in.ID]
	switch {
	case in.ID == "":
		h.t.Errorf("no ID: %+v", in)
	case again && !cmp.Equal(before, in.What):
		h.t.Errorf("%T and %T have the same ID %q", before, in.What, in.ID)
	case again:
		h.twice++
	default:
		h.byID[in.ID] = in.What
		h.in = append(h.in, in)
	}
	if _, ok := in.What.(chat.Typed); ok {
		return h.reply
	}
	return chat.Reply{}
}

// filled are the values of the forms that came.
func (h *recorder) filled() (out []map[string]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, in := range h.in {
		if f, ok := in.What.(chat.Filled); ok {
			out = append(out, f.Values)
		}
	}
	return out
}

// texts are what was said, rewritten, deleted and reacted, in the order in which
// it came first; a thing that came under two IDs stands there twice.
func (h *recorder) texts() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []string
	for _, in := range h.in {
		switch w := in.What.(type) {
		case chat.Said:
			out = append(out, w.Text)
		case chat.Rewrote:
			out = append(out, "rewrote "+w.Text)
		case chat.Deleted:
			out = append(out, "deleted")
		case chat.Reacted:
			out = append(out, "reacted "+w.Emoji)
		case chat.Unreacted:
			out = append(out, "unreacted "+w.Emoji)
		}
	}
	return out
}

func counted(what string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s %03d", what, i)
	}
	return out
}

// isSocket says whether a request opens a WebSocket.
func isSocket(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/websocket") }

// isPost says whether a request makes a post.
func isPost(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/posts")
}
