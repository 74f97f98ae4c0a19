package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/chat/slack/slacktest"
)

// refusalCase is something that Slack refuses while a round is shown.
type refusalCase struct {
	begin func(*slackSeat)
	end   func(*world, *slackSeat)
	// told is what the facilitator reads, once; empty where nobody can be told.
	told string
	// inWords: the posts stand meanwhile, with their pictures in words.
	inWords bool
}

// hello has somebody say something in the channel, as people do.
func (seat *slackSeat) hello(w *world) {
	if _, err := seat.users["Anna"].Say(seat.channel.ID, "", "Hello?"); err != nil {
		w.t.Fatal(err)
	}
}

// refusalCases are Slack's refusals, by name.
func refusalCases() map[string]refusalCase {
	cases := map[string]refusalCase{
		"archived": {
			begin: func(s *slackSeat) { s.channel.Archive() },
			end:   func(w *world, s *slackSeat) { s.channel.Unarchive(); s.hello(w) },
			told:  "it is archived",
		},
		"removed": {
			begin: func(s *slackSeat) { s.channel.Remove(s.app) },
			end:   func(_ *world, s *slackSeat) { s.channel.Add(s.app, s.users["Anna"]) },
			told:  "I am not in it any more",
		},
		"removed from a private channel": {
			begin: func(s *slackSeat) { s.channel.Private = true; s.channel.Remove(s.app) },
			end:   func(_ *world, s *slackSeat) { s.channel.Add(s.app, s.users["Anna"]) },
			told:  "I am not in it any more",
		},
		"token revoked": {
			begin: func(s *slackSeat) { s.app.Revoke("token_revoked") },
			end: func(w *world, s *slackSeat) {
				until(w, "the health of the bot", func(context.Context) (bool, bool, error) { return true, !w.bot.well(), nil })
				s.app.Revoke("")
				w.bot.stop()
				w.bot.start(w.ahead)
			},
		},
	}
	for code, told := range map[string]string{
		"is_inactive": "it is archived", "restricted_action": "A rule keeps me from posting",
		"restricted_action_read_only_channel": "A rule keeps me from posting", "team_access_not_granted": "A rule keeps me from posting",
	} {
		cases[code] = refusalCase{
			begin: func(s *slackSeat) { s.channel.Forbid(code) },
			end:   func(w *world, s *slackSeat) { s.channel.Forbid(""); s.hello(w) },
			told:  told,
		}
	}
	for code, policies := range map[string]slacktest.Policies{
		"file_uploads_disabled": {Uploads: "file_uploads_disabled"}, "storage_limit_reached": {Uploads: "storage_limit_reached"},
		"posting_to_channel_denied":               {Sharing: "posting_to_channel_denied"},
		"slack_connect_file_link_sharing_blocked": {Sharing: "slack_connect_file_link_sharing_blocked"},
	} {
		cases[code] = refusalCase{
			begin: func(s *slackSeat) { s.workspace.Forbid(policies) },
			end:   func(_ *world, s *slackSeat) { s.workspace.Forbid(slacktest.Policies{}) },
			told:  "takes no pictures or files", inWords: true,
		}
	}
	return cases
}

// TestSlackRefusals: whatever Slack refuses while a round is shown, everything stands
// once the cause is gone, nothing twice, and the facilitator was told once.
func TestSlackRefusals(t *testing.T) {
	for name, c := range refusalCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _, seat := onSlackSeat(t, false, slacktest.Options{Unlimited: true, Patience: waitTimeout})
			w.bot.start(0)
			setUp(w)
			due, closes := calendar(time.Now())
			w.tells("anna", "open "+lastQuarter+" due "+due.Format(time.DateOnly)+" closes "+closes.Format(time.DateOnly), "is open")
			for who, figure := range map[string]string{"anna": "12/1830", "cia": "9/1412", "eva": "17/1288"} {
				w.tells(who, "submit falls "+figure, figure[:3])
			}
			w.sees("anna", chat.PostID{}, opening, "3 have begun")
			c.begin(seat)
			w.presses("anna", w.tells("anna", "close", "Close all the same?"), "Close the round")
			w.tells("anna", "publish", "is being shown")
			if c.inWords {
				resultsStand(w)
			}
			if c.told != "" {
				w.reads("anna", c.told)
			}
			c.end(w, seat)
			resultsStand(w)
			direct, err := w.chat("anna").Direct(t.Context(), w.people["anna"].id)
			if told := count(direct, c.told); err != nil || c.told != "" && told != 1 {
				t.Errorf("the facilitator was told %d times (%v), want once", told, err)
			}
		})
	}
}

// resultsStand waits until all that a round shows stands in the channel, once.
func resultsStand(w *world) {
	w.t.Helper()
	want := map[string]int{opening: 1, summary: 1, rest: 1}
	roots := until(w, "what the round shows", func(ctx context.Context) ([]platformtest.Shown, bool, error) {
		roots, err := w.chat("anna").Posts(ctx, w.people["anna"].home, chat.PostID{})
		for words, least := range want {
			if count(roots, words) < least {
				return roots, false, fmt.Errorf("%d of %q: %w", count(roots, words), words, err)
			}
		}
		return roots, true, err
	})
	for words, times := range want {
		if got := count(roots, words); got != times {
			w.t.Errorf("%q stands %d times, want %d", words, got, times)
		}
	}
}
