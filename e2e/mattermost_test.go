package e2e

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/platformtest"
)

// onMattermost is a world on one Mattermost server, with the bot not yet
// started.
func onMattermost(t *testing.T, s *mattermosttest.Server) *world {
	t.Helper()
	team, err := s.NewTeam(t.Context(), "hospital")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(team.Close)
	w := &world{t: t, chats: map[string]platformtest.Chat{"hospital": team}, people: map[string]person{}}
	var all []*mattermosttest.Person
	for _, name := range names {
		p, err := team.Join(t.Context(), w.name(name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	ward, err := team.Channel(t.Context(), all...)
	if err != nil {
		t.Fatal(err)
	}
	w.seats = []chat.ChannelID{ward}
	for k, name := range names {
		w.people[name] = person{id: all[k].ID, home: ward}
	}
	w.bot = newProgram(t)
	token, err := team.Command(t.Context(), "round", "http://"+w.bot.listen+"/mattermost/hospital/command")
	if err != nil {
		t.Fatal(err)
	}
	w.connections = fmt.Sprintf("  - name: hospital\n    mattermost: {url: %q, token: %q, command_token: %q, team: %q}\n", s.URL, team.BotToken, token, team.Name)
	w.bot.configure(w.connections)
	return w
}

// TestMattermostRound lives a whole round on a real server; ROUNDTABLE_ROUNDS
// says how many, one after the other.
func TestMattermostRound(t *testing.T) {
	s := mattermosttest.Shared(t)
	for n := range repeats(t) {
		t.Run(strconv.Itoa(n+1), func(t *testing.T) {
			w := onMattermost(t, s)
			w.bot.start(0)
			wholeRound(w)
		})
	}
}

// repeats is how often a whole round is lived.
func repeats(t *testing.T) int {
	t.Helper()
	many, err := strconv.Atoi(os.Getenv("ROUNDTABLE_ROUNDS"))
	if err != nil {
		return 1
	}
	return many
}

// TestMattermostKills kills the bot while people talk on a real server.
func TestMattermostKills(t *testing.T) {
	w := onMattermost(t, mattermosttest.Shared(t))
	w.bot.start(0)
	kills(w, 100*time.Millisecond)
}

// TestMattermostRestarts lives a round while the server itself is started again
// and again.
func TestMattermostRestarts(t *testing.T) {
	s := mattermosttest.Own(t)
	w := onMattermost(t, s)
	w.between = func() {
		if err := s.Restart(t.Context()); err != nil {
			t.Error(err)
		}
	}
	w.bot.start(0)
	wholeRound(w)
}
