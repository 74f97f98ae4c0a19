package slack_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"roundtable/chat"
	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
)

// Who invites the bot is told so privately, where they did it; the bot is told that the
// channel can be written to.
func TestInvited(t *testing.T) {
	st := newStage(t)
	st.ward.Remove(st.app)
	st.run(func(in chat.Incoming) chat.Reply {
		if _, is := in.What.(chat.Reachable); is {
			return say("thank you")
		}
		return chat.Reply{}
	})
	st.ward.Add(st.app, st.anna)
	in := st.next()
	if in.What != (chat.Reachable{Invited: true}) || in.From.ID != st.one || in.Channel != st.here {
		t.Errorf("what came: %+v", in)
	}
	st.eventually(func() string {
		if all := st.anna.Ephemerals(); len(all) != 1 || all[0].Channel != st.ward.ID {
			return fmt.Sprintf("Anna sees %+v", all)
		}
		return ""
	})
	eva := st.home.User(slacktest.User{Name: "Eva"})
	st.ward.Add(eva, st.anna) // is of no concern
	select {
	case in := <-st.came:
		t.Errorf("somebody else was invited, and %+v came", in)
	default:
	}
}

// What is said in a channel that was archived shows that it is open again; what is said
// where a rule bars the bot shows nothing.
func TestHeardInUnreachable(t *testing.T) {
	st := newStage(t)
	st.run(nil)
	_, err := st.anna.Say(st.ward.ID, "", "nothing to the bot")
	st.must(err)
	st.ward.Forbid("restricted_action")
	if _, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("x")); err == nil {
		t.Fatal("posted")
	}
	_, err = st.anna.Say(st.ward.ID, "", "I may write")
	st.must(err)
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round status"))
	if in := st.next(); in.What != (chat.Typed{Text: "status"}) {
		t.Errorf("before the command came %+v", in)
	}
	st.ward.Forbid("is_archived")
	if _, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("x")); err == nil {
		t.Fatal("posted")
	}
	st.ward.Forbid("")
	for range 2 {
		_, err = st.anna.Say(st.ward.ID, "", "hello")
		st.must(err)
	}
	if in := st.next(); in.What != (chat.Reachable{}) || in.Channel != st.here || in.From.ID != (chat.PersonID{}) {
		t.Errorf("what came: %+v", in)
	}
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	if in := st.next(); in.What != (chat.Typed{Text: "help"}) {
		t.Errorf("then came %+v, and not the command", in)
	}
}

// Where a message is kept by an emoji, the answer stands beside it: in its thread.
func TestKeptInThread(t *testing.T) {
	st := newStage(t)
	st.run(func(in chat.Incoming) chat.Reply {
		if _, is := in.What.(chat.Reacted); is {
			return say("kept")
		}
		return chat.Reply{}
	})
	root := st.post(chat.Say("root"))
	said, err := st.anna.Say(st.ward.ID, root.Message, "a thought")
	st.must(err)
	st.next()
	relayed, err := st.p.Post(st.ctx, st.here, root, chat.Say("another's thought"))
	st.must(err)
	react := func(ts string, thread string) {
		t.Helper()
		before := len(st.anna.Ephemerals())
		st.must(st.anna.React(st.ward.ID, ts, "bulb"))
		st.next()
		st.eventually(func() string {
			all := st.anna.Ephemerals()
			if len(all) != before+1 || all[before].Thread != thread {
				return fmt.Sprintf("the answer stands in the thread %+v, want %q", all[before:], thread)
			}
			return ""
		})
	}
	react(said, root.Message)
	react(relayed.Message, root.Message)
	react(root.Message, "")
}

// A shortcut on a message keeps it, where commands don't work.
func TestKeepShortcut(t *testing.T) {
	st := newStage(t)
	st.app.Shortcuts = append(st.app.Shortcuts, "learn/keep")
	st.run(func(chat.Incoming) chat.Reply { return say("kept") })
	root := st.post(chat.Say("root"))
	said, err := st.anna.Say(st.ward.ID, root.Message, "a thought")
	st.must(err)
	st.next()
	before := len(st.anna.Ephemerals())
	st.must(st.anna.MessageShortcut(st.ctx, st.app, "learn/keep", st.ward.ID, said))
	in := st.next()
	want := chat.Pressed{Action: "learn", Value: "keep", On: chat.PostID{Connection: "home", Channel: st.ward.ID, Message: said}}
	if in.What != want || in.Thread.Message != root.Message || in.From.ID != st.one {
		t.Errorf("what came: %+v", in)
	}
	st.eventually(func() string {
		all := st.anna.Ephemerals()
		if len(all) <= before || !strings.Contains(all[len(all)-1].Text, "kept") || all[len(all)-1].Thread != root.Message {
			return fmt.Sprintf("Anna sees %+v", all[before:])
		}
		return ""
	})
}

// A token that Slack takes no more is trouble, and a socket that is lost for long; until the
// first one is open, the bot connects.
func TestTrouble(t *testing.T) {
	st := newStage(t)
	if err := st.p.Trouble(); !errors.Is(err, chat.ErrConnecting) {
		t.Errorf("before a socket was open: %v", err)
	}
	st.run(nil)
	st.eventually(func() string {
		if err := st.p.Trouble(); err != nil {
			return fmt.Sprintf("with all well: %v", err)
		}
		return ""
	})
	st.app.Revoke("token_revoked")
	if _, err := st.p.Post(st.ctx, st.here, chat.PostID{}, chat.Say("x")); err == nil {
		t.Error("posted with a revoked token")
	} else if u, is := errors.AsType[*chat.Unreachable](err); !is || u.Why != chat.SignedOut {
		t.Errorf("Post: %v", err)
	}
	if err := st.p.Trouble(); err == nil || !strings.Contains(err.Error(), "token_revoked") {
		t.Errorf("with a revoked token: %v", err)
	}
}

// Where Slack calls the bot there is no socket to wait for.
func TestNoTroubleWithoutSockets(t *testing.T) {
	p, err := slack.New(slack.Options{Connection: "home", BotToken: "xoxb-1", SigningSecret: "secret", Trigger: "round", T: words})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Trouble(); err != nil {
		t.Errorf("with a signing secret alone: %v", err)
	}
}
