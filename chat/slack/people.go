package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"roundtable/chat"
)

// user is somebody by team and user id; the id alone is unique in its workspace
// only.
type user struct{ team, id string }

func (u user) String() string { return u.team + "/" + u.id }

// parse reads the User of a [chat.PersonID].
func (p *Platform) parse(id chat.PersonID) (user, error) {
	team, u, ok := strings.Cut(id.User, "/")
	if !ok || team == "" || u == "" || id.Connection != p.options.Connection {
		return user{}, fmt.Errorf("nobody is called %q on connection %s: %w", id.User, p.options.Connection, chat.ErrGone)
	}
	return user{team, u}, nil
}

// How long a person is remembered, and how long a name is waited for while
// somebody else's message waits.
const (
	personLife = 30 * time.Minute
	nameWithin = 2 * time.Second
)

// people knows who has been asked about or met. Safe for concurrent use.
type people struct {
	p     *Platform
	known *memory[chat.Person] // by user id
	teams *memory[string]      // by user id, for those whose team an event told
	// directs are the bot's direct conversations, by user id.
	directs *memory[string]
	asking  singleflight.Group
}

func newPeople(p *Platform) *people {
	return &people{
		p:       p,
		known:   newMemory[chat.Person](20_000, personLife, p.clock),
		teams:   newMemory[string](50_000, 24*time.Hour, p.clock),
		directs: newMemory[string](50_000, 24*time.Hour, p.clock),
	}
}

// Person implements [chat.Platform]. Of people of other workspaces Slack may tell
// nothing; then only the ID and the Workspace are there.
func (p *Platform) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	u, err := p.parse(id)
	if err != nil {
		return chat.Person{}, err
	}
	who, err := p.people.ask(ctx, u.id)
	if coded(err, "user_not_visible") || coded(err, "user_not_found") && p.people.met(u) {
		return p.from(u), nil
	}
	if err != nil {
		return chat.Person{}, err
	}
	return p.as(u, who), nil
}

// as is what is known under a user id, said of a person of that team: who has
// rights in the bot's own workspace has none under the same id in another.
func (p *Platform) as(u user, who chat.Person) chat.Person {
	who.ID, who.Workspace = chat.PersonID{Connection: p.options.Connection, User: u.String()}, u.team
	who.Admin = who.Admin && u.team == p.home()
	return who
}

// met says whether an event came from that person.
func (q *people) met(u user) bool {
	team, ok := q.teams.get(u.id)
	return ok && team == u.team && team != q.p.home()
}

// ask looks somebody up, once for all who ask at the same time.
func (q *people) ask(ctx context.Context, id string) (chat.Person, error) {
	if who, ok := q.known.get(id); ok {
		return who, nil
	}
	if err := ctx.Err(); err != nil {
		return chat.Person{}, err
	}
	answer := q.asking.DoChan(id, func() (any, error) { return q.lookUp(context.WithoutCancel(ctx), id) })
	select {
	case <-ctx.Done():
		return chat.Person{}, ctx.Err()
	case a := <-answer:
		who, _ := a.Val.(chat.Person)
		return who, a.Err
	}
}

func (q *people) lookUp(ctx context.Context, id string) (chat.Person, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := q.p.me(ctx)
	if err != nil {
		return chat.Person{}, err
	}
	var got *slack.User
	err = q.p.patiently(ctx, func() error {
		return q.p.call(ctx, "users.info", "", func(ctx context.Context) (err error) {
			got, err = q.p.api.GetUserInfoContext(ctx, id)
			return err
		})
	})
	if err != nil {
		return chat.Person{}, err
	}
	who := q.read(got, me)
	q.known.keep(id, who)
	return who, nil
}

// read takes from Slack's user what the bot wants to know.
func (q *people) read(u *slack.User, me identity) chat.Person {
	team := u.TeamID
	if team == "" {
		team = me.team
	}
	who := chat.Person{
		ID:       chat.PersonID{Connection: q.p.options.Connection, User: user{team, u.ID}.String()},
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

// person returns who a user id is. Where the event does not tell the team, it is
// the one that was told last, or else it is asked for.
func (p *Platform) person(ctx context.Context, id, team string) user {
	if team != "" {
		p.people.teams.keep(id, team)
		return user{team, id}
	}
	if team, ok := p.people.teams.get(id); ok {
		return user{team, id}
	}
	who, err := p.people.ask(ctx, id)
	if err == nil {
		p.people.teams.keep(id, who.Workspace)
		return user{who.Workspace, id}
	}
	if !errors.Is(err, chat.ErrGone) {
		p.log.Warn("somebody's workspace isn't known; taken for the bot's own", "error", err)
	}
	return user{p.home(), id}
}

// from is what is known of somebody without asking.
func (p *Platform) from(u user) chat.Person {
	who, _ := p.people.known.get(u.id)
	return p.as(u, who)
}

// nameOf returns a function that says what a user is called; it does not wait
// long.
func (q *people) nameOf(ctx context.Context) func(id string) string {
	return func(id string) string {
		ctx, cancel := context.WithTimeout(ctx, nameWithin)
		defer cancel()
		who, err := q.ask(ctx, id)
		if err != nil {
			return ""
		}
		return who.Name
	}
}

// language is the one that somebody reads, as far as known.
func (q *people) language(id string) string {
	who, _ := q.known.get(id)
	return who.Language
}
