package e2e

import (
	"context"
	"fmt"
	"testing"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/slack/slacktest"
)

// TestErasedAtOtherSeats erases somebody on Slack, and somebody on Mattermost: what was
// passed on of their words to the other's channel, and what is told there by name, is
// edited.
func TestErasedAtOtherSeats(t *testing.T) {
	w := onMattermost(t, mattermosttest.Shared(t))
	s := slacktest.Start(t, slacktest.Options{Patience: waitTimeout})
	region := slackAt(s, "region", "T0REGION")
	w.chats["region"] = region.chat
	w.seats = []chat.ChannelID{region.id, w.seats[0]}
	w.people["anna"] = region.join(region.workspace, "Anna")
	w.people["ben"] = region.join(region.workspace, "Ben")
	w.bot.configure(w.connections + region.overSocket(s, "region"))
	w.bot.start(0)
	setUp(w)
	w.tells("anna", "open "+lastQuarter+" due +14", "is open")
	for name, seen := range map[string]string{"ben": "cia", "eva": "anna"} {
		said := "the words of " + w.name(name)
		root := w.sees(seen, chat.PostID{}, opening).ID
		w.says(name, w.sees(name, chat.PostID{}, opening), said)
		w.sees(seen, root, said, w.name(name))
		w.tells("anna", "facilitator add "+w.name(name), w.name(name)+" leads")
		w.isTold(seen, root, w.name(name)+" leads")
		w.presses(name, w.tells(name, "privacy erase", "Are you sure?"), "Yes, erase me")
		w.reads(name, "It is done")
		w.sees(seen, root, "(taken back by its writer)")
		w.isTold(seen, root, "Somebody leads")
		w.holdsNone(seen, root, said, w.name(name)+" leads")
	}
}

// isTold waits until a channel is told something, in the thread or not.
func (w *world) isTold(name string, root chat.PostID, words string) {
	w.t.Helper()
	until(w, fmt.Sprintf("%s is told %q", name, words), func(ctx context.Context) (bool, bool, error) {
		told, err := w.stands(ctx, name, root, words)
		return told, told, err
	})
}

// holdsNone sees that none of the words stands in a channel any more, nor in the thread.
func (w *world) holdsNone(name string, root chat.PostID, words ...string) {
	w.t.Helper()
	for _, one := range words {
		until(w, fmt.Sprintf("%s sees %q no more", name, one), func(ctx context.Context) (bool, bool, error) {
			stands, err := w.stands(ctx, name, root, one)
			return true, !stands && err == nil, err
		})
	}
}

// stands says whether words stand in somebody's channel, or in a thread there.
func (w *world) stands(ctx context.Context, name string, root chat.PostID, words string) (bool, error) {
	for _, in := range []chat.PostID{{}, root} {
		posts, err := w.chat(name).Posts(ctx, w.people[name].home, in)
		if err != nil {
			return false, err
		}
		if _, stands := newest(posts, words); stands {
			return true, nil
		}
	}
	return false, nil
}
