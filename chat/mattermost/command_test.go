package mattermost

import (
	"context"
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// The bot makes its command when it may, finds it again, and leads it to where it
// is by now.
func TestCommandOfItsOwn(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	if err := s.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.options.Trigger, s.options.CommandToken = "table", ""
	s.Commands("/table")
	for try := range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		g := &got{}
		if try == 1 { // elsewhere after a restart
			moved := httptest.NewServer(s.calls)
			t.Cleanup(moved.Close)
			s.options.PublicURL = moved.URL
		}
		p := s.newPlatform(t)
		done := make(chan error, 1)
		go func() { done <- p.Run(ctx, g.handle) }()
		wait(t, func() bool { return s.Type(ctx, s.anna.ID, s.here, "help") == nil }) // once it is there
		wait(t, func() bool { return len(g.all()) > 0 })
		if got := g.all()[0].What; got != (chat.Typed{Text: "help"}) {
			t.Errorf("what came: %+v", got)
		}
		if text := says(p.Examine(t.Context())); !strings.Contains(text, "/table reaches the bot") {
			t.Errorf("it says:\n%s", text)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// A command's token that somebody has changed is found out.
func TestCommandWithANewToken(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	if err := s.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.options.Trigger, s.options.CommandToken = "table", ""
	s.Commands("/table")
	g := &got{}
	p := s.newPlatform(t)
	running(t, p, g)
	wait(t, func() bool { return s.Type(t.Context(), s.anna.ID, s.here, "help") == nil })
	is, err := p.commands.find(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Administrator().RegenCommandToken(t.Context(), is.Id); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return s.Type(t.Context(), s.anna.ID, s.here, "status") == nil })
}

// A bot that gets the right to make its command while it runs makes it.
func TestCommandAfterPromotion(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	s.options.Trigger, s.options.CommandToken = "table", ""
	s.Commands("/table")
	p := s.newPlatform(t)
	running(t, p, &got{})
	lacks := func() error {
		p.commands.mu.Lock()
		defer p.commands.mu.Unlock()
		return p.commands.problems[s.ID]
	}
	wait(t, func() bool { return errors.Is(lacks(), errNotAllowed) })
	// It hears, and no longer looks for another reason.
	wait(t, func() bool { _, known := p.channels.cached(s.here.Channel); return known })
	if err := s.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return s.Type(t.Context(), s.anna.ID, s.here, "help") == nil })
	if lacks() != nil {
		t.Errorf("it still says: %v", lacks())
	}
}

// A command made by hand, by somebody whose commands the bot may not change, is
// left as it is.
func TestCommandOfAnother(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	p := s.newPlatform(t)
	admin := s.Administrator()
	role, _, err := admin.GetRoleByName(t.Context(), model.TeamUserRoleId)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, _, err := admin.PatchRole(context.Background(), role.Id, &model.RolePatch{Permissions: &role.Permissions}); err != nil {
			t.Error(err)
		}
	})
	more := append(slices.Clone(role.Permissions), model.PermissionManageSlashCommands.Id)
	if _, _, err := admin.PatchRole(t.Context(), role.Id, &model.RolePatch{Permissions: &more}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.bot(t.Context()); err != nil {
		t.Fatal(err)
	}
	if is, err := p.commands.find(t.Context(), s.ID); is == nil || is.AutoComplete {
		t.Fatalf("the bot finds %+v: %v", is, err)
	}
	if err := p.commands.registerIn(t.Context(), &model.Team{Id: s.ID}); !errors.Is(err, errNotAllowed) {
		t.Errorf("it says %v", err)
	}
}

// Who gives the command where the bot is not is told so, until it is.
func TestCommandWhereTheBotIsNot(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	m := chat.Say("answer")
	running(t, s.platform, &got{reply: func(chat.Incoming) chat.Reply { return chat.Reply{Message: &m} }})
	told := func(in chat.ChannelID) bool {
		t.Helper()
		before := len(s.anna.Ephemeral())
		if err := s.Type(t.Context(), s.anna.ID, in, "setup"); err != nil {
			t.Fatal(err)
		}
		wait(t, func() bool { return len(s.anna.Ephemeral()) > before })
		shown := s.anna.Ephemeral()
		text := shown[len(shown)-1].Text
		if !strings.Contains(text, "answer") {
			t.Errorf("Anna reads %q", text)
		}
		return strings.Contains(text, "platform.not-here")
	}
	if told(s.here) {
		t.Error("the bot is in the channel, and says it isn't")
	}
	for _, kind := range []model.ChannelType{model.ChannelTypeOpen, model.ChannelTypePrivate} {
		c, _, err := s.anna.Client().CreateChannel(t.Context(), &model.Channel{TeamId: s.ID, Name: "ward-" + strings.ToLower(string(kind)), DisplayName: "Ward", Type: kind})
		if err != nil {
			t.Fatal(err)
		}
		ward := chat.ChannelID{Connection: "chat", Channel: c.Id}
		if !told(ward) {
			t.Errorf("in a channel of type %s Anna isn't told that the bot is not there", kind)
		}
		if _, _, err := s.anna.Client().AddChannelMember(t.Context(), c.Id, s.BotUser); err != nil {
			t.Fatal(err)
		}
		if told(ward) {
			t.Error("the bot has come, and says it isn't there")
		}
		if err := s.Remove(t.Context(), ward, s.BotUser); err != nil {
			t.Fatal(err)
		}
		wait(t, func() bool { return told(ward) })
	}
}
