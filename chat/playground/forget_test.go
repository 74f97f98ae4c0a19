package playground_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// TestDeletedWordsLeaveTheFile writes, edits and deletes, as a person and as the bot:
// what was said before is in neither file nor memory, at once or soon, also where the
// process died in between, and all else is as it was.
func TestDeletedWordsLeaveTheFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "chat")
	c, err := playground.Open(path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	anna, in := chat.PersonID{Connection: "north", User: "anna"}, chat.ChannelID{Connection: "north", Channel: "falls"}
	if err := c.Join(chat.Person{ID: anna}); err != nil {
		t.Fatal(err)
	}
	if err := c.Channel(in); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Platform("north").Run(ctx, func(context.Context, chat.Incoming) chat.Reply { return chat.Reply{} })
	}()
	defer func() { cancel(); <-ended }()
	bot := c.Platform("north")
	root, err := bot.Post(ctx, in, chat.PostID{}, chat.Say("the bot's first wording"))
	if err != nil {
		t.Fatal(err)
	}
	say := func(text string) chat.PostID {
		t.Helper()
		seen, err := c.Reply(ctx, anna, root, text)
		if err != nil {
			t.Fatal(err)
		}
		return seen.Post
	}
	kept, edited, deleted := say("words that stay"), say("words before the edit"), say("words that are deleted")
	if _, err := c.Rewrite(ctx, anna, edited, "words after the edit"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Delete(ctx, anna, deleted); err != nil {
		t.Fatal(err)
	}
	look := func(when string, want map[string]bool) {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		var all string
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all += string(raw)
		}
		for words, there := range want {
			if strings.Contains(all, words) != there {
				t.Errorf("%s: %q is in the folder: %t, want %t", when, words, !there, there)
			}
		}
	}
	want := map[string]bool{"words that stay": true, "words after the edit": true, "words before the edit": false, "words that are deleted": false}
	look("at once", want)
	for _, change := range c.Changes(0) {
		if change.Acted != nil && (strings.Contains(change.Acted.Shown, "before the edit") || strings.Contains(change.Acted.Shown, "are deleted")) {
			t.Errorf("in memory: %+v", change.Acted)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Edit(ctx, root, chat.Say("the bot's second wording")); err != nil {
		t.Fatal(err)
	}
	died, err := os.ReadFile(path) // as if it died before it wrote the file anew
	if err != nil || !strings.Contains(string(died), "first wording") {
		t.Fatalf("%v: of the bot's edits the file is written anew at once: %t", err, !strings.Contains(string(died), "first wording"))
	}
	want["first wording"], want["second wording"] = false, true
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	look("when it is closed", want)
	for when, content := range map[string][]byte{"opened again": raw, "opened after the process died": died} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := playground.Open(path, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if when == "opened after the process died" {
			look(when, want)
		}
		for id, text := range map[chat.PostID]string{kept: "words that stay", edited: "words after the edit", deleted: ""} {
			if p, found := again.Post(id); !found || p.Message.Text != text || p.Deleted != (text == "") {
				t.Errorf("%s: %+v, want %q", when, p, text)
			}
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
