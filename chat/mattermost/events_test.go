package mattermost

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// listening is the adapter on a fake server, with one channel and one conversation.
func listening(t *testing.T, handle chat.Handler) *Platform {
	t.Helper()
	p := newFake(t).platform(newClock())
	if _, err := p.bot(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.channels.put(hereID, channelInfo{team: "team"})
	p.channels.put(directID, channelInfo{direct: true, partner: annaID})
	serve(t, p, handle)
	return p
}

// What one person asks for is done in the order in which they asked, as when they
// correct themselves; others don't wait for them.
func TestCommandsInOrder(t *testing.T) {
	other := make(chan struct{})
	var mu sync.Mutex
	var done []string
	p := listening(t, func(_ context.Context, in chat.Incoming) chat.Reply {
		text := in.What.(chat.Typed).Text
		if text == "submit falls 3" {
			<-other
		}
		mu.Lock()
		done = append(done, text)
		mu.Unlock()
		if text == "status" {
			close(other)
		}
		return chat.Reply{}
	})
	for _, post := range []*model.Post{
		{Id: "1", UserId: annaID, ChannelId: directID, Message: "submit falls 3"},
		{Id: "2", UserId: annaID, ChannelId: directID, Message: "submit falls 4"},
		{Id: "3", UserId: annaID, ChannelId: directID, Message: "submit falls 5"},
		{Id: "4", UserId: boID, ChannelId: hereID, Message: "@roundtable status"},
	} {
		p.events.posted(t.Context(), post)
	}
	wait(t, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(done) == 4
	})
	mine := slices.DeleteFunc(done, func(text string) bool { return text == "status" })
	if diff := cmp.Diff([]string{"submit falls 3", "submit falls 4", "submit falls 5"}, mine); diff != "" {
		t.Errorf("what Anna asked for was done in the order (-want +got):\n%s", diff)
	}
}

// What is looked up may be ahead of what the server tells by and by.
func TestEventsThatComeLate(t *testing.T) {
	g := &got{}
	p := listening(t, g.handle)
	reply := func(id string, edited int64, text string) *model.Post {
		return &model.Post{Id: id, RootId: firstPost, UserId: annaID, ChannelId: hereID, Message: text, EditAt: edited}
	}
	p.events.deleted(t.Context(), reply("1", 0, "gone"), "")
	p.events.posted(t.Context(), reply("1", 0, "gone"))
	p.events.edited(t.Context(), reply("1", 1_700_000_000_000, "gone"))
	p.events.posted(t.Context(), reply("2", 0, "newest"))
	p.events.edited(t.Context(), reply("2", 1_700_000_000_002, "newest"))
	p.events.edited(t.Context(), reply("2", 1_700_000_000_001, "newer"))
	p.events.edited(t.Context(), reply("2", 1_700_000_000_002, "newest"))
	p.events.posted(t.Context(), reply("3", 0, "last"))
	wait(t, func() bool {
		in := g.all()
		if len(in) == 0 {
			return false
		}
		said, is := in[len(in)-1].What.(chat.Said)
		return is && said.Text == "last"
	})
	var what []chat.What
	for _, in := range g.all() {
		what = append(what, in.What)
	}
	if diff := cmp.Diff([]chat.What{
		chat.Deleted{Post: p.postID(hereID, "1")},
		chat.Said{Text: "newest", Post: p.postID(hereID, "2")},
		chat.Rewrote{Text: "newest", Post: p.postID(hereID, "2")},
		chat.Said{Text: "last", Post: p.postID(hereID, "3")},
	}, what); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
}

// Reactions are compared with those that were heard of.
func TestMarks(t *testing.T) {
	g := &got{}
	p := listening(t, g.handle)
	on := func(user, emoji string, at int64) *model.Reaction {
		return &model.Reaction{UserId: user, PostId: firstPost, EmojiName: emoji, CreateAt: at}
	}
	post := func(there ...*model.Reaction) *model.Post {
		return &model.Post{Id: firstPost, ChannelId: hereID, HasReactions: len(there) > 0, Metadata: &model.PostMetadata{Reactions: there}}
	}
	p.posts.roots.Put(firstPost, "")
	p.events.compareReactions(t.Context(), post(on(annaID, "bulb", 5), on(boID, "bulb", 15)), 10) // the first is old
	p.events.reactionAdded(t.Context(), on(annaID, "tada", 20), hereID)
	p.events.compareReactions(t.Context(), post(on(boID, "bulb", 15), on(annaID, "tada", 20), on(botID, "eyes", 25)), 10)
	p.events.compareReactions(t.Context(), &model.Post{Id: firstPost, ChannelId: hereID, HasReactions: true}, 10) // doesn't tell
	p.events.reactionRemoved(t.Context(), on(annaID, "tada", 0), hereID, "unreact:1")
	p.events.compareReactions(t.Context(), post(), 10)
	p.events.reactionAdded(t.Context(), on(boID, "end", 30), hereID)
	want := []string{"reacted bulb " + boID, "reacted tada " + annaID, "unreacted bulb " + annaID, "unreacted tada " + annaID, "unreacted bulb " + boID, "reacted end " + boID}
	texts := func() (out []string) {
		for _, in := range g.all() {
			switch w := in.What.(type) {
			case chat.Reacted:
				out = append(out, "reacted "+w.Emoji+" "+in.From.ID.User)
			case chat.Unreacted:
				out = append(out, "unreacted "+w.Emoji+" "+in.From.ID.User)
			}
		}
		return out
	}
	wait(t, func() bool { return len(texts()) >= len(want) })
	if diff := cmp.Diff(want, texts()); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
}

// However many posts the server leaves out of its answers, the bot goes on.
func TestFurther(t *testing.T) {
	list := func(at ...int64) *model.PostList {
		l := model.NewPostList()
		for i, when := range at {
			l.AddPost(&model.Post{Id: strings.Repeat("x", i+1), UpdateAt: when})
		}
		return l
	}
	rising := make([]int64, sinceLimit)
	for i := range rising {
		rising[i] = int64(100 + i)
	}
	for name, tt := range map[string]struct {
		list *model.PostList
		from int64
		more bool
	}{
		"a few":                {list(slices.Repeat([]int64{100}, 3)...), 50, false},
		"many":                 {list(rising...), 299, true},
		"many roots, unasked":  {list(append(slices.Repeat([]int64{1}, 100), rising[:sinceLimit-100]...)...), 50, false},
		"all at once":          {list(slices.Repeat([]int64{100}, sinceLimit)...), 99, true},
		"all at once, at once": {list(slices.Repeat([]int64{51}, sinceLimit)...), 51, true},
	} {
		if from, more := nextSince(tt.list, 50); from != tt.from || more != tt.more {
			t.Errorf("%s: from %d (more: %v), want %d (%v)", name, from, more, tt.from, tt.more)
		}
	}
}

// Who reads the log can't answer in the bot's place.
func TestLogHoldsNoHook(t *testing.T) {
	f := newFake(t)
	f.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/hooks/") {
			panic(http.ErrAbortHandler)
		}
		return false
	}
	p := f.platform(newClock())
	var log lines
	p.options.Log = slog.New(slog.NewTextHandler(&log, nil))
	m := chat.Say("late")
	p.answers.sendLate(t.Context(), origin{id: "x", user: annaID, channel: hereID}, chat.Reply{Message: &m}, thereID)
	if !strings.Contains(log.text(), "an answer could not be given") || strings.Contains(log.text(), thereID) {
		t.Errorf("the log says:\n%s", log.text())
	}
}

// A command that its writer changes is no remark: what it says, such as a figure, is not
// to be passed on.
func TestChangedCommands(t *testing.T) {
	var mu sync.Mutex
	got := map[string]chat.What{}
	p := listening(t, func(_ context.Context, in chat.Incoming) chat.Reply {
		mu.Lock()
		defer mu.Unlock()
		got[in.ID] = in.What
		return chat.Reply{}
	})
	for _, post := range []*model.Post{
		{Id: "1", UserId: annaID, ChannelId: hereID, RootId: "root", EditAt: 5, Message: "@roundtable submit falls 3/413"},
		{Id: "2", UserId: annaID, ChannelId: directID, EditAt: 5, Message: "submit falls 4"},
		{Id: "3", UserId: annaID, ChannelId: hereID, RootId: "root", EditAt: 5, Message: "a **remark**"},
		{Id: "4", UserId: annaID, ChannelId: hereID, EditAt: 5, Message: "nothing to the bot"},
	} {
		p.events.edited(t.Context(), post)
	}
	want := map[string]chat.What{
		"edit:1:5": chat.Rewrote{Text: "submit falls 3/413", Post: p.posts.postID(hereID, "1"), Command: true},
		"edit:2:5": chat.Rewrote{Text: "submit falls 4", Post: p.posts.postID(directID, "2"), Command: true},
		"edit:3:5": chat.Rewrote{Text: "a remark", Post: p.posts.postID(hereID, "3")},
	}
	wait(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(got) >= len(want) })
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
}
