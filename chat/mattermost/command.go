package mattermost

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat/adapter"
)

// commands looks after the bot's slash command in each team, and knows what the
// server must send with it to prove that it is the server. Safe for concurrent use.
type commands struct {
	*server
	recheck    chan struct{}
	rejections throttle // of commands with a token that is nobody's

	mu       sync.Mutex
	tokens   map[string]string // of those that the bot made or found, by team
	problems map[string]error  // why there is none, by team, as the log has been told
}

func newCommands(s *server) *commands {
	return &commands{server: s, tokens: map[string]string{}, problems: map[string]error{}, recheck: make(chan struct{}, 1)}
}

// What keeps the bot from having its command.
var (
	errNotAllowed   = errors.New("the bot's account may not manage slash commands")
	errTriggerTaken = errors.New("the trigger belongs to a command of somebody else's")
	errCommandsOff  = errors.New("the server has slash commands switched off")
)

// commandCheckInterval is how often the bot looks whether its command is there,
// besides when it hears of something: rights may change unheard.
const commandCheckInterval = time.Hour

// maintain makes sure that the slash command is there in all teams, and points
// here: at once, each time there is a reason to look again, and rarely without one,
// until the context ends.
func (cs *commands) maintain(ctx context.Context) {
	again := time.NewTicker(commandCheckInterval)
	defer again.Stop()
	for cs.options.PublicURL != "" {
		cs.register(ctx)
		select {
		case <-ctx.Done():
			return
		case <-cs.recheck:
		case <-again.C:
		}
	}
}

// requestCheck is called when the bot has come into a team or may do other things
// than before, or a command has another token than the bot knows: somebody may have
// given it a new one.
func (cs *commands) requestCheck() {
	select {
	case cs.recheck <- struct{}{}:
	default: // it will
	}
}

// register makes sure of the command once, in all teams; it tries until it is done or
// the context ends.
func (cs *commands) register(ctx context.Context) {
	logged := false
	retry := adapter.Retry{First: 500 * time.Millisecond, Longest: time.Minute, Notify: func(err error, _ time.Duration) {
		if !logged {
			cs.options.Log.Warn("the slash command can't be looked after yet; it is tried again", "connection", cs.options.Connection, "error", err)
		}
		logged = true
	}}
	_ = retry.Do(ctx, func() error { return cs.registerAll(ctx) }) // the context has ended
}

// registerAll makes the command in all teams. What keeps the bot from having it for
// good is logged and no error.
func (cs *commands) registerAll(ctx context.Context) error {
	teams, err := cs.teams(ctx)
	for _, t := range teams {
		switch e := cs.registerIn(ctx, t); {
		case errors.Is(e, errNotAllowed) && cs.options.CommandToken != "": // made by hand
		case e == nil:
			if cs.noteProblem(t.Id, nil) {
				cs.options.Log.Info("there is a slash command now", "connection", cs.options.Connection, "team", t.Id)
			}
		case errors.Is(e, errNotAllowed), errors.Is(e, errTriggerTaken), errors.Is(e, errCommandsOff):
			if cs.noteProblem(t.Id, e) {
				cs.options.Log.Warn("there is no slash command; run: roundtable check", "connection", cs.options.Connection, "team", t.Id, "error", e)
			}
		default:
			err = errors.Join(err, e)
		}
	}
	return err
}

// registerIn makes the command in one team, or finds it again.
func (cs *commands) registerIn(ctx context.Context, t *model.Team) error {
	existing, err := cs.find(ctx, t.Id)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	switch {
	case existing == nil:
		made, resp, err := cs.client.CreateCommand(ctx, cs.definition(t.Id))
		if err != nil {
			return commandError("make the slash command", resp, err)
		}
		cs.setToken(t.Id, made.Token)
		return nil
	case !cs.isOwn(existing):
		return errTriggerTaken
	}
	if existing.URL != cs.callbackURL(pathCommand) || existing.Method != model.CommandMethodPost || !existing.AutoComplete {
		changed := cs.definition(t.Id)
		changed.Id = existing.Id
		if _, resp, err := cs.client.UpdateCommand(ctx, changed); err != nil {
			return commandError("change the slash command", resp, err)
		}
	}
	if existing.Token == "" { // kept from those who may not see it
		token, resp, err := cs.client.RegenCommandToken(ctx, existing.Id)
		if err != nil {
			return commandError("get the slash command's token", resp, err)
		}
		existing.Token = token
	}
	cs.setToken(t.Id, existing.Token)
	return nil
}

// find returns the custom command of the bot's trigger; nil when there is
// none.
func (cs *commands) find(ctx context.Context, team string) (*model.Command, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	list, resp, err := cs.client.ListCommands(ctx, team, true)
	if err != nil {
		return nil, commandError("look up slash commands", resp, err)
	}
	for _, c := range list {
		if strings.EqualFold(c.Trigger, cs.options.Trigger) && c.DeleteAt == 0 {
			return c, nil
		}
	}
	return nil, nil
}

// commandError is the error of a call that the server refuses: for good, as long as
// nobody changes what the bot may or what the server does.
func commandError(doing string, resp *model.Response, err error) error {
	app, _ := errors.AsType[*model.AppError](err)
	switch {
	case app != nil && app.Id != "" && statusCode(resp) == http.StatusForbidden:
		return errNotAllowed
	case app != nil && app.Id != "" && statusCode(resp) == http.StatusNotImplemented:
		return errCommandsOff
	}
	return apiError(doing, resp, err)
}

// isOwn says whether a command is the bot's: made by it, or pointing to it.
func (cs *commands) isOwn(c *model.Command) bool {
	if c.URL == cs.callbackURL(pathCommand) {
		return true
	}
	return c.CreatorId != "" && c.CreatorId == cs.botID() && strings.HasSuffix(c.URL, "/mattermost/"+cs.options.Connection+"/"+pathCommand)
}

// definition is the command as the bot makes it in a team.
func (cs *commands) definition(team string) *model.Command {
	text := cs.options.T
	return &model.Command{
		TeamId: team, Trigger: cs.options.Trigger, Method: model.CommandMethodPost, URL: cs.callbackURL(pathCommand),
		DisplayName: "Roundtable", Description: "Roundtable",
		AutoComplete: true, AutoCompleteHint: text("", "platform.command-hint"), AutoCompleteDesc: text("", "platform.command-does"),
	}
}

// instructions says how to make the command with a mouse.
func (cs *commands) instructions(team string) string {
	return fmt.Sprintf("In the team %s, a system or team administrator opens Integrations, Slash Commands, Add Slash Command, with Command Trigger Word %q, Request URL %q and Request Method POST, ticks Autocomplete, and puts the token that is then shown into the settings as command_token.",
		team, cs.options.Trigger, cs.callbackURL(pathCommand))
}

// accepts says whether a token is that of one of the bot's commands.
func (cs *commands) accepts(token string) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	found := 0
	for t := range maps.Values(cs.tokens) {
		found |= subtle.ConstantTimeCompare([]byte(t), []byte(token))
	}
	if configured := cs.options.CommandToken; configured != "" {
		found |= subtle.ConstantTimeCompare([]byte(configured), []byte(token))
	}
	return found == 1
}

// setToken notes the token of a team's command, in place of an older one.
func (cs *commands) setToken(team, token string) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if token == "" {
		delete(cs.tokens, team)
		return
	}
	cs.tokens[team] = token
}

// noteProblem notes why a team has no command, nil when it has one, and says whether
// that is news.
func (cs *commands) noteProblem(team string, why error) (news bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	before := cs.problems[team]
	cs.problems[team] = why
	return !errors.Is(why, before)
}
