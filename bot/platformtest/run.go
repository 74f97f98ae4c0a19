package platformtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"roundtable/bot"
)

// Patience is how long a single test waits for what it expects.
const Patience = 20 * time.Second

// Run tests a platform. open returns a fresh place for each test: channels and
// direct conversations that hold nothing of earlier tests. It cleans up with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	t.Helper()
	tests := []struct {
		name string
		test func(*testing.T, *place)
	}{
		{"Names", names},
		{"PostsInOrder", postsInOrder},
		{"ThreadInOrder", threadInOrder},
		{"DirectInOrder", directInOrder},
		{"EditInPlace", editInPlace},
		{"AllBlocks", allBlocks},
		{"PingsNobody", pingsNobody},
		{"ConcurrentPosts", concurrentPosts},
		{"Person", person},

		{"FindRoot", findRoot},
		{"FindInThread", findInThread},
		{"FindDirect", findDirect},
		{"FindAfterEdit", findAfterEdit},
		{"FindNothing", findNothing},

		{"Gone", gone},
		{"Refused", refused},
		{"ContextEnded", contextEnded},

		{"Typed", typed},
		{"TypedDirectly", typedDirectly},
		{"Pressed", pressed},
		{"Said", said},
		{"IDsDiffer", idsDiffer},
		{"SameIDAgain", sameIDAgain},

		{"Rewrote", rewrote},
		{"Deleted", deleted},
		{"Reacted", reacted},
		{"Unreacted", unreacted},
		{"TalkIDsDiffer", talkIDsDiffer},
		{"TalkAgain", talkAgain},
		{"TalkInOrder", talkInOrder},

		{"PrivateReply", privateReply},
		{"ButtonInPrivateReply", buttonInPrivateReply},
		{"FormOpensAndComesBack", formOpensAndComesBack},
		{"FormKeepsWhatWasTyped", formKeepsWhatWasTyped},
		{"FormFollowsForm", formFollowsForm},

		{"RunEnds", runEnds},
		{"RunAgain", runAgain},
		{"HandlesConcurrently", handlesConcurrently},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), Patience)
			t.Cleanup(cancel)
			h := open(t)
			p := &place{Harness: h, t: t, ctx: ctx, bot: h.Platform()}
			p.here, p.elsewhere = h.Channels()
			p.one, p.other = h.People()
			tt.test(t, p)
		})
	}
}

// place is a harness for one test.
type place struct {
	Harness
	t   *testing.T
	ctx context.Context //nolint:containedctx // lives as long as the test
	bot bot.Platform

	here, elsewhere bot.ChannelID
	one, other      bot.PersonID
}

// must ends the test at an error, or skips it when the harness can't.
func (p *place) must(err error) {
	p.t.Helper()
	if errors.Is(err, ErrCant) {
		p.t.Skip(err)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// needs skips the test where the platform can't do something.
func (p *place) needs(can bool, what string) {
	p.t.Helper()
	if !can {
		p.t.Skip("the platform has no " + what)
	}
}

// post posts, and again when the platform says later.
func (p *place) post(in bot.ChannelID, root bot.PostID, m bot.Message) bot.PostID {
	p.t.Helper()
	id, err := p.patiently(func() (bot.PostID, error) { return p.bot.Post(p.ctx, in, root, m) })
	p.must(err)
	if id.Connection != p.bot.Connection() || id.Message == "" {
		p.t.Fatalf("Post returned the id %+v", id)
	}
	return id
}

func (p *place) direct(to bot.PersonID, m bot.Message) bot.PostID {
	p.t.Helper()
	id, err := p.patiently(func() (bot.PostID, error) { return p.bot.Direct(p.ctx, to, m) })
	p.must(err)
	return id
}

func (p *place) edit(post bot.PostID, m bot.Message) {
	p.t.Helper()
	_, err := p.patiently(func() (bot.PostID, error) { return post, p.bot.Edit(p.ctx, post, m) })
	p.must(err)
}

func (p *place) patiently(do func() (bot.PostID, error)) (bot.PostID, error) {
	for {
		id, err := do()
		var later *bot.Later
		if !errors.As(err, &later) {
			return id, err
		}
		select {
		case <-p.ctx.Done():
			return id, err
		case <-time.After(later.After):
		}
	}
}

// eventually waits until look is content; it says what it misses.
func (p *place) eventually(look func() (missing string, err error)) {
	p.t.Helper()
	for {
		missing, err := look()
		p.must(err)
		if missing == "" {
			return
		}
		select {
		case <-p.ctx.Done():
			p.t.Fatal(missing)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
