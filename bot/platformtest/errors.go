package platformtest

import (
	"errors"
	"strings"
	"testing"

	"roundtable/bot"
)

func gone(t *testing.T, p *place) {
	nowhere := bot.ChannelID{Connection: p.bot.Connection(), Channel: "nowhere"}
	nobody := bot.PersonID{Connection: p.bot.Connection(), User: "nobody"}
	post := p.post(p.here, bot.PostID{}, bot.Say("one"))
	nothing := post
	nothing.Message += "0"
	strange := p.here
	strange.Connection = "another"
	calls := map[string]func() error{
		"Post to an unknown channel":  func() error { _, err := p.bot.Post(p.ctx, nowhere, bot.PostID{}, bot.Say("x")); return err },
		"Post to another connection":  func() error { _, err := p.bot.Post(p.ctx, strange, bot.PostID{}, bot.Say("x")); return err },
		"Direct to an unknown person": func() error { _, err := p.bot.Direct(p.ctx, nobody, bot.Say("x")); return err },
		"Edit of an unknown post":     func() error { return p.bot.Edit(p.ctx, nothing, bot.Say("x")) },
		"Find in an unknown channel":  func() error { _, _, err := p.bot.Find(p.ctx, nowhere, bot.PostID{}, "k"); return err },
		"FindDirect with nobody":      func() error { _, _, err := p.bot.FindDirect(p.ctx, nobody, "k"); return err },
		"Person who is unknown":       func() error { _, err := p.bot.Person(p.ctx, nobody); return err },
		"Person of another connection": func() error {
			_, err := p.bot.Person(p.ctx, bot.PersonID{Connection: "another", User: p.one.User})
			return err
		},
		"Post into an unknown thread":   func() error { _, err := p.bot.Post(p.ctx, p.here, nothing, bot.Say("x")); return err },
		"Post into an elsewhere thread": func() error { _, err := p.bot.Post(p.ctx, p.elsewhere, post, bot.Say("x")); return err },
	}
	for name, call := range calls {
		if strings.Contains(name, "thread") && !p.bot.Capabilities().Threads {
			continue
		}
		if err := call(); !errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v, want ErrGone", name, err)
		}
	}
	p.reads("the channel", p.roots(p.here), []string{"one"})
	p.reads("the other channel", p.roots(p.elsewhere), nil)
}

func refused(t *testing.T, p *place) {
	button := func(b bot.Button) bot.Message {
		return bot.Message{Text: "x", Blocks: []bot.Block{bot.Buttons{Buttons: []bot.Button{b}}}}
	}
	messages := map[string]bot.Message{
		"no text":               {Blocks: []bot.Block{bot.Paragraph{Text: "x"}}},
		"far too long":          bot.Say(strings.Repeat("word ", 30_000)),
		"a long label":          button(bot.Button{Label: strings.Repeat("x", bot.MaxLabel+1), Action: "go"}),
		"no label":              button(bot.Button{Action: "go"}),
		"a long value":          button(bot.Button{Label: "x", Action: "go", Value: strings.Repeat("x", bot.MaxValue+1)}),
		"a picture without alt": {Text: "x", Blocks: []bot.Block{bot.Picture{Name: "p.png", PNG: picture()}}},
		"six buttons in a row": {Text: "x", Blocks: []bot.Block{bot.Buttons{Buttons: []bot.Button{
			{Label: "1", Action: "a"},
			{Label: "2", Action: "b"},
			{Label: "3", Action: "c"},
			{Label: "4", Action: "d"},
			{Label: "5", Action: "e"},
			{Label: "6", Action: "f"},
		}}}},
	}
	post := p.post(p.here, bot.PostID{}, bot.Say("one"))
	for name, m := range messages {
		_, err := p.bot.Post(p.ctx, p.here, bot.PostID{}, m)
		_, direct := p.bot.Direct(p.ctx, p.one, m)
		for call, err := range map[string]error{"Post": err, "Direct": direct, "Edit": p.bot.Edit(p.ctx, post, m)} {
			if !errors.Is(err, bot.ErrRefused) || errors.Is(err, bot.ErrGone) {
				t.Errorf("%s of a message with %s: %v, want ErrRefused", call, name, err)
			}
		}
	}
	most := bot.Button{Label: strings.Repeat("å", bot.MaxLabel), Action: "go", Value: strings.Repeat("x", bot.MaxValue)}
	p.post(p.here, bot.PostID{}, button(most))
	p.reads("the channel", p.roots(p.here), []string{"one", most.Label})
}

func contextEnded(t *testing.T, p *place) {
	post := p.post(p.here, bot.PostID{}, keyed("one", "k"))
	ctx := ended(p.ctx)
	calls := map[string]func() error{
		"Post":       func() error { _, err := p.bot.Post(ctx, p.here, bot.PostID{}, bot.Say("x")); return err },
		"Edit":       func() error { return p.bot.Edit(ctx, post, bot.Say("x")) },
		"Direct":     func() error { _, err := p.bot.Direct(ctx, p.one, bot.Say("x")); return err },
		"Find":       func() error { _, _, err := p.bot.Find(ctx, p.here, bot.PostID{}, "k"); return err },
		"FindDirect": func() error { _, _, err := p.bot.FindDirect(ctx, p.one, "k"); return err },
		"Person":     func() error { _, err := p.bot.Person(ctx, p.one); return err },
	}
	for name, call := range calls {
		// It may work the next time: it must not look as if it never would.
		if err := call(); err == nil || errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s after the context's end: %v", name, err)
		}
	}
	p.reads("the channel", p.roots(p.here), []string{"one"})
}
