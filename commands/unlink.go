package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// unlinkVerb takes a channel from the table.
var unlinkVerb = verb{
	name: "unlink", synonyms: []string{"unseat", "disconnect", "koppla-bort"}, needs: aFacilitator,
	typed: unlinkTyped, pressed: unlinkPressed,
}

// seated is a seat as it is called: by its channel's name, where the platform tells it.
type seated struct {
	benchmark.Seat
	name string
}

// seatsByName are those at the table.
func seatsByName(ctx context.Context, r *request) []seated {
	var all []seated
	r.read(func(n *benchmark.Network) {
		for s := range n.Seated() {
			all = append(all, seated{Seat: s})
		}
	})
	for k := range all {
		all[k].name = r.channelName(ctx, all[k].Seat)
	}
	return all
}

// channelName is what people call a seat's channel; its id where the platform does not
// tell.
func (r *request) channelName(ctx context.Context, s benchmark.Seat) string {
	name := ""
	if r.c.options.Channel != nil {
		name = r.c.options.Channel(ctx, chat.ChannelID{Connection: s.Connection, Channel: s.Channel})
	}
	if name = chat.Quiet(oneLine(name)); name == "" {
		return s.Channel
	}
	return "#" + strings.TrimPrefix(name, "#")
}

// unlinkTyped takes a channel's name, or shows those at the table.
func unlinkTyped(ctx context.Context, r *request, text string) chat.Reply {
	seats := seatsByName(ctx, r)
	if text = strings.TrimPrefix(strings.TrimSpace(text), "#"); text != "" {
		for _, s := range seats {
			if strings.EqualFold(strings.TrimPrefix(s.name, "#"), text) || s.Channel == text {
				return unlinkPressed(ctx, r, string(s.ID))
			}
		}
		return r.refused(refuse(refusal.NoSuchSeat))
	}
	if len(seats) == 1 {
		return r.say(r.t("unlink.one", "Channel", seats[0].name, "Connection", seats[0].Connection))
	}
	var names []string
	var buttons []chat.Button
	for _, s := range seats {
		names = append(names, r.t("unlink.seat", "Channel", s.name, "Connection", s.Connection))
		buttons = append(buttons, chat.Button{Label: clipText(r.t("button.unlink-this", "Channel", s.name), chat.MaxLabel), Action: "unlink", Value: string(s.ID)})
	}
	m := message(r.t("unlink.seats"))
	m.Blocks = append(append(m.Blocks, chat.Items{Items: names}), rows(buttons)...)
	return chat.Reply{Message: &m}
}

// unlinkPressed asks first, then does it.
func unlinkPressed(ctx context.Context, r *request, value string) chat.Reply {
	word, id := firstWord(value)
	sure := word == sureAbout
	if !sure {
		id = word
	}
	if id == "" {
		return unlinkTyped(ctx, r, "")
	}
	var s benchmark.Seat
	r.read(func(n *benchmark.Network) { s, _ = n.Seat(benchmark.SeatID(id)) })
	name := r.channelName(ctx, s)
	switch {
	case s.ID == "" || !s.Left.IsZero():
		return r.refused(refuse(refusal.NoSuchSeat))
	case !sure:
		yes := chat.Button{Label: clipText(r.t("button.unlink-this", "Channel", name), chat.MaxLabel), Action: "unlink", Value: sureAbout + " " + id}
		return r.say(r.t("unlink.sure", "Channel", name, "Connection", s.Connection), yes)
	}
	if err := r.decide(ctx, benchmark.Unlink(s.ID)); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("unlink.done", "Channel", name))
}
