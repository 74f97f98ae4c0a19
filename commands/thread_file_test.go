package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
)

// saysInThread has somebody say something in the open round's thread, files with it.
func (s *stage) saysInThread(t *testing.T, who, id, text string, files int) string {
	t.Helper()
	root, err := s.root(s.channel, "Round:")
	if err != nil {
		t.Fatal(err)
	}
	post := root
	post.Message = "said-" + id
	r := s.commands.Handle(s.ctx, chat.Incoming{
		ID: id, From: chat.Person{ID: person(who), Name: who}, Channel: s.channel, Thread: root, What: chat.Said{Text: text, Post: post, Files: files},
	})
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	if r.Message == nil {
		return ""
	}
	return r.Message.Text
}

// A picture in a thread stays where it is: the other seat reads that there is one, and who
// put it there reads so, once. Without words nothing is carried, and that is said too. What several
// messages have in common is said once.
func TestFilesInThreads(t *testing.T) {
	s := openStage(t)
	other := chat.ChannelID{Connection: "other", Channel: "fall"}
	if err := s.chat.Channel(other); err != nil {
		t.Fatal(err)
	}
	if err := s.decide(benchmark.TakeSeat{Connection: other.Connection, Channel: other.Channel}); err != nil {
		t.Fatal(err)
	}
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	for k, want := range []string{"stays in this channel", ""} {
		if got := s.saysInThread(t, "anna", fmt.Sprint("a", k), "See the new poster", 2); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("answer %d: %q", k, got)
		}
	}
	if got := s.saysInThread(t, "anna", "a3", "", 1); !strings.Contains(got, "Write a line about it") {
		t.Errorf("a picture without words: %q", got)
	}
	if got := s.saysInThread(t, "anna", "a4", "No picture", 0); got != "" {
		t.Errorf("words alone: %q", got)
	}
	carried := ""
	for _, p := range s.chat.Posts(other) {
		carried += fmt.Sprint(p.Message)
		for _, reply := range s.chat.Thread(p.ID) {
			carried += fmt.Sprint(reply.Message)
		}
	}
	if n := strings.Count(carried, "{With 2 pictures or files, which stay where it was said.}"); n != 2 {
		t.Errorf("the other seat reads of files %d times, want 2:\n%s", n, carried)
	}
	told := 0
	for k := range 5 {
		if s.saysInThread(t, "stranger", fmt.Sprint("s", k), "And we?", 0) != "" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("who doesn't take part is told %d times that it isn't carried, want once", told)
	}
}
