package slack_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

// TestChaos: sockets are cut again and again (ROUNDTABLE_CUTS times, or 30),
// envelopes get lost, come twice and come late, and a fifth of all calls are
// answered 429 or 5xx or not at all, half of those after they had their effect.
// What people did arrives once, by its ID, and what the bot posts with a key
// stands there once.
func TestChaos(t *testing.T) {
	cuts := 30
	if n, err := strconv.Atoi(os.Getenv("ROUNDTABLE_CUTS")); err == nil {
		cuts = n
	}
	t.Run("socket", func(t *testing.T) { storm(t, false, cuts) })
	t.Run("http", func(t *testing.T) { storm(t, true, 0) })
}

func storm(t *testing.T, overHTTP bool, cuts int) {
	t.Helper()
	const rounds = 30
	p := open(t, overHTTP, slacktest.Options{Hurry: 200, Patience: 500 * time.Millisecond, Unlimited: true, Seed: 7})
	c := &chaos{t: t, place: p, calm: make(chan struct{}), arrived: map[string]map[string]bool{}, said: map[string]string{}, reacted: map[string]string{}}
	var cancel context.CancelFunc
	c.ctx, cancel = context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	run, stop := context.WithCancel(c.ctx)
	done := make(chan error, 1)
	go func() { done <- p.platform.Run(run, c.handle) }()

	// One post with a button, and a thread, before the storm.
	root, err := p.platform.Post(c.ctx, p.Channel(p.ward), chat.PostID{}, chat.Message{Text: "root", Key: "root", Blocks: []chat.Block{
		chat.Paragraph{Text: "root"}, chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go", Value: "v"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.slack.Fail(slacktest.Faults{TooMany: 0.07, Server: 0.07, Unanswered: 0.06, Lost: 0.02, Doubled: 0.2, Late: 0.2, AcksLost: 0.02, Hang: 20 * time.Millisecond})
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() { c.people(n, rounds, root) })
		all.Go(func() { c.posts(n, rounds, root) })
	} // while the storm lasts, and at least so often
	var cutter sync.WaitGroup
	cutter.Go(func() { c.cut(cuts) })
	all.Wait()
	cutter.Wait()
	p.slack.Fail(slacktest.Faults{})
	c.eventually("all is told", p.slack.Idle)
	stop()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
	c.judge(root)
}

// chaos is what happened.
type chaos struct {
	*place
	t   *testing.T
	ctx context.Context //nolint:containedctx // the test's
	// calm is closed when all cuts are done.
	calm chan struct{}

	mu sync.Mutex
	// arrived are the IDs under which each thing arrived, by what it was.
	arrived map[string]map[string]bool
	// owed must have arrived; tried may have. keys are what was posted.
	owed, tried, keys []string
	presses           int
	// said and reacted are owed but for those that Slack gave up telling.
	said, reacted map[string]string
}

func (c *chaos) handle(_ context.Context, in chat.Incoming) chat.Reply {
	what := ""
	switch w := in.What.(type) {
	case chat.Typed:
		what = "typed " + w.Text
	case chat.Said:
		what = "said " + w.Text
	case chat.Pressed:
		what = "pressed"
	case chat.Reacted:
		what = "reacted " + w.Emoji + " " + w.On.Message + " " + in.From.ID.User
	default:
		return chat.Reply{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.arrived[what] == nil {
		c.arrived[what] = map[string]bool{}
	}
	c.arrived[what][in.ID] = true // the same ID again is harmless: the journal knows it
	return chat.Reply{}
}

func (c *chaos) must(err error) bool {
	if err != nil {
		c.t.Error(err)
	}
	return err == nil
}

// people do something again and again; what Slack takes of it is owed.
func (c *chaos) people(n, rounds int, root chat.PostID) {
	u := []*slacktest.User{c.anna, c.bjorn}[n%2]
	for i := 0; i < rounds || c.stormy(); i++ {
		c.rest(50 * time.Millisecond)
		word := fmt.Sprintf("word-%d-%d", n, i)
		ts, err := u.Say(root.Channel, root.Message, word)
		if !c.must(err) || !c.must(u.React(root.Channel, ts, "bulb")) {
			return
		}
		c.mu.Lock()
		c.said[ts], c.reacted[ts] = "said "+word, "reacted bulb "+ts+" "+u.Key()
		c.mu.Unlock()
		if u.Type(c.ctx, c.app, root.Channel, word) == nil {
			c.note(&c.owed, "typed "+word)
		} else { // the person saw that it failed
			c.note(&c.tried, "typed "+word)
		}
		if u.Press(c.ctx, root.Channel, root.Message, "Go") == nil {
			c.mu.Lock()
			c.presses++
			c.mu.Unlock()
		}
	}
}

// stormy says whether there are cuts to come.
func (c *chaos) stormy() bool {
	select {
	case <-c.calm:
		return false
	case <-c.ctx.Done():
		return false
	default:
		return true
	}
}

func (c *chaos) note(list *[]string, what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*list = append(*list, what)
}

// posts posts keyed messages into the channel, the thread and to a person, and
// edits them, as the courier does: what may have been done is looked for.
func (c *chaos) posts(n, rounds int, root chat.PostID) {
	here, who := c.Channel(c.ward), c.Person(c.anna)
	for i := 0; i < rounds || c.stormy(); i++ {
		key := fmt.Sprintf("key-%d-%d", n, i)
		m := chat.Message{Text: key, Key: key}
		var post chat.PostID
		switch i % 3 {
		case 0:
			post = c.once(func() (chat.PostID, error) { return c.platform.Post(c.ctx, here, chat.PostID{}, m) },
				func() (chat.PostID, bool, error) { return c.platform.Find(c.ctx, here, chat.PostID{}, key) })
		case 1:
			post = c.once(func() (chat.PostID, error) { return c.platform.Post(c.ctx, here, root, m) },
				func() (chat.PostID, bool, error) { return c.platform.Find(c.ctx, here, root, key) })
		default:
			post = c.once(func() (chat.PostID, error) { return c.platform.Direct(c.ctx, who, m) },
				func() (chat.PostID, bool, error) { return c.platform.FindDirect(c.ctx, who, key, time.Time{}) })
		}
		c.note(&c.keys, key)
		c.patient(func() error { return c.platform.Edit(c.ctx, post, chat.Message{Text: key + " edited", Key: key}) })
	}
}

// once does what the courier does: act; when that failed, look whether it was
// done; else act again.
func (c *chaos) once(act func() (chat.PostID, error), look func() (chat.PostID, bool, error)) chat.PostID {
	for c.ctx.Err() == nil {
		post, err := act()
		if err == nil {
			return post
		}
		c.permanent(err)
		if later := (*chat.Later)(nil); errors.As(err, &later) {
			c.rest(later.After)
			continue
		}
		found := false
		c.patient(func() (err error) { post, found, err = look(); return err })
		if found {
			return post
		}
	}
	c.t.Error("the time was too short")
	return chat.PostID{}
}

func (c *chaos) patient(do func() error) {
	for c.ctx.Err() == nil {
		err := do()
		if err == nil {
			return
		}
		c.permanent(err)
		c.rest(5 * time.Millisecond)
	}
}

// permanent: nothing here is gone or refused, whatever Slack's day is like.
func (c *chaos) permanent(err error) {
	if errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
		c.t.Errorf("given up for good: %v", err)
	}
}

func (c *chaos) rest(d time.Duration) {
	select {
	case <-c.ctx.Done():
	case <-time.After(d):
	}
}

// cut cuts a socket whenever one is open, so often.
func (c *chaos) cut(times int) {
	defer close(c.calm)
	for cut := 0; cut < times && c.ctx.Err() == nil; {
		// The other one lives on, but for every fourth time.
		if (c.app.Sockets() > 1 || cut%4 == 0) && c.app.CutSocket() {
			cut++
		}
		c.rest(150 * time.Millisecond) // an event is acknowledged within 80 ms
	}
}

func (c *chaos) eventually(what string, look func() bool) {
	c.t.Helper()
	for !look() {
		if c.ctx.Err() != nil {
			c.t.Fatal("never: " + what)
		}
		c.rest(10 * time.Millisecond)
	}
}

// judge holds what happened against what should have.
func (c *chaos) judge(root chat.PostID) {
	t := c.t
	// What nobody acknowledged in four tries Slack gives up; it is not owed.
	lost := map[string]int{}
	for _, b := range c.slack.Forgive() {
		what, given := strings.CutPrefix(b, "an event was never acknowledged: ")
		if !given {
			t.Errorf("Slack: %s", b)
		}
		kind, _, _ := strings.Cut(what, " ")
		lost[kind]++
		lost[what]++
	}
	missing := 0
	for ts, what := range c.said {
		switch n := len(c.arrived[what]); {
		case n == 0 && lost["message "+ts] == 0, n > 1:
			t.Errorf("%q arrived under %d IDs", what, n)
		}
		switch n := len(c.arrived[c.reacted[ts]]); {
		case n == 0:
			missing++
		case n > 1:
			t.Errorf("%q arrived under %d IDs", c.reacted[ts], n)
		}
	}
	if missing > lost["reaction_added"] {
		t.Errorf("%d reactions did not arrive, of which Slack gave up %d", missing, lost["reaction_added"])
	}
	for _, what := range c.owed {
		if n := len(c.arrived[what]); n != 1 {
			t.Errorf("%q arrived under %d IDs", what, n)
		}
	}
	for _, what := range c.tried {
		if n := len(c.arrived[what]); n > 1 {
			t.Errorf("%q arrived under %d IDs", what, n)
		}
	}
	if n := len(c.arrived["pressed"]); n < c.presses {
		t.Errorf("%d of %d acknowledged presses arrived", n, c.presses)
	}
	if n := 2*len(c.said) + len(c.owed) + len(c.tried) + 1; len(c.arrived) > n {
		t.Errorf("%d things arrived of %d that were done", len(c.arrived), n)
	}
	count := map[string]int{}
	roots, err := c.slack.Posts(root.Channel)
	c.must(err)
	replies, err := c.slack.Replies(root.Channel, root.Message)
	c.must(err)
	for _, post := range append(append(roots, replies...), c.anna.Directs(c.app)...) {
		if payload, ok := post.Metadata["event_payload"].(map[string]any); ok {
			key, _ := payload["key"].(string)
			count[key]++
			if key != "root" && !strings.Contains(post.Text, "edited") {
				t.Errorf("%s was not edited: %q", key, post.Text)
			}
		}
	}
	for _, key := range c.keys {
		if count[key] != 1 {
			t.Errorf("%s stands there %d times", key, count[key])
		}
	}
	if len(count) != len(c.keys)+1 {
		t.Errorf("%d keys stand there, %d were posted", len(count), len(c.keys)+1)
	}
	t.Logf("%d messages, %d reactions, %d commands and %d presses arrived once; %d commands failed for the person; Slack gave up %d messages and %d reactions; %d keys posted",
		len(c.said)-missed(c.said, c.arrived), len(c.reacted)-missing, len(c.owed), c.presses, len(c.tried), lost["message"], lost["reaction_added"], len(c.keys))
}

func missed(all map[string]string, arrived map[string]map[string]bool) int {
	n := 0
	for _, what := range all {
		if len(arrived[what]) == 0 {
			n++
		}
	}
	return n
}
