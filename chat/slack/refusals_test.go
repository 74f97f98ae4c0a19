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

// illustrated is a message with a picture.
func illustrated(key, alt string) chat.Message {
	return chat.Message{Text: "results", Key: key, Blocks: []chat.Block{
		chat.Paragraph{Text: "results"}, chat.Picture{Name: "all.png", Title: "All", Alt: alt, PNG: png},
	}}
}

// An alt text may be longer than Slack takes with an upload.
func TestLongAlt(t *testing.T) {
	st := newStage(t)
	post := st.post(illustrated("k", "begins "+strings.Repeat("word ", 300)+"ends"))
	reads := func() {
		t.Helper()
		all, err := st.slack.Posts(st.ward.ID)
		st.must(err)
		if len(all) != 1 || !strings.Contains(all[0].Text, "begins") || !strings.Contains(all[0].Text, "ends") || len(st.slack.Files()) == 0 {
			t.Errorf("the channel reads %+v", all)
		}
	}
	reads()
	st.must(st.p.Edit(st.ctx, post, illustrated("k", "begins anew "+strings.Repeat("word ", 300)+"ends")))
	reads()
}

// Where a workspace takes no files, a message goes in words, and whoever sends it is
// told; once files are taken, it has its picture.
func TestFilesForbidden(t *testing.T) {
	for code, policies := range map[string]slacktest.Policies{
		"file_uploads_disabled":                   {Uploads: "file_uploads_disabled"},
		"file_type_not_allowed":                   {Uploads: "file_type_not_allowed"},
		"file_upload_size_restricted":             {Uploads: "file_upload_size_restricted"},
		"storage_limit_reached":                   {Uploads: "storage_limit_reached"},
		"posting_to_channel_denied":               {Sharing: "posting_to_channel_denied"},
		"slack_connect_file_link_sharing_blocked": {Sharing: "slack_connect_file_link_sharing_blocked"},
	} {
		t.Run(code, func(t *testing.T) {
			st := newStage(t)
			st.home.Forbid(policies)
			m := illustrated("k", "a line")
			m.Blocks = append(m.Blocks, chat.File{Name: "all.csv", MediaType: "text/csv", Data: []byte("a;b")})
			post, err := st.p.Post(st.ctx, st.here, chat.PostID{}, m)
			if _, inWords := errors.AsType[*chat.InWords](err); !inWords || post.Message == "" {
				t.Fatalf("Post: %v, %v", post, err)
			}
			all, err := st.slack.Posts(st.ward.ID)
			st.must(err)
			if len(all) != 1 || !strings.Contains(all[0].Text, "All: a line") || !strings.Contains(all[0].Text, "all.csv") {
				t.Errorf("the channel reads %+v", all)
			}
			if _, found, err := st.p.Find(st.ctx, st.here, chat.PostID{}, "k"); err != nil || !found {
				t.Errorf("Find: %v, %v", found, err)
			}
			if _, err := st.p.Direct(st.ctx, st.one, m); err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
				t.Errorf("Direct: %v", err)
			}
			st.home.Forbid(slacktest.Policies{})
			st.must(st.p.Edit(st.ctx, post, m))
			all, err = st.slack.Posts(st.ward.ID)
			st.must(err)
			if len(all) != 1 || strings.Contains(all[0].Text, "🖼") {
				t.Errorf("once files are taken the channel reads %+v", all)
			}
		})
	}
}

// Slack may lose a file that has an alt text without a word: a picture's stands in the
// message.
func TestSharesAreSeen(t *testing.T) {
	st := newStage(t)
	st.home.Forbid(slacktest.Policies{AltLosesShares: true})
	m := illustrated("k", "a line")
	m.Blocks = append(m.Blocks, chat.File{Name: "own.csv", MediaType: "text/csv", Data: []byte("a;b")})
	post := st.post(m)
	if all, err := st.slack.Posts(st.ward.ID); err != nil || len(all) != 1 || strings.Contains(all[0].Text, "🖼") {
		t.Errorf("the channel reads %+v, %v", all, err)
	}
	st.eventually(func() string {
		replies, err := st.slack.Replies(st.ward.ID, post.Message)
		st.must(err)
		if len(replies) != 1 || len(replies[0].Files) != 1 {
			return fmt.Sprintf("the thread reads %+v", replies)
		}
		return ""
	})
	for _, f := range st.slack.Files() {
		if f.Alt != "" {
			t.Errorf("the file %s was uploaded with alt_txt", f.Name)
		}
	}
}

// What may end again is no reason to give up: the caller is told why, and the message
// goes once it has ended.
func TestOutOfReach(t *testing.T) {
	tests := map[string]struct {
		why         chat.Obstacle
		close, open func(*stage)
	}{
		"archived":         {chat.Archived, func(st *stage) { st.ward.Archive() }, func(st *stage) { st.ward.Unarchive() }},
		"removed":          {chat.NotMember, func(st *stage) { st.ward.Remove(st.app) }, func(st *stage) { st.ward.Add(st.app, st.anna) }},
		"removed, private": {chat.NotMember, func(st *stage) { st.ward.Private = true; st.ward.Remove(st.app) }, func(st *stage) { st.ward.Add(st.app, st.anna) }},
	}
	for _, code := range []string{
		"restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel", "restricted_action_thread_locked", "team_access_not_granted",
	} {
		tests[code] = struct {
			why         chat.Obstacle
			close, open func(*stage)
		}{chat.NotAllowed, func(st *stage) { st.ward.Forbid(code) }, func(st *stage) { st.ward.Forbid("") }}
	}
	tests["is_inactive"] = struct {
		why         chat.Obstacle
		close, open func(*stage)
	}{chat.Archived, func(st *stage) { st.ward.Forbid("is_inactive") }, func(st *stage) { st.ward.Forbid("") }}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			post := st.post(chat.Say("one"))
			test.close(st)
			_, posting := st.p.Post(st.ctx, st.here, chat.PostID{}, illustrated("k", "a line"))
			for call, err := range map[string]error{"Post": posting, "Edit": st.p.Edit(st.ctx, post, chat.Say("two"))} {
				if u, is := errors.AsType[*chat.Unreachable](err); !is || u.Why != test.why || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) {
					t.Errorf("%s: %v, want %s", call, err, test.why)
				}
			}
			test.open(st)
			st.post(illustrated("k", "a line"))
			st.must(st.p.Edit(st.ctx, post, chat.Say("two")))
		})
	}
}

// A refusal that nobody knows is one message's alone.
func TestUnknownRefusal(t *testing.T) {
	st := newStage(t)
	st.slack.ForbidTexts("strange", "some_new_error")
	_, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("a strange message"))
	if u, is := errors.AsType[*chat.Unreachable](err); !is || u.Why != chat.Declined || !u.Alone {
		t.Errorf("Post: %v", err)
	}
	st.post(chat.Say("another"))
}

// An app that has too many sockets waits before it asks for another one.
func TestTooManySockets(t *testing.T) {
	st := newStage(t)
	st.app.Limit(1)
	st.begin(nil)
	st.eventually(func() string {
		if st.app.Sockets() < 1 {
			return "no socket is open"
		}
		return ""
	})
	before := st.slack.Calls()["apps.connections.open"]
	time.Sleep(300 * time.Millisecond) // half a minute of Slack's
	if n := st.slack.Calls()["apps.connections.open"] - before; n > 2 {
		t.Errorf("Slack was asked for a socket %d times in half a minute", n)
	}
	found := false
	for _, f := range st.p.Examine(st.ctx) {
		found = found || f.Severity != chat.Well && strings.Contains(f.What, "too many") && f.Mend != ""
	}
	if !found {
		t.Error("the doctor says nothing of it")
	}
}

// Whatever Slack says when it closes a socket that has just been opened, it isn't asked for
// another one without end; once it lets a socket be, there are two.
func TestTurnedAway(t *testing.T) {
	for _, reason := range []string{"refresh_requested", "warning", "some_new_reason"} {
		t.Run(reason, func(t *testing.T) {
			st := newStage(t)
			st.app.TurnAway(reason)
			st.begin(nil)
			time.Sleep(600 * time.Millisecond) // a minute of Slack's
			if n := st.slack.Calls()["apps.connections.open"]; n < 2 || n > 16 {
				t.Errorf("Slack was asked for a socket %d times in a minute", n)
			}
			st.app.TurnAway("")
			st.eventually(func() string {
				if st.app.Sockets() < 2 {
					return "no socket is open"
				}
				return ""
			})
		})
	}
}

// A Slack that has switched Socket Mode off is left alone.
func TestLinkDisabled(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	st.app.Unlink()
	st.eventually(func() string {
		if st.app.Sockets() > 0 {
			return "a socket is open"
		}
		return ""
	})
	time.Sleep(50 * time.Millisecond)
	before := st.slack.Calls()["apps.connections.open"]
	time.Sleep(300 * time.Millisecond)
	if n := st.slack.Calls()["apps.connections.open"] - before; n > 2 {
		t.Errorf("Slack was asked for a socket %d times in half a minute", n)
	}
	st.app.Link()
	st.eventually(func() string {
		if st.app.Sockets() < 2 {
			return "no socket is open again"
		}
		return ""
	})
}

// A form that Slack has opened, though the answer was lost, is not offered again.
func TestTriggerExchanged(t *testing.T) {
	for seed := range 6 {
		st := newStage(t, slacktest.Options{Hurry: haste, Patience: patience, Seed: uint64(seed)})
		form := long(1, 1)
		st.run(func(chat.Incoming) chat.Reply { return chat.Reply{Form: &form} })
		st.slack.Fail(slacktest.Faults{Server: 1, Methods: map[string]bool{"views.open": true}})
		st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round submit"))
		st.eventually(func() string {
			if st.slack.Calls()["views.open"] == 0 && len(st.anna.Ephemerals()) == 0 {
				return "Slack has not opened it"
			}
			return ""
		})
		st.slack.Fail(slacktest.Faults{})
		st.eventually(func() string {
			if _, open := st.anna.Modal(); !open && len(st.anna.Ephemerals()) == 0 {
				return "nothing is open"
			}
			return ""
		})
		time.Sleep(100 * time.Millisecond)
		if _, open := st.anna.Modal(); open && len(st.anna.Ephemerals()) > 0 {
			t.Errorf("with the form open it is offered again: %+v", st.anna.Ephemerals())
		}
		for _, broken := range st.slack.Forgive() {
			if !strings.Contains(broken, "a trigger used twice") { // trying is the only way to know
				t.Error(broken)
			}
		}
	}
}

// Within one organisation of Enterprise Grid somebody is one person, whatever they do.
func TestGrid(t *testing.T) {
	st := newStage(t)
	other := st.slack.Workspace("T0OTHER", "Other")
	st.slack.Grid("E0GRID", st.home, other)
	eva := other.User(slacktest.User{Name: "Eva", Locale: "sv-SE"})
	st.ward.Add(eva, st.anna)
	form := long(1, 1)
	st.run(func(in chat.Incoming) chat.Reply {
		if p, is := in.What.(chat.Pressed); is && p.Action == "form" {
			return chat.Reply{Form: &form}
		}
		return chat.Reply{}
	})
	post := st.post(chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}, {Label: "Form", Action: "form"}}}}})
	var who []chat.PersonID
	next := func() { t.Helper(); who = append(who, st.next().From.ID) }
	st.must(eva.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	next()
	st.must(eva.Press(st.ctx, st.ward.ID, post.Message, "Go"))
	next()
	_, err := eva.Say(st.ward.ID, post.Message, "a thought")
	st.must(err)
	next()
	st.must(eva.React(st.ward.ID, post.Message, "bulb"))
	next()
	_, err = eva.Tell(st.app, "help")
	st.must(err)
	next()
	st.must(eva.Press(st.ctx, st.ward.ID, post.Message, "Form"))
	next()
	st.eventually(func() string {
		if _, open := eva.Modal(); !open {
			return "no form"
		}
		return ""
	})
	st.must(eva.Submit(st.ctx))
	next()
	for _, id := range who {
		if id != who[0] {
			t.Errorf("one person came as %v", who)
			break
		}
	}
	if _, err := st.p.Direct(st.ctx, who[0], chat.Say("hello")); err != nil {
		t.Error(err)
	}
	if n := st.p.RefusedUnknown(); n != 0 {
		t.Errorf("%d things were taken for another workspace's", n)
	}
}

// Nor are they two because Slack doesn't tell for a while who they are: what they did comes
// again, or they are told that it went wrong.
func TestGridWhenSlackIsNotWell(t *testing.T) {
	st := newStage(t, slacktest.Options{Hurry: haste, Patience: 1500 * time.Millisecond})
	other := st.slack.Workspace("T0OTHER", "Other")
	st.slack.Grid("E0GRID", st.home, other)
	eva := other.User(slacktest.User{Name: "Eva", Locale: "sv-SE"})
	st.ward.Add(eva, st.anna)
	st.run(nil)
	post := st.post(chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}})
	for name, do := range map[string]func() error{
		"says something": func() error { _, err := eva.Say(st.ward.ID, post.Message, "a thought"); return err },
		"reacts":         func() error { return eva.React(st.ward.ID, post.Message, "bulb") },
		"commands":       func() error { return eva.Type(st.ctx, st.app, st.ward.ID, "/round help") },
	} {
		st.p.Forget(chat.PersonID{Connection: "home", User: "T0HOME/" + eva.ID})
		st.slack.Fail(slacktest.Faults{Server: 1, Methods: map[string]bool{"users.info": true}})
		if err := do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		time.Sleep(1200 * time.Millisecond) // longer than somebody is waited for
		st.slack.Fail(slacktest.Faults{})
		if from := st.next().From.ID; from.User != "T0HOME/"+eva.ID {
			t.Errorf("who %s came as %v", name, from)
		}
	}
	st.p.Forget(chat.PersonID{Connection: "home", User: "T0HOME/" + eva.ID})
	st.slack.Fail(slacktest.Faults{Server: 1, Methods: map[string]bool{"users.info": true}})
	if err := eva.Press(st.ctx, st.ward.ID, post.Message, "Go"); err == nil {
		t.Error("she wasn't told that her press went wrong")
	}
	if in, came := st.waiting(); came {
		t.Errorf("a press came from %v", in.From.ID)
	}
	st.slack.Fail(slacktest.Faults{})
	st.must(eva.Press(st.ctx, st.ward.ID, post.Message, "Go"))
	if from := st.next().From.ID; from.User != "T0HOME/"+eva.ID {
		t.Errorf("her press came as %v", from)
	}
}

// Who is hidden from the bot is not asked about again at every turn.
func TestHiddenAskedOnce(t *testing.T) {
	st := newStage(t)
	away := st.slack.Workspace("T0AWAY", "Away")
	eva := away.User(slacktest.User{Name: "Eva", Hidden: true})
	st.ward.Share(away)
	st.ward.Add(eva, st.anna)
	st.run(nil)
	root := st.post(chat.Say("root"))
	for range 3 {
		_, err := eva.Say(st.ward.ID, root.Message, "hello <@"+eva.ID+">")
		st.must(err)
		from := st.next().From
		for range 2 {
			if who, err := st.p.Person(st.ctx, from.ID); err != nil || who.Workspace != "T0AWAY" {
				t.Errorf("Person: %+v, %v", who, err)
			}
		}
	}
	if n := st.slack.Calls()["users.info"]; n > 1 {
		t.Errorf("users.info was called %d times", n)
	}
}
