package e2e

import (
	"context"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// mattermostRefusals are what keeps the bot from a seat on a server, by name: how it
// begins and ends, and what the facilitator reads meanwhile.
func mattermostRefusals() map[string]struct {
	begin, end func(context.Context, *mattermosttest.Team, chat.ChannelID) error
	told       string
} {
	return map[string]struct {
		begin, end func(context.Context, *mattermosttest.Team, chat.ChannelID) error
		told       string
	}{
		"archived": {
			begin: func(ctx context.Context, team *mattermosttest.Team, seat chat.ChannelID) error {
				_, err := team.Administrator().DeleteChannel(ctx, seat.Channel)
				return err
			},
			end: func(ctx context.Context, team *mattermosttest.Team, seat chat.ChannelID) error {
				_, _, err := team.Administrator().RestoreChannel(ctx, seat.Channel)
				return err
			},
			told: "it is archived",
		},
		"removed": {
			begin: func(ctx context.Context, team *mattermosttest.Team, seat chat.ChannelID) error {
				return team.Remove(ctx, seat, team.BotUser)
			},
			end: func(ctx context.Context, team *mattermosttest.Team, seat chat.ChannelID) error {
				return team.Invite(ctx, seat, team.BotUser)
			},
			told: "I am not in it any more",
		},
	}
}

// TestMattermostRefusals: while results are shown the seat's channel is archived, or the
// bot taken out of it. Once that is over everything stands, at once, nothing twice, and the
// facilitator was told once.
func TestMattermostRefusals(t *testing.T) {
	s := mattermosttest.Shared(t)
	for name, c := range mattermostRefusals() {
		t.Run(name, func(t *testing.T) {
			w := onMattermost(t, s)
			team := w.chats["hospital"].(*mattermosttest.Team)
			w.bot.start(0)
			setUp(w)
			due, closes := calendar(time.Now())
			w.tells("anna", "open "+lastQuarter+" due "+due.Format(time.DateOnly)+" closes "+closes.Format(time.DateOnly), "is open")
			for who, figure := range map[string]string{"anna": "12/1830", "cia": "9/1412", "eva": "17/1288"} {
				w.tells(who, "submit falls "+figure, figure[:3])
			}
			w.sees("anna", chat.PostID{}, opening, "3 have begun")
			// The seat is lost once the round is closed, and what that shows is on its way.
			w.presses("anna", w.tells("anna", "close", "Close all the same?"), "Close the round")
			w.must("the seat is out of reach", func(ctx context.Context) error { return c.begin(ctx, team, w.seats[0]) })
			w.must("publishing", func(ctx context.Context) error { return w.chat("anna").Tell(ctx, w.people["anna"].id, "publish") })
			w.reads("anna", c.told)
			began := time.Now()
			w.must("the seat is in reach", func(ctx context.Context) error { return c.end(ctx, team, w.seats[0]) })
			resultsStand(w)
			t.Logf("the results stood %v after", time.Since(began).Round(time.Millisecond))
			direct, err := w.chat("anna").Direct(t.Context(), w.people["anna"].id)
			if told := count(direct, c.told); err != nil || told != 1 {
				t.Errorf("the facilitator was told %d times (%v), want once", told, err)
			}
		})
	}
}
