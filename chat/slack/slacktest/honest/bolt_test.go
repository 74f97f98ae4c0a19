package honest

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/chat/slack/slacktest"
)

//go:embed app.js
var boltApp []byte

// TestBolt has people live with an app that Slack's own framework runs: were the
// fake not like Slack, the app would not work. The fake sees that no rule is
// broken; what the app sent is held against the types after the tests.
func TestBolt(t *testing.T) {
	t.Parallel()
	p := slackPackages(t)
	for _, receiver := range []string{"socket", "http"} {
		t.Run(receiver, func(t *testing.T) {
			t.Parallel()
			s := slacktest.Start(t)
			home := s.Workspace("T0HOME", "Home")
			app := home.Install(slacktest.App{Name: "Honest", Command: "/round"})
			anna := home.User(slacktest.User{Name: "Anna", Locale: "sv-SE", TZ: "Europe/Stockholm"})
			ward, hall := home.Channel(slacktest.Channel{Name: "ward"}, anna, app), home.Channel(slacktest.Channel{Name: "hall"}, anna, app)
			port := startBolt(t, p, s, app, receiver)
			if receiver == "http" {
				url := fmt.Sprintf("http://127.0.0.1:%d/slack/events", port)
				app.Serve(slacktest.Routes{Events: url, Commands: url, Interactions: url})
				if err := app.Verify(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			l := &life{t: t, chat: app.Chat("home"), app: app, anna: anna, at: chat.ChannelID{Connection: "home", Channel: ward.ID}}
			l.command()
			l.form()
			l.press()
			l.at.Channel = hall.ID // no more than the limits let into one channel
			l.events()
		})
	}
}

// startBolt runs the app until the test's end, when it must end well and have
// said nothing of anything that went wrong.
func startBolt(t *testing.T, p Peer, s *slacktest.Slack, app *slacktest.App, receiver string) (port int) {
	t.Helper()
	script := filepath.Join(t.TempDir(), "app.js")
	if err := os.WriteFile(script, boltApp, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	cmd := p.Command(ctx, script)
	cmd.Env = append(cmd.Env, "RECEIVER="+receiver, "SLACK_API_URL="+s.APIURL(), "SLACK_BOT_TOKEN="+app.BotToken,
		"SLACK_APP_TOKEN="+app.AppToken, "SLACK_SIGNING_SECRET="+app.SigningSecret)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer cancel()
		err := errors.Join(stdin.Close(), ended(cmd))
		if err != nil || complaints.String() != "" {
			t.Errorf("the Bolt app: %v: %s", err, complaints.String())
		}
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	var started struct{ Port int }
	if err = errors.Join(err, json.Unmarshal(line, &started)); err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%s: %v", line, err)
	}
	return started.Port
}

func ended(cmd *exec.Cmd) error {
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	return cmd.Wait()
}

// life is what Anna does and sees in a channel.
type life struct {
	t    *testing.T
	chat platformtest.Chat
	app  *slacktest.App
	anna *slacktest.User
	at   chat.ChannelID
}

func (l *life) who() chat.PersonID {
	return chat.PersonID{Connection: l.at.Connection, User: l.anna.Key()}
}

func (l *life) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// until looks again and again until something is so.
func (l *life) until(what string, so func() bool) {
	l.t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			l.t.Fatalf("%s: it never came to that; Anna was told %q", what, l.anna.Troubles())
		}
	}
}

// private waits until Anna alone was shown a text.
func (l *life) private(text string) {
	l.t.Helper()
	l.until("privately "+text, func() bool {
		shown, err := l.chat.Private(l.t.Context(), l.who())
		l.must(err)
		return slices.ContainsFunc(shown, func(s platformtest.Shown) bool { return strings.Contains(s.Text, text) })
	})
}

// post waits for a post with a text: a root, or a reply to a root.
func (l *life) post(root chat.PostID, text string) (post chat.PostID) {
	l.t.Helper()
	l.until("posted "+text, func() bool {
		shown, err := l.chat.Posts(l.t.Context(), l.at, root)
		l.must(err)
		i := slices.IndexFunc(shown, func(s platformtest.Shown) bool { return strings.Contains(s.Text, text) })
		if i >= 0 {
			post = shown[i].ID
		}
		return i >= 0
	})
	return post
}

// opened waits for the modal of that title.
func (l *life) opened(title string) (form chat.Form) {
	l.t.Helper()
	l.until("open "+title, func() bool {
		f, open, err := l.chat.Form(l.t.Context(), l.who())
		l.must(err)
		form = f
		return open && f.Title == title
	})
	return form
}

// command has a command answered at once, and later.
func (l *life) command() {
	l.must(l.anna.Type(l.t.Context(), l.app, l.at.Channel, ""))
	l.private("Here is where you are.")
	l.must(l.anna.Type(l.t.Context(), l.app, l.at.Channel, "later"))
	l.private("An answer that took its time.")
}

// form fills in a modal wrong, then right, then its second page.
func (l *life) form() {
	ctx := l.t.Context()
	l.must(l.anna.Type(ctx, l.app, l.at.Channel, "open"))
	l.opened("A figure")
	l.must(l.chat.Fill(ctx, l.who(), map[string]string{"falls": "many"}))
	f := l.opened("A figure")
	i := slices.IndexFunc(f.Fields, func(f chat.Field) bool { return f.Name == "falls" })
	if i < 0 || f.Fields[i].Error != "many is no number." || f.Fields[i].Value != "many" {
		l.t.Fatalf("the form after the mistake: %+v", f.Fields)
	}
	l.must(l.chat.Fill(ctx, l.who(), map[string]string{"falls": "3"}))
	l.opened("A note")
	l.must(l.chat.Fill(ctx, l.who(), map[string]string{"note": "new ward"}))
	l.until("closed", func() bool {
		_, open, err := l.chat.Form(ctx, l.who())
		l.must(err)
		return !open
	})
	l.private("Thank you: 3 falls.")
}

// press presses the button of what was posted: that is edited in its place.
func (l *life) press() {
	progress := l.post(chat.PostID{}, "Note: new ward")
	l.must(l.anna.Press(l.t.Context(), progress.Channel, progress.Message, "Agree"))
	if agreed := l.post(chat.PostID{}, "Agreed on 3"); agreed != progress {
		l.t.Fatalf("pressed on %v, edited %v", progress, agreed)
	}
	l.private("You agreed on 3.")
}

// events are what the app is told of: what is said to it and beside it, an emoji,
// and who opens their page.
func (l *life) events() {
	root := func(ts string, err error) chat.PostID {
		l.t.Helper()
		l.must(err)
		return chat.PostID{Connection: l.at.Connection, Channel: l.at.Channel, Message: ts}
	}
	l.post(root(l.anna.Say(l.at.Channel, "", "ping")), "pong")
	called := root(l.anna.Say(l.at.Channel, "", "<@"+l.app.BotUser+"> help me"))
	l.post(called, "I was called: help me")
	l.must(l.anna.React(called.Channel, called.Message, "bulb"))
	l.post(called, "Kept with bulb")
	l.must(l.anna.OpenHome(l.app))
	l.until("page", func() bool {
		page, published := l.anna.Home(l.app)
		return published && strings.Contains(page.Text, "Your own page")
	})
}
