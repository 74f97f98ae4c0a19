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
	newcomer, rest := cut(value)
	verdict, organisation := cut(rest)
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
