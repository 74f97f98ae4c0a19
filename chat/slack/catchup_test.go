package slack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

// deaf has Slack tell the app nothing while do is done, as if it had given up: it
// tells of an event for some minutes only.
func (st *stage) deaf(do func()) {
	st.t.Helper()
	st.eventually(func() string {
		if !st.slack.Idle() {
			return "something is on its way"
		}
		return ""
	})
	told := st.app.Subscribe("app_uninstalled")
	do()
	st.app.Subscribe(told...)
}

func (st *stage) say(root chat.PostID, text string) (ts string) {
	st.t.Helper()
	ts, err := st.anna.Say(root.Channel, root.Message, text)
	st.must(err)
	return ts
}

func (st *stage) in(ts string) chat.PostID {
	return chat.PostID{Connection: "home", Channel: st.ward.ID, Message: ts}
}

// gets are the next things that the handler gets, in any order, by what they are;
// none comes twice.
func (st *stage) gets(want ...chat.What) {
	st.t.Helper()
	var got []chat.What
	for range want {
		got = append(got, st.next().What)
	}
	texts := func(all []chat.What) []string {
		var out []string
		for _, w := range all {
			out = append(out, fmt.Sprintf("%T %+v", w, w))
		}
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff(texts(want), texts(got)); diff != "" {
		st.t.Errorf("what came (-want +got):\n%s", diff)
	}
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round that is all"))
	if in := st.next(); in.What != (chat.Typed{Text: "that is all"}) {
		st.t.Errorf("there came more: %+v", in)
	}
}

// What was said, rewritten and deleted while there was no bot, and for longer than
// Slack tries to tell, is taken up by the next one; commands are not.
func TestCatchUpAtTheStart(t *testing.T) {
	st := newStage(t)
	stop := st.run(nil)
	root, doomed := st.post(chat.Message{Text: "root", Key: "k/root"}), st.post(chat.Message{Text: "doomed", Key: "k/doomed"})
	known := st.say(root, "known")
	st.next()
	other := st.say(doomed, "another thread")
	first := st.next()
	st.post(chat.Message{Text: "says that threads are heard", Key: "k/mark"})
	st.deaf(func() {})
	stop()

	var missed, changed string
	st.deaf(func() {
		missed = st.say(root, "missed & <b>")
		changed = st.say(root, "wrong")
		st.must(st.anna.Rewrite(st.ward.ID, changed, "right"))
		st.must(st.anna.Rewrite(st.ward.ID, known, "known better"))
		st.say(root, "<@"+st.app.BotUser+"> submit falls 3/412")
		st.say(chat.PostID{Channel: st.ward.ID}, "not in a thread")
		elsewhere := st.say(chat.PostID{Channel: st.ward.ID}, "a thread of others")
		st.say(st.in(elsewhere), "among themselves")
		admin := st.home.User(slacktest.User{Name: "Admin", Admin: true})
		st.ward.Add(admin, st.anna)
		st.must(admin.Delete(st.ward.ID, doomed.Message))
	})
	st.connect()
	again := make(chan string, 100)
	st.run(func(in chat.Incoming) chat.Reply {
		again <- in.ID
		return chat.Reply{}
	})
	st.gets(
		chat.Rewrote{Text: "known better", Post: st.in(known)},
		chat.Said{Text: "another thread", Post: st.in(other)}, // with the ID that it had
		chat.Said{Text: "missed & <b>", Post: st.in(missed)},
		chat.Rewrote{Text: "right", Post: st.in(changed)},
		chat.Deleted{Post: doomed},
	)
	for range 5 { // each that came is told of, some perhaps only now
		if id := <-again; id == first.ID {
			return
		}
	}
	t.Errorf("%s did not come again", first.ID)
}

// What Slack tells late is what was looked up already: it comes once. In which order
// is not promised: Slack tells of each event again at a time of its own, while what
// was missed is being looked up.
func TestCatchUpAndRedelivery(t *testing.T) {
	st := newStage(t)
	stop := st.run(nil)
	root := st.post(chat.Message{Text: "root", Key: "k/root"})
	known := st.say(root, "known")
	st.next()
	st.post(chat.Message{Text: "says that threads are heard", Key: "k/mark"})
	st.deaf(func() {})
	stop()
	st.eventually(func() string {
		if st.app.Sockets() > 0 {
			return "the old sockets are still open"
		}
		return ""
	})
	want := []chat.What{chat.Said{Text: "known", Post: st.in(known)}}
	for i := range 5 {
		text := fmt.Sprint("thought ", i)
		want = append(want, chat.Said{Text: text, Post: st.in(st.say(root, text))})
	}
	st.connect()
	st.run(nil)
	st.gets(want...)
	st.eventually(func() string {
		if !st.slack.Idle() {
			return "something is on its way"
		}
		return ""
	})
	st.gets()
}

// A bot that has had no socket for long takes up what was missed meanwhile.
func TestCatchUpAfterAGap(t *testing.T) {
	st := newStage(t)
	st.run(func(in chat.Incoming) chat.Reply {
		if _, typed := in.What.(chat.Typed); typed {
			return chat.Reply{}
		}
		return say("answer")
	})
	root := st.post(chat.Message{Text: "root", Key: "k/root"})
	kept, gone := st.say(root, "kept"), st.say(root, "regretted")
	st.next()
	st.next()
	answers := func(n int) {
		t.Helper()
		st.eventually(func() string {
			if got := len(st.anna.Ephemerals()); got != n {
				return fmt.Sprintf("%d answers, want %d", got, n)
			}
			return ""
		})
	}
	answers(2)
	st.slack.Fail(slacktest.Faults{Server: 1, Methods: map[string]bool{"apps.connections.open": true}})
	for st.app.CutSocket() {
	}
	began := time.Now()
	var missed string
	st.deaf(func() {
		missed = st.say(root, "missed")
		st.must(st.anna.Rewrite(st.ward.ID, kept, "kept better"))
		st.must(st.anna.Delete(st.ward.ID, gone))
		st.eventually(func() string {
			if time.Since(began) < 2*time.Minute/haste {
				return "the gap is short"
			}
			return ""
		})
	})
	st.slack.Fail(slacktest.Faults{})
	st.eventually(func() string {
		if n := st.app.Sockets(); n < 2 {
			return fmt.Sprintf("%d sockets are open", n)
		}
		return ""
	})
	st.gets(chat.Said{Text: "missed", Post: st.in(missed)}, chat.Rewrote{Text: "kept better", Post: st.in(kept)}, chat.Deleted{Post: st.in(gone)})
	answers(4) // a deletion is nobody's
}

// An app that isn't told of what is said in threads does not look it up either,
// until it is told.
func TestCatchUpOnlyIfTold(t *testing.T) {
	st := newStage(t)
	var root chat.PostID
	var ts string
	st.deaf(func() {
		root = st.post(chat.Message{Text: "root", Key: "k/root"})
		ts = st.say(root, "not for the bot")
		st.connect()
		st.run(nil)
		st.eventually(func() string {
			if st.slack.Calls()["conversations.history"] == 0 {
				return "the channel is not looked at"
			}
			return ""
		})
		st.gets()
	})
	later := st.say(root, "for the bot")
	st.gets(chat.Said{Text: "not for the bot", Post: st.in(ts)}, chat.Said{Text: "for the bot", Post: st.in(later)})
}

// Without the scopes nothing is looked up, and all else works; the doctor says so.
func TestCatchUpWithoutScopes(t *testing.T) {
	st := newStage(t)
	var scopes []string
	for _, s := range slacktest.DefaultScopes() {
		if s != "channels:history" && s != "groups:read" {
			scopes = append(scopes, s)
		}
	}
	st.app.Grant(scopes...)
	st.run(nil)
	st.eventually(func() string {
		asked := 0
		for _, broken := range st.slack.Broken() {
			if strings.Contains(broken, "conversations.history without the scope channels:history") {
				asked++
			}
		}
		if asked == 0 {
			return "the channel is not asked for"
		}
		return ""
	})
	st.gets()
	st.finds(chat.Lacking, "nor looked up after the bot was away")
	for _, broken := range st.slack.Forgive() {
		if !strings.Contains(broken, "without the scope") {
			t.Error(broken)
		}
	}
}
