package slack_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

var png = []byte("\x89PNG\r\n\x1a\n picture")

func TestPictureInPrivate(t *testing.T) {
	st := newStage(t)
	m := chat.Message{Text: "own", Blocks: []chat.Block{chat.Picture{Name: "own.png", Alt: "a line", PNG: png}, chat.File{Name: "own.csv", MediaType: "text/csv", Data: []byte("a;b")}}}
	st.run(func(chat.Incoming) chat.Reply { return chat.Reply{Message: &m} })
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round trend"))
	st.eventually(func() string {
		shown := st.anna.Ephemerals()
		if len(shown) != 1 || !strings.Contains(shown[0].Text, "sent-directly") {
			return fmt.Sprintf("in the channel it reads %+v", shown)
		}
		var all strings.Builder
		for _, post := range st.anna.Directs(st.app) {
			fmt.Fprintln(&all, post.Text)
		}
		if got := all.String(); !strings.Contains(got, "a line") || !strings.Contains(got, "own.csv") {
			return fmt.Sprintf("the direct conversation reads %q", got)
		}
		return ""
	})
}

func TestLongMessage(t *testing.T) {
	st := newStage(t)
	text := func(paragraphs int) chat.Message {
		m := chat.Message{Text: "summary", Key: "k/long"}
		for i := range paragraphs {
			m.Blocks = append(m.Blocks, chat.Paragraph{Text: fmt.Sprintf("paragraph %d %s", i, strings.Repeat("word ", 580))})
		}
		return m
	}
	post := st.post(text(5))
	reads := func(roots, replies int) {
		t.Helper()
		all, err := st.slack.Posts(st.ward.ID)
		st.must(err)
		more, err := st.slack.Replies(st.ward.ID, post.Message)
		st.must(err)
		if len(all) != roots || len(more) != replies {
			t.Errorf("%d roots and %d replies, want %d and %d", len(all), len(more), roots, replies)
		}
	}
	reads(1, 1)
	found, ok, err := st.p.Find(st.ctx, st.here, chat.PostID{}, "k/long")
	if err != nil || !ok || found != post {
		t.Errorf("Find = %v, %v, %v", found, ok, err)
	}
	st.connect() // with nothing in memory
	for _, tt := range []struct{ paragraphs, replies int }{{4, 0}, {5, 1}, {1, 0}, {2, 0}} {
		st.must(st.p.Edit(st.ctx, post, text(tt.paragraphs)))
		reads(1, tt.replies)
	}
	if found, ok, err := st.p.Find(st.ctx, st.here, chat.PostID{}, "k/long"); err != nil || !ok || found != post {
		t.Errorf("after edits Find = %v, %v, %v", found, ok, err)
	}
}

func TestPictureNeverProcessed(t *testing.T) {
	st := newStage(t, slacktest.Options{Hurry: haste, Processing: time.Hour})
	_, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Message{Text: "own", Blocks: []chat.Block{chat.Picture{Name: "own.png", Title: "Falls", Alt: "a line", PNG: png}}})
	if _, inWords := errors.AsType[*chat.InWords](err); !inWords { // the thread never had it either
		t.Fatalf("Post: %v", err)
	}
	all, err := st.slack.Posts(st.ward.ID)
	st.must(err)
	if len(all) != 1 || !strings.Contains(all[0].Text, "Falls: a line") {
		t.Errorf("the post reads %+v", all)
	}
	if n := st.slack.Calls()["files.completeUploadExternal"]; n != 2 {
		t.Errorf("%d files were uploaded, want one for the post and one for its thread", n)
	}
}

func TestHomeWithPictureAndMuch(t *testing.T) {
	st := newStage(t)
	m := chat.Message{Text: "page", Blocks: []chat.Block{chat.Picture{Name: "own.png", Alt: "a line", PNG: png}}}
	for i := range chat.MaxBlocks - 1 {
		m.Blocks = append(m.Blocks, chat.Quote{Text: fmt.Sprintf("quote %d", i), By: "Anna"})
	}
	m.Blocks[1] = chat.Quote{Text: strings.Repeat("word ", 2000), By: "Anna"}
	st.run(func(chat.Incoming) chat.Reply { return chat.Reply{Message: &m} })
	st.must(st.anna.OpenHome(st.app))
	st.eventually(func() string {
		page, _ := st.anna.Home(st.app)
		if len(page.Blocks) != 100 || !strings.HasPrefix(page.Text, "a line") || !strings.HasSuffix(page.Text, "…") {
			return fmt.Sprintf("the page has %d blocks: %q", len(page.Blocks), page.Text)
		}
		return ""
	})
	for _, broken := range st.slack.Forgive() {
		if !strings.Contains(broken, "invalid slack file") { // trying is the only way to know
			t.Error(broken)
		}
	}
}
