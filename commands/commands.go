package commands

import (
	"context"
	"log/slog"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
)

// Options are what the commands need to know of the installation.
type Options struct {
	// Trigger is the slash command's name without the slash: "round".
	Trigger string
	// AdminsOnly: only administrators may set up a network.
	AdminsOnly bool
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
	Log    *slog.Logger
}

// Commands answer what people do. Safe for concurrent use.
type Commands struct {
	tables     *bot.Tables
	options    Options
	verbs      []verb
	wrongCodes attempts
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
	network, in := addressee(in)
	r, err := c.newRequest(ctx, in, network)
	if err != nil {
		return r.refused(err)
	}
	reply := r.dispatch(ctx)
	if r.table != nil && (r.isAddressed || in.Direct && !r.isOpen) {
		return addressReply(reply, r.table.ID())
	}
	return reply
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
		return v.pressed(ctx, r, what.Value)
	case chat.Filled:
		v, known := verbNamed(r.c.verbs, what.Form)
		if !known || v.filled == nil {
			return r.refused(refuse(formUnreadable))
		}
		if why := r.lacks(ctx, v.needs); why != nil && v.needs == aFacilitator {
			return r.refused(why)
		} // others are refused by the decision, in the form, so that they keep what they wrote
		return v.filled(ctx, r, what)
	case chat.Said:
		return messageSaid(ctx, r, what)
	case chat.Rewrote:
		return messageRewritten(ctx, r, what)
	case chat.Deleted:
		return messageDeleted(ctx, r, what)
	case chat.Reacted:
		return learnByReaction(ctx, r, what)
	case chat.Unreacted:
		return releaseByReaction(ctx, r, what)
	case chat.Entered:
		return showHome(ctx, r)
	}
	return chat.Reply{}
}

// typed answers a command: the verb is its first word. Nothing typed shows where
// one is.
func (r *request) typed(ctx context.Context, line string) chat.Reply {
	name, text := cut(line)
	switch {
	case name == "" && r.in.Direct:
		return showHome(ctx, r)
	case name == "":
		return showStart(ctx, r)
	}
	name = strings.ToLower(name)
	v, known := verbNamed(r.c.verbs, name)
	if !known || v.typed == nil {
		return suggestVerbs(r, name, func(verb string) string { return verb + " " + text })
	}
	if v.name != helpVerb.name {
		if reply, asked := askWhichNetwork(ctx, r, line); asked {
			return reply
		}
	}
	if why := r.lacks(ctx, v.needs); why != nil {
		return r.refused(why)
	}
	return v.typed(ctx, r, text)
}

// lacks says what of a verb's needs isn't met; nil when everything is.
func (r *request) lacks(ctx context.Context, needs need) *benchmark.Refusal {
	switch {
	case needs == nothing:
		return nil
	case r.table == nil:
		return refuse(refusal.NoNetwork)
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

// followChannel takes a network's seat along to a channel's new id. Nobody did it,
// and nobody is answered.
func (c *Commands) followChannel(ctx context.Context, in chat.Incoming, to chat.ChannelID) {
	if err := c.tables.Move(ctx, in.ID, in.Channel, to); err != nil {
		c.options.Log.Error("channel not followed", "error", err)
	}
}
