package mattermost

import (
	"context"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// The text of a command that asks the bot whether it is there, and of the answer.
const (
	probePrefix      = "roundtable-check "
	probeReplyPrefix = "roundtable-here "
)

// probeLifetime is how long such a text works.
const probeLifetime = time.Minute

// probePayload is what is encrypted in it. A direct one comes from the bot itself
// and has no command's token.
type probePayload struct {
	Until  int64 `json:"x"` // Unix seconds
	Direct bool  `json:"d,omitempty"`
}

// prober lets the bot recognize requests of its own, by which it finds out whether
// the server reaches it.
type prober struct {
	*server
	cipher cipher.AEAD
}

// question returns the text of such a command, and what the bot answers.
func (p *prober) question(direct bool) (text, answer string, err error) {
	encrypted, err := encrypt(p.cipher, probePayload{p.options.Clock().Add(probeLifetime).Unix(), direct})
	return probePrefix + encrypted, probeReplyPrefix + shortHash(encrypted), err
}

// answer answers the command that [Platform.Examine] gives; ok is false when the
// text is none.
func (p *prober) answer(text string) (answer string, direct, ok bool) {
	encrypted, ok := strings.CutPrefix(strings.TrimSpace(text), probePrefix)
	var payload probePayload
	if !ok || decrypt(p.cipher, encrypted, &payload) != nil || p.options.Clock().Unix() > payload.Until {
		return "", false, false
	}
	return probeReplyPrefix + shortHash(strings.TrimSpace(encrypted)), payload.Direct, true
}

// ownAddress looks at whether the bot answers at its own address; false when
// nothing more can be found out.
func (e *examination) ownAddress(ctx context.Context) bool {
	if e.options.PublicURL == "" {
		e.broken("The bot has no address of its own: there are no slash commands, buttons and forms.", "Put the address at which the Mattermost server reaches the bot into the settings as public_url.")
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	text, want, err := e.prober.question(true)
	if err != nil {
		return false // impossible
	}
	form := url.Values{"text": {text}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.callbackURL(pathCommand), strings.NewReader(form.Encode()))
	if err != nil {
		return false // New has looked at it
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := e.client.HTTPClient.Do(req)
	if err != nil {
		e.lacking(fmt.Sprintf("Nothing answers at the bot's own address %s, as seen from here: %v.", e.options.PublicURL, rootCause(err)), "Start the bot (roundtable serve), or see that public_url leads to it. From inside a network the outer address may not work; then what follows says more.")
		return true
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	var said model.CommandResponse
	switch {
	case json.Unmarshal(body, &said) == nil && said.Text == want:
		e.well("The bot answers at its own address %s.", e.options.PublicURL)
		return true
	case resp.StatusCode == http.StatusForbidden && strings.HasPrefix(string(body), "refused:"):
		e.broken(fmt.Sprintf("A bot answers at %s, but with another signing_key, or a clock that differs.", e.options.PublicURL), "Start the bot again with these settings.")
		return true
	}
	e.broken(fmt.Sprintf("What answers at %s is not the bot's connection %s (it says %d).", e.callbackURL(pathCommand), e.options.Connection, resp.StatusCode), "See that public_url leads to roundtable serve with these settings, and that a proxy in between keeps the path.")
	return true
}

// command looks at the slash command in one team, and gives it.
func (e *examination) command(ctx context.Context, me *model.User, t *model.Team) {
	existing, err := e.commands.find(ctx, t.Id)
	mayNot := errors.Is(err, errNotAllowed)
	switch {
	case err != nil && !mayNot:
		e.lacking(fmt.Sprintf("The slash commands of the team %s can't be looked up: %v.", t.Name, err), "See the server's log.")
	case existing != nil && !e.commands.isOwn(existing):
		e.broken(fmt.Sprintf("In the team %s, /%s is a command of somebody else's.", t.Name, e.options.Trigger), "If it was made by hand for this bot, let its Request URL be "+e.callbackURL(pathCommand)+" and put its token into the settings as command_token. Otherwise take that command away and start the bot again, or choose another word with command in the settings.")
		return
	case existing != nil && existing.URL != e.callbackURL(pathCommand):
		e.broken(fmt.Sprintf("In the team %s, /%s leads to %s.", t.Name, e.options.Trigger, existing.URL), "Start the bot again: it puts that right. Otherwise set the command's Request URL to "+e.callbackURL(pathCommand)+".")
		return
	case existing == nil && !mayNot:
		e.lacking(fmt.Sprintf("In the team %s there is no /%s yet.", t.Name, e.options.Trigger), "Start the bot: it makes the command. If it runs already, it makes it within the hour; started again, at once.")
		return
	}
	channel, ok := e.somewhere(ctx, me, t)
	if !ok {
		return
	}
	text, want, err := e.prober.question(false)
	if err != nil {
		return // impossible
	}
	call, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	answer, resp, err := e.client.ExecuteCommand(call, channel, "/"+e.options.Trigger+" "+text)
	app, _ := errors.AsType[*model.AppError](err)
	switch {
	case err == nil && answer.Text == want:
		e.well("In the team %s, /%s reaches the bot.", t.Name, e.options.Trigger)
	case err == nil:
		e.broken(fmt.Sprintf("In the team %s, /%s is answered by something else than this bot, or by one with another signing_key.", t.Name, e.options.Trigger), "Let the command's Request URL be "+e.callbackURL(pathCommand)+".")
	case app != nil && strings.HasPrefix(app.Id, "api.command.execute_command.not_found"):
		e.lacking(fmt.Sprintf("In the team %s there is no /%s, and the bot's account may not make one.", t.Name, e.options.Trigger), e.commands.instructions(t.Name))
	case app != nil && strings.HasPrefix(app.Id, "api.command.execute_command.failed_resp"):
		e.broken(fmt.Sprintf("In the team %s, /%s reaches something that refuses it.", t.Name, e.options.Trigger), "If it is the bot: put the command's token into the settings as command_token. Otherwise let the command's Request URL be "+e.callbackURL(pathCommand)+".")
	case app != nil && strings.HasPrefix(app.Id, "api.command.execute_command.failed"):
		e.broken(fmt.Sprintf("The server can't reach the bot at %s.", e.options.PublicURL), e.letThrough(ctx))
	default:
		e.lacking(fmt.Sprintf("In the team %s, /%s can't be tried: %v.", t.Name, e.options.Trigger, apiError("give the command", resp, err)), "Type it in a channel and see.")
	}
}

// somewhere is a channel of the team that the bot can give its command in.
func (e *examination) somewhere(ctx context.Context, me *model.User, t *model.Team) (string, bool) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	channels, _, err := e.client.GetChannelsForTeamForUser(ctx, t.Id, me.Id, false, "")
	if err != nil {
		return "", false
	}
	for _, c := range channels {
		if c.TeamId == t.Id && c.DeleteAt == 0 {
			return c.Id, true
		}
	}
	return "", false
}

// letThrough says how to let the server reach the bot.
func (e *examination) letThrough(ctx context.Context) string {
	u, err := url.Parse(e.options.PublicURL)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	if isPrivateAddress(ctx, host) {
		return fmt.Sprintf("%s is an address inside a network, where the server goes only if it is told: in the System Console, Environment, Developer, add %q to Allow untrusted internal connections (ServiceSettings.AllowedUntrustedInternalConnections). If it is there, see that the bot is running, that no firewall is between, and that the command's Request URL is %s.", host, host, e.callbackURL(pathCommand))
	}
	return "See that the bot is running, that the server can resolve " + host + ", that its certificate is one that the server trusts, that no firewall is between, and that the command's Request URL is " + e.callbackURL(pathCommand) + "."
}

// isPrivateAddress says whether a host is at an address that isn't public, as Mattermost
// sees it.
func isPrivateAddress(ctx context.Context, host string) bool {
	ips := []string{host}
	if _, err := netip.ParseAddr(host); err != nil {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if ips, err = net.DefaultResolver.LookupHost(ctx, host); err != nil {
			return false
		}
	}
	for _, ip := range ips {
		if a, err := netip.ParseAddr(ip); err == nil && (a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast()) {
			return true
		}
	}
	return false
}
