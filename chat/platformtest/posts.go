package platformtest

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/chat"
)

// words returns n texts that no markup changes and none of which holds another.
func words(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("word%02d", i)
	}
	return out
}

// expectPosts waits until the posts are these texts in this order: each holds its
// own, and there are no more.
func (p *fixture) expectPosts(where string, look func() ([]Shown, error), want []string) []Shown {
	p.t.Helper()
	var got []Shown
	p.eventually(func() (string, error) {
		var err error
		got, err = look()
		fits := len(got) == len(want)
		for i := range want {
			fits = fits && strings.Contains(got[i].Text, want[i])
		}
		if fits {
			return "", err
		}
		return fmt.Sprintf("%s reads %q, want %q", where, texts(got), want), err
	})
	return got
}

func texts(posts []Shown) []string {
	out := make([]string, len(posts))
	for i, s := range posts {
		out[i] = s.Text
	}
	return out
}

func (p *fixture) roots(in chat.ChannelID) func() ([]Shown, error) {
	return func() ([]Shown, error) { return p.Posts(p.ctx, in, chat.PostID{}) }
}

func (p *fixture) thread(root chat.PostID) func() ([]Shown, error) {
	in := chat.ChannelID{Connection: root.Connection, Channel: root.Channel}
	return func() ([]Shown, error) { return p.Posts(p.ctx, in, root) }
}

func (p *fixture) directs(who chat.PersonID) func() ([]Shown, error) {
	return func() ([]Shown, error) { return p.Direct(p.ctx, who) }
}

func (p *fixture) privates(who chat.PersonID) func() ([]Shown, error) {
	return func() ([]Shown, error) { return p.Private(p.ctx, who) }
}

func names(t *testing.T, p *fixture) {
	if p.bot.Connection() == "" || p.bot.Connection() != p.here.Connection || p.bot.Connection() != p.one.Connection {
		t.Errorf("the connection is called %q, the channel is on %q, the person on %q", p.bot.Connection(), p.here.Connection, p.one.Connection)
	}
	before := p.bot.Capabilities()
	p.post(p.here, chat.PostID{}, chat.Say("one"))
	if after := p.bot.Capabilities(); before != after {
		t.Errorf("the capabilities were %+v, are %+v", before, after)
	}
}

func postsInOrder(t *testing.T, p *fixture) {
	want := words(5)
	var ids []chat.PostID
	for _, w := range want {
		ids = append(ids, p.post(p.here, chat.PostID{}, chat.Say(w)))
	}
	got := p.expectPosts("the channel", p.roots(p.here), want)
	for i, s := range got {
		if s.ID != ids[i] {
			t.Errorf("Post returned the id %+v, people see %+v", ids[i], s.ID)
		}
	}
	p.expectPosts("the other channel", p.roots(p.elsewhere), nil)
}

func threadInOrder(_ *testing.T, p *fixture) {
	root := p.post(p.here, chat.PostID{}, chat.Say("root"))
	second := p.post(p.here, chat.PostID{}, chat.Say("second"))
	want := words(5)
	for _, w := range want {
		p.post(p.here, root, chat.Say(w))
	}
	p.expectPosts("the thread", p.thread(root), want)
	p.expectPosts("the other thread", p.thread(second), nil)
	p.expectPosts("the channel", p.roots(p.here), []string{"root", "second"})
}

func directInOrder(_ *testing.T, p *fixture) {
	want := words(5)
	for _, w := range want {
		p.direct(p.one, chat.Say(w))
	}
	p.expectPosts("the direct conversation", p.directs(p.one), want)
	p.expectPosts("another's direct conversation", p.directs(p.other), nil)
	p.expectPosts("the channel", p.roots(p.here), nil)
}

func editInPlace(t *testing.T, p *fixture) {
	first := p.post(p.here, chat.PostID{}, chat.Say("first"))
	p.post(p.here, chat.PostID{}, chat.Say("second"))
	p.edit(first, chat.Message{Text: "third", Blocks: []chat.Block{chat.Paragraph{Text: "third"}}})
	p.edit(first, chat.Say("fourth")) // the blocks go
	got := p.expectPosts("the channel", p.roots(p.here), []string{"fourth", "second"})
	for _, old := range []string{"first", "third"} {
		if strings.Contains(got[0].Text, old) {
			t.Errorf("after the edit the post reads %q", got[0].Text)
		}
	}

	direct := p.direct(p.one, chat.Say("fifth"))
	p.edit(direct, chat.Say("sixth"))
	p.expectPosts("the direct conversation", p.directs(p.one), []string{"sixth"})

	if !p.bot.Capabilities().Threads {
		return
	}
	reply := p.post(p.here, first, chat.Say("seventh"))
	p.edit(reply, chat.Say("eighth"))
	p.expectPosts("the thread", p.thread(first), []string{"eighth"})
}

// picture returns a small PNG picture.
func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16))); err != nil {
		panic(err) // impossible: a buffer takes everything
	}
	return b.Bytes()
}

func allBlocks(_ *testing.T, p *fixture) {
	p.post(p.here, chat.PostID{}, chat.Message{Text: "summary", Blocks: []chat.Block{
		chat.Heading{Text: "heading"},
		chat.Paragraph{Text: "one line\nand another"},
		chat.Quote{Text: "quoted", By: "somebody"},
		chat.Items{Items: []string{"item1", "item2"}},
		chat.Facts{Facts: []chat.Fact{{Name: "name1", Value: "value1"}, {Name: "name2", Value: "value2"}}},
		chat.Picture{Name: "picture.png", Title: "title", Alt: "a grey square", PNG: picture()},
		chat.File{Name: "figures.csv", MediaType: "text/csv", Data: []byte("a;b\n1;2\n")},
		chat.Buttons{Buttons: []chat.Button{{Label: "button1", Action: "go", Primary: true}, {Label: "button2", Action: "stop", Value: "x"}}},
		chat.Footnote{Text: "footnote"},
	}})
	want := []string{
		"heading", "one line", "and another", "quoted", "somebody", "item1", "item2", "name1", "value1", "name2", "value2",
		"a grey square", "figures.csv", "button1", "button2", "footnote",
	}
	p.eventually(func() (string, error) {
		got, err := p.Posts(p.ctx, p.here, chat.PostID{})
		var all strings.Builder // a platform may need a post of its own for a file
		for _, s := range got {
			all.WriteString(s.Text + "\n")
		}
		for _, w := range want {
			if !strings.Contains(all.String(), w) {
				return fmt.Sprintf("nobody can read %q in %q", w, all.String()), err
			}
		}
		return "", err
	})
}

func pingsNobody(t *testing.T, p *fixture) {
	const rude = "@channel @here @all <!here> <!channel|x> <@U123> word"
	p.post(p.here, chat.PostID{}, chat.Say(rude))
	p.post(p.here, chat.PostID{}, chat.Message{Text: rude, Blocks: []chat.Block{
		chat.Heading{Text: rude},
		chat.Paragraph{Text: rude},
		chat.Quote{Text: rude, By: rude},
		chat.Items{Items: []string{rude}},
		chat.Facts{Facts: []chat.Fact{{Name: rude, Value: rude}}},
		chat.Buttons{Buttons: []chat.Button{{Label: "@all", Action: "go"}}},
		chat.Footnote{Text: rude},
	}})
	for _, s := range p.expectPosts("the channel", p.roots(p.here), []string{"word", "word"}) {
		if s.Text != chat.Quiet(s.Text) {
			t.Errorf("the post could ping somebody: %q", s.Text)
		}
	}
}

func concurrentPosts(t *testing.T, p *fixture) {
	const writers, each = 4, 4
	var wg sync.WaitGroup
	var mu sync.Mutex
	ids := map[chat.PostID]bool{}
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				m := chat.Say(fmt.Sprintf("writer%d number%d", w, n))
				id, err := p.retryLater(func() (chat.PostID, error) { return p.bot.Post(p.ctx, p.here, chat.PostID{}, m) })
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				ids[id] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(ids) != writers*each {
		t.Errorf("%d posts have %d ids", writers*each, len(ids))
	}
	var got []string
	p.eventually(func() (string, error) {
		shown, err := p.Posts(p.ctx, p.here, chat.PostID{})
		got = texts(shown)
		if len(got) < writers*each {
			return fmt.Sprintf("people see %q", got), err
		}
		return "", err
	})
	for w := range writers {
		own := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.Contains(s, fmt.Sprintf("writer%d", w)) })
		for n, s := range own {
			if len(own) != each || !strings.Contains(s, fmt.Sprintf("number%d", n)) {
				t.Fatalf("writer %d's posts are %q", w, own)
			}
		}
	}
}

func person(t *testing.T, p *fixture) {
	for _, id := range []chat.PersonID{p.one, p.other} {
		got, err := p.bot.Person(p.ctx, id)
		p.must(err)
		if got.ID != id || got.Name == "" || got.Gone {
			t.Errorf("Person(%+v) = %+v", id, got)
		}
	}
}

// keyed is a message with a key.
func keyed(text, key string) chat.Message { return chat.Message{Text: text, Key: key} }

// expectFound checks what Find returns among the roots; the zero id stands for
// nothing.
func (p *fixture) expectFound(in chat.ChannelID, key string, want chat.PostID) {
	p.t.Helper()
	p.expectFoundIn(in, chat.PostID{}, key, want)
}

func (p *fixture) expectFoundIn(in chat.ChannelID, thread chat.PostID, key string, want chat.PostID) {
	p.t.Helper()
	got, found, err := p.bot.Find(p.ctx, in, thread, key)
	p.must(err)
	if got != want || found != (want != chat.PostID{}) {
		p.t.Errorf("Find(%s, %q) = %+v, %v, want %+v", in.Channel, key, got, found, want)
	}
}

func (p *fixture) expectFoundDirect(to chat.PersonID, key string, want chat.PostID) {
	p.t.Helper()
	got, found, err := p.bot.FindDirect(p.ctx, to, key, time.Time{})
	p.must(err)
	if got != want || found != (want != chat.PostID{}) {
		p.t.Errorf("FindDirect(%s, %q) = %+v, %v, want %+v", to.User, key, got, found, want)
	}
}

func findRoot(_ *testing.T, p *fixture) {
	one := p.post(p.here, chat.PostID{}, keyed("one", "nudge/2026-Q4/p1"))
	ten := p.post(p.here, chat.PostID{}, keyed("ten", "nudge/2026-Q4/p10"))
	p.post(p.here, chat.PostID{}, chat.Say("no key"))
	p.expectFound(p.here, "nudge/2026-Q4/p1", one)
	p.expectFound(p.here, "nudge/2026-Q4/p10", ten)
}

func findInThread(_ *testing.T, p *fixture) {
	root := p.post(p.here, chat.PostID{}, keyed("root", "k/root"))
	reply := p.post(p.here, root, keyed("reply", "k/reply"))
	other := p.post(p.here, chat.PostID{}, keyed("other", "k/other"))
	p.expectFound(p.here, "k/root", root)
	p.expectFoundIn(p.here, root, "k/reply", reply)
	p.expectFound(p.here, "k/reply", chat.PostID{})
	p.expectFoundIn(p.here, other, "k/reply", chat.PostID{})
	p.expectFoundIn(p.here, root, "k/root", chat.PostID{})
}

func findDirect(_ *testing.T, p *fixture) {
	one := p.direct(p.one, keyed("one", "k/same"))
	p.expectFoundDirect(p.one, "k/same", one)
	p.expectFoundDirect(p.other, "k/same", chat.PostID{})
	other := p.direct(p.other, keyed("other", "k/same"))
	p.expectFoundDirect(p.one, "k/same", one)
	p.expectFoundDirect(p.other, "k/same", other)
	p.expectFound(p.here, "k/same", chat.PostID{})
	got, found, err := p.bot.FindDirect(p.ctx, p.one, "k/same", time.Now().Add(time.Minute))
	if p.must(err); got != one || !found {
		p.t.Errorf("FindDirect by the time it was sent = %+v, %v, want %+v", got, found, one)
	}
}

func findAfterEdit(_ *testing.T, p *fixture) {
	post := p.post(p.here, chat.PostID{}, keyed("one", "k/opening"))
	p.edit(post, chat.Say("two"))
	p.expectFound(p.here, "k/opening", post)
	p.edit(post, keyed("three", "k/edit"))
	p.expectFound(p.here, "k/opening", post)
}

func findNothing(_ *testing.T, p *fixture) {
	p.expectFound(p.here, "k/a", chat.PostID{})
	p.expectFoundDirect(p.one, "k/a", chat.PostID{})
	p.post(p.here, chat.PostID{}, keyed("one", "k/a"))
	p.expectFound(p.elsewhere, "k/a", chat.PostID{})
	p.expectFoundDirect(p.one, "k/a", chat.PostID{})
	p.expectFound(p.here, "k", chat.PostID{})
	p.expectFound(p.here, "k/", chat.PostID{})
	p.expectFound(p.here, "K/A", chat.PostID{})
	p.expectFound(p.here, "one", chat.PostID{})
	p.expectFound(p.here, "", chat.PostID{})
	p.must(p.Say(p.ctx, p.one, p.here, chat.PostID{}, "k/b"))
	p.expectPosts("the channel", p.roots(p.here), []string{"one", "k/b"})
	p.expectFound(p.here, "k/b", chat.PostID{}) // a person's
}
