package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// leadButton names somebody who is to lead: an organisation's word.
func leadButton(l *locale.Locale, name string, p benchmark.ParticipantID) chat.Button {
	return chat.Button{Label: clipText(l.T("button.lead-other", "Name", name), chat.MaxLabel), Action: "facilitator", Value: nameLead + " " + string(p)}
}

// askToHandOver says what handing over to somebody means, and asks.
func askToHandOver(r *request, to benchmark.ParticipantID) chat.Reply {
	var err error
	var both bool
	r.read(func(n *benchmark.Network) {
		_, err = n.Decide(r.actor(), benchmark.HandOver(to), r.now())
		p, _ := n.Participant(to)
		both = p.Facilitator
	})
	if err != nil {
		return r.refused(err)
	}
	id := "facilitator.sure-hand-over"
	if both {
		id = "facilitator.sure-hand-over-both"
	}
	yes := chat.Button{Label: r.t("button.hand-over"), Action: "facilitator", Value: sureOver + " " + string(to)}
	return r.say(r.t(id, "Name", r.nameOf(to)), yes)
}

// askToDismiss says what it means that somebody else leads no more, and asks.
func askToDismiss(r *request, who benchmark.ParticipantID) chat.Reply {
	if who == r.me.ID {
		return r.say(r.t("facilitator.sure-step-down"), r.button("step-down", "facilitator", sureAbout+" "+string(who)))
	}
	var err error
	r.read(func(n *benchmark.Network) { err = benchmark.MayDismiss(n, r.actor(), who, r.now()) })
	if err != nil {
		return r.refused(err)
	}
	yes := chat.Button{Label: r.t("facilitator.yes-dismiss"), Action: "facilitator", Value: sureAbout + " " + string(who)}
	return r.say(r.t("facilitator.sure-dismiss", "Name", r.nameOf(who)), yes)
}

// dismissLead ends that somebody leads.
func dismissLead(ctx context.Context, r *request, who benchmark.ParticipantID) chat.Reply {
	if err := r.decide(ctx, benchmark.DismissFacilitator(who)); err != nil {
		return r.refused(err)
	}
	if who == r.me.ID {
		return r.say(r.t("facilitator.stepped-down", "Told", whereTold(r)))
	}
	return r.say(r.t("facilitator.dismissed", "Name", r.nameOf(who), "Told", whereTold(r)))
}
