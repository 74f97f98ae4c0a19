package platformtest

import (
	"testing"

	"roundtable/bot"
)

// keyed is a message with a key.
func keyed(text, key string) bot.Message { return bot.Message{Text: text, Key: key} }

// finds checks what Find returns among the roots; the zero id stands for
// nothing.
func (p *place) finds(in bot.ChannelID, key string, want bot.PostID) {
	p.t.Helper()
	p.findsIn(in, bot.PostID{}, key, want)
}

func (p *place) findsIn(in bot.ChannelID, thread bot.PostID, key string, want bot.PostID) {
	p.t.Helper()
	got, found, err := p.bot.Find(p.ctx, in, thread, key)
	p.must(err)
	if got != want || found != (want != bot.PostID{}) {
		p.t.Errorf("Find(%s, %q) = %+v, %v, want %+v", in.Channel, key, got, found, want)
	}
}

func (p *place) findsDirect(to bot.PersonID, key string, want bot.PostID) {
	p.t.Helper()
	got, found, err := p.bot.FindDirect(p.ctx, to, key)
	p.must(err)
	if got != want || found != (want != bot.PostID{}) {
		p.t.Errorf("FindDirect(%s, %q) = %+v, %v, want %+v", to.User, key, got, found, want)
	}
}

func findRoot(_ *testing.T, p *place) {
	one := p.post(p.here, bot.PostID{}, keyed("one", "nudge/2026-Q4/p1"))
	ten := p.post(p.here, bot.PostID{}, keyed("ten", "nudge/2026-Q4/p10"))
	p.post(p.here, bot.PostID{}, bot.Say("no key"))
	p.finds(p.here, "nudge/2026-Q4/p1", one)
	p.finds(p.here, "nudge/2026-Q4/p10", ten)
}

func findInThread(_ *testing.T, p *place) {
	root := p.post(p.here, bot.PostID{}, keyed("root", "k/root"))
	reply := p.post(p.here, root, keyed("reply", "k/reply"))
	other := p.post(p.here, bot.PostID{}, keyed("other", "k/other"))
	p.finds(p.here, "k/root", root)
	p.findsIn(p.here, root, "k/reply", reply)
	p.finds(p.here, "k/reply", bot.PostID{})
	p.findsIn(p.here, other, "k/reply", bot.PostID{})
	p.findsIn(p.here, root, "k/root", bot.PostID{})
}

func findDirect(_ *testing.T, p *place) {
	one := p.direct(p.one, keyed("one", "k/same"))
	p.findsDirect(p.one, "k/same", one)
	p.findsDirect(p.other, "k/same", bot.PostID{})
	other := p.direct(p.other, keyed("other", "k/same"))
	p.findsDirect(p.one, "k/same", one)
	p.findsDirect(p.other, "k/same", other)
	p.finds(p.here, "k/same", bot.PostID{})
}

func findAfterEdit(_ *testing.T, p *place) {
	post := p.post(p.here, bot.PostID{}, keyed("one", "k/opening"))
	p.edit(post, bot.Say("two"))
	p.finds(p.here, "k/opening", post)
	p.edit(post, keyed("three", "k/edit"))
	p.finds(p.here, "k/opening", post)
}

func findNothing(_ *testing.T, p *place) {
	p.finds(p.here, "k/a", bot.PostID{})
	p.findsDirect(p.one, "k/a", bot.PostID{})
	p.post(p.here, bot.PostID{}, keyed("one", "k/a"))
	p.finds(p.elsewhere, "k/a", bot.PostID{})
	p.findsDirect(p.one, "k/a", bot.PostID{})
	p.finds(p.here, "k", bot.PostID{})
	p.finds(p.here, "k/", bot.PostID{})
	p.finds(p.here, "K/A", bot.PostID{})
	p.finds(p.here, "one", bot.PostID{})
	p.finds(p.here, "", bot.PostID{})
	p.must(p.Say(p.ctx, p.one, p.here, bot.PostID{}, "k/b"))
	p.reads("the channel", p.roots(p.here), []string{"one", "k/b"})
	p.finds(p.here, "k/b", bot.PostID{}) // a person's
}
