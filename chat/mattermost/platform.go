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

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
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
	// Key encrypts what travels with buttons and forms: 32 bytes, the same after a
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

// Platform is a connection to one Mattermost server. Its parts are types of
// their own; it wires them together and is what the bot sees of them.
type Platform struct {
	*server
	lifecycle adapter.Lifecycle
	people    *directory
	channels  *channels
	posts     *poster
	finder    *finder
	dialogs   *dialogs
	answers   *replies
	commands  *commands
	prober    *prober
	callbacks *callbacks
	events    *events
	catchUp   *catchUp
	socket    *socket
}

var (
	_ chat.Platform  = (*Platform)(nil)
	_ chat.Doctor    = (*Platform)(nil)
	_ chat.Monitored = (*Platform)(nil)
	_ http.Handler   = (*Platform)(nil)
)

// keyBytes is the least length of Options.Key.
const keyBytes = 32

// maxRemembered is for how many posts each cache holds something.
const maxRemembered = 10_000

// New returns a connection that has not been made yet: it does nothing on the
// network. It returns an error when the options can't be right.
func New(o Options) (*Platform, error) {
	if err := o.validate(); err != nil {
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
	ciphers, err := newCiphers(o.Key)
	if err != nil {
		return nil, fmt.Errorf("mattermost: %w", err)
	}
	return assemble(&server{options: o, client: c}, ciphers), nil
}

// assemble makes the parts of a connection to a server.
func assemble(s *server, c ciphers) *Platform {
	cache := func() *adapter.Cache[string, string] { return adapter.NewCache[string, string](maxRemembered, 0, nil) }
	p := &Platform{server: s}
	p.people = newDirectory(s)
	p.channels = newChannels(s, p.people)
	buttons := &buttons{server: s, cipher: c.button, posts: cache()}
	p.posts = &poster{server: s, channels: p.channels, buttons: buttons, roots: cache()}
	p.finder = &finder{server: s, channels: p.channels}
	private := &private{server: s, channels: p.channels, posts: p.posts, buttons: buttons}
	p.dialogs = &dialogs{server: s, people: p.people, private: private, posts: p.posts, buttons: buttons, cipher: c.dialog, sent: newSentDialogs()}
	p.answers = &replies{server: s, people: p.people, private: private, dialogs: p.dialogs}
	p.commands = newCommands(s)
	p.prober = &prober{server: s, cipher: c.probe}
	p.callbacks = &callbacks{
		server: s, lifecycle: &p.lifecycle, people: p.people, channels: p.channels, posts: p.posts, buttons: buttons,
		dialogs: p.dialogs, answers: p.answers, commands: p.commands, prober: p.prober, ackTimeout: ackTimeout,
	}
	history := &history{server: s, replies: cache()}
	p.events = &events{
		server: s, lifecycle: &p.lifecycle, people: p.people, channels: p.channels, posts: p.posts,
		commands: p.commands, answers: p.answers, history: history,
		seen:      adapter.NewDeduplicator(2*maxRemembered, 0, nil),
		edits:     adapter.NewCache[string, int64](maxRemembered, 0, nil),
		reactions: adapter.NewCache[string, reactionSet](maxRemembered, 0, nil),
	}
	p.catchUp = &catchUp{server: s, channels: p.channels, events: p.events, history: history}
	p.socket = &socket{
		server: s, dialer: dialerFor(s.options.Transport), keepalive: keepalive{pingEvery, silentAfter, steadyAfter},
		people: p.people, events: p.events, catchUp: p.catchUp,
	}
	return p
}

// validate returns all that can't be right about the options.
func (o Options) validate() error {
	var errs []error
	if o.Connection == "" || strings.ContainsAny(o.Connection, "/ ?#") {
		errs = append(errs, fmt.Errorf("the connection's name %q can't be part of a web address", o.Connection))
	}
	if err := checkWebAddress(o.URL); err != nil {
		errs = append(errs, fmt.Errorf("the server's address: %w", err))
	}
	if o.PublicURL != "" {
		if err := checkWebAddress(o.PublicURL); err != nil {
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

// checkWebAddress returns what is wrong with the address of a server.
func checkWebAddress(s string) error {
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
func (p *Platform) Connection() string { return p.options.Connection }

// Capabilities implements [chat.Platform]. Slash commands work inside threads, but
// the server does not tell which; mentions do both.
func (p *Platform) Capabilities() chat.Capabilities {
	return chat.Capabilities{Forms: p.options.PublicURL != "", Private: true, Threads: true, Reactions: true}
}

// Run implements [chat.Platform]. It keeps the WebSocket open, and lets requests of
// the server be answered, until the context ends. It returns nil then, after the
// last answer.
func (p *Platform) Run(ctx context.Context, handle chat.Handler) error {
	run, err := p.lifecycle.Start(handle)
	if err != nil {
		return fmt.Errorf("mattermost: %w", err)
	}
	var parts sync.WaitGroup
	parts.Go(func() { p.commands.maintain(ctx) })
	parts.Go(func() { p.socket.listen(ctx) })
	parts.Wait()
	run.End()
	p.closeIdleConnections()
	return nil
}

// Post implements [chat.Platform].
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	post, err := p.posts.post(ctx, to, thread, m)
	return post, p.posts.channels.unreached.Note(to.Channel, err)
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (chat.PostID, error) {
	return p.posts.direct(ctx, to, m)
}

// Edit implements [chat.Platform]. The server keeps the files that a post has: new
// ones, by name, are posted in its thread.
func (p *Platform) Edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	return p.posts.channels.unreached.Note(post.Channel, p.posts.edit(ctx, post, m))
}

// Find implements [chat.Platform]. Of several posts it returns the oldest.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (chat.PostID, bool, error) {
	post, found, err := p.finder.find(ctx, in, thread, key)
	return post, found, p.finder.channels.unreached.Note(in.Channel, err)
}

// FindDirect implements [chat.Platform].
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string, by time.Time) (chat.PostID, bool, error) {
	return p.finder.findDirect(ctx, to, key, by)
}

// ChannelName implements [chat.ChannelNamer].
func (p *Platform) ChannelName(ctx context.Context, id chat.ChannelID) (chat.ChannelName, error) {
	return p.channelName(ctx, id.Channel)
}

// Person implements [chat.Platform]. Admin is true for administrators of the
// server, of a team that the bot is in, and of the channel that the person last
// gave a command in.
func (p *Platform) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	return p.people.person(ctx, id)
}

// Trouble implements [chat.Monitored].
func (p *Platform) Trouble() error { return p.socket.trouble.now(p.options.Clock()) }

// Forget implements [chat.Forgetful].
func (p *Platform) Forget(id chat.PersonID) {
	p.people.forget(id.User)
	p.people.lastChannel.Delete(id.User)
}

// Examine implements [chat.Doctor]. That the server reaches the bot is found out by
// giving the bot's own command as the bot, in a channel that it is in: the answer
// is seen by the bot alone. The bot must be running for that, here or elsewhere,
// with the same key.
func (p *Platform) Examine(ctx context.Context) []chat.Finding {
	e := &examination{server: p.server, commands: p.commands, prober: p.prober, refused: &p.callbacks.refused}
	e.run(ctx)
	return e.findings
}

// ServeHTTP implements [http.Handler] for the paths that end in
// /mattermost/<connection>/command, action and dialog.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.callbacks.ServeHTTP(w, r)
}
