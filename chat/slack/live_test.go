package slack_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

func TestHome(t *testing.T) {
	st := newStage(t)
	visits := 0
	st.run(func(in chat.Incoming) chat.Reply {
		if _, ok := in.What.(chat.Entered); !ok {
			return say("pressed")
		}
		visits++
		m := chat.Message{Text: "page", Blocks: []chat.Block{
			chat.Heading{Text: fmt.Sprintf("visit %d", visits)},
			chat.Buttons{Buttons: []chat.Button{{Label: "Snooze", Action: "snooze", Value: "1"}}},
		}}
		return chat.Reply{Message: &m}
	})
	st.must(st.anna.OpenMessages(st.app)) // is not their page
	st.must(st.anna.OpenHome(st.app))
	entered := st.next()
	if entered.What != (chat.Entered{}) || !entered.Direct || entered.From.ID != st.one || entered.Channel.Channel == "" {
		t.Errorf("what came: %+v", entered)
	}
	reads := func(want string) {
		t.Helper()
		st.eventually(func() string {
			if page, _ := st.anna.Home(st.app); !strings.Contains(page.Text, want) {
				return fmt.Sprintf("the page reads %q, want %q", page.Text, want)
			}
			return ""
		})
	}
	reads("visit 1")
	st.must(st.anna.PressHome(st.ctx, st.app, "Snooze"))
	pressed := st.next()
	if pressed.What != (chat.Pressed{Action: "snooze", Value: "1"}) || pressed.Channel != entered.Channel || !pressed.Direct {
		t.Errorf("what came: %+v", pressed)
	}
	reads("visit 2") // as things stand after the press
	st.eventually(func() string {
		if posts := st.anna.Directs(st.app); len(posts) != 1 || !strings.Contains(posts[0].Text, "pressed") {
			return fmt.Sprintf("the direct conversation reads %+v", posts)
		}
		return ""
	})
}

// People of another workspace are known by it, and told how to speak to the bot.
func TestOtherWorkspace(t *testing.T) {
	st := newStage(t)
	away := st.slack.Workspace("T0AWAY", "Away")
	eva := away.User(slacktest.User{Name: "Eva"})
	st.ward.Share(away)
	st.ward.Add(eva, st.anna)
	st.run(func(in chat.Incoming) chat.Reply {
		if _, ok := in.What.(chat.Pressed); ok {
			return say("answer")
		}
		return chat.Reply{}
	})
	if err := eva.Type(st.ctx, st.app, st.ward.ID, "/round help"); !errors.Is(err, slacktest.ErrNotCommand) {
		t.Errorf("a command of another workspace: %v", err)
	}
	post := st.post(chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}})
	for range 2 {
		st.must(eva.Press(st.ctx, st.ward.ID, post.Message, "Go"))
		got := st.next()
		if want := (chat.PersonID{Connection: "home", User: "T0AWAY/" + eva.ID}); got.From.ID != want || got.From.Workspace != "T0AWAY" {
			t.Errorf("pressed by %+v", got.From)
		}
	}
	var shown []slacktest.Post
	st.eventually(func() string {
		if shown = eva.Ephemerals(); len(shown) != 2 {
			return fmt.Sprintf("%d answers", len(shown))
		}
		return ""
	})
	slices.SortFunc(shown, func(a, b slacktest.Post) int { return len(b.Text) - len(a.Text) })
	if !strings.Contains(shown[0].Text, "other-workspace") || strings.Contains(shown[1].Text, "other-workspace") {
		t.Errorf("the answers read %q and %q", shown[0].Text, shown[1].Text)
	}
	st.must(eva.Press(st.ctx, st.ward.ID, shown[0].TS, "button-help"))
	if got := st.next(); got.What != (chat.Typed{Text: "help"}) || got.Channel != st.here {
		t.Errorf("what came: %+v", got)
	}
	// A reaction does not tell the workspace, and yet it is the same person.
	st.must(eva.React(st.ward.ID, post.Message, "bulb"))
	if got := st.next(); got.From.ID.User != "T0AWAY/"+eva.ID {
		t.Errorf("reacted: %+v", got)
	}
	who, err := st.p.Person(st.ctx, chat.PersonID{Connection: "home", User: "T0AWAY/" + eva.ID})
	if err != nil || who.Workspace != "T0AWAY" || who.Admin {
		t.Errorf("Person: %+v, %v", who, err)
	}
}

func TestMoved(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	to := st.ward.Move()
	want := chat.Incoming{Channel: st.here, What: chat.Moved{To: chat.ChannelID{Connection: "home", Channel: to}}}
	got := st.next()
	got.ID = ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
}

func TestUninstalled(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	st.post(chat.Say("one"))
	st.app.Uninstall()
	st.eventually(func() string {
		_, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("two"))
		if errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
			t.Fatalf("after the app was uninstalled: %v", err)
		}
		if _, ok := errors.AsType[*chat.Later](err); !ok {
			return fmt.Sprintf("after the app was uninstalled: %v", err)
		}
		return ""
	})
	before := st.slack.Calls()["chat.postMessage"]
	_, _ = st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("three"))
	if n := st.slack.Calls()["chat.postMessage"]; n != before {
		t.Error("Slack is called although it does not let the bot in")
	}
	found := st.p.Examine(st.ctx)
	if len(found) != 1 || found[0].Severity != chat.Broken || found[0].Mend == "" {
		t.Errorf("the doctor says %+v", found)
	}
}

// Nothing is lost when Slack takes the sockets away, politely or not.
func TestSocketsGoAway(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	root := st.post(chat.Say("root"))
	for n := range 12 {
		switch n % 4 {
		case 1:
			st.app.Refresh(st.ctx, 0)
		case 3:
			st.app.CutSocket()
		}
		text := fmt.Sprintf("message %d", n)
		_, err := st.anna.Say(st.ward.ID, root.Message, text)
		st.must(err)
		if said, ok := st.next().What.(chat.Said); !ok || said.Text != text {
			t.Fatalf("what came: %+v, want %q", said, text)
		}
		st.eventually(func() string {
			if n := st.app.Sockets(); n < 2 {
				return fmt.Sprintf("%d sockets are open", n)
			}
			return ""
		})
	}
}

// What comes twice is handled once, and has the same ID for another process.
func TestTwice(t *testing.T) {
	st := newStage(t)
	stop := st.run(nil)
	st.slack.Fail(slacktest.Faults{Doubled: 1})
	root := st.post(chat.Say("root"))
	for range 3 {
		_, err := st.anna.Say(st.ward.ID, root.Message, "a thought")
		st.must(err)
		st.next()
	}
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	first := st.next()
	stop()
	select {
	case in := <-st.came:
		t.Errorf("it came again: %+v", in)
	default:
	}
	st.connect()
	st.run(nil)
	if _, err := st.app.Again(st.ctx, first.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, st.next()); diff != "" {
		t.Errorf("in another process (-first +second):\n%s", diff)
	}
}

// An answer with a picture is kept, so it goes into the direct conversation.
// A long message is several posts: found by the first, edited as a whole.
func TestQuietEvents(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	root := st.post(chat.Say("root"))
	ts, err := st.anna.Say(st.ward.ID, root.Message, "see https://example.org/a & <b>, <!here>")
	st.must(err)
	if said, _ := st.next().What.(chat.Said); said.Text != "see https://example.org/a & <b>, <!here>" {
		t.Errorf("said %q", said.Text)
	}
	st.slack.Unfurl(st.ward.ID, ts)
	st.must(st.anna.Rewrite(st.ward.ID, ts, "better"))
	if got, ok := st.next().What.(chat.Rewrote); !ok || got.Text != "better" {
		t.Errorf("what came: %+v", got)
	}
	_, err = st.anna.SayBroadcast(st.ward.ID, root.Message, "also to the channel")
	st.must(err)
	if said, _ := st.next().What.(chat.Said); said.Text != "also to the channel" {
		t.Errorf("said %q", said.Text)
	}
	st.must(st.anna.Shortcut(st.ctx, st.app, "status"))
	if got := st.next(); got.What != (chat.Typed{Text: "status"}) || !got.Direct || got.Channel.Channel == "" {
		t.Errorf("the shortcut: %+v", got)
	}
}

// Answers arrive whatever Slack's bad days do.
func TestAnswersOnABadDay(t *testing.T) {
	st := newStage(t)
	st.run(func(in chat.Incoming) chat.Reply { return say("answer to " + in.What.(chat.Typed).Text) })
	st.slack.Fail(slacktest.Faults{TooMany: 0.1, Server: 0.1, Unanswered: 0.05})
	const n = 12
	for i := range n {
		st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, fmt.Sprintf("/round %d", i)))
		_, err := st.anna.Tell(st.app, fmt.Sprintf("direct %d", i))
		st.must(err)
	}
	st.eventually(func() string {
		private := map[string]bool{}
		for _, post := range st.anna.Ephemerals() {
			private[post.Text] = true
		}
		direct := map[string]int{}
		for _, post := range st.anna.Directs(st.app) {
			if strings.HasPrefix(post.Text, "answer") {
				direct[post.Text]++
			}
		}
		for text, times := range direct {
			if times > 1 {
				t.Fatalf("%q came %d times", text, times)
			}
		}
		if len(private) < n || len(direct) < n {
			return fmt.Sprintf("%d private and %d direct answers", len(private), len(direct))
		}
		return ""
	})
}

func TestOverHTTPOnly(t *testing.T) {
	st := newStage(t)
	st.overHTTP()
	st.run(func(chat.Incoming) chat.Reply { return say("yes") })
	st.must(st.app.Verify(st.ctx))
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	st.next()
}

// A picture that Slack never gets done with goes into the thread.
func TestSocketModeSwitchedOff(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	st.app.Unlink()
	st.eventually(func() string {
		for _, f := range st.p.Examine(st.ctx) {
			if f.Severity == chat.Broken && strings.Contains(f.What, "socket") {
				return ""
			}
		}
		return "the doctor finds nothing"
	})
}

// Who has closed a form is not troubled by what comes late.
func TestFormClosedMeanwhile(t *testing.T) {
	st := newStage(t)
	release := make(chan struct{})
	st.run(func(in chat.Incoming) chat.Reply {
		if _, ok := in.What.(chat.Filled); ok {
			<-release
			return say("thanks")
		}
		form := long(1, 1)
		return chat.Reply{Form: &form}
	})
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round submit"))
	st.modal("Submit")
	st.must(st.anna.Submit(st.ctx))
	st.modal("form-moment")
	st.must(st.anna.Close(st.ctx, true))
	close(release)
	st.eventually(func() string {
		if n := len(st.anna.Ephemerals()); n != 1 {
			return fmt.Sprintf("%d answers", n)
		}
		return ""
	})
}

func TestMessageShortcut(t *testing.T) {
	st := newStage(t)
	st.run(func(chat.Incoming) chat.Reply { return say("yes") })
	root := st.post(chat.Say("root"))
	st.must(st.anna.MessageShortcut(st.ctx, st.app, "status", st.ward.ID, root.Message))
	if got := st.next(); got.What != (chat.Typed{Text: "status"}) || got.Channel != st.here || got.Direct {
		t.Errorf("what came: %+v", got)
	}
}
