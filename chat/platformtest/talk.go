package platformtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

// begin posts a root, lets somebody say something in its thread, takes that off
// what came, and returns the root and the message.
func (p *place) begin(c *came) (root, post chat.PostID) {
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

func rewrote(_ *testing.T, p *place) {
	c := p.run(nil)
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "no contribution"))
	plain := p.reads("the channel", p.roots(p.here), []string{"no contribution"})[0].ID
	root, post := p.begin(c)
	p.must(p.Rewrite(p.ctx, p.one, plain, "still none")) // does not come
	p.must(p.Rewrite(p.ctx, p.one, post, "a better thought\nin two lines"))
	c.is(chat.Incoming{
		From: chat.Person{ID: p.one}, Channel: p.here, Thread: root,
		What: chat.Rewrote{Text: "a better thought\nin two lines", Post: post},
	})
	p.reads("the thread", p.thread(root), []string{"a better thought"})

	own := p.post(p.here, root, chat.Say("the bot's own"))
	p.edit(own, chat.Say("the bot's own, edited")) // does not come back
	p.must(p.Rewrite(p.ctx, p.one, post, "the best"))
	if next, ok := c.next().What.(chat.Rewrote); !ok || next.Text != "the best" {
		p.t.Errorf("what came next: %+v", next)
	}
}

func deleted(t *testing.T, p *place) {
	c := p.run(nil)
	root, post := p.begin(c)
	p.must(p.Delete(p.ctx, p.one, post))
	got := c.next()
	if nobody := (chat.Person{}); got.From != nobody && got.From.ID != p.one {
		t.Errorf("it is said to be deleted by %+v", got.From)
	}
	want := chat.Incoming{ID: got.ID, From: got.From, Channel: p.here, Thread: root, What: chat.Deleted{Post: post}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
	p.reads("the thread", p.thread(root), nil)
}

func reacted(_ *testing.T, p *place) {
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	p.must(p.React(p.ctx, p.one, post, "bulb"))
	c.is(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Reacted{Emoji: "bulb", On: post}})

	root, said := p.begin(c) // of a person, in a thread
	p.must(p.React(p.ctx, p.other, said, "bulb"))
	c.reacts(root, chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Reacted{Emoji: "bulb", On: said}})
}

// reacts is [came.is], for a reaction in a thread: not every platform tells the
// thread.
func (c *came) reacts(root chat.PostID, want chat.Incoming) {
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

func unreacted(_ *testing.T, p *place) {
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	for _, who := range []chat.PersonID{p.one, p.other} {
		p.must(p.React(p.ctx, who, post, "bulb"))
		c.next()
	}
	p.must(p.Unreact(p.ctx, p.other, post, "bulb"))
	c.is(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Unreacted{Emoji: "bulb", On: post}})
}

// chats lets one person do everything to a message that can be done again, and
// returns what came.
func (p *place) chats(c *came) (all []chat.Incoming) {
	p.t.Helper()
	_, post := p.begin(c)
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

func talkIDsDiffer(t *testing.T, p *place) {
	seen := map[string]chat.What{}
	for _, in := range p.chats(p.run(nil)) {
		if before, ok := seen[in.ID]; ok {
			t.Errorf("%T and %T have the same ID %q", before, in.What, in.ID)
		}
		seen[in.ID] = in.What
	}
}

func talkAgain(t *testing.T, p *place) {
	c := p.run(nil)
	for _, first := range p.chats(c) {
		err := p.Again(p.ctx, first.ID)
		if errors.Is(err, ErrCant) {
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
func talkInOrder(t *testing.T, p *place) {
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
	waits := []func(){p.meanwhile(func() error { return p.Say(p.ctx, p.one, p.here, root, "a thought") })}
	said, _ := next().(chat.Said)
	if said.Text != "a thought" {
		close(release)
		t.Fatalf("what came first: %+v", said)
	}
	rewritten := p.meanwhile(func() error { return p.Rewrite(p.ctx, p.one, said.Post, "another") })
	p.reads("the thread", p.thread(root), []string{"another"})
	typed := p.meanwhile(func() error { return p.Type(p.ctx, p.other, p.here, "help") })
	if what := next(); what != (chat.Typed{Text: "help"}) {
		t.Errorf("before what was said has been answered came %+v", what)
	}
	waits = append(waits, rewritten, typed, p.meanwhile(func() error { return p.Delete(p.ctx, p.one, said.Post) }))
	p.reads("the thread", p.thread(root), nil)
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
