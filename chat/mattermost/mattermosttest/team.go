package mattermosttest

import (
	"context"
	"fmt"
	"sync"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Team is a place on the server that nobody else has used: a team with a bot
// account, and the channels and people that are made in it. Ids carry the name of
// the connection that the test gives to the bot. It is safe for concurrent use.
type Team struct {
	// Connection is what the bot calls the server; ID and Name are the team's.
	Connection, ID, Name string
	// BotUser is the user id of the bot's account, BotToken its access token.
	BotUser, BotToken string

	server  *Server
	mu      sync.Mutex
	people  map[string]*Person
	trigger string // what commands begin with, slash included
}

// NewTeam makes a team with a bot account in it. Close it.
func (s *Server) NewTeam(ctx context.Context, connection string) (*Team, error) {
	name := s.freshName("team")
	team, _, err := s.admin.CreateTeam(ctx, &model.Team{Name: name, DisplayName: "Team " + name, Type: model.TeamOpen})
	if err != nil {
		return nil, fmt.Errorf("make a team: %w", err)
	}
	account, _, err := s.admin.CreateBot(ctx, &model.Bot{Username: s.freshName("roundtable"), DisplayName: "Roundtable"})
	if err != nil {
		return nil, fmt.Errorf("make a bot: %w", err)
	}
	token, _, err := s.admin.CreateUserAccessToken(ctx, account.UserId, "for tests", 0)
	if err != nil {
		return nil, fmt.Errorf("make a bot's token: %w", err)
	}
	if _, _, err := s.admin.AddTeamMember(ctx, team.Id, account.UserId); err != nil {
		return nil, fmt.Errorf("take the bot into the team: %w", err)
	}
	return &Team{
		Connection: connection, ID: team.Id, Name: name, BotUser: account.UserId, BotToken: token.Token,
		server: s, people: map[string]*Person{},
	}, nil
}

// Command makes a slash command of the team's that calls the URL, as its
// administrator does by hand, and returns the token that calls carry. Trigger has
// no slash. [Team.Type] uses the command made last.
func (t *Team) Command(ctx context.Context, trigger, url string) (token string, err error) {
	c, _, err := t.server.admin.CreateCommand(ctx, &model.Command{
		TeamId: t.ID, Trigger: trigger, URL: url, Method: model.CommandMethodPost, DisplayName: "Roundtable",
	})
	if err != nil {
		return "", fmt.Errorf("make a command: %w", err)
	}
	t.Commands("/" + trigger)
	return c.Token, nil
}

// Promote makes the bot an administrator of the team, who may make commands.
func (t *Team) Promote(ctx context.Context) error {
	if _, err := t.server.admin.UpdateTeamMemberRoles(ctx, t.ID, t.BotUser, "team_user team_admin"); err != nil {
		return fmt.Errorf("make the bot an administrator: %w", err)
	}
	return nil
}

// Commands says what people type to reach the bot, slash included, for a bot that
// makes its own command.
func (t *Team) Commands(trigger string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trigger = trigger
}

// Join makes a person in the team, signed in and looking at it. Nickname is what
// people call them.
func (t *Team) Join(ctx context.Context, nickname string) (*Person, error) {
	c := t.server.client()
	u, err := t.server.signUp(ctx, c, t.server.freshName("person"), nickname)
	if err != nil {
		return nil, err
	}
	if _, _, err := t.server.admin.AddTeamMember(ctx, t.ID, u.Id); err != nil {
		return nil, fmt.Errorf("take a person into the team: %w", err)
	}
	p := &Person{ID: chat.PersonID{Connection: t.Connection, User: u.Id}, Name: u.Username, team: t, client: c, pressed: map[string]bool{}}
	if err := p.connect(ctx); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.people[u.Id] = p
	return p, nil
}

// Channel makes an open channel with the bot and these people in it.
func (t *Team) Channel(ctx context.Context, people ...*Person) (chat.ChannelID, error) {
	name := t.server.freshName("channel")
	c, _, err := t.server.admin.CreateChannel(ctx, &model.Channel{TeamId: t.ID, Name: name, DisplayName: name, Type: model.ChannelTypeOpen})
	if err != nil {
		return chat.ChannelID{}, fmt.Errorf("make a channel: %w", err)
	}
	id := chat.ChannelID{Connection: t.Connection, Channel: c.Id}
	if err := t.Invite(ctx, id, t.BotUser); err != nil {
		return chat.ChannelID{}, err
	}
	for _, p := range people {
		if err := t.Invite(ctx, id, p.ID.User); err != nil {
			return chat.ChannelID{}, err
		}
	}
	return id, nil
}

// Invite puts a user into a channel.
func (t *Team) Invite(ctx context.Context, to chat.ChannelID, user string) error {
	if _, _, err := t.server.admin.AddChannelMember(ctx, to.Channel, user); err != nil {
		return fmt.Errorf("put somebody into a channel: %w", err)
	}
	return nil
}

// Remove takes a user out of a channel.
func (t *Team) Remove(ctx context.Context, from chat.ChannelID, user string) error {
	if _, err := t.server.admin.RemoveUserFromChannel(ctx, from.Channel, user); err != nil {
		return fmt.Errorf("take somebody out of a channel: %w", err)
	}
	return nil
}

// Administrator returns a client of the server's administrator, for what a Team
// has no word for.
func (t *Team) Administrator() *model.Client4 { return t.server.admin }

// Close disconnects the people. What they wrote stays as long as the server.
func (t *Team) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.people {
		p.disconnect()
	}
}

// person returns who has this id.
func (t *Team) person(id chat.PersonID) (*Person, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, ok := t.people[id.User]
	if !ok || id.Connection != t.Connection {
		return nil, fmt.Errorf("%w: %s is nobody of this team", chat.ErrGone, id.User)
	}
	return p, nil
}
