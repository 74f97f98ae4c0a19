package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// vouchVerb is pressed by those who are asked whether a newcomer belongs to them.
var vouchVerb = verb{name: "vouch", needs: aParticipant, pressed: vouchPressed}

// vouchPressed is pressed by a member who was asked about a newcomer: "p7 yes o2".
func vouchPressed(ctx context.Context, r *request, value string) chat.Reply {
	newcomer, rest := firstWord(value)
	verdict, organisation := firstWord(rest)
	yes := verdict == "yes"
	if !yes && verdict != "no" {
		return r.refused(refuse(buttonOld))
	}
	if err := r.decide(ctx, benchmark.Vouch{
		Newcomer: benchmark.ParticipantID(newcomer), Organisation: benchmark.OrganisationID(organisation), Yes: yes,
	}); err != nil {
		return r.refused(err)
	}
	if yes {
		return r.say(r.t("vouch.yes"))
	}
	return r.say(r.t("vouch.no"))
}

// vouching is what a button says of a newcomer: about which organisation, too, as
// they may have chosen another one when it is pressed.
func vouching(p benchmark.Participant, verdict string) string {
	return string(p.ID) + " " + verdict + " " + string(p.Organisation)
}

// confirm asks a member whether a newcomer belongs to them.
func (w *composition) confirm() chat.Message {
	p, _ := w.n.Participant(w.d.Newcomer)
	o, _ := w.n.Organisation(p.Organisation)
	text := w.t("confirm.ask", "Name", nameOf(w.l, p), "Organisation", o.Name)
	if p.Profession != "" {
		text = w.t("confirm.ask-profession", "Name", nameOf(w.l, p), "Profession", chat.Quiet(string(p.Profession)), "Organisation", o.Name)
	}
	return message(text, primary(w.button("vouch-yes", "vouch", vouching(p, "yes"))), w.button("vouch-no", "vouch", vouching(p, "no")))
}

func (w *composition) welcome() chat.Message {
	o, ok := w.n.Organisation(w.to.Organisation)
	if !ok || !w.to.Confirmed {
		return message(w.t("welcome.no"), w.button("join", "join", ""))
	}
	text := w.t("welcome.yes", "Organisation", o.Name)
	if c := w.n.Current(); c == nil || c.Phase != benchmark.Open {
		return message(text, w.button("template", "template", ""), w.button("status", "status", ""))
	}
	return message(text, primary(w.button("submit", "submit", "")), w.button("status", "status", ""))
}
