package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// closeVerb locks the open round.
var closeVerb = verb{
	name: "close", synonyms: []string{"lock", "stäng"}, needs: aFacilitator,
	typed: closeTyped, pressed: closePressed,
}

// closeTyped asks first when organisations are still silent.
func closeTyped(ctx context.Context, r *request, _ string) chat.Reply {
	silent := 0
	var id benchmark.RoundID
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			p := n.Progress(c)
			silent, id = p.Organisations-p.Complete-p.Skipped, c.ID
		}
	})
	if why := noOpenRound(r); why != nil {
		return r.refused(why)
	}
	if silent > 0 {
		return r.say(r.t("close.sure", "Count", silent, "Period", r.period(id)), r.button("close", "close", string(id)))
	}
	return closePressed(ctx, r, string(id))
}

// closePressed closes the round that the button is about. When somebody else
// has done so meanwhile, that is as good, and is said.
func closePressed(ctx context.Context, r *request, round string) chat.Reply {
	if round == "" {
		return closeTyped(ctx, r, "")
	}
	if why := refuseOtherRound(r, benchmark.RoundID(round)); why != nil {
		return r.refused(why)
	}
	already, was := closedAlready(r, benchmark.RoundID(round))
	if err := r.decide(ctx, benchmark.CloseRound{Round: benchmark.RoundID(round)}); err != nil {
		return r.refused(err)
	}
	if was {
		return already
	}
	return confirmRound(r, "close.done")
}

// closedAlready says of a round that nobody has to close any more how it is with it.
func closedAlready(r *request, id benchmark.RoundID) (reply chat.Reply, was bool) {
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(id)
		switch {
		case known && c.Phase == benchmark.Closed:
			reply, was = r.say(r.t("close.already", "Period", r.period(id)),
				primary(r.button("publish", "publish", draftOf(n, c))), r.button("compare", "compare", roundIndicator(id, ""))), true
		case known && c.Phase == benchmark.Published:
			reply, was = r.say(r.t("close.already-shown", "Period", r.period(id)), r.button("compare", "compare", roundIndicator(id, ""))), true
		}
	})
	return reply, was
}
