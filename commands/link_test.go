package commands_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/commands"
)

// Who may set up may link, and nobody else: not who is no administrator where
// those decide, and no guest.
func TestWhoMayLink(t *testing.T) {
	s := openStage(t)
	people := map[string]chat.Person{"admin": {Admin: true}, "colleague": {}, "guest": {Guest: true}, "guest-admin": {Guest: true, Admin: true}}
	for name, p := range people {
		p.ID, p.Name = person(name), name
		people[name] = p
	}
	answer := func(adminsOnly bool, who, channel, text string) string {
		c := commands.New(s.tables, commands.Options{
			Trigger: "round", AdminsOnly: adminsOnly, Log: slog.New(slog.DiscardHandler),
			NewID: func() benchmark.NetworkID { return "other" }, Seed: func() uint64 { return 1 }, Chance: func() uint64 { return 1 },
			KnownCountry: func(string) bool { return true },
			Person: func(_ context.Context, id chat.PersonID) (chat.Person, error) {
				return people[id.User], nil
			},
		})
		r := c.Handle(s.ctx, chat.Incoming{
			ID: fmt.Sprint(adminsOnly, who, text), From: chat.Person{ID: person(who)}, Channel: chat.ChannelID{Connection: homeConnection, Channel: channel}, What: chat.Typed{Text: text},
		})
		if r.Form != nil {
			return "a form"
		}
		return r.Message.Text
	}
	const onlyAdmins, guests, wrong = "only administrators", "Guests take part", "I don’t know that code"
	for _, test := range []struct {
		adminsOnly bool
		who, want  string
	}{
		{false, "colleague", wrong},
		{false, "guest", guests},
		{true, "colleague", onlyAdmins},
		{true, "guest", onlyAdmins},
		{true, "guest-admin", guests},
		{true, "admin", wrong},
	} {
		if got := answer(test.adminsOnly, test.who, "elsewhere", "link 7K3M-9QXT-2HVB"); !strings.Contains(got, test.want) {
			t.Errorf("%s links, administrators only %v: %q, want %q", test.who, test.adminsOnly, got, test.want)
		}
		form := test.want
		if form == wrong {
			form = "a form"
		}
		for _, text := range []string{"link", "setup"} {
			if got := answer(test.adminsOnly, test.who, "elsewhere", text); !strings.Contains(got, form) {
				t.Errorf("%s types %s, administrators only %v: %q, want %q", test.who, text, test.adminsOnly, got, form)
			}
		}
	}
	// A facilitator whom the server makes a guest leads no longer.
	people["ruth"] = chat.Person{ID: person("ruth"), Guest: true}
	for _, text := range []string{"close", "link", "bind"} {
		if got := answer(false, "ruth", s.channel.Channel, text); !strings.Contains(got, guests) {
			t.Errorf("ruth, a guest now, types %s: %q", text, got)
		}
	}
}
