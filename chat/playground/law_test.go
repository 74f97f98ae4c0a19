package playground_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// TestFileIsMemory does the same things in a chat in memory and in one in a
// file that is closed and opened now and then: nobody sees a difference.
func TestFileIsMemory(t *testing.T) {
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(folder, string(rune('a'+n%26))+rapid.StringMatching(`[a-z]{12}`).Draw(rt, "file"))
		memory := newTable(rt, playground.New(clock()))
		file := newTable(rt, reopen(rt, path))
		defer func() { file.leave(); memory.leave(); _ = file.chat.Close() }()
		both := func(do func(*table)) { do(memory); do(file) }
		both(func(b *table) { b.populate() })
		texts := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"/round x", "@roundtable y", "hello", "\xff\u2028"}))
		pick := rapid.IntRange(0, 1<<20)
		rt.Repeat(map[string]func(*rapid.T){
			"post": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "text"), pick.Draw(rt, "thread")
				both(func(b *table) { b.post(text, b.id(at)) })
			},
			"edit": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "text"), pick.Draw(rt, "post")
				both(func(b *table) { b.done(b.platform.Edit(b.ctx, b.id(at), chat.Say(text))) })
			},
			"type": func(rt *rapid.T) {
				text := texts.Draw(rt, "text")
				both(func(b *table) { b.seen(b.chat.Type(b.ctx, anna, ward, text)) })
			},
			"reply": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "text"), pick.Draw(rt, "post")
				both(func(b *table) { b.seen(b.chat.Reply(b.ctx, bjorn, b.id(at), text)) })
			},
			"press": func(rt *rapid.T) {
				at := pick.Draw(rt, "post")
				both(func(b *table) { b.seen(b.chat.Press(b.ctx, anna, b.id(at), "Submit")) })
			},
			"fill": func(rt *rapid.T) {
				text := texts.Draw(rt, "text")
				both(func(b *table) { b.seen(b.chat.Fill(b.ctx, anna, map[string]string{"note": text})) })
			},
			"cancel": func(*rapid.T) { both(func(b *table) { b.done(b.chat.Cancel(anna)) }) },
			"react": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "emoji"), pick.Draw(rt, "post")
				both(func(b *table) { b.seen(b.chat.React(b.ctx, anna, b.id(at), text)) })
			},
			"delete": func(rt *rapid.T) {
				at := pick.Draw(rt, "post")
				both(func(b *table) { b.seen(b.chat.Delete(b.ctx, anna, b.id(at))) })
			},
			"unreact": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "emoji"), pick.Draw(rt, "post")
				both(func(b *table) { b.seen(b.chat.Unreact(b.ctx, anna, b.id(at), text)) })
			},
			"rewrite": func(rt *rapid.T) {
				text, at := texts.Draw(rt, "text"), pick.Draw(rt, "reply")
				both(func(b *table) { b.seen(b.chat.Rewrite(b.ctx, bjorn, b.reply(at), text)) })
			},
			"reopen": func(rt *rapid.T) {
				file.leave()
				if err := file.chat.Close(); err != nil {
					rt.Fatal(err)
				}
				log := file.log
				file = newTable(rt, reopen(rt, path))
				file.log = log
				same(rt, memory, file)
			},
		})
		same(rt, memory, file)
	})
}

// same compares what people saw and what there is. Each chat has read its own
// clock once more when it was opened, so the times may differ.
func same(rt *rapid.T, memory, file *table) {
	if diff := cmp.Diff(memory.log, file.log); diff != "" {
		rt.Fatalf("what people saw (-memory +file):\n%s", diff)
	}
	if diff := cmp.Diff(everything(memory.chat), everything(file.chat), ignoreTimes); diff != "" {
		rt.Fatalf("the chat (-memory +file):\n%s", diff)
	}
}

var ignoreTimes = cmp.FilterPath(func(p cmp.Path) bool {
	name := p.Last().String()
	return name == ".At" || name == ".EditedAt"
}, cmp.Ignore())

func reopen(rt *rapid.T, path string) *playground.Chat {
	c, err := playground.Open(path, clock())
	if err != nil {
		rt.Fatal(err)
	}
	return c
}

// table is a chat with the bot at it, and what people there saw.
type table struct {
	ctx      context.Context //nolint:containedctx // a test's
	chat     *playground.Chat
	platform *playground.Platform
	log      []string
	leave    func()
}

func newTable(rt *rapid.T, c *playground.Chat) *table {
	ctx, cancel := context.WithCancel(context.Background())
	b := &table{ctx: ctx, chat: c, platform: c.Platform("playground")}
	done := make(chan error, 1)
	go func() { done <- b.platform.Run(ctx, echo) }()
	b.leave = func() {
		cancel()
		if err := <-done; err != nil {
			rt.Error(err)
		}
	}
	return b
}

func (b *table) populate() {
	b.done(b.chat.Join(chat.Person{ID: anna, Name: "Anna \xff Åberg", Admin: true}))
	b.done(b.chat.Join(chat.Person{ID: bjorn}))
	b.done(b.chat.Channel(ward))
	b.post("/", chat.PostID{})
}

func (b *table) post(text string, thread chat.PostID) {
	m := opening("0")
	m.Text = text
	_, err := b.platform.Post(b.ctx, ward, thread, m)
	b.done(err)
}

// id picks a root or, now and then, none.
func (b *table) id(n int) chat.PostID {
	posts := b.chat.Posts(ward)
	if n %= len(posts) + 1; n < len(posts) {
		return posts[n].ID
	}
	return chat.PostID{}
}

// reply picks a reply of the first thread or, when there is none, a root.
func (b *table) reply(n int) chat.PostID {
	for _, root := range b.chat.Posts(ward) {
		if posts := b.chat.Thread(root.ID); len(posts) > 0 {
			return posts[n%len(posts)].ID
		}
	}
	return b.id(n)
}

func (b *table) done(err error) {
	if err != nil {
		b.log = append(b.log, err.Error())
		return
	}
	b.log = append(b.log, "done")
}

func (b *table) seen(s playground.Seen, err error) {
	b.done(err)
	b.log = append(b.log, playground.Style{}.Seen(s))
}
