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

	"github.com/cenkalti/backoff/v5"
	"github.com/mattermost/mattermost/server/public/model"
)

// command is the slash command: what the server must send to prove that it is the
// server. Safe for concurrent use.
type command struct {
	given  string // by the settings
	mu     sync.Mutex
	tokens map[string]string // of those that the bot made or found, by team
	lacks  map[string]error  // why there is none, by team, as the log has been told
	again  chan struct{}
	looked quiet
}

// knows says whether a token is that of one of the bot's commands.
func (c *command) knows(token string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := 0
	for t := range maps.Values(c.tokens) {
		found |= subtle.ConstantTimeCompare([]byte(t), []byte(token))
	}
	if c.given != "" {
		found |= subtle.ConstantTimeCompare([]byte(c.given), []byte(token))
	}
	return found == 1
}

// learn notes the token of a team's command, in place of an older one.
func (c *command) learn(team, token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if token == "" {
		delete(c.tokens, team)
		return
	}
	c.tokens[team] = token
}

// lack notes why a team has no command, nil when it has one, and says whether that
// is news.
func (c *command) lack(team string, why error) (news bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.lacks[team]
	c.lacks[team] = why
	return !errors.Is(why, before)
}

// What keeps the bot from having its command.
var (
	errMayNot = errors.New("the bot's account may not manage slash commands")
	errTaken  = errors.New("the trigger belongs to a command of somebody else's")
	errOff    = errors.New("the server has slash commands switched off")
)

// lookEvery is how often the bot looks whether its command is there, besides when
// it hears of something: rights may change unheard.
const lookEvery = time.Hour

// keepCommand makes sure that the slash command is there in all teams, and points
// here: at once, each time there is a reason to look again, and rarely without one,
// until the context ends.
func (p *Platform) keepCommand(ctx context.Context) {
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	for p.o.PublicURL != "" {
		p.register(ctx)
		select {
		case <-ctx.Done():
			return
		case <-p.command.again:
		case <-again.C:
		}
	}
}

// lookAgain is called when the bot has come into a team or may do other things than
// before, or a command has another token than the bot knows: somebody may have
// given it a new one.
func (c *command) lookAgain() {
	select {
	case c.again <- struct{}{}:
	default: // it will
	}
}

// register does it once, until it is done or the context ends.
func (p *Platform) register(ctx context.Context) {
	pause := backoff.NewExponentialBackOff()
	for said := false; ; said = true {
		teams, err := p.teams(ctx)
		for _, t := range teams {
			switch e := p.registerIn(ctx, t); {
			case errors.Is(e, errMayNot) && p.command.given != "": // made by hand
			case e == nil:
				if p.command.lack(t.Id, nil) {
					p.o.Log.Info("there is a slash command now", "connection", p.o.Connection, "team", t.Id)
				}
			case errors.Is(e, errMayNot), errors.Is(e, errTaken), errors.Is(e, errOff):
				if p.command.lack(t.Id, e) {
					p.o.Log.Warn("there is no slash command; run: roundtable check", "connection", p.o.Connection, "team", t.Id, "error", e)
				}
			default:
				err = errors.Join(err, e)
			}
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		if !said {
			p.o.Log.Warn("the slash command can't be looked after yet; it is tried again", "connection", p.o.Connection, "error", err)
		}
		if !sleep(ctx, pause.NextBackOff()) {
			return
		}
	}
}

// registerIn makes the command in one team, or finds it again.
func (p *Platform) registerIn(ctx context.Context, t *model.Team) error {
	is, err := p.findCommand(ctx, t.Id)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	switch {
	case is == nil:
		made, resp, err := p.client.CreateCommand(ctx, p.wanted(t.Id))
		if err != nil {
			return mayNot("make the slash command", resp, err)
		}
		p.command.learn(t.Id, made.Token)
		return nil
	case !p.ours(is):
		return errTaken
	}
	if is.URL != p.callback(pathCommand) || is.Method != model.CommandMethodPost || !is.AutoComplete {
		changed := p.wanted(t.Id)
		changed.Id = is.Id
		if _, resp, err := p.client.UpdateCommand(ctx, changed); err != nil {
			return mayNot("change the slash command", resp, err)
		}
	}
	if is.Token == "" { // kept from those who may not see it
		token, resp, err := p.client.RegenCommandToken(ctx, is.Id)
		if err != nil {
			return mayNot("get the slash command's token", resp, err)
		}
		is.Token = token
	}
	p.command.learn(t.Id, is.Token)
	return nil
}

// findCommand returns the custom command of the bot's trigger; nil when there is
// none.
func (p *Platform) findCommand(ctx context.Context, team string) (*model.Command, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	list, resp, err := p.client.ListCommands(ctx, team, true)
	if err != nil {
		return nil, mayNot("look up slash commands", resp, err)
	}
	for _, c := range list {
		if strings.EqualFold(c.Trigger, p.o.Trigger) && c.DeleteAt == 0 {
			return c, nil
		}
	}
	return nil, nil
}

// mayNot is the error of a call that the server refuses: for good, as long as
// nobody changes what the bot may or what the server does.
func mayNot(doing string, resp *model.Response, err error) error {
	app, _ := errors.AsType[*model.AppError](err)
	switch {
	case app != nil && app.Id != "" && status(resp) == http.StatusForbidden:
		return errMayNot
	case app != nil && app.Id != "" && status(resp) == http.StatusNotImplemented:
		return errOff
	}
	return failed(doing, resp, err)
}

// ours says whether a command is the bot's: made by it, or pointing to it.
func (p *Platform) ours(c *model.Command) bool {
	if c.URL == p.callback(pathCommand) {
		return true
	}
	p.meLock.Lock()
	defer p.meLock.Unlock()
	return p.me != nil && c.CreatorId == p.me.Id && strings.HasSuffix(c.URL, "/mattermost/"+p.o.Connection+"/"+pathCommand)
}

func (p *Platform) wanted(team string) *model.Command {
	text := p.o.T
	return &model.Command{
		TeamId: team, Trigger: p.o.Trigger, Method: model.CommandMethodPost, URL: p.callback(pathCommand),
		DisplayName: "Roundtable", Description: "Roundtable",
		AutoComplete: true, AutoCompleteHint: text("", "platform.command-hint"), AutoCompleteDesc: text("", "platform.command-does"),
	}
}

// byHand says how to make the command with a mouse.
func (p *Platform) byHand(team string) string {
	return fmt.Sprintf("In the team %s, a system or team administrator opens Integrations, Slash Commands, Add Slash Command, with Command Trigger Word %q, Request URL %q and Request Method POST, ticks Autocomplete, and puts the token that is then shown into the settings as command_token.",
		team, p.o.Trigger, p.callback(pathCommand))
}
