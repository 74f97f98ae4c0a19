package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// publishVerb shows a closed round to everybody.
var publishVerb = verb{
	name: "publish", synonyms: []string{"show", "visa"}, needs: aFacilitator,
	typed: publishRound, pressed: publishRound,
}

// publishRound shows the round.
func publishRound(ctx context.Context, r *request, round string) chat.Reply {
	id := benchmark.RoundID(strings.ToUpper(strings.TrimSpace(round)))
	done := "publish.done"
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(id)
		if id == "" {
			c = n.Current()
			known = c != nil
		}
		if known && c.Phase == benchmark.Published {
			done = "publish.already"
		}
	})
	if err := r.decide(ctx, benchmark.PublishRound{Round: id}); err != nil {
		return r.refused(err)
	}
	if id == "" {
		return confirmRound(r, done)
	}
	return r.say(r.t(done, "Period", r.period(id)))
}
