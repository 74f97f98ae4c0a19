package e2e

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/platformtest"
	"roundtable/chat/slack/slacktest"
)

// slackSeat is one Slack workspace with the bot's app and a channel.
type slackSeat struct {
	workspace *slacktest.Workspace
	app       *slacktest.App
	chat      *slacktest.Chat
	channel   *slacktest.Channel
	id        chat.ChannelID
	users     map[string]*slacktest.User
}

// slackAt makes a workspace with the app and a channel that they share.
func slackAt(s *slacktest.Slack, connection, team string) *slackSeat {
	seat := &slackSeat{workspace: s.Workspace(team, connection), users: map[string]*slacktest.User{}}
	seat.app = seat.workspace.Install(slacktest.App{Name: "Roundtable", Command: "/round"})
	seat.chat = seat.app.Chat(connection)
	seat.channel = seat.workspace.Channel(slacktest.Channel{Name: "ward"}, seat.app)
	seat.id = seat.chat.Channel(seat.channel)
	return seat
}

// join brings somebody of a workspace to the seat.
func (seat *slackSeat) join(of *slacktest.Workspace, name string) person {
	u := of.User(slacktest.User{Name: name, Locale: "en-GB", TZ: "UTC"})
	seat.channel.Add(u, nil)
	seat.users[name] = u
	return person{id: seat.chat.Person(u), home: seat.id}
}

// overSocket and overHTTP are the settings of a connection.
func (seat *slackSeat) overSocket(s *slacktest.Slack, name string) string {
	return fmt.Sprintf("  - name: %s\n    slack: {app_token: %q, bot_token: %q, api_url: %q}\n", name, seat.app.AppToken, seat.app.BotToken, s.APIURL())
}

func (seat *slackSeat) overHTTP(s *slacktest.Slack, name, listen string) string {
	url := "http://" + listen + "/slack/" + name + "/"
	seat.app.Serve(slacktest.Routes{Events: url + "events", Commands: url + "commands", Interactions: url + "interactions"})
	return fmt.Sprintf("  - name: %s\n    slack: {signing_secret: %q, bot_token: %q, api_url: %q}\n", name, seat.app.SigningSecret, seat.app.BotToken, s.APIURL())
}

// onSlack is a world in one Slack workspace, with the bot not yet started.
func onSlack(t *testing.T, overHTTP bool, o ...slacktest.Options) (*world, *slacktest.Slack) {
	t.Helper()
	w, s, _ := onSlackSeat(t, overHTTP, o...)
	return w, s
}

// onSlackSeat is onSlack, with the seat as Slack has it.
func onSlackSeat(t *testing.T, overHTTP bool, o ...slacktest.Options) (*world, *slacktest.Slack, *slackSeat) {
	t.Helper()
	s := slacktest.Start(t, append(o, slacktest.Options{Patience: waitTimeout})[0])
	seat := slackAt(s, "region", "T0REGION")
	w := &world{
		t: t, bot: newProgram(t), chats: map[string]platformtest.Chat{"region": seat.chat},
		seats: []chat.ChannelID{seat.id}, people: map[string]person{},
	}
	for _, name := range names {
		w.people[name] = seat.join(seat.workspace, w.name(name))
	}
	if overHTTP {
		w.bot.configure(seat.overHTTP(s, "region", w.bot.listen))
	} else {
		w.bot.configure(seat.overSocket(s, "region"))
	}
	return w, s, seat
}

// TestSlackRound lives a whole round over Socket Mode and over HTTP.
func TestSlackRound(t *testing.T) {
	for _, way := range []string{"socket", "http"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			for n := range repeats(t) {
				t.Run(strconv.Itoa(n+1), func(t *testing.T) {
					t.Parallel()
					w, s := onSlack(t, way == "http")
					w.bot.start(0)
					wholeRound(w)
					if pings := s.Pings(); len(pings) > 0 {
						t.Errorf("somebody was pinged: %v", pings)
					}
				})
			}
		})
	}
}

// TestSlackKills kills the bot while people talk.
func TestSlackKills(t *testing.T) {
	t.Parallel()
	// Slack tries an event three times, within six minutes: here within a minute
	// and a half. Nobody but this test opens sockets every second, which it would
	// not allow either.
	w, _ := onSlack(t, false, slacktest.Options{Hurry: 4, Unlimited: true, Patience: waitTimeout})
	w.bot.start(0)
	kills(w, 1200*time.Millisecond) // a channel takes one post a second
}

// TestThreeSeats lives one round at three seats: a Slack workspace, a channel of
// another one that its people share with strangers by Slack Connect, and a
// Mattermost server.
func TestThreeSeats(t *testing.T) {
	w := onMattermost(t, mattermosttest.Shared(t))
	s := slacktest.Start(t, slacktest.Options{Patience: waitTimeout})
	region, county := slackAt(s, "region", "T0REGION"), slackAt(s, "county", "T0COUNTY")
	elsewhere := s.Workspace("T0ELSEWHERE", "Elsewhere")
	county.channel.Share(elsewhere)
	w.chats["region"], w.chats["county"] = region.chat, county.chat
	w.seats = []chat.ChannelID{region.id, county.id, w.seats[0]}
	w.people["anna"] = region.join(region.workspace, "Anna")
	w.people["ben"] = region.join(region.workspace, "Ben")
	w.people["cia"] = county.join(county.workspace, "Cia")
	w.people["dan"] = county.join(elsewhere, "Dan") // commands don't reach the bot from there
	w.bot.configure(w.connections + region.overSocket(s, "region") + county.overHTTP(s, "county", w.bot.listen))
	w.bot.start(0)
	wholeRound(w)
	if pings := s.Pings(); len(pings) > 0 {
		t.Errorf("somebody was pinged: %v", pings)
	}
}
