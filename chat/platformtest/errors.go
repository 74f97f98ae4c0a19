package platformtest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
)

func gone(t *testing.T, p *fixture) {
	nowhere := chat.ChannelID{Connection: p.bot.Connection(), Channel: "nowhere"}
	nobody := chat.PersonID{Connection: p.bot.Connection(), User: "nobody"}
	post := p.post(p.here, chat.PostID{}, chat.Say("one"))
	nothing := post
	nothing.Message += "0"
	strange := p.here
	strange.Connection = "another"
	calls := map[string]func() error{
		"Post to an unknown channel":  func() error { _, err := p.bot.Post(p.ctx, nowhere, chat.PostID{}, chat.Say("x")); return err },
		"Post to another connection":  func() error { _, err := p.bot.Post(p.ctx, strange, chat.PostID{}, chat.Say("x")); return err },
		"Direct to an unknown person": func() error { _, err := p.bot.Direct(p.ctx, nobody, chat.Say("x")); return err },
		"Edit of an unknown post":     func() error { return p.bot.Edit(p.ctx, nothing, chat.Say("x")) },
		"Find in an unknown channel":  func() error { _, _, err := p.bot.Find(p.ctx, nowhere, chat.PostID{}, "k"); return err },
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
