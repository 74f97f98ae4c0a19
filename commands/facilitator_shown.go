package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// showLeaders says who leads, with what one may do about it.
func showLeaders(r *request) chat.Reply {
	var names []string
	var sought bool
	var back []benchmark.ParticipantID
	leads := 0
	r.read(func(n *benchmark.Network) {
		sought = n.FacilitatorSought()
		for _, f := range n.Facilitators() {
			if f.MayLead() {
				names = append(names, nameOf(r.l, f))
				leads++
			}
		}
		for _, p := range n.Participants {
			if benchmark.MayComeBack(n, p.ID, r.now()) && len(back) < maxNear {
				back = append(back, p.ID)
			}
		}
	})
	if r.me.ID == "" && leads > 0 { // names are for those who take part
		return r.say(r.t("facilitator.who-leads-unnamed", "Network", networkName(r), "Count", leads), primary(r.button("join", "join", "")))
	}
	text := r.t("facilitator.who-leads-none", "Network", networkName(r))
	if len(names) > 0 {
		text = r.t("facilitator.who-leads", "Network", networkName(r), "Names", strings.Join(names, ", "))
	}
	var buttons []chat.Button
	if r.me.Facilitator {
		buttons = append(buttons, r.button("lead-add", "facilitator", addLead), r.button("hand-over", "facilitator", handOver))
		if leads > 1 {
			buttons = append(buttons, r.button("step-down", "facilitator", stepDown))
		}
	} else if len(back) > 0 && !sought && speaksForAny(r.me) {
		text += " " + r.t("facilitator.may-come-back", "Names", namesOf(r, back), "Count", len(back))
		for _, id := range back {
			if id == r.me.ID {
				buttons = append(buttons, primary(r.button("lead-me", "facilitator", nameMe)))
				continue
			}
			buttons = append(buttons, leadButton(r.l, r.nameOf(id), id))
		}
	} else if sought && speaksForAny(r.me) {
		text += " " + r.t("facilitator.choose")
		buttons = append(buttons, primary(r.button("lead-me", "facilitator", nameMe)), r.button("lead-name", "facilitator", nameLead))
	}
	return r.say(text, buttons...)
}

func networkName(r *request) (name string) {
	r.read(func(n *benchmark.Network) { name = n.Name })
	return name
}
