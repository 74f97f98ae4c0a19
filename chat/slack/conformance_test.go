package slack_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
	"roundtable/locale"
)

// patience is how long the fake waits for acknowledgements where that is not what is
// tested: Slack's three seconds may pass on a machine that does ten other things.
const patience = 30 * time.Second

// speed is how much faster limits and retries pass in tests.
const speed = 100

// inWords are the adapter's own, in the default language.
func inWords(language, id string, args ...any) string {
	return locale.For(language).T(id, args...)
}

// place is a Slack with one workspace, two people, two channels and the app,
// with the adapter that speaks for it.
type place struct {
	*slacktest.Chat
	slack           *slacktest.Slack
	home            *slacktest.Workspace
	app             *slacktest.App
	anna, bjorn     *slacktest.User
	ward, elsewhere *slacktest.Channel
	options         slack.Options
	platform        *slack.Platform
}

// open makes a place whose adapter receives over Socket Mode, or over HTTP.
func open(t *testing.T, overHTTP bool, opts ...slacktest.Options) *place {
	t.Helper()
	if len(opts) == 0 {
		opts = []slacktest.Options{{Hurry: speed, Patience: patience}}
	}
	s := slacktest.Start(t, opts...)
	p := &place{slack: s, home: s.Workspace("T0HOME", "Home")}
	p.app = p.home.Install(slacktest.App{Name: "Roundtable", Command: "/round"})
	p.anna = p.home.User(slacktest.User{Name: "Anna Ek", Locale: "sv-SE", TZ: "Europe/Stockholm"})
	p.bjorn = p.home.User(slacktest.User{Name: "Björn Å", Locale: "en-GB", TZ: "Europe/London"})
	p.ward = p.home.Channel(slacktest.Channel{Name: "ward"}, p.anna, p.bjorn, p.app)
	p.elsewhere = p.home.Channel(slacktest.Channel{Name: "elsewhere", Private: true}, p.anna, p.bjorn, p.app)
	p.Chat = p.app.Chat("ours")
	p.options = slack.Options{
		Connection: "ours", BotToken: p.app.BotToken, APIURL: s.APIURL(), Trigger: "round", T: inWords, Haste: float64(opts[0].Hurry),
	}
	if overHTTP {
		p.options.SigningSecret = p.app.SigningSecret
	} else {
		p.options.AppToken = p.app.AppToken
	}
	p.platform = p.start(t)
	return p
}

// start makes an adapter, as a process that begins does.
func (p *place) start(t *testing.T) *slack.Platform {
	t.Helper()
	platform, err := slack.New(p.options)
	if err != nil {
		t.Fatal(err)
	}
	if p.options.AppToken == "" {
		server := httptest.NewServer(platform)
		t.Cleanup(server.Close)
		at := server.URL + "/slack/ours/"
		p.app.Serve(slacktest.Routes{Events: at + "events", Commands: at + "commands", Interactions: at + "interactions"})
	}
	return platform
}

func (p *place) Platform() chat.Platform { return p.platform }

func (p *place) Channels() (here, elsewhere chat.ChannelID) {
	return p.Channel(p.ward), p.Channel(p.elsewhere)
}

func (p *place) People() (one, other chat.PersonID) { return p.Person(p.anna), p.Person(p.bjorn) }

// Expel and Admit: the channel is public.
func (p *place) Expel(_ context.Context, _ chat.PersonID, in chat.ChannelID) error {
	p.channel(in).Remove(p.app)
	return nil
}

func (p *place) Admit(_ context.Context, who chat.PersonID, in chat.ChannelID) error {
	inviter := p.anna
	if who == p.Person(p.bjorn) {
		inviter = p.bjorn
	}
	p.channel(in).Add(p.app, inviter)
	return nil
}

func (p *place) channel(in chat.ChannelID) *slacktest.Channel {
	if in == p.Channel(p.elsewhere) {
		return p.elsewhere
	}
	return p.ward
}

// Again: the adapter itself drops what it has had in the same process.
func (p *place) Again(context.Context, string) error { return platformtest.ErrUnsupported }

// Deduplicates implements platformtest.Deduplicating: TestTwice has the rest.
func (p *place) Deduplicates() {}

func TestConformance(t *testing.T) {
	for name, overHTTP := range map[string]bool{"socket": false, "http": true} {
		t.Run(name, func(t *testing.T) {
			platformtest.Run(t, func(t *testing.T) platformtest.Harness {
				t.Helper()
				return open(t, overHTTP)
			})
		})
	}
}

// TakeFiles implements platformtest.FileRefusing: the workspace's policy.
func (p *place) TakeFiles(_ context.Context, take bool) error {
	policies := slacktest.Policies{}
	if !take {
		policies.Uploads = "file_uploads_disabled"
	}
	p.home.Forbid(policies)
	return nil
}
