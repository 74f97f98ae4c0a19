package commands_test

import (
	"strings"
	"testing"

	"roundtable/chat"
)

// Who invites the bot reads thanks, and what they can do there; nobody else is answered.
func TestGreetsWhoInvites(t *testing.T) {
	s, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	in := chat.Incoming{ID: "1", From: chat.Person{ID: person("ruth")}, Channel: s.channel, What: chat.Reachable{Invited: true}}
	reply := s.commands.Handle(s.ctx, in)
	if reply.Message == nil || !strings.Contains(reply.Message.Text, "Thank you for inviting me") || !strings.Contains(reply.Message.Text, "no network") {
		t.Errorf("the greeting is %+v", reply.Message)
	}
	if err := reply.Message.Check(); err != nil {
		t.Error(err)
	}
	in.From = chat.Person{}
	if reply := s.commands.Handle(s.ctx, in); reply != (chat.Reply{}) {
		t.Errorf("nobody is told %+v", reply.Message)
	}
}
