package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
)

const notAtThatTable refusal.Reason = "not-at-that-table"

// Somebody may sit in several networks, and all of them write to them in one
// direct conversation. What they can press there says for itself which network it
// belongs to: its action is addressed, and its value begins with the network and
// the action proper. The same goes for forms, and their state.
const addressed = "at"

// roomForAddress is how many bytes an address may add to a value or a state.
const roomForAddress = 200

// How much a button's value and a form's state may hold, so that both can be
// addressed.
const (
	mostValue = chat.MaxValue - roomForAddress
	mostState = chat.MaxState - roomForAddress
)

// addressee takes the address off; the network is empty when there was none.
func addressee(in chat.Incoming) (benchmark.NetworkID, chat.Incoming) {
	var network, rest string
	switch what := in.What.(type) {
	case chat.Pressed:
		if what.Action != addressed {
			return "", in
		}
		network, rest = cutOne(what.Value)
		what.Action, what.Value = cutOne(rest)
		in.What = what
	case chat.Filled:
		if what.Form != addressed {
			return "", in
		}
		network, rest = cutOne(what.State)
		what.Form, what.State = cutOne(rest)
		in.What = what
	}
	return benchmark.NetworkID(network), in
}

func cutOne(text string) (first, rest string) {
	first, rest, _ = strings.Cut(text, " ")
	return first, rest
}

// addressReply addresses all that can be pressed and filled in.
func addressReply(reply chat.Reply, network benchmark.NetworkID) chat.Reply {
	if reply.Message != nil {
		m := addressMessage(*reply.Message, network)
		reply.Message = &m
	}
	if reply.Form != nil && reply.Form.Name != addressed {
		f := *reply.Form
		f.Name, f.State = addressed, string(network)+" "+f.Name+" "+f.State
		reply.Form = &f
	}
	return reply
}

func addressMessage(m chat.Message, network benchmark.NetworkID) chat.Message {
	blocks := make([]chat.Block, len(m.Blocks))
	for k, b := range m.Blocks {
		if row, is := b.(chat.Buttons); is {
			buttons := make([]chat.Button, len(row.Buttons))
			for i, x := range row.Buttons {
				if x.Action != addressed {
					x.Action, x.Value = addressed, string(network)+" "+x.Action+" "+x.Value
				}
				buttons[i] = x
			}
			b = chat.Buttons{Buttons: buttons}
		}
		blocks[k] = b
	}
	m.Blocks = blocks
	return m
}

// tableAt returns the table that something is addressed to, for those who sit
// there, or else the one of the place.
func (c *Commands) tableAt(ctx context.Context, in chat.Incoming, network benchmark.NetworkID) (*bot.Table, error) {
	if network == "" {
		return c.tables.At(ctx, in)
	}
	all, err := c.tables.Of(ctx, in.From.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID() == network {
			return t, nil
		}
	}
	return nil, refuse(notAtThatTable)
}

// mostAsked networks one may choose among.
const mostAsked = 20

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
	if len(line) > mostValue {
		return r.say(r.t("which.too-long")), true
	}
	var buttons []chat.Button
	for _, t := range tables[:min(len(tables), mostAsked)] {
		t.Read(func(n *benchmark.Network) {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(n.Name), chat.MaxLabel), Action: addressed, Value: string(n.ID) + " type " + line})
		})
	}
	return r.say(r.t("which.network"), buttons...), true
}
