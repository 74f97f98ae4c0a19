package web

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

var (
	anna = chat.PersonID{Connection: "north", User: "anna"}
	erik = chat.PersonID{Connection: "north", User: "erik"}
	ward = chat.ChannelID{Connection: "north", Channel: "ward"}
)

// aChat is one in which anna has said something.
func aChat(t *testing.T, born time.Time) *playground.Chat {
	t.Helper()
	talk := playground.New(func() time.Time { return born })
	for _, who := range []chat.PersonID{anna, erik} {
		if err := talk.Join(chat.Person{ID: who}); err != nil {
			t.Fatal(err)
		}
	}
	if err := talk.Channel(ward); err != nil {
		t.Fatal(err)
	}
	say(t, talk)
	return talk
}

func say(t *testing.T, talk *playground.Chat) {
	t.Helper()
	if _, err := talk.Type(t.Context(), anna, ward, "Good morning"); err != nil {
		t.Fatal(err)
	}
}

// What people have read is known again by the next process; of another chat, or in
// a file that can't be read, it is not, and then everything counts as read.
func TestMarksAreKept(t *testing.T) {
	born := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	talk, path := aChat(t, born), filepath.Join(t.TempDir(), "marks")
	open := func(talk *playground.Chat) *readModel {
		t.Helper()
		return New(Options{Chat: talk, Marks: path}).model
	}
	first := open(talk)
	say(t, talk)
	say(t, talk)
	first.catchUp()
	if n := first.unread(ward, erik); n != 2 {
		t.Errorf("%d are unread, want 2", n)
	}
	if err := first.saveMarks(path); err != nil {
		t.Fatal(err)
	}
	say(t, talk)
	second := open(talk)
	if n := second.unread(ward, erik); n != 3 {
		t.Errorf("after a new start %d are unread, want 3", n)
	}
	second.markRead(erik, ward.Channel)
	if err := second.saveMarks(path); err != nil {
		t.Fatal(err)
	}
	if n := open(talk).unread(ward, erik); n != 0 {
		t.Errorf("%d are unread, and were read", n)
	}

	say(t, talk)
	other := aChat(t, born.Add(time.Hour))
	if n := open(other).unread(ward, erik); n != 0 {
		t.Errorf("by the marks of another chat %d are unread", n)
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := open(talk).unread(ward, erik); n != 0 {
		t.Errorf("by marks that can't be read %d are unread", n)
	}
}

// Run keeps them when it ends.
func TestRunKeepsMarks(t *testing.T) {
	talk, path := aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)), filepath.Join(t.TempDir(), "marks")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	New(Options{Chat: talk, Marks: path}).Run(ctx)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
