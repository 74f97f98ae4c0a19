package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
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
	connection
	options Options
	api     *webapi.Client
	signing signing

	self    *self
	people  *people
	uploads *uploads
	posts   *posts
	answers *replies
	modals  *modals
	homes   *homes
	monitor *connectionMonitor
	threads *threadIndex
	sockets *sockets

	unreached adapter.Unreached

	arrivals  *adapter.Deduplicator
	channels  adapter.Lanes // what happens in each, in order
	lifecycle adapter.Lifecycle
	run       atomic.Pointer[run] // nil while none is on
	refused   refused
}

// refused counts what was not taken, for [Platform.Examine].
type refused struct {
	forged  atomic.Int64 // requests that aren't Slack's
	unknown atomic.Int64 // things from workspaces that the connection is not for
}

// connection is the configured name of a connection, which is part of every id.
type connection string

// channel names a channel.
func (c connection) channel(id string) chat.ChannelID {
	return chat.ChannelID{Connection: string(c), Channel: id}
}

// post names a message; the zero id for an empty ts.
func (c connection) post(channel, ts string) chat.PostID {
	if ts == "" || channel == "" {
		return chat.PostID{}
	}
	return chat.PostID{Connection: string(c), Channel: channel, Message: ts}
}

// owns checks that a channel is of this connection.
func (c connection) owns(id chat.ChannelID) error {
	if id.Connection != string(c) || id.Channel == "" {
		return fmt.Errorf("the channel %q is not on connection %s: %w", id.Channel, string(c), chat.ErrGone)
	}
	return nil
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

// What is remembered, and for how long: more IDs than come in the six minutes in
// which Slack repeats an event, at 250 a second. The journal knows older ones.
const (
	seenFor  = time.Hour
	mostSeen = 100_000
)

func assemble(o Options) *Platform {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Log = o.Log.With("connection", o.Connection)
	if o.Clock == nil {
		o.Clock = time.Now //nolint:forbidigo // the default of a clock that is passed in
	}
	p := &Platform{connection: connection(o.Connection), options: o, signing: signing{[]byte(o.SigningSecret)}}
	p.api = webapi.New(webapi.Options{BotToken: o.BotToken, AppToken: o.AppToken, URL: o.APIURL, Log: o.Log, Clock: o.Clock, Haste: o.Haste})
	p.self = &self{api: p.api, log: o.Log}
	p.people = newPeople(p.connection, p.api, p.self, o)
	p.monitor, p.threads = newMonitor(o.Clock()), newThreadIndex(o.Clock)
	p.sockets = &sockets{api: p.api, log: o.Log, clock: o.Clock, monitor: p.monitor}
	p.uploads = newUploads(p.api, o)
	p.posts = newPosts(p, o)
	p.answers = &replies{api: p.api, log: o.Log, people: p.people, posts: p.posts, guide: newGuide(p.people, o)}
	p.modals = &modals{api: p.api, log: o.Log, people: p.people, answers: p.answers, open: adapter.NewCache[string, *session](5_000, 24*time.Hour, o.Clock)}
	p.homes = &homes{api: p.api, log: o.Log, uploads: p.uploads}
	p.arrivals = adapter.NewDeduplicator(mostSeen, seenFor, o.Clock)
	p.channels = adapter.Lanes{Settle: settle, Compare: compareTimes}
	return p
}

var (
	_ chat.Platform  = (*Platform)(nil)
	_ chat.Doctor    = (*Platform)(nil)
	_ chat.Monitored = (*Platform)(nil)
	_ http.Handler   = (*Platform)(nil)
)

// Connection implements [chat.Platform].
func (p *Platform) Connection() string { return string(p.connection) }

// Capabilities implements [chat.Platform]. Slash commands don't work in Slack's
// threads.
func (p *Platform) Capabilities() chat.Capabilities {
	return chat.Capabilities{Forms: true, Private: true, Threads: true, Reactions: true, Home: true}
}

// Post implements [chat.Platform].
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	if err := p.owns(to); err != nil {
		return chat.PostID{}, err
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, err
	}
	if thread != (chat.PostID{}) {
		if thread.Connection != to.Connection || thread.Channel != to.Channel {
			return chat.PostID{}, fmt.Errorf("the thread %s is not in the channel %s: %w", thread.Message, to.Channel, chat.ErrGone)
		}
		if err := p.posts.checkThread(ctx, to.Channel, thread.Message); err != nil {
			return chat.PostID{}, p.unreached.Note(to.Channel, err)
		}
	}
	post, err := p.posts.send(ctx, to.Channel, thread.Message, m)
	return post, p.unreached.Note(to.Channel, err)
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (chat.PostID, error) {
	u, err := p.people.parse(to)
	if err != nil {
		return chat.PostID{}, err
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, err
	}
	return p.posts.send(ctx, u.id, "", m)
}

// Edit implements [chat.Platform]. Files that the message has are not shared
// again.
func (p *Platform) Edit(ctx context.Context, post chat.PostID, m chat.Message) error {
	if err := p.owns(chat.ChannelID{Connection: post.Connection, Channel: post.Channel}); err != nil {
		return err
	}
	if err := m.Check(); err != nil {
		return err
	}
	return p.unreached.Note(post.Channel, p.posts.edit(ctx, post, m))
}

// Find implements [chat.Platform]. Of several posts with the key it returns the
// newest. A message of which only the beginning stands is not found: the Post or
// Direct that follows goes on with it.
func (p *Platform) Find(ctx context.Context, in chat.ChannelID, thread chat.PostID, key string) (chat.PostID, bool, error) {
	if err := p.owns(in); err != nil {
		return chat.PostID{}, false, err
	}
	if thread != (chat.PostID{}) && (thread.Connection != in.Connection || thread.Channel != in.Channel) {
		return chat.PostID{}, false, fmt.Errorf("the thread %s is not in the channel %s: %w", thread.Message, in.Channel, chat.ErrGone)
	}
	post, found, err := p.posts.find(ctx, in.Channel, thread.Message, key, time.Time{})
	return post, found, p.unreached.Note(in.Channel, err)
}

// FindDirect implements [chat.Platform].
func (p *Platform) FindDirect(ctx context.Context, to chat.PersonID, key string, by time.Time) (chat.PostID, bool, error) {
	u, err := p.people.parse(to)
	if err != nil {
		return chat.PostID{}, false, err
	}
	channel, err := p.people.conversation(ctx, u.id)
	if err != nil {
		return chat.PostID{}, false, err
	}
	return p.posts.find(ctx, channel, "", key, by)
}

// ChannelName implements [chat.ChannelNamer].
func (p *Platform) ChannelName(ctx context.Context, id chat.ChannelID) (chat.ChannelName, error) {
	name := chat.ChannelName{Platform: "Slack"}
	if me, err := p.api.Identify(ctx); err == nil { // else it goes without
		name.Server = me.Team
	}
	c, err := p.api.Channel(ctx, id.Channel)
	if err != nil {
		return name, err
	}
	name.Channel = c.Name
	return name, nil
}

// Trouble implements [chat.Monitored].
func (p *Platform) Trouble() error {
	if err := p.api.Barred(); err != nil {
		return err
	}
	if p.options.AppToken == "" {
		return nil // Slack calls the bot
	}
	if p.run.Load() == nil {
		return chat.ErrConnecting
	}
	if silent := p.monitor.silentFor(p.options.Clock()); silent > p.api.Scaled(outageAfter) {
		return fmt.Errorf("no socket is open: %w", cmp.Or(p.sockets.whyLost(), errNoSocket))
	}
	if !p.monitor.hasBegun() {
		return chat.ErrConnecting
	}
	return nil
}

// errNoSocket says that none could be opened yet.
var errNoSocket = errors.New("none has been opened")

// Forget implements [chat.Forgetful].
func (p *Platform) Forget(id chat.PersonID) { p.people.forget(id) }

// Person implements [chat.Platform]. Of people of other workspaces Slack may tell
// nothing; then only the ID and the Workspace are there.
func (p *Platform) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	return p.people.look(ctx, id)
}
