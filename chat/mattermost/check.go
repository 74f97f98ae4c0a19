package mattermost

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// What a server should be: older ones than 9 have not been tried, and a clock that
// differs by more lets forms and reminders come at odd times.
const (
	oldestTested = 9
	maxClockSkew = 30 * time.Second
)

// examination is one run of Examine.
type examination struct {
	*server
	commands *commands
	prober   *prober
	refused  *refusalCounts
	findings []chat.Finding
}

// well notes what is as it should be.
func (e *examination) well(what string, args ...any) {
	e.findings = append(e.findings, chat.Finding{What: fmt.Sprintf(what, args...)})
}

// lacking notes what is missing, and what mends it.
func (e *examination) lacking(what, mend string) {
	e.findings = append(e.findings, chat.Finding{Severity: chat.Lacking, What: what, Mend: mend})
}

// broken notes what keeps the bot from working, and what mends it.
func (e *examination) broken(what, mend string) {
	e.findings = append(e.findings, chat.Finding{Severity: chat.Broken, What: what, Mend: mend})
}

// run looks at everything, as [Platform.Examine] has it.
func (e *examination) run(ctx context.Context) {
	if !e.checkServer(ctx) {
		return
	}
	me, ok := e.account(ctx)
	if !ok {
		return
	}
	e.rights(ctx, me)
	if teams := e.presence(ctx, me); len(teams) > 0 && e.ownAddress(ctx) {
		for _, t := range teams {
			e.command(ctx, me, t)
		}
	}
	if n := e.refused.total(); n > 0 {
		var by []string
		for why := range refusalKinds {
			if k := e.refused.of(why); k > 0 {
				by = append(by, fmt.Sprintf("%d %s", k, why))
			}
		}
		e.lacking(fmt.Sprintf("%d requests to the bot were refused since it started: %s.", n, strings.Join(by, ", ")),
			"A few expired or used ones are people with old windows. A wrong command token means that command_token in the settings is not the command's. Forged ones come after signing_key was changed, or from somebody who tries.")
	}
}

// checkServer looks at whether it answers, its version, clock and settings.
func (e *examination) checkServer(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	config, head, err := e.clientConfig(ctx)
	switch {
	case head.status == 0:
		e.broken(fmt.Sprintf("The server at %s does not answer: %v.", e.options.URL, rootCause(err)), "See that the address in the settings (url) is right and can be reached from here.")
		return false
	case head.status >= 300 && head.status < 400:
		e.broken(fmt.Sprintf("The server at %s sends the bot to another address.", e.options.URL), "Put the address that it sends to into the settings as url; often it is the same with https://.")
		return false
	case err != nil || config["Version"] == "":
		e.broken(fmt.Sprintf("What answers at %s (it says %d) is perhaps no Mattermost server.", e.options.URL, head.status), "See that the address in the settings (url) is the one that people open Mattermost with.")
		return false
	}
	version := config["Version"]
	major, _ := strconv.Atoi(strings.Split(version, ".")[0])
	if major < oldestTested {
		e.lacking(fmt.Sprintf("The server is Mattermost %s; the bot has been tried with 9.9 and does not know what older ones lack.", version), "Bring the server up to date.")
	} else {
		e.well("The server is Mattermost %s. It opens one form at a time: where a form follows a form, people get a button.", version)
	}
	if sent, err := http.ParseTime(head.date); err == nil {
		if skew := sent.Sub(e.options.Clock()).Round(time.Second); skew.Abs() > maxClockSkew {
			e.lacking(fmt.Sprintf("The server's clock differs from this machine's by %s.", skew.Abs()), "Let both machines keep time by NTP.")
		}
	}
	if config["EnableCommands"] == "false" {
		e.lacking("The server has slash commands switched off.", "In the System Console, Integrations, switch Enable Custom Slash Commands on. Until then people write to the bot or mention it.")
	}
	if config["EnableFileAttachments"] == "false" {
		e.lacking("The server takes no files, so what pictures show goes in words.", "In the System Console, File Sharing and Downloads, allow file sharing.")
	}
	if limit, err := strconv.Atoi(config["PostEditTimeLimit"]); err == nil && limit >= 0 {
		e.lacking(fmt.Sprintf("Posts can be edited for %d seconds only: the bot can't keep its posts up to date.", limit), "In the System Console, Posts, let the bot's role edit its own posts at any time.")
	}
	return true
}

// account looks at whose token it is.
func (e *examination) account(ctx context.Context) (*model.User, bool) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, resp, err := e.client.GetMe(ctx, "")
	switch {
	case statusCode(resp) == http.StatusUnauthorized:
		e.broken("The server does not accept the token.", "Make a new token for the bot account under Integrations, Bot Accounts, and put it into the settings as token.")
		return nil, false
	case err != nil:
		e.broken(fmt.Sprintf("The bot's account can't be looked up: %v.", apiError("look up the bot account", resp, err)), "See the server's log.")
		return nil, false
	case !me.IsBot:
		e.lacking(fmt.Sprintf("The token is that of @%s, who is no bot account: what the bot says looks as if a person had said it.", me.Username), "Make a bot account under Integrations, Bot Accounts, and use its token.")
	default:
		e.well("The token is that of the bot account @%s.", me.Username)
	}
	return me, true
}

// rights looks at what the account may do on the whole server.
func (e *examination) rights(ctx context.Context, me *model.User) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	roles, _, err := e.client.GetRolesByNames(ctx, strings.Fields(me.Roles))
	if err != nil {
		return // not needed for anything
	}
	for _, r := range roles {
		if slices.Contains(r.Permissions, model.PermissionCreatePostEphemeral.Id) {
			e.well("The bot may show things to one person in a channel.")
			return
		}
	}
	e.well("The bot may not show things to one person in a channel, but in answer to commands and buttons; otherwise it writes to them directly. That is how servers are set up, and works.")
}

// presence looks at the teams and channels that the bot is in.
func (e *examination) presence(ctx context.Context, me *model.User) []*model.Team {
	teams, err := e.teams(ctx)
	switch {
	case err != nil:
		e.broken(fmt.Sprintf("The bot's teams can't be looked up: %v.", err), "See the server's log.")
		return nil
	case len(teams) == 0 && e.options.Team != "":
		e.broken(fmt.Sprintf("The bot is no member of the team %s.", e.options.Team), "Let an administrator of the team add @"+me.Username+" to it, or change team in the settings.")
		return nil
	case len(teams) == 0:
		e.broken("The bot is no member of any team.", "Let an administrator of a team add @"+me.Username+" to it: the team's menu, Invite People.")
		return nil
	}
	for _, t := range teams {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		channels, resp, err := e.client.GetChannelsForTeamForUser(call, t.Id, me.Id, false, "")
		cancel()
		if err != nil {
			e.broken(fmt.Sprintf("The bot's channels in the team %s can't be looked up: %v.", t.Name, apiError("look up channels", resp, err)), "See the server's log.")
			continue
		}
		n := 0
		for _, c := range channels {
			if c.TeamId != "" {
				n++
			}
		}
		e.well("The bot is in the team %s, in %d channels. It hears what is said in channels that it is in: /invite @%s.", t.Name, n, me.Username)
	}
	return teams
}

// rootCause is the innermost cause of an error, which says most in the fewest
// words.
func rootCause(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok || u.Unwrap() == nil {
			return err
		}
		err = u.Unwrap()
	}
}
