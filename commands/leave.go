package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// leaveVerb ends one's own part, or that in one organisation of several.
var leaveVerb = verb{
	name: "leave", synonyms: []string{"quit", "lämna"}, needs: aParticipant,
	typed: askBeforeLeaving, pressed: leavePressed,
}

// partPrefix is the value of a button that leaves one organisation of several.
const partPrefix = "part "

// askBeforeLeaving asks first.
func askBeforeLeaving(_ context.Context, r *request, _ string) chat.Reply {
	buttons := []chat.Button{r.button("leave", "leave", "yes")}
	if r.me.HasSeveral() {
		r.read(func(n *benchmark.Network) {
			for role := range r.me.Roles() {
				o, _ := n.Organisation(role.Organisation)
				label := clipText(r.t("button.leave-one", "Organisation", oneLine(chat.Quiet(o.Name))), chat.MaxLabel)
				buttons = append(buttons, chat.Button{Label: label, Action: "leave", Value: partPrefix + string(o.ID)})
			}
		})
	}
	return r.say(r.t("leave.sure"), buttons...)
}

func leavePressed(ctx context.Context, r *request, value string) chat.Reply {
	if o, one := strings.CutPrefix(value, partPrefix); one {
		return leaveOne(ctx, r, benchmark.OrganisationID(o))
	}
	if value != "yes" {
		return askBeforeLeaving(ctx, r, value)
	}
	if err := r.decide(ctx, benchmark.Leave{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("leave.done"))
}

// leaveOne leaves one organisation of several.
func leaveOne(ctx context.Context, r *request, id benchmark.OrganisationID) chat.Reply {
	if err := r.decide(ctx, benchmark.PartFrom(id)); err != nil {
		return r.refused(err)
	}
	var name string
	r.read(func(n *benchmark.Network) {
		o, _ := n.Organisation(id)
		name = o.Name
	})
	return r.say(r.t("leave.done-one", "Organisation", name))
}
