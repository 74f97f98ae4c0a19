package mattermost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Options say how to be present on a server.
type Options struct {
	// Connection is the configured name of this connection.
	Connection string
	// URL is the server's address, Token the bot account's access token.
	URL, Token string
	// CommandToken is what the server sends with a slash command that somebody
	// made by hand; empty where the bot makes its own.
	CommandToken string
	// Team is the name of the team to be present in, as in its web address.
	// Empty: every team that the bot account is a member of.
	Team string
	// Trigger is the slash command without its slash.
	Trigger string
	// PublicURL is where the server reaches the bot; paths below it begin with
	// /mattermost/<connection>/. Without it there are no slash commands, buttons
	// and forms.
	PublicURL string
	// Key seals what travels with buttons and forms: 32 bytes, the same after a
	// restart, or what people have open stops working.
	Key []byte
	// T is a text in a person's language, by its id ("platform.…").
	T func(language, id string, args ...any) string
	// Log gets what goes wrong; never texts, names or tokens.
	Log *slog.Logger
	// Clock tells the time.
	Clock func() time.Time
	// Transport carries requests to the server. Nil: one of its own, with the
	// system's certificates and proxy settings.
	Transport http.RoundTripper
}

// Platform is a connection to one Mattermost server.
type Platform struct {
	o       Options
	client  *model.Client4
	dialer  websocket.Dialer
	pulse   pulse
	seals   seals
	shift   shift
	people  *people
	dialogs *dialogs
	// known remembers which post a button's nonce stands on; roots the root of
	// posts, empty for roots themselves; seen what came by the WebSocket, with the
	// time of editing for edits; replies the channel of what people said in threads;
	// marks the reactions on posts.
	known, roots, seen, replies *memory[string]
	marks                       *memory[marks]
	channels                    *channels
	command                     command
	refused                     refusals
	quietUntil                  quiet
	whispers                    mayWhisper

	meLock sync.Mutex
	me     *model.User
	teamID string        // of Options.Team, once it is known
	skew   time.Duration // the server's clock is ahead of ours by this much
}

var (
	_ chat.Platform = (*Platform)(nil)
	_ chat.Doctor   = (*Platform)(nil)
	_ http.Handler  = (*Platform)(nil)
)

// keyBytes is the least length of Options.Key.
const keyBytes = 32

// New returns a connection that has not been made yet: it does nothing on the
// network. It returns an error when the options can't be right.
func New(o Options) (*Platform, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("mattermost: %w", err)
	}
	o.URL, o.PublicURL = strings.TrimRight(o.URL, "/"), strings.TrimRight(o.PublicURL, "/")
	if o.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 20
		o.Transport = t
	}
	c := model.NewAPIv4Client(o.URL)
	c.HTTPClient = &http.Client{
		Transport: o.Transport,
		// A redirected POST would arrive as a GET.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.SetToken(o.Token)
	s, err := newSeals(o.Key)
	if err != nil {
		return nil, fmt.Errorf("mattermost: %w", err)
	}
	return &Platform{
		o: o, client: c, seals: s,
		people: newPeople(), dialogs: newDialogs(), channels: newChannels(),
		known: newMemory[string](10_000), roots: newMemory[string](10_000), seen: newMemory[string](20_000),
		replies: newMemory[string](10_000), marks: newMemory[marks](10_000),
		command: command{given: o.CommandToken, tokens: map[string]string{}, lacks: map[string]error{}, again: make(chan struct{}, 1)},
		dialer:  dialerLike(o.Transport), pulse: pulse{pingEvery, deadAfter, steadyAfter},
	}, nil
}

func (o Options) check() error {
	var errs []error
	if o.Connection == "" || strings.ContainsAny(o.Connection, "/ ?#") {
		errs = append(errs, fmt.Errorf("the connection's name %q can't be part of a web address", o.Connection))
	}
	if err := webAddress(o.URL); err != nil {
		errs = append(errs, fmt.Errorf("the server's address: %w", err))
	}
	if o.PublicURL != "" {
		if err := webAddress(o.PublicURL); err != nil {
			errs = append(errs, fmt.Errorf("the bot's own address: %w", err))
		}
	}
	if o.Token == "" {
		errs = append(errs, errors.New("no token; make one for the bot account under Integrations, Bot Accounts"))
	}
	if o.Trigger == "" {
		errs = append(errs, errors.New("no trigger for the slash command"))
	}
	if len(o.Key) < keyBytes {
		errs = append(errs, fmt.Errorf("the signing key has %d bytes; it needs %d", len(o.Key), keyBytes))
	}
	if o.T == nil || o.Log == nil || o.Clock == nil {
		errs = append(errs, errors.New("one of T, Log and Clock is missing"))
	}
	return errors.Join(errs...)
}

func webAddress(s string) error {
	u, err := url.Parse(s)
	if err != nil {
		return errors.New("it can't be read")
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("it must begin with https:// or http:// and a host")
	}
	return nil
}

// Connection implements [chat.Platform].
func (p *Platform) Connection() string { return p.o.Connection }

// Capabilities implements [chat.Platform]. Slash commands work inside threads, but
// the server does not tell which; mentions do both.
func (p *Platform) Capabilities() chat.Capabilities {
	return chat.Capabilities{Forms: p.o.PublicURL != "", Private: true, Threads: true, Reactions: true}
}

// callTimeout bounds each call to the server, uploadTimeout that of a file.
const (
	callTimeout   = 10 * time.Second
	uploadTimeout = time.Minute
)

// self returns the bot account. It asks the server once.
func (p *Platform) self(ctx context.Context) (*model.User, error) {
	p.meLock.Lock()
	defer p.meLock.Unlock()
	if p.me != nil {
		return p.me, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, r, err := p.client.GetMe(ctx, "")
	if err != nil {
		return nil, failed("look up the bot account", r, err)
	}
	p.me = me
	p.setSkew(r.Header)
	return me, nil
}

// learnClock notes what time the server's clock shows, which answered just now.
func (p *Platform) learnClock(h http.Header) {
	p.meLock.Lock()
	defer p.meLock.Unlock()
	p.setSkew(h)
}

func (p *Platform) setSkew(h http.Header) {
	if sent, err := http.ParseTime(h.Get("Date")); err == nil {
		p.skew = sent.Sub(p.o.Clock())
	}
}

// callback is the address of one of the bot's own paths.
func (p *Platform) callback(path string) string {
	return p.o.PublicURL + "/mattermost/" + p.o.Connection + "/" + path
}

func (p *Platform) channelID(channel string) chat.ChannelID {
	return chat.ChannelID{Connection: p.o.Connection, Channel: channel}
}

func (p *Platform) personID(user string) chat.PersonID {
	return chat.PersonID{Connection: p.o.Connection, User: user}
}

// postID is the id of a post; zero when there is none.
func (p *Platform) postID(channel, post string) chat.PostID {
	if post == "" {
		return chat.PostID{}
	}
	return chat.PostID{Connection: p.o.Connection, Channel: channel, Message: post}
}
