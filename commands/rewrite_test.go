package commands_test

import (
	"strings"
	"testing"

	"roundtable/chat"
)

// Who changes a command hears that it counts as it was; nothing of it is passed on.
func TestChangedCommand(t *testing.T) {
	s, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	post := chat.PostID{Connection: s.channel.Connection, Channel: s.channel.Channel, Message: "p1"}
	in := chat.Incoming{
		ID: "1", From: chat.Person{ID: person("ruth")}, Channel: s.channel, Thread: chat.PostID{Connection: s.channel.Connection, Channel: s.channel.Channel, Message: "root"},
		What: chat.Rewrote{Text: "submit falls 3/413", Post: post, Command: true},
	}
	reply := s.commands.Handle(s.ctx, in)
	if reply.Message == nil || !strings.Contains(reply.Message.Text, "counts as it was first written") {
		t.Errorf("the answer is %+v", reply.Message)
	}
	in.ID, in.From.Language = "2", "sv"
	if reply := s.commands.Handle(s.ctx, in); reply.Message == nil || !strings.Contains(reply.Message.Text, "Skriv det på nytt") && !strings.Contains(reply.Message.Text, "Write it anew") {
		t.Errorf("the answer is %+v", reply.Message)
	}
}
