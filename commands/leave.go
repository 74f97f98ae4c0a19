package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// leaveVerb ends one's own part.
var leaveVerb = verb{
	name: "leave", synonyms: []string{"quit", "lämna"}, needs: aParticipant,
	typed: askBeforeLeaving, pressed: leavePressed,
}

// askBeforeLeaving asks first.
func askBeforeLeaving(_ context.Context, r *request, _ string) chat.Reply {
	return r.say(r.t("leave.sure"), r.button("leave", "leave", "yes"))
}

func leavePressed(ctx context.Context, r *request, value string) chat.Reply {
	if value != "yes" {
		return askBeforeLeaving(ctx, r, value)
	}
	if err := r.decide(ctx, benchmark.Leave{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("leave.done"))
}
