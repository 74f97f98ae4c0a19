package platformtest

import (
	"testing"

	"roundtable/chat"
)

// keyed is a message with a key.
func keyed(text, key string) chat.Message { return chat.Message{Text: text, Key: key} }

// finds checks what Find returns among the roots; the zero id stands for
// nothing.
func (p *place) finds(in chat.ChannelID, key string, want chat.PostID) {
	p.t.Helper()
	p.findsIn(in, chat.PostID{}, key, want)
}

func (p *place) findsIn(in chat.ChannelID, thread chat.PostID, key string, want chat.PostID) {
	p.t.Helper()
	got, found, err := p.bot.Find(p.ctx, in, thread, key)
	p.must(err)
	if got != want || found != (want != chat.PostID{}) {
		p.t.Errorf("Find(%s, %q) = %+v, %v, want %+v", in.Channel, key, got, found, want)
	}
}

func (p *place) findsDirect(to chat.PersonID, key string, want chat.PostID) {
	p.t.Helper()
	got, found, err := p.bot.FindDirect(p.ctx, to, key)
	p.must(err)
	if got != want || found != (want != chat.PostID{}) {
		p.t.Errorf("FindDirect(%s, %q) = %+v, %v, want %+v", to.User, key, got, found, want)
	}
}

func findRoot(_ *testing.T, p *place) {
	one := p.post(p.here, chat.PostID{}, keyed("one", "nudge/2026-Q4/p1"))
	ten := p.post(p.here, chat.PostID{}, keyed("ten", "nudge/2026-Q4/p10"))
	p.post(p.here, chat.PostID{}, chat.Say("no key"))
	p.finds(p.here, "nudge/2026-Q4/p1", one)
	p.finds(p.here, "nudge/2026-Q4/p10", ten)
}

func findInThread(_ *testing.T, p *place) {
	root := p.post(p.here, chat.PostID{}, keyed("root", "k/root"))
	reply := p.post(p.here, root, keyed("reply", "k/reply"))
	other := p.post(p.here, chat.PostID{}, keyed("other", "k/other"))
	p.finds(p.here, "k/root", root)
	p.findsIn(p.here, root, "k/reply", reply)
	p.finds(p.here, "k/reply", chat.PostID{})
	p.findsIn(p.here, other, "k/reply", chat.PostID{})
	p.findsIn(p.here, root, "k/root", chat.PostID{})
}

func findDirect(_ *testing.T, p *place) {
	one := p.direct(p.one, keyed("one", "k/same"))
	p.findsDirect(p.one, "k/same", one)
	p.findsDirect(p.other, "k/same", chat.PostID{})
	other := p.direct(p.other, keyed("other", "k/same"))
	p.findsDirect(p.one, "k/same", one)
	p.findsDirect(p.other, "k/same", other)
	p.finds(p.here, "k/same", chat.PostID{})
}

func findAfterEdit(_ *testing.T, p *place) {
	post := p.post(p.here, chat.PostID{}, keyed("one", "k/opening"))
	p.edit(post, chat.Say("two"))
	p.finds(p.here, "k/opening", post)
	p.edit(post, keyed("three", "k/edit"))
	p.finds(p.here, "k/opening", post)
}

func findNothing(_ *testing.T, p *place) {
	p.finds(p.here, "k/a", chat.PostID{})
	p.findsDirect(p.one, "k/a", chat.PostID{})
	p.post(p.here, chat.PostID{}, keyed("one", "k/a"))
	p.finds(p.elsewhere, "k/a", chat.PostID{})
	p.findsDirect(p.one, "k/a", chat.PostID{})
	p.finds(p.here, "k", chat.PostID{})
	p.finds(p.here, "k/", chat.PostID{})
	p.finds(p.here, "K/A", chat.PostID{})
	p.finds(p.here, "one", chat.PostID{})
	p.finds(p.here, "", chat.PostID{})
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "k/b"))
	p.reads("the channel", p.roots(p.here), []string{"one", "k/b"})
	p.finds(p.here, "k/b", chat.PostID{}) // a person's
}
