package platformtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"roundtable/chat"
)

// Patience is how long a single test waits for what it expects. It bounds what
// never comes; on a machine that does ten other things what comes takes a while.
const Patience = 3 * time.Minute

// Run tests a platform. open returns a fresh place for each test: channels and
// direct conversations that hold nothing of earlier tests. It cleans up with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	t.Helper()
	tests := []struct {
		name string
		test func(*testing.T, *place)
		// needs says which platforms promise it; nil: all.
		needs func(promise) bool
	}{
		{"Names", names, nil},
		{"PostsInOrder", postsInOrder, nil},
		{"ThreadInOrder", threadInOrder, hasThreads},
		{"DirectInOrder", directInOrder, nil},
		{"EditInPlace", editInPlace, nil},
		{"AllBlocks", allBlocks, nil},
		{"PingsNobody", pingsNobody, nil},
		{"ConcurrentPosts", concurrentPosts, nil},
		{"Person", person, nil},

		{"FindRoot", findRoot, nil},
		{"FindInThread", findInThread, hasThreads},
		{"FindDirect", findDirect, nil},
		{"FindAfterEdit", findAfterEdit, nil},
		{"FindNothing", findNothing, nil},

		{"Gone", gone, nil},
		{"Refused", refused, nil},
		{"ContextEnded", contextEnded, nil},

		{"Typed", typed, nil},
		{"TypedDirectly", typedDirectly, nil},
		{"Pressed", pressed, nil},
		{"Said", said, hasThreads},
		{"IDsDiffer", idsDiffer, nil},
		{"SameIDAgain", sameIDAgain, comesTwice},

		{"Rewrote", rewrote, hasThreads},
		{"Deleted", deleted, hasThreads},
		{"Reacted", reacted, hasReactions},
		{"Unreacted", unreacted, hasReactions},
		{"TalkIDsDiffer", talkIDsDiffer, hasThreads},
		{"TalkAgain", talkAgain, talkComesTwice},
		{"TalkInOrder", talkInOrder, hasThreads},

		{"PrivateReply", privateReply, nil},
		{"ButtonInPrivateReply", buttonInPrivateReply, nil},
		{"FormOpensAndComesBack", formOpensAndComesBack, hasForms},
		{"FormKeepsWhatWasTyped", formKeepsWhatWasTyped, hasForms},
		{"FormFollowsForm", formFollowsForm, hasForms},

		{"RunEnds", runEnds, nil},
		{"RunAgain", runAgain, nil},
		{"HandlesConcurrently", handlesConcurrently, nil},
	}
	first := open(t)
	_, dedupes := first.(Deduplicating)
	has := promise{first.Platform().Capabilities(), !dedupes}
	for _, tt := range tests {
		if tt.needs != nil && !tt.needs(has) {
			t.Logf("%s is no promise of this platform", tt.name)
			continue
		}
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

// promise is what a platform can do, as far as tests depend on it.
type promise struct {
	chat.Capabilities
	twice bool // a thing may reach the handler twice
}

func hasThreads(p promise) bool     { return p.Threads }
func hasForms(p promise) bool       { return p.Forms }
func hasReactions(p promise) bool   { return p.Reactions && p.Threads } // in threads, too
func comesTwice(p promise) bool     { return p.twice }
func talkComesTwice(p promise) bool { return p.twice && p.Threads }

// place is a harness for one test.
type place struct {
	Harness
	t   *testing.T
	ctx context.Context //nolint:containedctx // lives as long as the test
	bot chat.Platform

	here, elsewhere chat.ChannelID
	one, other      chat.PersonID
}

// must ends the test at an error.
func (p *place) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// post posts, and again when the platform says later.
func (p *place) post(in chat.ChannelID, root chat.PostID, m chat.Message) chat.PostID {
	p.t.Helper()
	id, err := p.patiently(func() (chat.PostID, error) { return p.bot.Post(p.ctx, in, root, m) })
	p.must(err)
	if id.Connection != p.bot.Connection() || id.Message == "" {
		p.t.Fatalf("Post returned the id %+v", id)
	}
	return id
}

func (p *place) direct(to chat.PersonID, m chat.Message) chat.PostID {
	p.t.Helper()
	id, err := p.patiently(func() (chat.PostID, error) { return p.bot.Direct(p.ctx, to, m) })
	p.must(err)
	return id
}

func (p *place) edit(post chat.PostID, m chat.Message) {
	p.t.Helper()
	_, err := p.patiently(func() (chat.PostID, error) { return post, p.bot.Edit(p.ctx, post, m) })
	p.must(err)
}

func (p *place) patiently(do func() (chat.PostID, error)) (chat.PostID, error) {
	for {
		id, err := do()
		var later *chat.Later
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
