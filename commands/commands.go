package commands

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

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
	tables  *bot.Tables
	options Options
	guesses guesses
}

// New returns the commands over the networks.
func New(tables *bot.Tables, o Options) *Commands {
	return &Commands{tables: tables, options: o}
}

// Handle answers what somebody did. It is a [chat.Handler].
func (c *Commands) Handle(ctx context.Context, in chat.Incoming) chat.Reply {
	if moved, is := in.What.(chat.Moved); is {
		c.moved(ctx, in, moved.To)
		return chat.Reply{}
	}
	network, in := addressee(in)
	r, err := c.request(ctx, in, network)
	if err != nil {
		return r.refused(err)
	}
	reply := r.answer(ctx)
	if r.table != nil && (r.isAddressed || in.Direct && !r.isOpen) {
		return addressReply(reply, r.table.ID())
	}
	return reply
}

// answer does what was asked for.
func (r *request) answer(ctx context.Context) chat.Reply {
	switch what := r.in.What.(type) {
	case chat.Typed:
		return r.typed(ctx, what.Text)
	case chat.Pressed:
		v, known := verbNamed(what.Action)
		if !known || v.press == nil {
			return r.refused(refuse(buttonOld))
		}
		return r.through(ctx, v, func() chat.Reply { return v.press(r, ctx, what.Value) })
	case chat.Filled:
		v, known := verbNamed(what.Form)
		if !known || v.fill == nil {
			return r.refused(refuse(formUnreadable))
		}
		return r.through(ctx, v, func() chat.Reply { return v.fill(r, ctx, what) })
	case chat.Said:
		return r.said(ctx, what)
	case chat.Entered:
		return r.home(ctx)
	case chat.Rewrote:
		return r.rewrote(ctx, what)
	case chat.Deleted:
		return r.deleted(ctx, what)
	case chat.Reacted:
		return r.reacted(ctx, what)
	case chat.Unreacted:
		return r.unreacted(ctx, what)
	}
	return chat.Reply{}
}

// through goes on with a verb for those who may use it, whichever way they
// came.
func (r *request) through(ctx context.Context, v verb, next func() chat.Reply) chat.Reply {
	switch {
	case v.facilitator && r.table == nil:
		return r.refused(r.noNetwork())
	case v.facilitator && !r.me.Facilitator:
		return r.refused(refuse(refusal.FacilitatorOnly))
	case v.facilitator && r.person(ctx).Guest:
		return r.refused(refuse(guestsTakePart))
	}
	return next()
}

// moved follows a channel that has got another id. Nobody did it, and nobody is
// answered.
func (c *Commands) moved(ctx context.Context, in chat.Incoming, to chat.ChannelID) {
	if err := c.tables.Move(ctx, in.ID, in.Channel, to); err != nil {
		c.options.Log.Error("channel not followed", "error", err)
	}
}

// request finds out where something happened and who did it; network is the one
// that it is addressed to, if any.
func (c *Commands) request(ctx context.Context, in chat.Incoming, network benchmark.NetworkID) (*request, error) {
	r := &request{c: c, in: in, isAddressed: network != ""}
	t, err := c.tableAt(ctx, in, network)
	if err != nil {
		r.zone = zoneNamed(in.From.Zone)
		r.speak(r.person(ctx).Language)
		if errors.Is(err, bot.ErrNoNetwork) {
			return r, nil
		}
		return r, err
	}
	r.sit(ctx, t)
	return r, nil
}

// sit takes the request to a table.
func (r *request) sit(ctx context.Context, t *bot.Table) {
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
	r.speak(own, language)
}

// speak chooses the first of the languages that there are words in: the
// person's, else the network's.
func (r *request) speak(languages ...string) { r.l = spoken(languages...) }

func spoken(languages ...string) *locale.Locale {
	for _, tag := range languages {
		base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
		if slices.Contains(locale.Languages(), base) {
			return locale.For(tag)
		}
	}
	return locale.For("")
}
