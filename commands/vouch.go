package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// vouchVerb says who belongs to an organisation, and takes that back.
var vouchVerb = verb{
	name: "vouch", synonyms: []string{"confirm", "bekräfta"}, needs: aParticipant,
	typed: vouchTyped, pressed: vouchPressed,
}

// The verdicts on a newcomer.
const (
	verdictYes = "yes"
	verdictNo  = "no"
)

// vouchTyped takes "yes Cia Holm" or "no Cia Holm", and shows who may be spoken for without.
func vouchTyped(ctx context.Context, r *request, text string) chat.Reply {
	verdict, name := firstWord(text)
	switch strings.ToLower(verdict) {
	case verdictYes, "ja":
		verdict = verdictYes
	case verdictNo, "nej":
		verdict = verdictNo
	default:
		return showNewcomers(r)
	}
	id, question, known := personMeant(r, name, "vouch", func(id benchmark.ParticipantID) string {
		return vouching(personVouched(r, id, verdict), verdict)
	})
	if !known {
		return question
	}
	return vouchPressed(ctx, r, vouching(personVouched(r, id, verdict), verdict))
}

// personVouched is somebody in the role about which one may say so.
func personVouched(r *request, id benchmark.ParticipantID, verdict string) benchmark.Participant {
	var p benchmark.Participant
	r.read(func(n *benchmark.Network) {
		p, _ = n.Participant(id)
		for role := range p.Roles() {
			if r.may(n, benchmark.Vouch{Newcomer: id, Organisation: role.Organisation, Yes: verdict == verdictYes}) {
				p = role
				return
			}
		}
	})
	return p
}

// maxNewcomers are shown at once.
const maxNewcomers = 10

// showNewcomers lists who waits for one's word, and who speaks for an organisation by it.
func showNewcomers(r *request) chat.Reply {
	var buttons []chat.Button
	waiting, confirmed, at := 0, 0, ""
	r.read(func(n *benchmark.Network) {
		for _, person := range n.Participants {
			for p := range person.Roles() {
				o, _ := n.Organisation(p.Organisation)
				add := func(id, verdict string) {
					label := clipText(r.t("button."+id, "Name", nameOf(r.l, p), "Organisation", o.Name), chat.MaxLabel)
					buttons = append(buttons, chat.Button{Label: label, Action: "vouch", Value: vouching(p, verdict)})
				}
				no := r.may(n, benchmark.Vouch{Newcomer: p.ID, Organisation: p.Organisation})
				switch {
				case len(buttons) >= maxNewcomers:
				case no && !p.Confirmed:
					waiting, at = waiting+1, o.Name
					add("vouch-yes-named", verdictYes)
					add("vouch-no-named", verdictNo)
				case no && p.ConfirmedBy() != "":
					confirmed++
					add("vouch-back-named", verdictNo)
				}
			}
		}
	})
	if len(buttons) == 0 {
		return r.say(r.t("vouch.nobody"))
	}
	text := r.t("vouch.waits-none")
	switch {
	case waiting == 1:
		text = r.t("vouch.waits-one", "Organisation", at)
	case waiting > 1:
		text = r.t("vouch.waits", "Count", waiting)
	}
	if confirmed > 0 {
		text += " " + r.t("vouch.confirmed", "Count", confirmed)
	}
	return r.say(text, buttons...)
}

// vouchPressed is pressed by a member who was asked about a newcomer, or takes that back:
// "p7 yes o2"; by nothing who may be spoken for is shown.
func vouchPressed(ctx context.Context, r *request, value string) chat.Reply {
	if value == "" {
		return showNewcomers(r)
	}
	newcomer, rest := firstWord(value)
	verdict, organisation := firstWord(rest)
	yes := verdict == verdictYes
	if !yes && verdict != verdictNo {
		return r.refused(refuse(buttonOld))
	}
	var was benchmark.Participant
	var o benchmark.Organisation
	r.read(func(n *benchmark.Network) {
		was, _ = n.Participant(benchmark.ParticipantID(newcomer))
		if role, is := was.For(benchmark.OrganisationID(organisation)); is {
			was = role
		}
		o, _ = n.Organisation(was.Organisation)
	})
	if err := r.decide(ctx, benchmark.Vouch{
		Newcomer: was.ID, Organisation: benchmark.OrganisationID(organisation), Yes: yes,
	}); err != nil {
		return r.refused(err)
	}
	switch {
	case yes:
		text := r.t("vouch.yes", "Organisation", o.Name)
		r.read(func(n *benchmark.Network) {
			now, _ := n.Participant(was.ID)
			if role, _ := now.For(o.ID); role.AdmittedUnseen() {
				text += " " + r.t("vouch.yes-unseen", "Organisation", o.Name)
			}
		})
		return r.say(text, r.button("vouch-back", "vouch", vouching(was, verdictNo)))
	case was.Confirmed:
		text := r.t("vouch.back", "Name", nameOf(r.l, was), "Organisation", o.Name)
		var also string
		var buttons []chat.Button
		r.read(func(n *benchmark.Network) { also, buttons = r.alsoLetIn(n, was, o) })
		return r.say(strings.TrimSpace(text+" "+also), append(buttons, r.button("status", "status", ""))...)
	}
	return r.say(r.t("vouch.no"))
}

// alsoLetIn says who else came in by the word of somebody who was put out; with a button for
// each whom one may put out too.
func (r *request) alsoLetIn(n *benchmark.Network, out benchmark.Participant, o benchmark.Organisation) (text string, buttons []chat.Button) {
	var names []string
	for _, p := range benchmark.LetInBy(n, out.ID, o.ID) {
		names = append(names, nameOf(r.l, p))
		if len(buttons) < maxNewcomers && r.may(n, benchmark.Vouch{Newcomer: p.ID, Organisation: o.ID}) {
			label := clipText(r.t("button.vouch-back-named", "Name", nameOf(r.l, p), "Organisation", o.Name), chat.MaxLabel)
			buttons = append(buttons, chat.Button{Label: label, Action: "vouch", Value: vouching(p, verdictNo)})
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	return r.t("vouch.also", "Name", nameOf(r.l, out), "Names", clipText(r.l.List(names), maxNamesLength)), buttons
}

// vouching is what a button says of a newcomer: about which organisation, too, as
// they may have chosen another one when it is pressed.
func vouching(p benchmark.Participant, verdict string) string {
	return string(p.ID) + " " + verdict + " " + string(p.Organisation)
}

// confirm asks a member whether a newcomer belongs to them.
func (w *composition) confirm() chat.Message {
	p, _ := w.n.Participant(w.d.Newcomer)
	if role, is := p.For(w.d.Organisation); is {
		p = role
	}
	o, _ := w.n.Organisation(p.Organisation)
	text := w.t("confirm.ask", "Name", nameOf(w.l, p), "Organisation", o.Name)
	from, merged := w.n.Organisation(p.CameFrom())
	does := chat.Quiet(string(benchmark.ProfessionOf(w.n, p)))
	switch {
	case merged && does != "":
		text = w.t("confirm.ask-merged-profession", "Name", nameOf(w.l, p), "Profession", does, "Organisation", o.Name, "Old", from.Name)
	case merged:
		text = w.t("confirm.ask-merged", "Name", nameOf(w.l, p), "Organisation", o.Name, "Old", from.Name)
	case does != "":
		text = w.t("confirm.ask-profession", "Name", nameOf(w.l, p), "Profession", does, "Organisation", o.Name)
	}
	return message(text, primary(w.button("vouch-yes", "vouch", vouching(p, verdictYes))), w.button("vouch-no", "vouch", vouching(p, verdictNo)))
}

// notWith tells somebody who is in several organisations, or was, that they aren't with one.
func (w *composition) notWith(o benchmark.Organisation, by benchmark.Participant) chat.Message {
	role, is := by.For(o.ID)
	theirs := is && role.Confirmed
	text := w.t("welcome.not-with-facilitator", "Organisation", o.Name)
	switch stays := w.to.Active() || w.to.HasSeveral(); {
	case stays && theirs:
		text = w.t("welcome.not-with-one", "Organisation", o.Name)
	case stays:
		text = w.t("welcome.not-with-one-facilitator", "Organisation", o.Name)
	case theirs:
		text = w.t("welcome.not-with", "Organisation", o.Name)
	}
	return message(text, w.button("join", "join", ""))
}

func (w *composition) welcome() chat.Message {
	o, ok := w.n.Organisation(w.to.Organisation)
	if not, known := w.n.Organisation(w.d.Organisation); known && !w.to.Confirmed {
		if w.to.TurnedAwayByFacilitator() {
			return message(w.t("welcome.not-with-facilitator", "Organisation", not.Name), w.button("join", "join", ""))
		}
		return message(w.t("welcome.not-with", "Organisation", not.Name), w.button("join", "join", ""))
	}
	if !ok || !w.to.Confirmed {
		return message(w.t("welcome.no"), w.button("join", "join", ""))
	}
	text := w.t("welcome.yes", "Organisation", o.Name)
	if w.to.AdmittedUnseen() {
		text += " " + w.t("welcome.unseen", "Organisation", o.Name)
	}
	if c := w.n.Current(); c == nil || c.Phase != benchmark.Open || !w.n.MaySeeOwn(w.to, c) {
		return message(text, w.button("template", "template", ""), w.button("status", "status", ""))
	}
	return message(text, primary(w.button("submit", "submit", "")), w.button("status", "status", ""))
}
