package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// skipVerb says that an organisation doesn't answer this round.
var skipVerb = verb{
	name: "skip", forOne: true, synonyms: []string{"pass", "hoppa"}, needs: aParticipant,
	typed: skipTyped, pressed: skipPressed,
}

// skipTyped says "not this round", of the round that the button is about. Nobody is
// asked why.
func skipTyped(ctx context.Context, r *request, _ string) chat.Reply { return skipPressed(ctx, r, "") }

func skipPressed(ctx context.Context, r *request, round string) chat.Reply {
	if why := refuseOtherRound(r, benchmark.RoundID(round)); why != nil {
		return r.refused(why)
	}
	if err := r.decide(ctx, benchmark.Skip{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("skip.done"), r.button("submit", "submit", ""))
}
