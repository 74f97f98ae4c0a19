package platformtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

// inbox is what the bot got.
type inbox struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // the test's
	in  chan chat.Incoming
}

// next waits for the next thing that comes.
func (c *inbox) next() chat.Incoming {
	c.t.Helper()
	select {
	case <-c.ctx.Done():
		c.t.Fatal("nothing came")
	case in := <-c.in:
		if in.ID == "" {
			c.t.Errorf("no ID: %+v", in)
		}
		return in
	}
	return chat.Incoming{}
}

// run lets the platform run until the test ends, answering with replies, and
// returns what comes. replies may be nil.
func (p *fixture) run(replies func(chat.Incoming) chat.Reply) *inbox {
	p.t.Helper()
	c := &inbox{t: p.t, ctx: p.ctx, in: make(chan chat.Incoming, 100)}
	stop := p.start(func(_ context.Context, in chat.Incoming) chat.Reply {
		c.in <- in
		if replies == nil {
			return chat.Reply{}
		}
		return replies(in)
	})
	p.t.Cleanup(stop)
	return c
}

// start lets the platform run until stop is called, which waits for its end.
func (p *fixture) start(handle chat.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(p.ctx)
	done := make(chan error, 1)
	go func() { done <- p.bot.Run(ctx, handle) }()
	return func() {
		cancel()
		if err := <-done; err != nil && ctx.Err() == nil {
			p.t.Errorf("Run: %v", err)
		}
	}
}

// expect compares what came, leaving out the ID and what may be known of the
// person beside who it is.
func (c *inbox) expect(want chat.Incoming) {
	c.t.Helper()
	got := c.next()
	seen := got
	seen.ID, seen.From = "", chat.Person{ID: got.From.ID}
	if diff := cmp.Diff(want, seen); diff != "" {
		c.t.Errorf("what came (-want +got):\n%s", diff)
	}
}

func typed(_ *testing.T, p *fixture) {
	c := p.run(nil)
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "no command"))
	p.must(p.Type(p.ctx, p.one, p.here, "submit falls 3/412 ny avdelning åäö"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Typed{Text: "submit falls 3/412 ny avdelning åäö"}})
	p.must(p.Type(p.ctx, p.other, p.elsewhere, ""))
	c.expect(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.elsewhere, What: chat.Typed{}})
}

func typedDirectly(t *testing.T, p *fixture) {
	c := p.run(nil)
	p.must(p.Tell(p.ctx, p.one, "privacy"))
	got := c.next()
	if got.What != (chat.Typed{Text: "privacy"}) || !got.Direct || got.From.ID != p.one {
		t.Errorf("what came: %+v", got)
	}
	// The bot can answer there as in any channel.
	p.post(got.Channel, chat.PostID{}, chat.Say("answer"))
	p.expectPosts("the direct conversation", p.directs(p.one), []string{"privacy", "answer"})
}

func row(buttons ...chat.Button) chat.Message {
	return chat.Message{Text: "choose", Blocks: []chat.Block{chat.Paragraph{Text: "choose"}, chat.Buttons{Buttons: buttons}}}
}

func pressed(_ *testing.T, p *fixture) {
	value := strings.Repeat("å|\"<&>\\", chat.MaxValue/8)
	scope := strings.Repeat("k-._", chat.MaxScope/4)
	m := row(chat.Button{Label: "Go", Action: "go", Value: value, Scope: scope, Primary: true}, chat.Button{Label: "Stop", Action: "go", Value: "stop"}, chat.Button{Label: "Plain", Action: "plain"})
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, m)
	p.must(p.Press(p.ctx, p.one, post, "Go"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Pressed{Action: "go", Value: value, Scope: scope, On: post}})
	p.must(p.Press(p.ctx, p.other, post, "Stop"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Pressed{Action: "go", Value: "stop", On: post}})

	direct := p.direct(p.one, m)
	p.must(p.Press(p.ctx, p.one, direct, "Plain"))
	in := chat.ChannelID{Connection: direct.Connection, Channel: direct.Channel}
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: in, Direct: true, What: chat.Pressed{Action: "plain", On: direct}})

	if !p.bot.Capabilities().Threads {
		return
	}
	reply := p.post(p.here, post, m)
	p.must(p.Press(p.ctx, p.one, reply, "Plain"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, Thread: post, What: chat.Pressed{Action: "plain", On: reply}})
}

func said(t *testing.T, p *fixture) {
	c := p.run(nil)
	root := p.post(p.here, chat.PostID{}, chat.Say("root"))
	p.must(p.Say(p.ctx, p.one, p.here, root, "a thought\nin two lines"))
	got := c.next()
	shown := p.expectPosts("the thread", p.thread(root), []string{"a thought"})
	want := chat.Incoming{
		ID: got.ID, From: got.From, Channel: p.here, Thread: root,
		What: chat.Said{Text: "a thought\nin two lines", Post: shown[0].ID},
	}
	if diff := cmp.Diff(want, got); diff != "" || got.From.ID != p.one {
		t.Errorf("%s said (-want +got):\n%s", got.From.ID.User, diff)
	}
	p.post(p.here, root, chat.Say("the bot's own")) // does not come back
	p.must(p.Say(p.ctx, p.other, p.here, root, "next"))
	if next, ok := c.next().What.(chat.Said); !ok || next.Text != "next" {
		t.Errorf("what came next: %+v", next)
	}
}

func idsDiffer(t *testing.T, p *fixture) {
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, row(chat.Button{Label: "Go", Action: "go"}))
	seen := map[string]string{}
	for n := range 3 {
		for what, do := range map[string]func() error{
			"typed":   func() error { return p.Type(p.ctx, p.one, p.here, "help") },
			"pressed": func() error { return p.Press(p.ctx, p.one, post, "Go") },
		} {
			p.must(do())
			id, what := c.next().ID, fmt.Sprint(what, n)
			if before, ok := seen[id]; ok {
				t.Errorf("%s and %s have the same ID %q", before, what, id)
			}
			seen[id] = what
		}
	}
}

func sameIDAgain(t *testing.T, p *fixture) {
	c := p.run(nil)
	p.must(p.Type(p.ctx, p.one, p.here, "help"))
	first := c.next()
	p.must(p.Again(p.ctx, first.ID))
	if diff := cmp.Diff(first, c.next()); diff != "" {
		t.Errorf("the second time (-first +second):\n%s", diff)
	}
}

// saySomething posts a root, lets somebody say something in its thread, takes that off
// what came, and returns the root and the message.
func (p *fixture) saySomething(c *inbox) (root, post chat.PostID) {
	p.t.Helper()
	const text = "a thought"
	root = p.post(p.here, chat.PostID{}, chat.Say("root"))
	p.must(p.Say(p.ctx, p.one, p.here, root, text))
	said, ok := c.next().What.(chat.Said)
	if !ok || said.Text != text {
		p.t.Fatalf("what came: %+v", said)
	}
	return root, said.Post
}

func rewrote(_ *testing.T, p *fixture) {
	c := p.run(nil)
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "no contribution"))
	plain := p.expectPosts("the channel", p.roots(p.here), []string{"no contribution"})[0].ID
	root, post := p.saySomething(c)
	p.must(p.Rewrite(p.ctx, p.one, plain, "still none")) // does not come
	p.must(p.Rewrite(p.ctx, p.one, post, "a better thought\nin two lines"))
	c.expect(chat.Incoming{
		From: chat.Person{ID: p.one}, Channel: p.here, Thread: root,
		What: chat.Rewrote{Text: "a better thought\nin two lines", Post: post},
	})
	p.expectPosts("the thread", p.thread(root), []string{"a better thought"})

	own := p.post(p.here, root, chat.Say("the bot's own"))
	p.edit(own, chat.Say("the bot's own, edited")) // does not come back
	p.must(p.Rewrite(p.ctx, p.one, post, "the best"))
	if next, ok := c.next().What.(chat.Rewrote); !ok || next.Text != "the best" {
		p.t.Errorf("what came next: %+v", next)
	}
}

func deleted(t *testing.T, p *fixture) {
	c := p.run(nil)
	root, post := p.saySomething(c)
	p.must(p.Delete(p.ctx, p.one, post))
	got := c.next()
	if nobody := (chat.Person{}); got.From != nobody && got.From.ID != p.one {
		t.Errorf("it is said to be deleted by %+v", got.From)
	}
	want := chat.Incoming{ID: got.ID, From: got.From, Channel: p.here, Thread: root, What: chat.Deleted{Post: post}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
	p.expectPosts("the thread", p.thread(root), nil)
}

func reacted(_ *testing.T, p *fixture) {
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	p.must(p.React(p.ctx, p.one, post, "bulb"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Reacted{Emoji: "bulb", On: post}})

	root, said := p.saySomething(c) // of a person, in a thread
	p.must(p.React(p.ctx, p.other, said, "bulb"))
	c.expectReaction(root, chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Reacted{Emoji: "bulb", On: said}})
}

// expectReaction is [inbox.expect], for a reaction in a thread: not every platform
// tells the thread.
func (c *inbox) expectReaction(root chat.PostID, want chat.Incoming) {
	c.t.Helper()
	got := c.next()
	if got.Thread != (chat.PostID{}) && got.Thread != root {
		c.t.Errorf("the reaction was in the thread of %+v, want %+v or nothing", got.Thread, root)
	}
	got.ID, got.From, got.Thread = "", chat.Person{ID: got.From.ID}, chat.PostID{}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Errorf("what came (-want +got):\n%s", diff)
	}
}

func unreacted(_ *testing.T, p *fixture) {
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	for _, who := range []chat.PersonID{p.one, p.other} {
		p.must(p.React(p.ctx, who, post, "bulb"))
		c.next()
	}
	p.must(p.Unreact(p.ctx, p.other, post, "bulb"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Unreacted{Emoji: "bulb", On: post}})
}

// changeMessage lets one person do everything to a message that can be done again, and
// returns what came.
func (p *fixture) changeMessage(c *inbox) (all []chat.Incoming) {
	p.t.Helper()
	_, post := p.saySomething(c)
	acts := []func() error{
		func() error { return p.Rewrite(p.ctx, p.one, post, "another thought") },
		func() error { return p.Rewrite(p.ctx, p.one, post, "a thought") },
		func() error { return p.Rewrite(p.ctx, p.one, post, "another thought") },
	}
	if p.bot.Capabilities().Reactions {
		for range 2 {
			acts = append(acts,
				func() error { return p.React(p.ctx, p.one, post, "bulb") },
				func() error { return p.Unreact(p.ctx, p.one, post, "bulb") })
		}
	}
	for _, act := range append(acts, func() error { return p.Delete(p.ctx, p.one, post) }) {
		p.must(act())
		all = append(all, c.next())
	}
	return all
}

func talkIDsDiffer(t *testing.T, p *fixture) {
	seen := map[string]chat.What{}
	for _, in := range p.changeMessage(p.run(nil)) {
		if before, ok := seen[in.ID]; ok {
			t.Errorf("%T and %T have the same ID %q", before, in.What, in.ID)
		}
		seen[in.ID] = in.What
	}
}

func talkAgain(t *testing.T, p *fixture) {
	c := p.run(nil)
	for _, first := range p.changeMessage(c) {
		err := p.Again(p.ctx, first.ID)
		if errors.Is(err, ErrUnsupported) {
			t.Logf("%T: %v", first.What, err)
			continue
		}
		p.must(err)
		if diff := cmp.Diff(first, c.next()); diff != "" {
			t.Errorf("the second time (-first +second):\n%s", diff)
		}
	}
}

// talkInOrder holds up the answer to what was said; what is done to it waits,
// and a command does not.
func talkInOrder(t *testing.T, p *fixture) {
	came, release := make(chan chat.What, 10), make(chan struct{})
	p.t.Cleanup(p.start(func(_ context.Context, in chat.Incoming) chat.Reply {
		came <- in.What
		if _, ok := in.What.(chat.Said); ok {
			<-release
		}
		return chat.Reply{}
	}))
	next := func() chat.What {
		select {
		case <-p.ctx.Done():
			t.Error("nothing came")
			return nil
		case what := <-came:
			return what
		}
	}
	root := p.post(p.here, chat.PostID{}, chat.Say("root"))
	waits := []func(){p.inBackground(func() error { return p.Say(p.ctx, p.one, p.here, root, "a thought") })}
	said, _ := next().(chat.Said)
	if said.Text != "a thought" {
		close(release)
		t.Fatalf("what came first: %+v", said)
	}
	rewritten := p.inBackground(func() error { return p.Rewrite(p.ctx, p.one, said.Post, "another") })
	p.expectPosts("the thread", p.thread(root), []string{"another"})
	typed := p.inBackground(func() error { return p.Type(p.ctx, p.other, p.here, "help") })
	if what := next(); what != (chat.Typed{Text: "help"}) {
		t.Errorf("before what was said has been answered came %+v", what)
	}
	waits = append(waits, rewritten, typed, p.inBackground(func() error { return p.Delete(p.ctx, p.one, said.Post) }))
	p.expectPosts("the thread", p.thread(root), nil)
	time.Sleep(20 * time.Millisecond) // a platform that does not wait has come by now
	if len(came) > 0 {
		t.Errorf("before what was said has been answered came %+v", <-came)
	}
	close(release)
	if what := next(); what != (chat.Rewrote{Text: "another", Post: said.Post}) {
		t.Errorf("after what was said came %+v", what)
	}
	if what := next(); what != (chat.Deleted{Post: said.Post}) {
		t.Errorf("at last came %+v", what)
	}
	for _, wait := range waits {
		wait()
	}
}
