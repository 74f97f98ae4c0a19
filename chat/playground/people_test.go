package playground_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// echo answers with the kind of what came, and forms to a press.
func echo(_ context.Context, in chat.Incoming) chat.Reply {
	say := func(s string) chat.Reply { m := chat.Say(s); return chat.Reply{Message: &m} }
	switch what := in.What.(type) {
	case chat.Typed:
		return say("typed " + what.Text)
	case chat.Said:
		return say("said " + what.Text)
	case chat.Reacted:
		return say("reacted " + what.Emoji)
	case chat.Pressed:
		f := submitForm()
		return chat.Reply{Form: &f}
	}
	return chat.Reply{}
}

func answered(s playground.Seen) string {
	if s.Private == nil {
		return ""
	}
	return s.Private.Message.Text
}

func TestTriggers(t *testing.T) {
	c := newChat(t)
	run(t, c, "playground", echo)
	ctx := within(t)
	root, err := c.Platform("playground").Post(ctx, ward, chat.PostID{}, chat.Say("root"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		in       chat.ChannelID
		thread   bool
		text     string
		want     string
		standing bool // the line stands in the channel
	}{
		{ward, false, "hello", "", true},
		{ward, false, "/round", "typed ", false},
		{ward, false, " /ROUND  help me ", "typed help me", false},
		{ward, false, "/roundabout", "", true},
		{ward, false, "say /round", "", true},
		{ward, false, "@Roundtable help", "typed help", true},
		{ward, true, "hello", "said hello", true},
		{ward, true, "@roundtable help", "typed help", true},
		{ward, true, "/round help", "typed help", false},
		{playground.Direct(anna), false, "help", "typed help", true},
		{playground.Direct(anna), false, "/round help", "typed help", false},
	}
	for _, tt := range tests {
		act := func() (playground.Seen, error) { return c.Type(ctx, anna, tt.in, tt.text) }
		if tt.thread {
			act = func() (playground.Seen, error) { return c.Reply(ctx, anna, root, tt.text) }
		}
		seen, err := act()
		if err != nil || answered(seen) != tt.want || (seen.Post != chat.PostID{}) != tt.standing {
			t.Errorf("%q (thread %v): %+v, %v", tt.text, tt.thread, seen, err)
		}
		if (seen.ID != "") != (tt.want != "") {
			t.Errorf("%q has the ID %q", tt.text, seen.ID)
		}
	}
}

func TestCant(t *testing.T) {
	c := newChat(t)
	run(t, c, "playground", echo)
	ctx := within(t)
	p := c.Platform("playground")
	post, err := p.Post(ctx, ward, chat.PostID{}, chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{
		{Label: "Same", Action: "a", Value: "1"}, {Label: "Same", Action: "a", Value: "2"}, {Label: "Go", Action: "go"},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a/2", "Go", "go"} {
		if _, err := c.Press(ctx, anna, post, name); err != nil {
			t.Errorf("Press(%q): %v", name, err)
		}
	}
	fill := func(values map[string]string) func() error {
		return func() error { _, err := c.Fill(ctx, anna, values); return err }
	}
	nobody := chat.PersonID{Connection: "playground", User: "nobody"}
	tests := map[string]func() error{
		"no such button":   func() error { _, err := c.Press(ctx, anna, post, "Stop"); return err },
		"two such buttons": func() error { _, err := c.Press(ctx, anna, post, "Same"); return err },
		"no such post": func() error {
			_, err := c.Press(ctx, anna, chat.PostID{Connection: "playground", Channel: "falls", Message: "x"}, "Go")
			return err
		},
		"nobody":                   func() error { _, err := c.Type(ctx, nobody, ward, "x"); return err },
		"another connection":       func() error { _, err := c.Type(ctx, anna, other, "x"); return err },
		"another's conversation":   func() error { _, err := c.Type(ctx, anna, playground.Direct(bjorn), "x"); return err },
		"nothing":                  func() error { _, err := c.Type(ctx, anna, ward, " \n"); return err },
		"far too much":             func() error { _, err := c.Type(ctx, anna, ward, strings.Repeat("x", chat.MaxText+1)); return err },
		"no emoji":                 func() error { _, err := c.React(ctx, anna, post, "::"); return err },
		"no reaction":              func() error { _, err := c.Unreact(ctx, anna, post, "bulb"); return err },
		"the bot's post":           func() error { _, err := c.Delete(ctx, bjorn, post); return err },
		"editing the bot's post":   func() error { _, err := c.Rewrite(ctx, anna, post, "x"); return err },
		"no form to fill":          func() error { _, err := c.Fill(ctx, bjorn, nil); return err },
		"no form to cancel":        func() error { return c.Cancel(bjorn) },
		"unknown field":            fill(map[string]string{"fall": "1"}),
		"unknown option":           fill(map[string]string{"list": "maybe"}),
		"required option left out": fill(map[string]string{"list": ""}),
		"strange check":            fill(map[string]string{"ask": "no"}),
		"two lines":                fill(map[string]string{"falls": "1\n2"}),
		"too long":                 fill(map[string]string{"note": strings.Repeat("x", chat.MaxField+1)}),
		"delivered again":          func() error { _, err := c.Redeliver(ctx, "x"); return err },
	}
	before := len(c.Changes(0))
	for name, act := range tests {
		if err := act(); !errors.Is(err, playground.ErrImpossible) {
			t.Errorf("%s: %v, want ErrImpossible", name, err)
		}
	}
	if after := len(c.Changes(0)); after != before {
		t.Errorf("%d changes by what can't be done", after-before)
	}
	if _, err := c.Fill(ctx, anna, map[string]string{"list": "No"}); err != nil {
		t.Errorf("an option by its label: %v", err)
	}
}

func TestLimitedPlatform(t *testing.T) {
	c := newChat(t, playground.WithCapabilities("playground", chat.Capabilities{Threads: true}), playground.WithTriggers("/r"))
	run(t, c, "playground", echo)
	ctx := within(t)
	p := c.Platform("playground")
	root, err := p.Post(ctx, ward, chat.PostID{}, row())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Reply(ctx, anna, root, "/r help"); !errors.Is(err, playground.ErrImpossible) {
		t.Errorf("a command in a thread: %v", err)
	}
	seen, err := c.React(ctx, anna, root, "bulb")
	if err != nil || seen.ID != "" {
		t.Errorf("a reaction reached the bot: %+v, %v", seen, err)
	}
	seen, err = c.Type(ctx, anna, ward, "/r help")
	if err != nil || answered(seen) != "typed help" || len(c.Private(anna)) != 0 || len(c.Directs(anna)) != 1 {
		t.Errorf("a private answer: %+v, %v", seen, err)
	}
	// The bot opens a form where there are none: its mistake, and it shows.
	_, err = c.Press(ctx, anna, root, "Go")
	if !errors.Is(err, chat.ErrRefused) || !strings.Contains(err.Error(), "no forms") {
		t.Errorf("a form: %v", err)
	}
	last := c.Changes(0)[len(c.Changes(0))-1]
	if last.Answered == nil || !strings.Contains(last.Answered.Refused, "no forms") || len(c.Unanswered()) != 0 {
		t.Errorf("the last change is %+v, waiting %q", last, c.Unanswered())
	}
}

func row() chat.Message {
	return chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}}
}

func TestTwoConnections(t *testing.T) {
	c := newChat(t)
	run(t, c, "playground", echo)
	run(t, c, "other", echo)
	ctx := within(t)
	for who, in := range map[chat.PersonID]chat.ChannelID{anna: ward, olga: other} {
		seen, err := c.Type(ctx, who, in, "/round help")
		if err != nil || answered(seen) != "typed help" {
			t.Errorf("%s: %+v, %v", who.User, seen, err)
		}
		if _, err := c.Platform(in.Connection).Post(ctx, in, chat.PostID{}, chat.Message{Text: "x", Key: "same"}); err != nil {
			t.Error(err)
		}
	}
	if n := c.Count("same"); n != 2 {
		t.Errorf("%d posts", n)
	}
	if diff := cmp.Diff([]chat.ChannelID{ward, other}, c.Channels()); diff != "" {
		t.Errorf("channels (-want +got):\n%s", diff)
	}
	if _, err := c.Platform("other").Post(ctx, ward, chat.PostID{}, chat.Say("x")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("a post on another connection: %v", err)
	}
}

func TestGoneAway(t *testing.T) {
	c := newChat(t)
	ctx := within(t)
	p := c.Platform("playground")
	post, err := p.Post(ctx, ward, chat.PostID{}, chat.Message{Text: "x", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Delete(ctx, anna, post); err != nil { // an admin
		t.Fatal(err)
	}
	if _, found, err := p.Find(ctx, ward, chat.PostID{}, "k"); found || err != nil {
		t.Errorf("a deleted post is found: %v", err)
	}
	if err := p.Edit(ctx, post, chat.Say("y")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("edit of a deleted post: %v", err)
	}
	if err := c.Join(chat.Person{ID: bjorn, Gone: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Direct(ctx, bjorn, chat.Say("y")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("a message to somebody who is gone: %v", err)
	}
	if err := c.Archive(ward); err != nil {
		t.Fatal(err)
	}
	_, err = p.Post(ctx, ward, chat.PostID{}, chat.Say("y"))
	if u, is := errors.AsType[*chat.Unreachable](err); !is || u.Why != chat.Archived || errors.Is(err, chat.ErrGone) {
		t.Errorf("a post to an archived channel: %v", err)
	}
	if err := c.Channel(ward); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Post(ctx, ward, chat.PostID{}, chat.Say("y")); err != nil {
		t.Errorf("a post to a channel that came back: %v", err)
	}
}
