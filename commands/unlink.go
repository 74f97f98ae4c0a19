package commands

import (
	"context"
	"slices"
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

// unlinkTyped takes a channel's name, or shows those at the table; of a name that several
// have, these.
func unlinkTyped(ctx context.Context, r *request, text string) chat.Reply {
	seats := seatsByName(ctx, r)
	if text = strings.TrimPrefix(strings.TrimSpace(text), "#"); text != "" {
		meant := slices.DeleteFunc(slices.Clone(seats), func(s seated) bool { return !s.isCalled(text) })
		switch len(meant) {
		case 0:
			return r.refused(refuse(refusal.NoSuchSeat))
		case 1:
			return unlinkPressed(ctx, r, string(meant[0].ID))
		}
		seats = meant
	}
	if len(seats) == 1 {
		return r.say(r.t("unlink.one", "Channel", seats[0].name))
	}
	var names []string
	var buttons []chat.Button
	for _, s := range seats {
		names = append(names, s.name)
		buttons = append(buttons, chat.Button{Label: clipText(r.t("button.unlink-this", "Channel", shortSeatName(seats, s)), chat.MaxLabel), Action: "unlink", Value: string(s.ID)})
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
	seats := seatsByName(ctx, r)
	k := slices.IndexFunc(seats, func(s seated) bool { return string(s.ID) == id })
	switch {
	case k < 0:
		return r.refused(refuse(refusal.NoSuchSeat))
	case !sure:
		yes := chat.Button{Label: clipText(r.t("button.unlink-this", "Channel", shortSeatName(seats, seats[k])), chat.MaxLabel), Action: "unlink", Value: sureAbout + " " + id}
		return r.say(r.t("unlink.sure", "Channel", seats[k].name), yes)
	}
	if err := r.decide(ctx, benchmark.Unlink(seats[k].ID)); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("unlink.done", "Channel", seats[k].name))
}
