package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// leaveVerb ends one's own part, that in one organisation of several, or that of a whole
// organisation.
var leaveVerb = verb{
	name: "leave", synonyms: []string{"quit", "lämna"}, needs: aParticipant,
	typed: askBeforeLeaving, pressed: leavePressed,
}

// partPrefix is the value of a button that leaves one organisation of several.
const partPrefix = "part "

// askBeforeLeaving asks first; "all of North" is for the whole organisation.
func askBeforeLeaving(ctx context.Context, r *request, text string) chat.Reply {
	if o, whole := wholeTyped(r, text); whole {
		return leaveWhole(ctx, r, string(o))
	}
	text, buttons := r.t("leave.sure"), []chat.Button{r.button("leave", "leave", "yes "+string(r.me.ID))}
	if r.me.Organisation == "" {
		text = r.t("leave.sure-none")
	}
	if why := whyNot(r, benchmark.Leave{}); why != nil {
		text, buttons = r.words(why), []chat.Button{primary(r.button("hand-over", "facilitator", handOver)), r.button("lead-add", "facilitator", addLead)}
	}
	if r.me.HasSeveral() {
		r.read(func(n *benchmark.Network) {
			for role := range r.me.Roles() {
				o, _ := n.Organisation(role.Organisation)
				label := clipText(r.t("button.leave-one", "Organisation", oneLine(chat.Quiet(o.Name))), chat.MaxLabel)
				buttons = append(buttons, chat.Button{Label: label, Action: "leave", Value: partPrefix + string(o.ID)})
			}
		})
	}
	whole := r.wholeButtons()
	if len(whole) == 0 {
		return r.say(text, buttons...)
	}
	return r.say(text+" "+r.t("leave.sure-whole"), append(buttons, whole...)...)
}

// whyNot is why an intent would be refused now; nil when it wouldn't.
func whyNot(r *request, intent benchmark.Intent) (why *benchmark.Refusal) {
	r.read(func(n *benchmark.Network) {
		_, err := n.Decide(benchmark.Actor{By: r.me.ID}, intent, r.now())
		errors.As(err, &why)
	})
	return why
}

func leavePressed(ctx context.Context, r *request, value string) chat.Reply {
	if o, one := strings.CutPrefix(value, partPrefix); one {
		return leaveOne(ctx, r, benchmark.OrganisationID(o))
	}
	if rest, whole := strings.CutPrefix(value, wholePrefix); whole {
		return leaveWhole(ctx, r, rest)
	}
	if o, stays := strings.CutPrefix(value, togetherPrefix); stays {
		return stayTogether(ctx, r, benchmark.OrganisationID(o))
	}
	if value != "yes "+string(r.me.ID) { // who has come again is asked anew
		return askBeforeLeaving(ctx, r, "")
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
