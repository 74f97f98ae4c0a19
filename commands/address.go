package commands

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
)

const (
	notAtThatTable refusal.Reason = "not-at-that-table"
	channelLeft    refusal.Reason = "channel-left"
)

// addressee is the network that something is addressed to, empty when it is to none.
// Somebody may sit in several networks, and all of them write to them in one direct
// conversation: what can be pressed and filled in there says by its scope which
// network it belongs to. In a channel it says so too, as another network may meet there by
// the time that it is pressed.
func addressee(in chat.Incoming) (benchmark.NetworkID, chat.Incoming) {
	scope := ""
	switch what := in.What.(type) {
	case chat.Pressed:
		if scope = what.Scope; scope == "" && what.Action == packed {
			scope, what.Action, what.Value = unpack(what.Value)
			in.What = what
		}
	case chat.Filled:
		if scope = what.Scope; scope == "" && what.Form == packed {
			scope, what.Form, what.State = unpack(what.State)
			in.What = what
		}
	}
	return benchmark.NetworkID(scope), in
}

// tableAt returns the table that something is addressed to, for those who sit
// there, or else the one of the place. In a channel that is the same, unless the channel
// has left that table: then it is refused, and acts at none.
func (c *Commands) tableAt(ctx context.Context, in chat.Incoming, network benchmark.NetworkID) (*bot.Table, error) {
	if network == "" || !in.Direct {
		t, err := c.tables.At(ctx, in)
		if network != "" && (errors.Is(err, bot.ErrNoNetwork) || err == nil && t.ID() != network) {
			return nil, refuse(channelLeft)
		}
		return t, err
	}
	sits := c.tables.Of
	if pressed, is := in.What.(chat.Pressed); is && pressed.Action == privacyVerb.name {
		sits = func(ctx context.Context, who chat.PersonID) ([]*bot.Table, error) { // for those who have left, too
			all, _, err := c.tables.Knowing(ctx, who)
			return all, err
		}
	}
	all, err := sits(ctx, in.From.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID() == network {
			return t, nil
		}
	}
	if damage := c.tables.Damage().Networks[network]; damage != nil {
		return nil, damage
	}
	return nil, refuse(notAtThatTable)
}

// packed is the action of buttons, and the name of forms, that earlier versions
// posted, before there were scopes: the value, or state, begins with the network and
// the action proper. They still stand in conversations.
const packed = "at"

// unpack reads "n1 submit rest".
func unpack(value string) (network, action, rest string) {
	network, rest, _ = strings.Cut(value, " ")
	action, rest, _ = strings.Cut(rest, " ")
	return network, action, rest
}

// addressReply addresses all that can be pressed and filled in.
func addressReply(reply chat.Reply, network benchmark.NetworkID) chat.Reply {
	if reply.Message != nil {
		reply.Message = new(addressMessage(*reply.Message, network))
	}
	if reply.Form != nil {
		f := tellFieldsApart(*reply.Form)
		f.Scope = cmp.Or(f.Scope, string(network))
		reply.Form = &f
	}
	return reply
}

// addressMessage addresses the buttons that aren't yet.
func addressMessage(m chat.Message, network benchmark.NetworkID) chat.Message {
	return tellButtonsApart(withScopes(m, func(b chat.Button) string { return cmp.Or(b.Scope, string(network)) }))
}

// withScopes returns the message with other scopes on its buttons.
func withScopes(m chat.Message, scope func(chat.Button) string) chat.Message {
	blocks := slices.Clone(m.Blocks)
	for k, b := range blocks {
		row, is := b.(chat.Buttons)
		if !is {
			continue
		}
		buttons := slices.Clone(row.Buttons)
		for i := range buttons {
			buttons[i].Scope = scope(buttons[i])
		}
		blocks[k] = chat.Buttons{Buttons: buttons}
	}
	m.Blocks = blocks
	return m
}

// maxNetworksAsked networks one may choose among.
const maxNetworksAsked = 20

// networkElsewhere refuses what was said in a channel in which no network meets, by somebody
// who is in one.
const networkElsewhere refusal.Reason = "network-elsewhere"

// noNetworkHere refuses what needs a network in a channel in which none meets.
func noNetworkHere(ctx context.Context, r *request) *benchmark.Refusal {
	if networks := networksElsewhere(ctx, r); networks != "" {
		return refuse(networkElsewhere, "Networks", verbatim(networks))
	}
	return refuse(refusal.NoNetwork)
}

// giveBackWords adds to a refusal in a channel in which no network meets what was typed, if
// it was more than a verb.
func giveBackWords(r *request, reply chat.Reply, line string) chat.Reply {
	if _, text := firstWord(line); r.table != nil || text == "" {
		return reply
	}
	return giveBack(r, reply, line)
}

// networksElsewhere names the networks of somebody who is in a channel in which none meets;
// empty for none.
func networksElsewhere(ctx context.Context, r *request) string {
	if r.in.Direct {
		return ""
	}
	tables, err := r.c.tables.Of(ctx, r.in.From.ID)
	if err != nil {
		r.c.options.Log.Error("networks of a person", "error", err)
		return ""
	}
	var names []string
	for _, t := range tables[:min(len(tables), maxNetworksAsked)] {
		t.Read(func(n *benchmark.Network) { names = append(names, chat.Quiet(oneLine(n.Name))) })
	}
	return r.l.List(names)
}

// askWhichNetwork asks those who type in their direct conversation and are in several
// networks which one they mean; false when there is nothing to ask. What they
// typed goes on as it was.
func askWhichNetwork(ctx context.Context, r *request, line string) (chat.Reply, bool) {
	if !r.in.Direct || r.isAddressed {
		return chat.Reply{}, false
	}
	tables, err := r.c.tables.Of(ctx, r.in.From.ID)
	if err != nil {
		return r.failed(err), true
	}
	if len(tables) < 2 {
		return chat.Reply{}, false
	}
	line = strings.TrimSpace(line)
	if len(line) > chat.MaxValue {
		return r.say(r.t("which.too-long")), true
	}
	var buttons []chat.Button
	for _, t := range tables[:min(len(tables), maxNetworksAsked)] {
		t.Read(func(n *benchmark.Network) {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(n.Name), chat.MaxLabel), Action: "type", Value: line, Scope: string(n.ID)})
		})
	}
	return r.say(r.t("which.network"), buttons...), true
}
