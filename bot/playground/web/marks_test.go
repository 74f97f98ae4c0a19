package web

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"roundtable/bot"
	"roundtable/bot/playground"
)

var (
	anna = bot.PersonID{Connection: "north", User: "anna"}
	erik = bot.PersonID{Connection: "north", User: "erik"}
	ward = bot.ChannelID{Connection: "north", Channel: "ward"}
)

// aChat is one in which anna has said something.
func aChat(t *testing.T, born time.Time) *playground.Chat {
	t.Helper()
	chat := playground.New(func() time.Time { return born })
	for _, who := range []bot.PersonID{anna, erik} {
		if err := chat.Join(bot.Person{ID: who}); err != nil {
			t.Fatal(err)
		}
	}
	if err := chat.Channel(ward); err != nil {
		t.Fatal(err)
	}
	say(t, chat)
	return chat
}

func say(t *testing.T, chat *playground.Chat) {
	t.Helper()
	if _, err := chat.Type(t.Context(), anna, ward, "Good morning"); err != nil {
		t.Fatal(err)
	}
}

// What people have read is known again by the next process; of another chat, or in
// a file that can't be read, it is not, and then everything counts as read.
func TestMarksAreKept(t *testing.T) {
	born := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	chat, path := aChat(t, born), filepath.Join(t.TempDir(), "marks")
	open := func(chat *playground.Chat) *board {
		t.Helper()
		return New(Options{Chat: chat, Marks: path}).board
	}
	first := open(chat)
	say(t, chat)
	say(t, chat)
	first.catchUp()
	if n := first.unread(ward, erik); n != 2 {
		t.Errorf("%d are unread, want 2", n)
	}
	if err := first.keep(path); err != nil {
		t.Fatal(err)
	}
	say(t, chat)
	second := open(chat)
	if n := second.unread(ward, erik); n != 3 {
		t.Errorf("after a new start %d are unread, want 3", n)
	}
	second.looked(erik, ward.Channel)
	if err := second.keep(path); err != nil {
		t.Fatal(err)
	}
	if n := open(chat).unread(ward, erik); n != 0 {
		t.Errorf("%d are unread, and were read", n)
	}

	say(t, chat)
	other := aChat(t, born.Add(time.Hour))
	if n := open(other).unread(ward, erik); n != 0 {
		t.Errorf("by the marks of another chat %d are unread", n)
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := open(chat).unread(ward, erik); n != 0 {
		t.Errorf("by marks that can't be read %d are unread", n)
	}
}

// Run keeps them when it ends.
func TestRunKeepsMarks(t *testing.T) {
	chat, path := aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)), filepath.Join(t.TempDir(), "marks")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	New(Options{Chat: chat, Marks: path}).Run(ctx)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
