package mattermost

import (
	"errors"
	"slices"
	"testing"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// A channel that is archived, and a seat that the bot is taken out of, wait to be back;
// that they are is told at once, without anybody writing there.
func TestOutOfReach(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	admin := s.Administrator()
	g := &got{}
	running(t, s.platform, g)
	if err := s.Tell(t.Context(), s.anna.ID, "help"); err != nil { // it hears
		t.Fatal(err)
	}
	wait(t, func() bool { return len(g.all()) == 1 })
	refused := func(why chat.Obstacle) {
		t.Helper()
		wait(t, func() bool {
			_, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, chat.Say("results"))
			closed, is := errors.AsType[*chat.Unreachable](err)
			if err == nil || !is || closed.Why != why {
				t.Logf("posting: %v", err)
			}
			return is && closed.Why == why
		})
	}
	reachable := func(want chat.Reachable) {
		t.Helper()
		before := len(g.all())
		wait(t, func() bool {
			return slices.ContainsFunc(g.all()[min(before, 1):], func(in chat.Incoming) bool { return in.What == chat.What(want) && in.Channel == s.here })
		})
		if _, err := s.platform.Post(t.Context(), s.here, chat.PostID{}, chat.Say("results")); err != nil {
			t.Error(err)
		}
	}
	if _, err := admin.DeleteChannel(t.Context(), s.here.Channel); err != nil {
		t.Fatal(err)
	}
	refused(chat.Archived)
	if _, _, err := admin.RestoreChannel(t.Context(), s.here.Channel); err != nil {
		t.Fatal(err)
	}
	reachable(chat.Reachable{})
	if err := s.Remove(t.Context(), s.here, s.BotUser); err != nil {
		t.Fatal(err)
	}
	refused(chat.NotMember)
	if err := s.Invite(t.Context(), s.here, s.BotUser); err != nil {
		t.Fatal(err)
	}
	reachable(chat.Reachable{Invited: true})
}
