package platformtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"roundtable/chat"
)

// Timeout is how long a single test waits for what it expects. It bounds what
// never comes; on a machine that does ten other things what comes takes a while.
const Timeout = 3 * time.Minute

// Run tests a platform. open returns a fresh place for each test: channels and
// direct conversations that hold nothing of earlier tests. It cleans up with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	t.Helper()
	tests := []struct {
		name string
		test func(*testing.T, *fixture)
		// needs says which platforms promise it; nil: all.
		needs func(features) bool
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
		{"Unreachable", unreachable, nil},
		{"Refused", refused, nil},
		{"InWords", inWords, refusesFiles},
		{"ContextEnded", contextEnded, nil},

		{"Typed", typed, nil},
		{"TypedDirectly", typedDirectly, nil},
		{"Pressed", pressed, nil},
		{"Said", said, hasThreads},
		{"IDsDiffer", idsDiffer, nil},
		{"SameIDAgain", sameIDAgain, redelivers},

		{"Rewrote", rewrote, hasThreads},
		{"Deleted", deleted, hasThreads},
		{"Reacted", reacted, hasReactions},
		{"Unreacted", unreacted, hasReactions},
		{"TalkIDsDiffer", talkIDsDiffer, hasThreads},
		{"TalkAgain", talkAgain, redeliversTalk},
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
	_, refuses := first.(FileRefusing)
	has := features{first.Platform().Capabilities(), !dedupes, refuses}
	for _, tt := range tests {
		if tt.needs != nil && !tt.needs(has) {
			t.Logf("%s is no promise of this platform", tt.name)
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), Timeout)
			t.Cleanup(cancel)
			h := open(t)
			p := &fixture{Harness: h, t: t, ctx: ctx, bot: h.Platform()}
			p.here, p.elsewhere = h.Channels()
			p.one, p.other = h.People()
			tt.test(t, p)
		})
	}
}

// features are what a platform can do, as far as tests depend on it.
type features struct {
	chat.Capabilities
	redelivers   bool // a thing may reach the handler twice
	refusesFiles bool
}

func hasThreads(p features) bool     { return p.Threads }
func hasForms(p features) bool       { return p.Forms }
func hasReactions(p features) bool   { return p.Reactions && p.Threads } // in threads, too
func refusesFiles(p features) bool   { return p.refusesFiles }
func redelivers(p features) bool     { return p.redelivers }
func redeliversTalk(p features) bool { return p.redelivers && p.Threads }

// fixture is a harness for one test.
type fixture struct {
	Harness
	t   *testing.T
	ctx context.Context //nolint:containedctx // lives as long as the test
	bot chat.Platform

	here, elsewhere chat.ChannelID
	one, other      chat.PersonID
}

// must ends the test at an error.
func (p *fixture) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// post posts, and again when the platform says later.
func (p *fixture) post(in chat.ChannelID, root chat.PostID, m chat.Message) chat.PostID {
	p.t.Helper()
	id, err := p.retryLater(func() (chat.PostID, error) { return p.bot.Post(p.ctx, in, root, m) })
	p.must(err)
	if id.Connection != p.bot.Connection() || id.Message == "" {
		p.t.Fatalf("Post returned the id %+v", id)
	}
	return id
}

func (p *fixture) direct(to chat.PersonID, m chat.Message) chat.PostID {
	p.t.Helper()
	id, err := p.retryLater(func() (chat.PostID, error) { return p.bot.Direct(p.ctx, to, m) })
	p.must(err)
	return id
}

func (p *fixture) edit(post chat.PostID, m chat.Message) {
	p.t.Helper()
	_, err := p.retryLater(func() (chat.PostID, error) { return post, p.bot.Edit(p.ctx, post, m) })
	p.must(err)
}

// retryLater does something, and again for as long as the platform says later.
func (p *fixture) retryLater(do func() (chat.PostID, error)) (chat.PostID, error) {
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
func (p *fixture) eventually(look func() (missing string, err error)) {
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
