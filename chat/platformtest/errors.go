package platformtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
)

func gone(t *testing.T, p *fixture) {
	nobody := chat.PersonID{Connection: p.bot.Connection(), User: "nobody"}
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	nothing := post
	nothing.Message += "0"
	strange := p.here
	strange.Connection = "another"
	calls := map[string]func() error{
		"Post to another connection":  func() error { _, err := p.bot.Post(p.ctx, strange, chat.PostID{}, chat.Say("x")); return err },
		"Direct to an unknown person": func() error { _, err := p.bot.Direct(p.ctx, nobody, chat.Say("x")); return err },
		"Edit of an unknown post":     func() error { return p.bot.Edit(p.ctx, nothing, chat.Say("x")) },
		"FindDirect with nobody":      func() error { _, _, err := p.bot.FindDirect(p.ctx, nobody, "k", time.Time{}); return err },
		"Person who is unknown":       func() error { _, err := p.bot.Person(p.ctx, nobody); return err },
		"Person of another connection": func() error {
			_, err := p.bot.Person(p.ctx, chat.PersonID{Connection: "another", User: p.one.User})
			return err
		},
		"Post into an unknown thread":   func() error { _, err := p.bot.Post(p.ctx, p.here, nothing, chat.Say("x")); return err },
		"Post into an elsewhere thread": func() error { _, err := p.bot.Post(p.ctx, p.elsewhere, post, chat.Say("x")); return err },
	}
	for name, call := range calls {
		if strings.Contains(name, "thread") && !p.bot.Capabilities().Threads {
			continue
		}
		if err := call(); !errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
			t.Errorf("%s: %v, want ErrGone", name, err)
		}
	}
	p.expectPosts("the channel", p.roots(p.here), []string{"one"})
	p.expectPosts("the other channel", p.roots(p.elsewhere), nil)
}

// expectUnreachable fails the test unless the errors say that a channel can't be written
// to for now.
func (p *fixture) expectUnreachable(when string, calls map[string]error) {
	p.t.Helper()
	for call, err := range calls {
		if u, is := errors.AsType[*chat.Unreachable](err); !is || u.Why == "" || u.Alone || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
			p.t.Errorf("%s, %s: %v, want Unreachable", when, call, err)
		}
	}
}

// unreachable: a channel that the bot has been taken out of can't be written to, and that
// is no reason to give up. Once the bot is in it again, the handler is told, and
// everything goes where it should, once.
func unreachable(t *testing.T, p *fixture) {
	nowhere := chat.ChannelID{Connection: p.bot.Connection(), Channel: "nowhere"}
	// Of a private channel a platform may say that there is none.
	if _, err := p.bot.Post(p.ctx, nowhere, chat.PostID{}, chat.Say("x")); !errors.Is(err, chat.ErrGone) {
		p.expectUnreachable("a channel that nobody knows", map[string]error{"Post": err})
	}
	c := p.run(nil)
	post := p.post(p.here, chat.PostID{}, keyed("one", "k1"))
	p.must(p.Expel(p.ctx, p.one, p.here))
	_, posting := p.bot.Post(p.ctx, p.here, chat.PostID{}, keyed("two", "k2"))
	_, _, finding := p.bot.Find(p.ctx, p.here, chat.PostID{}, "k2")
	p.expectUnreachable("out of the channel", map[string]error{"Post": posting, "Edit": p.bot.Edit(p.ctx, post, chat.Say("changed")), "Find": finding})
	if p.bot.Capabilities().Threads {
		_, replying := p.bot.Post(p.ctx, p.here, post, keyed("three", "k3"))
		p.expectUnreachable("out of the channel", map[string]error{"Post in a thread": replying})
	}
	p.post(p.elsewhere, chat.PostID{}, chat.Say("elsewhere"))
	p.direct(p.one, chat.Say("in private"))
	p.must(p.Admit(p.ctx, p.one, p.here))
	for told := false; !told; {
		select {
		case in := <-c.in:
			what, is := in.What.(chat.Reachable)
			told = is && in.Channel == p.here && what.Invited
		case <-p.ctx.Done():
			t.Fatal("the handler was not told that the bot is in the channel again")
		}
	}
	if _, found, err := p.bot.Find(p.ctx, p.here, chat.PostID{}, "k2"); found || err != nil {
		t.Errorf("back in the channel, Find: %v, %v", found, err)
	}
	p.post(p.here, chat.PostID{}, keyed("two", "k2"))
	p.edit(post, chat.Say("changed"))
	var seen []Shown
	p.eventually(func() (string, error) {
		roots, err := p.roots(p.here)()
		if err != nil {
			return "", err
		}
		seen = nil
		for _, s := range roots { // a platform may say that the bot came and went
			if strings.Contains(s.Text, "changed") || strings.Contains(s.Text, "two") || strings.Contains(s.Text, "one") {
				seen = append(seen, s)
			}
		}
		if len(seen) != 2 || !strings.Contains(seen[0].Text, "changed") || !strings.Contains(seen[1].Text, "two") {
			return fmt.Sprintf("the channel reads %q", texts(roots)), nil
		}
		return "", nil
	})
}

func refused(t *testing.T, p *fixture) {
	button := func(b chat.Button) chat.Message {
		return chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{b}}}}
	}
	messages := map[string]chat.Message{
		"no text":               {Blocks: []chat.Block{chat.Paragraph{Text: "x"}}},
		"far too long":          chat.Say(strings.Repeat("word ", 30_000)),
		"a long label":          button(chat.Button{Label: strings.Repeat("x", chat.MaxLabel+1), Action: "go"}),
		"no label":              button(chat.Button{Action: "go"}),
		"a long value":          button(chat.Button{Label: "x", Action: "go", Value: strings.Repeat("x", chat.MaxValue+1)}),
		"a picture without alt": {Text: "x", Blocks: []chat.Block{chat.Picture{Name: "p.png", PNG: picture()}}},
		"six buttons in a row": {Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{
			{Label: "1", Action: "a"},
			{Label: "2", Action: "b"},
			{Label: "3", Action: "c"},
			{Label: "4", Action: "d"},
			{Label: "5", Action: "e"},
			{Label: "6", Action: "f"},
		}}}},
	}
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	for name, m := range messages {
		_, err := p.bot.Post(p.ctx, p.here, chat.PostID{}, m)
		_, direct := p.bot.Direct(p.ctx, p.one, m)
		for call, err := range map[string]error{"Post": err, "Direct": direct, "Edit": p.bot.Edit(p.ctx, post, m)} {
			if !errors.Is(err, chat.ErrRefused) || errors.Is(err, chat.ErrGone) {
				t.Errorf("%s of a message with %s: %v, want ErrRefused", call, name, err)
			}
		}
	}
	most := chat.Button{Label: strings.Repeat("å", chat.MaxLabel), Action: "go", Value: strings.Repeat("x", chat.MaxValue)}
	p.post(p.here, chat.PostID{}, button(most))
	p.expectPosts("the channel", p.roots(p.here), []string{"one", most.Label})
}

// inWords: where files are not taken, a message stands all the same, with all that can be
// said of them in words; its sender is told. Once they are taken, it goes as it is.
func inWords(t *testing.T, p *fixture) {
	files, _ := p.Harness.(FileRefusing)
	p.must(files.TakeFiles(p.ctx, false))
	defer func() { p.must(files.TakeFiles(context.WithoutCancel(p.ctx), true)) }()
	message := func(text, key string) chat.Message {
		return chat.Message{Text: text, Key: key, Blocks: []chat.Block{
			chat.Paragraph{Text: text},
			chat.Picture{Name: "all.png", Title: "All", Alt: "a grey square", PNG: picture()},
			chat.File{Name: "figures.csv", MediaType: "text/csv", Data: []byte("a;b")},
		}}
	}
	plain := p.post(p.here, chat.PostID{}, keyed("nothing else", "k1"))
	post, posting := p.bot.Post(p.ctx, p.here, chat.PostID{}, message("results", "k2"))
	_, direct := p.bot.Direct(p.ctx, p.one, message("one's own", "k3"))
	editing := p.bot.Edit(p.ctx, plain, message("changed", "k1"))
	for call, err := range map[string]error{"Post": posting, "Direct": direct, "Edit": editing} {
		if _, is := errors.AsType[*chat.InWords](err); !is {
			t.Errorf("%s: %v, want InWords", call, err)
		}
	}
	if found, is, err := p.bot.Find(p.ctx, p.here, chat.PostID{}, "k2"); err != nil || !is || found != post {
		t.Errorf("Find: %v, %v, %v; want %v", found, is, err, post)
	}
	reads := func(where string, posts []Shown, want ...string) {
		t.Helper()
		if len(posts) != len(want) {
			t.Errorf("%s reads %q", where, texts(posts))
			return
		}
		for i, s := range posts {
			for _, w := range []string{want[i], "a grey square", "figures.csv"} {
				if !strings.Contains(s.Text, w) {
					t.Errorf("%s: nobody can read %q in %q", where, w, s.Text)
				}
			}
		}
	}
	roots, err := p.Posts(p.ctx, p.here, chat.PostID{})
	p.must(err)
	reads("the channel", roots, "changed", "results")
	directs, err := p.Direct(p.ctx, p.one)
	p.must(err)
	reads("the direct conversation", directs, "one's own")
	p.must(files.TakeFiles(p.ctx, true))
	p.edit(post, message("results", "k2"))
	p.post(p.here, chat.PostID{}, message("more", "k4"))
}

func contextEnded(t *testing.T, p *fixture) {
	post := p.post(p.here, chat.PostID{}, keyed("one", "k"))
	ctx := endedContext(p.ctx)
	calls := map[string]func() error{
		"Post":       func() error { _, err := p.bot.Post(ctx, p.here, chat.PostID{}, chat.Say("x")); return err },
		"Edit":       func() error { return p.bot.Edit(ctx, post, chat.Say("x")) },
		"Direct":     func() error { _, err := p.bot.Direct(ctx, p.one, chat.Say("x")); return err },
		"Find":       func() error { _, _, err := p.bot.Find(ctx, p.here, chat.PostID{}, "k"); return err },
		"FindDirect": func() error { _, _, err := p.bot.FindDirect(ctx, p.one, "k", time.Time{}); return err },
		"Person":     func() error { _, err := p.bot.Person(ctx, p.one); return err },
	}
	for name, call := range calls {
		// It may work the next time: it must not look as if it never would.
		if err := call(); err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
			t.Errorf("%s after the context's end: %v", name, err)
		}
	}
	p.expectPosts("the channel", p.roots(p.here), []string{"one"})
}

// endedContext returns a context that has ended.
func endedContext(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}
