package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// Options say which Slack app to speak for.
type Options struct {
	// Connection is the configured name of this connection.
	Connection string
	// AppToken ("xapp-...") lets the bot receive over Socket Mode. Without one it
	// receives over HTTP and needs the SigningSecret. Both may be given.
	AppToken string
	// BotToken ("xoxb-...") is what the bot speaks with.
	BotToken string
	// SigningSecret proves that an HTTP request is Slack's.
	SigningSecret string
	// APIURL is where the Web API is, with a slash at its end; empty for
	// Slack's.
	APIURL string
	// Trigger is the slash command without its slash, such as "round".
	Trigger string
	// PublicURL is how Slack reaches the bot over HTTP; empty without HTTP.
	PublicURL string
	// T says in a language (a BCP 47 tag, or "" for the default) what the adapter
	// itself has to say.
	T func(language, id string, args ...any) string
	// Log gets what operators should know; nil for nothing. It never gets texts,
	// names or tokens.
	Log *slog.Logger
	// Clock is what time it is; nil for the machine's.
	Clock func() time.Time
	// Haste is for tests: rates and pauses of Slack's pass that many times faster.
	// 0 is 1.
	Haste float64
}

// Platform is one connection to Slack. It implements [chat.Platform],
// [chat.Doctor] and [http.Handler].
type Platform struct {
	options Options
	log     *slog.Logger
	clock   func() time.Time
	api     *slack.Client
	http    *http.Client
	secret  []byte

	rates   *rates
	self    *self
	people  *people
	threads *memory[struct{}] // roots that are known to be there
	posts   *memory[sent]     // what has been posted
	begun   *memory[begun]    // messages of which a part stands
	files   *memory[string]   // ids of uploaded pictures
	forms   *memory[*session] // forms that are open
	told    *memory[struct{}] // people of other workspaces who know their way
	heard   *memory[string]   // what was said in threads, by where; the root
	hearing *hearing
	seen    *seen
	order   *order

	running chan struct{} // holds one token while no Run is on
	shift   atomic.Pointer[shift]
	counts  counts
}

// counts are what the doctor tells.
type counts struct {
	sockets         atomic.Int64 // open now
	forged, unknown atomic.Int64
	mu              sync.Mutex
	socketErr       error // why the last socket was lost
}

// New returns a connection. It does no network I/O.
func New(o Options) (*Platform, error) {
	var mistakes []error
	mistake := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	if o.Connection == "" {
		mistake("the connection has no name")
	}
	if !strings.HasPrefix(o.BotToken, "xoxb-") {
		mistake(`bot_token is the "Bot User OAuth Token" of the app's page "OAuth & Permissions"; it begins with xoxb-`)
	}
	if o.AppToken != "" && !strings.HasPrefix(o.AppToken, "xapp-") {
		mistake(`app_token is an "App-Level Token" of the app's page "Basic Information", with connections:write; it begins with xapp-`)
	}
	if o.AppToken == "" && o.SigningSecret == "" {
		mistake("nothing can be received: give app_token for Socket Mode, or signing_secret for HTTP")
	}
	if o.APIURL == "" {
		o.APIURL = slack.APIURL
	}
	if u, err := url.Parse(o.APIURL); err != nil || u.Host == "" {
		mistake("api_url is no URL: leave it out, but for tests")
	}
	if o.T == nil {
		mistake("there are no words to speak with")
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, fmt.Errorf("slack connection %q: %w", o.Connection, err)
	}
	if !strings.HasSuffix(o.APIURL, "/") {
		o.APIURL += "/"
	}
	return assemble(o), nil
}

func assemble(o Options) *Platform {
	p := &Platform{options: o, log: o.Log, clock: o.Clock, secret: []byte(o.SigningSecret), http: newClient()}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	p.log = p.log.With("connection", o.Connection)
	if p.clock == nil {
		p.clock = time.Now //nolint:forbidigo // the default of a clock that is passed in
	}
	p.api = slack.New(o.BotToken, slack.OptionAPIURL(o.APIURL), slack.OptionAppLevelToken(o.AppToken), slack.OptionHTTPClient(p.http))
	p.rates = newRates(o.Haste)
	p.self = &self{}
	p.people = newPeople(p)
	p.threads = newMemory[struct{}](20_000, 24*time.Hour, p.clock)
	p.posts = newMemory[sent](20_000, 30*24*time.Hour, p.clock)
	p.begun = newMemory[begun](1000, time.Hour, p.clock)
	p.files = newMemory[string](500, 24*time.Hour, p.clock)
	p.forms = newMemory[*session](5_000, 24*time.Hour, p.clock)
	p.told = newMemory[struct{}](20_000, 24*time.Hour, p.clock)
	p.heard = newMemory[string](5_000, editBack, p.clock)
	p.hearing = newHearing()
	p.seen = newSeen(p.clock)
	p.order = newOrder()
	p.running = make(chan struct{}, 1)
	p.running <- struct{}{}
	return p
}

// newClient returns the client for everything but sockets.
func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 20
	transport.IdleConnTimeout = 30 * time.Second
	return &http.Client{Transport: transport}
}

var (
	_ chat.Platform = (*Platform)(nil)
	_ chat.Doctor   = (*Platform)(nil)
	_ http.Handler  = (*Platform)(nil)
)

// Connection implements [chat.Platform].
func (p *Platform) Connection() string { return p.options.Connection }

// Capabilities implements [chat.Platform]. Slash commands don't work in Slack's
// threads.
func (p *Platform) Capabilities() chat.Capabilities {
	return chat.Capabilities{Forms: true, Private: true, Threads: true, Reactions: true, Home: true}
}

// say returns the adapter's own words in a person's language, as far as that is
// known.
func (p *Platform) say(user, id string, args ...any) string {
	return p.options.T(p.people.language(user), id, args...)
}
