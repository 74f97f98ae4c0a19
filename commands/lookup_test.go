package commands_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/commands"
)

// Somebody whom their platform can't tell of just now sets up nothing, as they might
// be a guest; and they join, but are vouched for where others of their workspace
// need not be.
func TestWhoIsNotKnown(t *testing.T) {
	s := openStage(t)
	if err := s.decide(benchmark.Join{
		Person:       benchmark.Identity{Connection: homeConnection, User: "kim", Name: "kim", Workspace: "T1"},
		Organisation: "North",
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.decide(benchmark.BindWorkspace{Workspace: benchmark.Workspace{Connection: homeConnection, ID: "T1"}, Organisation: "North"}); err != nil {
		t.Fatal(err)
	}
	var told error
	c := commands.New(s.tables, commands.Options{
		Trigger: "round", Log: slog.New(s.checks.handler()),
		Person: func(_ context.Context, id chat.PersonID) (chat.Person, error) {
			return chat.Person{ID: id, Name: "Robin", Workspace: "T1"}, told
		},
	})
	do := func(user, channel string, what chat.What) chat.Reply {
		return c.Handle(s.ctx, chat.Incoming{
			ID: user + channel, From: chat.Person{ID: person(user), Workspace: "T1"},
			Channel: chat.ChannelID{Connection: homeConnection, Channel: channel}, What: what,
		})
	}
	told = errors.New("too many requests")
	if r := do("robin", "elsewhere", chat.Typed{Text: "setup"}); r.Form != nil || r.Message == nil || !strings.Contains(r.Message.Text, "try again") {
		t.Errorf("setup by somebody who isn't known: %+v", r)
	}
	if r := do("robin", "falls", chat.Typed{Text: "join North"}); r.Message == nil || !strings.Contains(r.Message.Text, "asked to confirm") {
		t.Errorf("join by somebody who isn't known: %+v", r)
	}
	told = nil
	if r := do("robin2", "elsewhere", chat.Typed{Text: "setup"}); r.Form == nil {
		t.Errorf("setup by somebody who is known: %+v", r)
	}
	if r := do("robin2", "falls", chat.Typed{Text: "join North"}); r.Message == nil || !strings.Contains(r.Message.Text, "Welcome") {
		t.Errorf("join by somebody who is known: %+v", r)
	}
	s.read(func(n *benchmark.Network) {
		p, _ := n.At(benchmark.Address{Connection: homeConnection, User: "robin"})
		if p.Confirmed {
			t.Errorf("%+v is confirmed", p)
		}
	})
}
