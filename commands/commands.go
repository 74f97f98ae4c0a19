package commands

import (
	"context"
	"errors"
	"log/slog"

	"roundtable/benchmark"
	"roundtable/bot"
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
	// KnownCountry says whether the public holidays of a country are known; of
	// the empty one they are.
	KnownCountry func(country string) bool
	// Person looks somebody up on their platform; an unknown one is an error.
	Person func(ctx context.Context, id bot.PersonID) (bot.Person, error)
	Log    *slog.Logger
}

// Commands answer what people do. Safe for concurrent use.
type Commands struct {
	tables  *bot.Tables
	options Options
}

// New returns the commands over the networks.
func New(tables *bot.Tables, o Options) *Commands {
	return &Commands{tables: tables, options: o}
}

// Handle answers what somebody did. It is a [bot.Handler].
func (c *Commands) Handle(ctx context.Context, in bot.Incoming) bot.Reply {
	r, err := c.request(ctx, in)
	if err != nil {
		return r.failed(err)
	}
	switch what := in.What.(type) {
	case bot.Typed:
		return r.typed(ctx, what.Text)
	case bot.Pressed:
		if v, ok := verbNamed(what.Action); ok && v.press != nil {
			return v.press(r, ctx, what.Value)
		}
	case bot.Filled:
		if v, ok := verbNamed(what.Form); ok && v.fill != nil {
			return v.fill(r, ctx, what)
		}
	case bot.Said:
		return r.said(ctx, what)
	case bot.Reacted:
	}
	return bot.Reply{}
}

// request finds out where something happened and who did it.
func (c *Commands) request(ctx context.Context, in bot.Incoming) (*request, error) {
	r := &request{c: c, in: in, l: locale.For(in.From.Language)}
	t, err := c.tables.At(ctx, in)
	switch {
	case errors.Is(err, bot.ErrNoNetwork):
		r.zone = zoneNamed(in.From.Zone)
		return r, nil
	case err != nil:
		return r, err
	}
	r.table = t
	t.Read(func(n *benchmark.Network) {
		r.me, _ = n.At(benchmark.Address{Connection: in.From.ID.Connection, User: in.From.ID.User})
		r.zone = n.Location()
		language := n.Settings.Language
		switch {
		case in.From.Language != "":
			language = in.From.Language
		case r.me.Language != "":
			language = r.me.Language
		}
		r.l = locale.For(language)
	})
	return r, nil
}
