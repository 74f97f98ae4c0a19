package mattermost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/mattermost/mattermosttest"
)

// running lets the adapter run until the test ends.
func running(t *testing.T, p *Platform, g *got) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx, g.handle) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestPeople(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	admin := s.Administrator()
	g := &got{}
	running(t, s.platform, g)
	if _, _, err := admin.PatchUser(t.Context(), s.bo.ID.User, &model.UserPatch{
		FirstName: model.NewPointer("Bo"), LastName: model.NewPointer("Ek"), Locale: model.NewPointer("sv"),
		Timezone: model.StringMap{"useAutomaticTimezone": "false", "automaticTimezone": "", "manualTimezone": "Europe/Stockholm"},
	}); err != nil {
		t.Fatal(err)
	}
	who := func(id chat.PersonID) chat.Person {
		t.Helper()
		p, err := s.platform.Person(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	bo := who(s.bo.ID)
	if want := (chat.Person{ID: s.bo.ID, Name: "Bo Ek", Language: "sv", Zone: "Europe/Stockholm"}); bo != want {
		t.Errorf("Bo is %+v, want %+v", bo, want)
	}
	// The channel's administrator is one after a command there.
	if _, err := admin.UpdateChannelRoles(t.Context(), s.here.Channel, s.bo.ID.User, "channel_user channel_admin"); err != nil {
		t.Fatal(err)
	}
	if err := s.Type(t.Context(), s.bo.ID, s.elsewhere, "help"); err != nil {
		t.Fatal(err)
	}
	if who(s.bo.ID).Admin {
		t.Error("Bo administers a channel that he has not been in")
	}
	if err := s.Type(t.Context(), s.bo.ID, s.here, "help"); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return who(s.bo.ID).Admin }) // the channel
	if _, err := admin.UpdateTeamMemberRoles(t.Context(), s.ID, s.anna.ID.User, "team_user team_admin"); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return who(s.anna.ID).Admin }) // once the server has told that she administers the team
	// A name that changes is known as soon as the server has told.
	if _, _, err := admin.PatchUser(t.Context(), s.bo.ID.User, &model.UserPatch{LastName: model.NewPointer("Alm")}); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return who(s.bo.ID).Name == "Bo Alm" })
	// Who is deactivated gets nothing.
	if _, err := admin.UpdateUserActive(t.Context(), s.bo.ID.User, false); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return who(s.bo.ID).Gone })
	if _, err := s.platform.Direct(t.Context(), s.bo.ID, chat.Say("x")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("a message to who is gone: %v", err)
	}
	// That, and that he is back, is told of at once.
	wait(t, func() bool { return g.lastAccount(s.bo.ID) == chat.Account{Gone: true} })
	if _, err := admin.UpdateUserActive(t.Context(), s.bo.ID.User, true); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return g.lastAccount(s.bo.ID) == chat.Account{} && !who(s.bo.ID).Gone })
	if name, err := s.platform.ChannelName(t.Context(), s.here); err != nil || name.Channel == "" || name.Channel == s.here.Channel || name.Platform != "Mattermost" || name.Server == "" || name.Team == "" {
		t.Errorf("the channel is called %+v, %v", name, err)
	}
}

// lastAccount is what was told of a person's account last; nil when nothing was.
func (g *got) lastAccount(who chat.PersonID) (last chat.What) {
	for _, in := range g.all() {
		if account, is := in.What.(chat.Account); is && in.From.ID == who {
			last = account
		}
	}
	return last
}

// What is at the edge of what a post takes, the server takes.
func TestLargestPosts(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	big := chat.Message{Text: "big", Blocks: []chat.Block{chat.Paragraph{Text: "the longest"}}}
	for range chat.MaxBlocks - 1 {
		big.Blocks = append(big.Blocks, chat.Buttons{Buttons: []chat.Button{
			{Label: "1", Action: "a", Value: strings.Repeat("å", chat.MaxValue/2)},
			{Label: "2", Action: "a", Value: strings.Repeat("x", chat.MaxValue)},
			{Label: "3", Action: "a"},
			{Label: "4", Action: "a"},
			{Label: "5", Action: "a"},
		}})
	}
	big.Text = "b"
	big.Blocks[0] = chat.Paragraph{Text: strings.Repeat("*", chat.MaxText-len(big.Blocks)*5-20)}
	id, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, big)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.platform.Edit(t.Context(), id, big); err != nil {
		t.Fatal(err)
	}
	var files chat.Message
	files.Text = "files"
	for i := range 12 {
		files.Blocks = append(files.Blocks, chat.File{Name: fmt.Sprintf("file %d åäö.csv", i), MediaType: "text/csv", Data: []byte("a;b")})
	}
	id, err = s.platform.Post(t.Context(), s.here, chat.PostID{}, files)
	if err != nil {
		t.Fatal(err)
	}
	names := func(p *model.Post) (out []string) {
		if p.Metadata != nil {
			for _, f := range p.Metadata.Files {
				out = append(out, f.Name)
			}
		}
		return out
	}
	thread := func() (all []string) {
		list, _, err := s.anna.Client().GetPostThread(t.Context(), id.Message, "", false)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list.Posts {
			all = append(all, names(p)...)
		}
		return all
	}
	if got := thread(); len(got) != 12 {
		t.Errorf("people see the files %q", got)
	}
	// An edit brings a file that the post can't take, and keeps the others.
	files.Blocks = append(files.Blocks[:1], chat.File{Name: "new.csv", MediaType: "text/csv", Data: []byte("c;d")})
	if err := s.platform.Edit(t.Context(), id, files); err != nil {
		t.Fatal(err)
	}
	if got := thread(); len(got) != 13 {
		t.Errorf("after the edit people see the files %q", got)
	}
	if err := s.platform.Edit(t.Context(), chat.PostID{Connection: "chat", Channel: s.here.Channel, Message: "nosuchnosuchnosuchnosuchno"}, files); !errors.Is(err, chat.ErrGone) {
		t.Errorf("an edit of nothing: %v", err)
	}
	said, err := s.Write(t.Context(), s.anna.ID, s.here, chat.PostID{}, "Anna's")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.platform.Edit(t.Context(), said, chat.Say("not yours")); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("an edit of a person's post: %v", err)
	}
}

// A repeated post is taken once, with the buttons of the first.
func TestPostTwice(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	g := &got{}
	running(t, s.platform, g)
	m := chat.Message{Text: "x", Key: "k", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}}
	first, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, m)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, m)
	if err != nil || first != second {
		t.Errorf("the second time: %+v, %v, want %+v", second, err, first)
	}
	if err := s.Press(t.Context(), s.anna.ID, first, "Go"); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return len(g.all()) == 1 })
	m.Blocks = []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Stop", Action: "stop"}}}}
	if err := s.platform.Edit(t.Context(), first, m); err != nil {
		t.Fatal(err)
	}
	s.platform.callbacks.buttons.posts = adapter.NewCache[string, string](10, 0, nil) // as after a restart
	if err := s.Press(t.Context(), s.bo.ID, first, "Stop"); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return len(g.all()) == 2 })
	if got := g.all()[1].What; got != (chat.Pressed{Action: "stop", On: first}) {
		t.Errorf("what came after the edit: %+v", got)
	}
}

// The bot is called by the name that its account has by now.
func TestRenamedBot(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	g := &got{}
	running(t, s.platform, g)
	if err := s.Type(t.Context(), s.anna.ID, s.here, "help"); err != nil {
		t.Fatal(err)
	}
	if err := s.Tell(t.Context(), s.anna.ID, "help"); err != nil { // it hears
		t.Fatal(err)
	}
	wait(t, func() bool { return len(g.all()) == 2 })
	me, err := s.platform.bot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name := "new" + me.Username
	if _, _, err := s.Administrator().PatchBot(t.Context(), s.BotUser, &model.BotPatch{Username: &name}); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool {
		if err := s.Say(t.Context(), s.anna.ID, s.here, chat.PostID{}, "@"+name+" status"); err != nil {
			t.Fatal(err)
		}
		return len(g.all()) > 2
	})
}

// A bot that is in no team waits to be taken into one.
func TestBotWithoutATeam(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	admin := s.Administrator()
	if _, err := admin.RemoveTeamMember(t.Context(), s.ID, s.BotUser); err != nil {
		t.Fatal(err)
	}
	var log lines
	s.options.Team, s.options.Log = "", slog.New(slog.NewTextHandler(&log, nil))
	p := s.newPlatform(t)
	p.socket.keepalive.steady = 50 * time.Millisecond
	g := &got{}
	running(t, p, g)
	if err := p.catchUp.run(t.Context(), adapter.Outage{}); err != nil {
		t.Errorf("asked what it has missed it says: %v", err)
	}
	if _, _, err := admin.AddTeamMember(t.Context(), s.ID, s.BotUser); err != nil {
		t.Fatal(err)
	}
	if err := s.Invite(t.Context(), s.here, s.BotUser); err != nil {
		t.Fatal(err)
	}
	me, err := p.bot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Say(t.Context(), s.anna.ID, s.here, chat.PostID{}, "@"+me.Username+" status"); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool {
		return slices.ContainsFunc(g.all(), func(in chat.Incoming) bool { return in.What == chat.What(chat.Typed{Text: "status"}) })
	})
	if strings.Contains(log.text(), "no connection") {
		t.Errorf("the log says:\n%s", log.text())
	}
}

// Mentions and direct messages are commands; forms come by a button.
func TestMentions(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	me, err := s.platform.bot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g := &got{reply: func(in chat.Incoming) chat.Reply {
		if w, ok := in.What.(chat.Typed); !ok || w.Text != "submit" {
			return chat.Reply{}
		}
		form := smallForm()
		return chat.Reply{Form: &form}
	}}
	running(t, s.platform, g)
	root, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, chat.Say("root"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(in chat.ChannelID, root chat.PostID, text string) {
		t.Helper()
		if err := s.Say(t.Context(), s.anna.ID, in, root, text); err != nil {
			t.Fatal(err)
		}
	}
	at := "@" + me.Username
	write(s.here, chat.PostID{}, "nothing for the bot")
	write(s.here, chat.PostID{}, at+"x status")
	write(s.here, chat.PostID{}, at+": status")
	write(s.here, root, strings.ToUpper(at)+" help")
	write(s.here, root, "I ask "+at+" to help")
	wait(t, func() bool { return len(g.all()) == 3 })
	seen := map[string]string{}
	for _, in := range g.all() {
		seen[fmt.Sprintf("%T", in.What)+in.Thread.Message] = fmt.Sprint(in.What)
	}
	if len(seen) != 3 || seen["chat.Typed"] != "{status}" || seen["chat.Typed"+root.Message] != "{help}" || !strings.Contains(seen["chat.Said"+root.Message], "I ask") {
		t.Errorf("what came: %v", seen)
	}
	write(s.here, chat.PostID{}, at+" submit")
	wait(t, func() bool {
		f, open, err := s.Form(t.Context(), s.anna.ID)
		return err == nil && open && f.Title == "Submit"
	})
	if err := s.Fill(t.Context(), s.anna.ID, map[string]string{"falls": "3/412"}); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { return len(g.all()) == 5 })
	if in := g.all()[4]; in.Channel != s.here || in.Direct || in.What.(chat.Filled).Values["falls"] != "3/412" {
		t.Errorf("the form came as %+v", in)
	}
}
