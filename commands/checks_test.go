package commands_test

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
)

// checks are what holds of everything that the bot says, whoever hears it. The
// limits of platforms are checked by the playground, which refuses.
type checks struct {
	// anything: people type anything, which is shown again, so that style is no
	// matter.
	anything bool
	// rehearsal is what everything begins with; empty where nothing has to.
	rehearsal string
	// archived: a channel has been, and what can't be posted there is logged.
	archived atomic.Bool

	mu    sync.Mutex
	wrong []string
}

func (c *checks) fault(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

// handle checks the replies of a handler.
func (c *checks) handle(h chat.Handler) chat.Handler {
	return func(ctx context.Context, in chat.Incoming) chat.Reply {
		r := h(ctx, in)
		if r.Message != nil {
			c.message(fmt.Sprintf("the reply to %+v", in.What), *r.Message)
		}
		if r.Form != nil {
			c.form(*r.Form)
		}
		return r
	}
}

// compose checks what the courier is to post.
func (c *checks) compose(compose bot.Compose) bot.Compose {
	return func(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
		render := compose(n, d)
		return func() (chat.Message, error) {
			m, err := render()
			if err != nil {
				c.fault("%s: %v", d.Key, err)
				return m, err
			}
			c.message(d.Key, m)
			return m, nil
		}
	}
}

// handler takes every log record of an error as a fault.
func (c *checks) handler() slog.Handler {
	return slog.NewTextHandler(faults{c}, &slog.HandlerOptions{Level: slog.LevelWarn})
}

type faults struct{ c *checks }

func (f faults) Write(p []byte) (int, error) {
	if line := string(p); f.c.archived.Load() && (strings.Contains(line, "duty put off") || strings.Contains(line, "can't be posted to")) {
		return len(p), nil
	}
	f.c.fault("logged: %s", p)
	return len(p), nil
}

func (c *checks) message(what string, m chat.Message) {
	texts := []string{m.Text}
	if c.rehearsal != "" && !strings.HasPrefix(m.Text, "Rehearsal · ") || len(m.Blocks) > 0 && c.rehearsal != "" && m.Blocks[0] != chat.Block(chat.Footnote{Text: c.rehearsal}) {
		c.fault("%s does not say that it is a rehearsal: %+v", what, m)
	}
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case chat.Heading:
			texts = append(texts, b.Text)
		case chat.Paragraph:
			texts = append(texts, b.Text)
		case chat.Quote:
			texts = append(texts, b.Text, b.By)
		case chat.Items:
			texts = append(texts, b.Items...)
		case chat.Facts:
			for _, f := range b.Facts {
				texts = append(texts, f.Name, f.Value)
			}
		case chat.Picture:
			texts = append(texts, b.Alt, b.Title)
		case chat.Footnote:
			texts = append(texts, b.Text)
		case chat.Buttons:
			for _, x := range b.Buttons {
				texts = append(texts, x.Label)
			}
		}
	}
	c.texts(what, texts)
}

func (c *checks) form(f chat.Form) {
	if err := f.Check(); err != nil {
		c.fault("the form %s: %v", f.Name, err)
	}
	if !strings.HasPrefix(f.Intro, c.rehearsal) {
		c.fault("the form %s does not say that it is a rehearsal", f.Name)
	}
	texts := []string{f.Title, f.Submit, f.Intro, f.Error}
	for _, field := range f.Fields {
		texts = append(texts, field.Label, field.Help, field.Error, field.Section)
		for _, o := range field.Options {
			texts = append(texts, o.Label)
		}
	}
	c.texts("the form "+f.Name, texts)
}

// rankings are words that put organisations in an order of worth.
var rankings = regexp.MustCompile(`\b(worst|best|rank(ed|s)?|leagues?|winners?|losers?|sämst\pL*|bäst|rankning\pL*|vinnar\pL*|fail(ed|s)?)(\P{L}|$)`)

func (c *checks) texts(what string, texts []string) {
	for _, t := range texts {
		if strings.Contains(t, "⟦") {
			c.fault("%s has a hole: %q", what, t)
		}
		if quiet := chat.Quiet(t); quiet != t {
			c.fault("%s could ping: %q", what, t)
		}
		if c.anything {
			continue
		}
		lower := strings.ToLower(t)
		if w := rankings.FindString(lower); w != "" {
			c.fault("%s ranks (%s): %q", what, w, t)
		}
		if strings.Contains(t, "..") && !strings.Contains(t, " ...") || strings.Contains(t, ".,") || strings.Contains(t, "  ") {
			c.fault("%s reads badly: %q", what, t)
		}
	}
}
