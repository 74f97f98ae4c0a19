package commands

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
)

// Options are what the commands need to know of the installation.
type Options struct {
	// Trigger is the slash command's name without the slash: "round".
	Trigger string
	// AdminsOnly: only administrators may set up a network.
	AdminsOnly bool
	// Rehearsal: networks that are set up are rehearsals.
	Rehearsal bool
	// NewID returns a new network's id, and Seed any number; both differ each
	// time.
	NewID func() benchmark.NetworkID
	Seed  func() uint64
	// Chance returns 64 bits that nobody can guess, for codes.
	Chance func() uint64
	// KnownCountry says whether the public holidays of a country are known; of
	// the empty one they are.
	KnownCountry func(country string) bool
	// Person looks somebody up on their platform; an unknown one is an error.
	Person func(ctx context.Context, id chat.PersonID) (chat.Person, error)
	// Channel returns what people call a channel, as far as its platform tells.
	Channel func(ctx context.Context, id chat.ChannelID) chat.ChannelName
	// Reachable is told of a channel in which something happens, so that what waits for
	// it is tried; nil: nobody is. It returns at once.
	Reachable func(id chat.ChannelID)
	Log       *slog.Logger
}

// Commands answer what people do. Safe for concurrent use.
type Commands struct {
	tables     *bot.Tables
	options    Options
	verbs      []verb
	wrongCodes wrongCodes
	doubts     doubts
	notices    notices
}

// New returns the commands over the networks.
func New(tables *bot.Tables, o Options) *Commands {
	return &Commands{tables: tables, options: o, verbs: allVerbs()}
}

// Handle answers what somebody did. It is a [chat.Handler].
func (c *Commands) Handle(ctx context.Context, in chat.Incoming) chat.Reply {
	if moved, is := in.What.(chat.Moved); is {
		c.followChannel(ctx, in, moved.To)
		return chat.Reply{}
	}
	if account, is := in.What.(chat.Account); is {
		c.followAccount(ctx, in, account.Gone)
		return chat.Reply{}
	}
	if c.heardFrom(in) {
		return chat.Reply{}
	}
	network, in := addressee(in)
	r, err := c.newRequest(ctx, in, network)
	if err != nil {
		return notTheirs(r, err)
	}
	r.isBack(ctx)
	waitsAnew(ctx, r)
	reply := addressOwn(r, r.rehearsed(r.dispatch(ctx)))
	if r.table != nil && (r.isAddressed || r.onBehalf != "" || !r.anyNetwork) {
		return addressReply(r.saysForWhom(reply), scopeOf(r.table.ID(), r.onBehalf))
	}
	return reply
}

// request is one thing that somebody did, with where and who.
type request struct {
	audience
	c  *Commands
	in chat.Incoming
	// isAddressed: what was pressed or filled in said itself which network it
	// belongs to.
	isAddressed bool
	// anyNetwork: what is pressed below the reply may belong to any network.
	anyNetwork bool
	// table is nil where there is no network.
	table *bot.Table
	// me is zero for somebody who isn't a participant.
	me benchmark.Participant
	// onBehalf is the organisation for which somebody who is in several said that they
	// do it; me is as they are in it. Else it is empty, and me as in their first.
	onBehalf benchmark.OrganisationID
	// formerly is the organisation that it was for, which isn't theirs any more.
	formerly benchmark.OrganisationID
	// noPersonalNumber: they were asked about a number, and say that it is nobody's.
	noPersonalNumber bool
}

// dispatch answers with the verb that was typed, pressed or filled in, or with what
// is to be said of something else that people do.
func (r *request) dispatch(ctx context.Context) chat.Reply {
	switch what := r.in.What.(type) {
	case chat.Typed:
		return r.typed(ctx, what.Text)
	case chat.Pressed:
		v, known := verbNamed(r.c.verbs, what.Action)
		if !known || v.pressed == nil {
			return r.refused(refuse(buttonOld))
		}
		if why := r.lacks(ctx, v.needs); why != nil {
			return r.refused(why)
		}
		if v.forOne {
			if reply, asked := r.askForWhom(); asked {
				return reply
			}
		}
		return v.pressed(ctx, r, what.Value)
	case chat.Filled:
		v, known := verbNamed(r.c.verbs, what.Form)
		if !known || v.filled == nil {
			return r.refused(refuse(formUnreadable))
		}
		r.noPersonalNumber = r.noPersonalNumber || what.Values[numberField] == "yes"
		// What participants wrote is refused by the decision, in the form, so that
		// they keep it.
		if v.needs == aFacilitator {
			if why := r.lacks(ctx, v.needs); why != nil {
				return r.refused(why)
			}
		}
		return v.filled(ctx, r, what)
	case chat.Said:
		r.awaitPost(ctx, r.in.Thread)
		return messageSaid(ctx, r, what)
	case chat.Rewrote:
		r.c.doubts.forget(what.Post)
		if what.Command {
			return commandRewritten(ctx, r, what)
		}
		r.awaitPost(ctx, r.in.Thread)
		return messageRewritten(ctx, r, what)
	case chat.Deleted:
		r.c.doubts.forget(what.Post)
		return messageDeleted(ctx, r, what)
	case chat.Reacted:
		r.awaitPost(ctx, what.On)
		return learnByReaction(ctx, r, what)
	case chat.Unreacted:
		r.awaitPost(ctx, what.On)
		return releaseByReaction(ctx, r, what)
	case chat.Entered:
		return showHome(ctx, r)
	case chat.Reachable:
		return greet(ctx, r)
	}
	return chat.Reply{}
}

// postWait is how long something is held up that is about a post which isn't known.
const postWait = 2 * time.Second

// awaitPost waits until a post that the bot may just be making is known to the
// network: quick people answer before it has been written down where it stands.
func (r *request) awaitPost(ctx context.Context, post chat.PostID) {
	known := true
	r.read(func(n *benchmark.Network) {
		_, topic := n.TopicAt(benchmark.Post(post))
		known = topic || n.ContributionAt(benchmark.Post(post)) != 0
	})
	if known || post == (chat.PostID{}) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, postWait)
	defer cancel()
	r.table.AwaitPosts(ctx, r.in.Channel)
}

// typed answers a command: the verb is its first word. Nothing typed shows where
// one is.
func (r *request) typed(ctx context.Context, line string) chat.Reply {
	if to, is := cutHandOver(line); is {
		line = facilitatorVerb.name + " " + handOver + " " + to
	}
	name, _ := firstWord(line)
	switch {
	case name == "" && r.in.Direct:
		return showHome(ctx, r)
	case name == "":
		return showStart(ctx, r)
	}
	name = strings.ToLower(name)
	v, text, isHome, known := takeVerb(r.c.verbs, line)
	switch {
	case isHome:
		return r.typed(ctx, "")
	case !known && r.me.ID != "" && isAnswers(r, line):
		return r.typed(ctx, submitVerb.name+" "+line)
	case !known:
		_, text = firstWord(line)
		return suggestVerbs(r, name, func(verb string) string { return verb + " " + text })
	}
	if v.name != helpVerb.name {
		if reply, asked := askWhichNetwork(ctx, r, line); asked {
			return reply
		}
	}
	if why := r.lacks(ctx, v.needs); why != nil {
		return giveBackWords(r, r.refused(why), line)
	}
	if v.forOne {
		if r.me.HasSeveral() || v.name != commitVerb.name { // what one will do may name anybody
			rest, why := r.takeFor(text)
			if why != nil {
				return giveBack(r, r.refused(why), text)
			}
			text = rest
		}
		if reply, asked := r.askForWhom(); asked {
			return reply
		}
	}
	return v.typed(ctx, r, text)
}

// lacks says what of a verb's needs isn't met; nil when everything is.
func (r *request) lacks(ctx context.Context, needs need) *benchmark.Refusal {
	switch {
	case needs == nothing:
		return nil
	case r.table == nil:
		return noNetworkHere(ctx, r)
	case needs == aParticipant && r.me.ID == "":
		return refuse(refusal.NotAParticipant)
	case needs == aFacilitator:
		return r.mayNotFacilitate(ctx)
	}
	return nil
}

// mayNotFacilitate says why somebody can't lead the network; nil when they can.
func (r *request) mayNotFacilitate(ctx context.Context) *benchmark.Refusal {
	switch {
	case !r.me.Facilitator:
		return refuse(refusal.FacilitatorOnly)
	case r.person(ctx).Guest:
		return refuse(guestsTakePart)
	}
	return nil
}

// newRequest finds out where something happened and who did it; network is the one
// that it is addressed to, if any.
func (c *Commands) newRequest(ctx context.Context, in chat.Incoming, network benchmark.NetworkID) (*request, error) {
	network, behalf := cutScope(network)
	r := &request{audience: audience{trigger: "/" + c.options.Trigger}, c: c, in: in, isAddressed: network != ""}
	t, err := c.tableAt(ctx, in, network)
	if err != nil {
		r.zone = zoneNamed(in.From.Zone)
		r.setLanguage(r.person(ctx).Language)
		if errors.Is(err, bot.ErrNoNetwork) {
			return r, nil
		}
		return r, err
	}
	r.setTable(ctx, t)
	if behalf != "" && !r.speakFor(behalf) {
		r.formerly = behalf
		return r, whyNotTheirs(r, behalf)
	}
	return r, nil
}

// setTable takes the request to a table.
func (r *request) setTable(ctx context.Context, t *bot.Table) {
	r.table = t
	language := ""
	t.Read(func(n *benchmark.Network) {
		if me, here := n.At(benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User}); here {
			r.me = me
		}
		r.zone, language = n.Location(), n.Settings.Language
	})
	own := r.in.From.Language
	switch {
	case own != "":
	case r.me.ID == "":
		own = r.person(ctx).Language
	default:
		own = r.me.Language
	}
	r.setLanguage(own, language)
}

// setLanguage chooses the person's language, else the network's.
func (r *request) setLanguage(languages ...string) { r.l = spoken(languages...) }

// spoken is the first of the languages that there are words in.
func spoken(languages ...string) *locale.Locale {
	for _, tag := range languages {
		base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
		if slices.Contains(locale.Languages(), base) {
			return locale.For(tag)
		}
	}
	return locale.For("")
}

// zoneNamed is UTC for a name that isn't known.
func zoneNamed(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.UTC
}

// decide has the network decide, on behalf of who did it. Somebody who isn't a
// participant can only join.
func (r *request) decide(ctx context.Context, intent benchmark.Intent) error {
	_, err := r.decideEvents(ctx, intent)
	return err
}

// decideEvents is decide, and returns what followed: nothing when nothing changed.
func (r *request) decideEvents(ctx context.Context, intent benchmark.Intent) ([]benchmark.Event, error) {
	if r.table == nil {
		return nil, refuse(refusal.NoNetwork)
	}
	if _, joins := intent.(benchmark.Join); r.me.ID == "" && !joins {
		return nil, refuse(refusal.NotAParticipant)
	}
	return r.table.Do(ctx, r.actor(), intent)
}

// actor is who did it, as the domain asks.
func (r *request) actor() benchmark.Actor {
	return benchmark.Actor{By: r.me.ID, For: r.onBehalf, Incoming: r.in.ID, NoPersonalNumber: r.noPersonalNumber}
}

// read looks at the network; f is not called where there is none.
func (r *request) read(f func(n *benchmark.Network)) {
	if r.table != nil {
		r.table.Read(f)
	}
}

func (r *request) now() time.Time { return r.c.tables.Now() }

// person is who did it, as far as their platform tells.
func (r *request) person(ctx context.Context) chat.Person {
	p, _ := r.lookUp(ctx)
	return p
}

// lookUp is person, and the error with which their platform did not tell: what
// they may is not known then.
func (r *request) lookUp(ctx context.Context) (chat.Person, error) {
	p := r.in.From
	if r.c.options.Person == nil || p.ID == (chat.PersonID{}) {
		return p, nil
	}
	known, err := r.c.options.Person(ctx, p.ID)
	if err != nil {
		return p, err
	}
	return known, nil
}

// identity is who did it, for the journal.
func identity(p chat.Person) benchmark.Identity {
	return benchmark.Identity{
		Connection: p.ID.Connection, User: p.ID.User,
		Name: p.Name, Language: p.Language, Zone: p.Zone, Workspace: p.Workspace, Guest: p.Guest,
	}
}
