package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// user is somebody by team and user id; the id alone is unique in its workspace
// only.
type user struct{ team, id string }

func (u user) String() string { return u.team + "/" + u.id }

// parse reads the User of a [chat.PersonID].
func (p *people) parse(id chat.PersonID) (user, error) {
	team, u, ok := strings.Cut(id.User, "/")
	if !ok || team == "" || u == "" || id.Connection != string(p.connection) {
		return user{}, fmt.Errorf("nobody is called %q on connection %s: %w", id.User, string(p.connection), chat.ErrGone)
	}
	return user{team, u}, nil
}

// How long a person is remembered, and how long a name is waited for while
// somebody else's message waits.
const (
	personLife = 30 * time.Minute
	nameWithin = 2 * time.Second
)

// people knows who has been asked about or met, and where the bot talks with them
// directly. Safe for concurrent use.
type people struct {
	connection
	api   *webapi.Client
	self  *self
	log   *slog.Logger
	texts func(language, id string, args ...any) string

	known *adapter.Cache[string, chat.Person] // by user id
	teams *adapter.Cache[string, string]      // by user id, for those whose team an event told
	// hidden are those of whom Slack tells nothing, with its error, by user id.
	hidden *adapter.Cache[string, error]
	// directs are the bot's direct conversations, by user id.
	directs *adapter.Cache[string, string]
	asking  singleflight.Group
}

func newPeople(c connection, api *webapi.Client, self *self, o Options) *people {
	return &people{
		connection: c, api: api, self: self, log: o.Log, texts: o.T,
		known:   adapter.NewCache[string, chat.Person](20_000, personLife, o.Clock),
		teams:   adapter.NewCache[string, string](50_000, 24*time.Hour, o.Clock),
		hidden:  adapter.NewCache[string, error](20_000, personLife, o.Clock),
		directs: adapter.NewCache[string, string](50_000, 24*time.Hour, o.Clock),
	}
}

// forget lets go of what is remembered of somebody.
func (p *people) forget(id chat.PersonID) {
	if u, err := p.parse(id); err == nil {
		p.known.Delete(u.id)
		p.hidden.Delete(u.id)
		p.teams.Delete(u.id)
		p.directs.Delete(u.id)
	}
}

// look returns who somebody is. Of people of other workspaces Slack may tell nothing;
// then only the ID and the Workspace are there.
func (p *people) look(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	u, err := p.parse(id)
	if err != nil {
		return chat.Person{}, err
	}
	who, err := p.ask(ctx, u.id)
	if webapi.Coded(err, "user_not_visible") || webapi.Coded(err, "user_not_found") && p.met(u) {
		return p.from(u), nil
	}
	if err != nil {
		return chat.Person{}, err
	}
	return p.as(u, who), nil
}

// as is what is known under a user id, said of a person of that team: who has
// rights in the bot's own workspace has none under the same id in another.
func (p *people) as(u user, who chat.Person) chat.Person {
	who.ID, who.Workspace = chat.PersonID{Connection: string(p.connection), User: u.String()}, u.team
	who.Admin = who.Admin && u.team == p.self.home()
	return who
}

// met says whether an event came from that person.
func (p *people) met(u user) bool {
	team, ok := p.teams.Get(u.id)
	return ok && team == u.team && team != p.self.home()
}

// ask looks somebody up, once for all who ask at the same time.
func (p *people) ask(ctx context.Context, id string) (chat.Person, error) {
	if who, ok := p.known.Get(id); ok {
		return who, nil
	}
	if err, ok := p.hidden.Get(id); ok {
		return chat.Person{}, err
	}
	if err := ctx.Err(); err != nil {
		return chat.Person{}, err
	}
	return shared(ctx, &p.asking, id, func(ctx context.Context) (chat.Person, error) { return p.lookUp(ctx, id) })
}

// shared does something once for all who want it at the same time, by key; who no
// longer waits gets the context's error.
func shared[T any](ctx context.Context, all *singleflight.Group, key string, do func(context.Context) (T, error)) (T, error) {
	answer := all.DoChan(key, func() (any, error) { return do(context.WithoutCancel(ctx)) })
	var none T
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case a := <-answer:
		if a.Err != nil {
			return none, a.Err
		}
		return a.Val.(T), nil
	}
}

func (p *people) lookUp(ctx context.Context, id string) (chat.Person, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	me, err := p.self.me(ctx)
	if err != nil {
		return chat.Person{}, err
	}
	var got *slack.User
	err = p.api.Retry(ctx, func() (err error) {
		got, err = p.api.User(ctx, id)
		return err
	})
	if webapi.Coded(err, "user_not_visible") || webapi.Coded(err, "user_not_found") {
		p.hidden.Put(id, err)
	}
	if err != nil {
		return chat.Person{}, err
	}
	who := p.read(got, me)
	p.known.Put(id, who)
	return who, nil
}

// read takes from Slack's user what the bot wants to know.
func (p *people) read(u *slack.User, me identity) chat.Person {
	team := u.TeamID
	if team == "" || me.enterprise != "" && u.Enterprise.EnterpriseID == me.enterprise {
		team = me.team // within an organisation of Enterprise Grid one person has one id
	}
	who := chat.Person{
		ID:       chat.PersonID{Connection: string(p.connection), User: user{team, u.ID}.String()},
		Language: u.Locale, Zone: u.TZ, Gone: u.Deleted,
		Guest:     u.IsRestricted || u.IsUltraRestricted,
		Admin:     (u.IsAdmin || u.IsOwner || u.IsPrimaryOwner) && team == me.team,
		Workspace: team,
	}
	for _, name := range []string{u.Profile.RealName, u.RealName, u.Profile.DisplayName, u.Name} {
		if who.Name = strings.TrimSpace(name); who.Name != "" {
			break
		}
	}
	return who
}

// resolve returns who a user id is. Where the event does not tell the team, it is
// the one that was told last, or else it is asked for. The error says that Slack isn't
// well: a guess would make two people of one.
//
// In Enterprise Grid what people do comes with the workspace where they do it, or with
// their own. For the bot, all of the organisation are of the workspace that it is
// installed in.
func (p *people) resolve(ctx context.Context, id, team string) (user, error) {
	me, err := p.self.me(ctx)
	if err != nil {
		return user{}, err
	}
	if me.enterprise != "" && team == me.enterprise {
		team = me.team
	}
	if team != "" && (me.enterprise == "" || team == me.team) {
		p.teams.Put(id, team)
		return user{team, id}, nil
	}
	who, err := p.ask(ctx, id)
	switch known, was := p.teams.Get(id); {
	case err == nil:
		team = who.Workspace
	case errors.Is(err, chat.ErrGone) && team != "": // somebody of another organisation
	case was:
		return user{known, id}, nil
	case webapi.Temporary(err):
		return user{}, fmt.Errorf("who somebody is: %w", err)
	default:
		if !errors.Is(err, chat.ErrGone) {
			p.log.Warn("somebody's workspace isn't known; taken for the one that was told, or the bot's own", "error", err)
		}
		return user{cmp.Or(team, me.team), id}, nil
	}
	p.teams.Put(id, team)
	return user{team, id}, nil
}

// How long somebody is asked about while Slack waits to be told that what they did has
// arrived, and afterwards.
const (
	whoWithin     = time.Second
	whoWithinLate = lookupTimeout
)

// who returns who did something. False: nobody knows now, and it was left to Slack to send
// it again, or to tell them. Where that is too late, they are waited for longer.
func (r *run) who(id, team string, ack *acknowledgement) (user, bool) {
	ask := func(within time.Duration) (user, error) {
		ctx, cancel := context.WithTimeout(r.ctx, within)
		defer cancel()
		return r.p.people.resolve(ctx, id, team)
	}
	u, err := ask(whoWithin)
	if err == nil {
		return u, true
	}
	if ack != nil && ack.refuse() {
		r.p.options.Log.Warn("it isn't known who did something; it is left to come again", "error", err)
		return user{}, false
	}
	if u, err = ask(whoWithinLate); err != nil {
		r.p.options.Log.Error("it isn't known who did something; it is lost", "error", err)
	}
	return u, err == nil
}

// from is what is known of somebody without asking.
func (p *people) from(u user) chat.Person {
	who, _ := p.known.Get(u.id)
	return p.as(u, who)
}

// nameOf returns a function that says what a user is called; it does not wait
// long.
func (p *people) nameOf(ctx context.Context) func(id string) string {
	return func(id string) string {
		ctx, cancel := context.WithTimeout(ctx, nameWithin)
		defer cancel()
		who, err := p.ask(ctx, id)
		if err != nil {
			return ""
		}
		return who.Name
	}
}

// language is the one that somebody reads, as far as known.
func (p *people) language(id string) string {
	who, _ := p.known.Get(id)
	return who.Language
}

// say returns the adapter's own words in a person's language, as far as that is
// known.
func (p *people) say(user, id string, args ...any) string {
	return p.texts(p.language(user), id, args...)
}

// conversation returns the bot's direct conversation with a user.
func (p *people) conversation(ctx context.Context, id string) (string, error) {
	if channel, ok := p.directs.Get(id); ok {
		return channel, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	var channel string
	err := p.api.Retry(ctx, func() (err error) {
		channel, err = p.api.Conversation(ctx, id)
		return err
	})
	if err != nil {
		return "", err
	}
	p.directs.Put(id, channel)
	return channel, nil
}

// isOurs says whether a direct conversation is the bot's with this user, and not
// one between people.
func (p *people) isOurs(ctx context.Context, channel, id string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	own, err := p.conversation(ctx, id)
	return err == nil && own == channel
}
