package slack

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/slack/webapi"
)

// clockSkew is how far the clocks may be apart; Slack's signatures hold five
// minutes.
const clockSkew = time.Minute

// Examine implements [chat.Doctor]. Which events the app is subscribed to, Slack
// does not tell a bot.
func (p *Platform) Examine(ctx context.Context) []chat.Finding {
	x := &examination{p: p}
	if !x.token(ctx) {
		return x.findings
	}
	x.sameApp(ctx)
	x.socket(ctx)
	x.requests(ctx)
	x.channels(ctx)
	return x.findings
}

type examination struct {
	p        *Platform
	me       identity
	findings []chat.Finding
}

func (x *examination) found(severity chat.Severity, mend, format string, args ...any) {
	x.findings = append(x.findings, chat.Finding{Severity: severity, What: fmt.Sprintf(format, args...), Mend: mend})
}

// token looks at the bot token; nothing else can be looked at without it.
func (x *examination) token(ctx context.Context) bool {
	got, err := x.p.api.TryToken(ctx)
	switch {
	case err != nil && webapi.Temporary(err):
		x.found(chat.Broken, "See that this machine can reach Slack at "+x.p.options.APIURL+".", "Slack does not answer: %s.", errorWords(err))
		return false
	case err != nil:
		x.found(chat.Broken, `Install the app in the workspace, and take the "Bot User OAuth Token" from its page "OAuth & Permissions".`, "Slack does not take the bot token: %s.", errorWords(err))
		return false
	case got.BotID == "":
		x.found(chat.Broken, `Take the "Bot User OAuth Token", which begins with xoxb-.`, "The bot token is not a bot's.")
		return false
	}
	x.me = identityOf(got)
	x.found(chat.Well, "", "The bot token is good: the bot is %q in the workspace %q (%s).", got.User, got.Team, got.TeamID)
	x.clock(got.Header)
	x.scopes(got.Header)
	return true
}

// errorWords says what went wrong; Slack's codes hold no secrets, and slack-go
// leaves tokens out of its errors.
func errorWords(err error) string { return strings.TrimSuffix(err.Error(), ".") }

func (x *examination) clock(h http.Header) {
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	if off := x.p.options.Clock().Sub(at).Abs(); off > clockSkew {
		severity := chat.Lacking
		if len(x.p.signing.secret) > 0 && off > signatureWindow {
			severity = chat.Broken
		}
		x.found(severity, "Set this machine's clock by NTP.", "This machine's clock is %s off Slack's; signed requests are refused from %s on.", off.Round(time.Second), signatureWindow)
	}
}

func (x *examination) scopes(h http.Header) {
	listed := h.Get("X-Oauth-Scopes")
	if listed == "" {
		return
	}
	var granted []string
	for s := range strings.SplitSeq(listed, ",") {
		granted = append(granted, strings.TrimSpace(s))
	}
	missing := 0
	for _, s := range scopes {
		if slices.Contains(granted, s.name) {
			continue
		}
		missing++
		severity := chat.Lacking
		if s.name == "chat:write" {
			severity = chat.Broken
		}
		x.found(severity, "Add the scope, by the manifest or at the app's page \"OAuth & Permissions\", and install the app again.", "The scope %s is missing: %s.", s.name, s.without)
	}
	if missing == 0 {
		x.found(chat.Well, "", "The bot has every scope it needs.")
	}
}

// sameApp sees that both tokens are of one app: an app token holds the app's id.
func (x *examination) sameApp(ctx context.Context) {
	parts := strings.Split(x.p.options.AppToken, "-")
	if len(parts) < 3 || !strings.HasPrefix(parts[2], "A") {
		return
	}
	got, err := x.p.api.Bot(ctx, x.me.bot)
	if err == nil && got.AppID != "" && got.AppID != parts[2] {
		x.found(chat.Broken, "Take both tokens from the pages of one app.", "The app token is of the app %s, the bot token of the app %s.", parts[2], got.AppID)
	}
}

// socket asks for a socket's address. It opens none: what Slack says would come
// over it.
func (x *examination) socket(ctx context.Context) {
	if x.p.options.AppToken == "" {
		return
	}
	if _, err := x.p.api.SocketAddress(ctx); err != nil {
		x.found(chat.Broken, `See that Socket Mode is on at the app's page "Socket Mode", and that the app-level token (page "Basic Information") has the scope connections:write.`,
			"No socket can be opened: %s.", errorWords(err))
		return
	}
	if x.p.run.Load() == nil {
		x.found(chat.Well, "", "A socket can be opened.")
		return
	}
	open := x.p.sockets.open.Load()
	why := x.p.sockets.whyLost()
	if errors.Is(why, errTooManySockets) {
		x.found(chat.Lacking, "Stop the other bot, or give it an app of its own: each gets only a part of what people do.", "Slack gives no other socket: %s.", errorWords(why))
	}
	if open == 0 && why != nil {
		x.found(chat.Broken, "See that nothing between this machine and Slack stops WebSockets (wss://).", "No socket is open: %s.", errorWords(why))
		return
	}
	if open == 0 {
		x.found(chat.Broken, "See the log; a firewall may let web requests through and no WebSockets (wss://).", "No socket is open.")
		return
	}
	x.found(chat.Well, "", "%s open.", count(open, "socket is", "sockets are"))
}

func (x *examination) requests(ctx context.Context) {
	if n := x.p.refused.forged.Load(); n > 0 {
		x.found(chat.Lacking, `If they are Slack's, take the "Signing Secret" from the app's page "Basic Information".`, "%s refused: not signed by Slack, or too late.", count(n, "request was", "requests were"))
	}
	if n := x.p.refused.unknown.Load(); n > 0 {
		x.found(chat.Lacking, "Take one app for each workspace, as the manifest makes it.", "%s from workspaces that this connection is not for.", count(n, "thing came", "things came"))
	}
	if x.p.options.AppToken != "" {
		return
	}
	if x.p.options.PublicURL == "" {
		x.found(chat.Broken, "Set public_url, or give an app_token for Socket Mode.", "Slack is to call the bot over HTTP, but it is not said where.")
		return
	}
	x.reach(ctx)
}

// channels looks at which channels the bot is in.
func (x *examination) channels(ctx context.Context) {
	in, shared := int64(0), int64(0)
	for cursor, more := "", true; more; more = cursor != "" {
		var page []slack.Channel
		var err error
		page, cursor, err = x.p.api.Channels(ctx, []string{"public_channel", "private_channel"}, cursor)
		if err != nil {
			return // the scopes say why
		}
		for _, c := range page {
			in++
			if c.IsExtShared {
				shared++
			}
		}
	}
	if in == 0 {
		x.found(chat.Lacking, "In the channel, type: /invite @ and the bot's name.", "The bot is in no channel.")
		return
	}
	x.found(chat.Well, "", "The bot is in %s, %d of them shared with other workspaces.", count(in, "channel", "channels"), shared)
}

// count says how many of something there are.
func count(n int64, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// reach asks the bot's own address what Slack asks when an app is made, signed as
// Slack would, so that only this bot, with this signing secret, answers right.
func (x *examination) reach(ctx context.Context) {
	public := ManifestOptions{Connection: x.p.options.Connection, PublicURL: x.p.options.PublicURL}
	all := public.address("{events,commands,interactions}")
	status, err := x.p.challenge(ctx, public.address("events"))
	switch {
	case errors.Is(err, errStrange), err == nil && status != http.StatusOK && status != http.StatusUnauthorized:
		x.found(chat.Broken, "See that public_url leads to this bot, with all that comes after it.", "What answers at %s is not this bot, or not this connection.", all)
	case err != nil:
		x.found(chat.Lacking, "Start the bot (roundtable serve), or see that public_url leads to it. From inside a network the outer address may not work; then ask from outside.",
			"Nothing answers at the bot's own address %s, as seen from here: %s.", all, errorWords(webapi.WithoutAddress(err)))
	case status == http.StatusUnauthorized:
		x.found(chat.Broken, "Start the bot again if its settings have changed, and see that public_url leads to this bot and not to another.",
			"What answers at %s has another signing secret.", all)
	case !strings.HasPrefix(public.PublicURL, "https://") && strings.Contains(x.p.options.APIURL, "slack"):
		x.found(chat.Broken, "Put a proxy that speaks https before the bot, and make public_url its address.", "The bot answers at %s, but Slack calls https addresses only.", all)
	default:
		x.found(chat.Well, "", "The bot answers at its own address %s. Whether Slack reaches it, the app's page %q says.", all, "Event Subscriptions")
	}
}

// challengeTimeout bounds the question to the bot's own address.
const challengeTimeout = 15 * time.Second

// errStrange says that something else than the bot answers.
var errStrange = errors.New("not the bot")

// challenge returns with which status the address answers: http.StatusOK only if
// it knows the answer, and errStrange if it says OK to anything.
func (p *Platform) challenge(ctx context.Context, address string) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, challengeTimeout)
	defer cancel()
	text := rand.Text()
	body, err := json.Marshal(map[string]string{"type": "url_verification", "challenge": text})
	if err != nil {
		return 0, fmt.Errorf("make a challenge: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("make a challenge: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	p.signing.sign(request.Header, body, p.options.Clock())
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return 0, fmt.Errorf("challenge: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return 0, fmt.Errorf("challenge: %w", err)
	}
	if answer.StatusCode == http.StatusOK && !bytes.Contains(said, []byte(text)) {
		return 0, errStrange
	}
	return answer.StatusCode, nil
}
