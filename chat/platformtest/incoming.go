package platformtest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

// came is what the bot got.
type came struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // the test's
	in  chan chat.Incoming
}

// next waits for the next thing that comes.
func (c *came) next() chat.Incoming {
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
func (p *place) run(replies func(chat.Incoming) chat.Reply) *came {
	p.t.Helper()
	c := &came{t: p.t, ctx: p.ctx, in: make(chan chat.Incoming, 100)}
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
func (p *place) start(handle chat.Handler) (stop func()) {
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

// is compares what came, leaving out the ID and what may be known of the
// person beside who it is.
func (c *came) is(want chat.Incoming) {
	c.t.Helper()
	got := c.next()
	seen := got
	seen.ID, seen.From = "", chat.Person{ID: got.From.ID}
	if diff := cmp.Diff(want, seen); diff != "" {
		c.t.Errorf("what came (-want +got):\n%s", diff)
	}
}

func typed(_ *testing.T, p *place) {
	c := p.run(nil)
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "no command"))
	p.must(p.Type(p.ctx, p.one, p.here, "submit falls 3/412 ny avdelning åäö"))
	c.is(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Typed{Text: "submit falls 3/412 ny avdelning åäö"}})
	p.must(p.Type(p.ctx, p.other, p.elsewhere, ""))
	c.is(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.elsewhere, What: chat.Typed{}})
}

func typedDirectly(t *testing.T, p *place) {
	c := p.run(nil)
	p.must(p.Tell(p.ctx, p.one, "privacy"))
	got := c.next()
	if got.What != (chat.Typed{Text: "privacy"}) || !got.Direct || got.From.ID != p.one {
		t.Errorf("what came: %+v", got)
	}
	// The bot can answer there as in any channel.
	p.post(got.Channel, chat.PostID{}, chat.Say("answer"))
	p.reads("the direct conversation", p.directs(p.one), []string{"privacy", "answer"})
}

func row(buttons ...chat.Button) chat.Message {
	return chat.Message{Text: "choose", Blocks: []chat.Block{chat.Paragraph{Text: "choose"}, chat.Buttons{Buttons: buttons}}}
}

func pressed(_ *testing.T, p *place) {
	value := strings.Repeat("å|\"<&>\\", chat.MaxValue/8)
	scope := strings.Repeat("k-._", chat.MaxScope/4)
	m := row(chat.Button{Label: "Go", Action: "go", Value: value, Scope: scope, Primary: true}, chat.Button{Label: "Stop", Action: "go", Value: "stop"}, chat.Button{Label: "Plain", Action: "plain"})
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, m)
	p.must(p.Press(p.ctx, p.one, post, "Go"))
	c.is(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Pressed{Action: "go", Value: value, Scope: scope, On: post}})
	p.must(p.Press(p.ctx, p.other, post, "Stop"))
	c.is(chat.Incoming{From: chat.Person{ID: p.other}, Channel: p.here, What: chat.Pressed{Action: "go", Value: "stop", On: post}})

	direct := p.direct(p.one, m)
	p.must(p.Press(p.ctx, p.one, direct, "Plain"))
	in := chat.ChannelID{Connection: direct.Connection, Channel: direct.Channel}
	c.is(chat.Incoming{From: chat.Person{ID: p.one}, Channel: in, Direct: true, What: chat.Pressed{Action: "plain", On: direct}})

	if !p.bot.Capabilities().Threads {
		return
	}
	reply := p.post(p.here, post, m)
	p.must(p.Press(p.ctx, p.one, reply, "Plain"))
	c.is(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, Thread: post, What: chat.Pressed{Action: "plain", On: reply}})
}

func said(t *testing.T, p *place) {
	c := p.run(nil)
	root := p.post(p.here, chat.PostID{}, chat.Say("root"))
	p.must(p.Say(p.ctx, p.one, p.here, root, "a thought\nin two lines"))
	got := c.next()
	shown := p.reads("the thread", p.thread(root), []string{"a thought"})
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

func idsDiffer(t *testing.T, p *place) {
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

func sameIDAgain(t *testing.T, p *place) {
	c := p.run(nil)
	p.must(p.Type(p.ctx, p.one, p.here, "help"))
	first := c.next()
	p.must(p.Again(p.ctx, first.ID))
	if diff := cmp.Diff(first, c.next()); diff != "" {
		t.Errorf("the second time (-first +second):\n%s", diff)
	}
}
