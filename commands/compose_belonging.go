package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// belonging tells of a change of who belongs where; false for other notices.
func (w *composition) belonging(notice benchmark.Notice) (m chat.Message, is bool) {
	o, _ := w.n.Organisation(notice.Organisation)
	into, _ := w.n.Organisation(notice.Into)
	about, _ := w.n.Participant(notice.Participant)
	by, _ := w.n.Participant(notice.By)
	say := func(id string) string {
		return w.t("belonging."+id, "Organisation", o.Name, "Into", into.Name, "Old", notice.Old, "Name", nameOf(w.l, about), "By", nameOf(w.l, by))
	}
	switch notice.About {
	case benchmark.NewOrganisationNotice:
		if o.Vouched {
			return message(w.newOrganisations(notice, nameOf(w.l, by))), true
		}
		return message(say("new"), w.button("vouch-organisation", "organisations", vouchWord+" "+string(o.ID))), true
	case benchmark.OrganisationCountsNotice, benchmark.RenamedNotice, benchmark.MergedNotice, benchmark.RemovedNotice, benchmark.EmptiedNotice, benchmark.BoundInNotice:
		return message(say(notice.About)), true
	case benchmark.UnseenNotice:
		if by.ID != "" && by.ID != about.ID {
			return message(say("admitted-by")), true
		}
		return message(say(notice.About)), true
	case benchmark.KnownNotice:
		return message(say(notice.About), w.button("status", "status", "")), true
	case benchmark.MovedNotice, benchmark.WentNotice, benchmark.PartedNotice:
		text := say(notice.About)
		if role, is := about.For(into.ID); is && into.ID != "" && !role.Confirmed {
			text = say("moved-waits")
		}
		if len(w.n.Members(o.ID)) == 0 {
			text += " " + say("nobody")
		}
		return message(text), true
	case benchmark.TakenBackNotice:
		return w.takenBack(say, about, o), true
	case benchmark.BecameNotice:
		return became(w, say, notice, into), true
	case benchmark.LeavingNotice:
		return askToLeave(w, say, o, about), true
	case benchmark.StaysNotice:
		return message(say(notice.About), w.button("status", "status", "")), true
	case benchmark.LeftNotice, benchmark.TakenOutNotice:
		return w.leftTogether(say, notice), true
	case benchmark.NotWithNotice:
		return w.notWith(o, by), true
	case benchmark.HomelessNotice:
		text, buttons := say("homeless"), []chat.Button{w.button("join", "join", "")}
		if w.to.Organisation != "" { // they have another one
			text, buttons = say("homeless-one"), nil
		}
		if _, was := benchmark.LastOf(w.n, w.to, o.ID); was && notice.Kept {
			text += " " + say("homeless-figures")
			buttons = append(buttons, w.button("removed-figures", "leave", wholePrefix+string(o.ID)))
		}
		return message(text, buttons...), true
	}
	return m, false
}

// became tells somebody of two organisations that are one now who did it, where they are, what
// became of the answers, and how they have their own in a file. It carries no value.
func became(w *composition, say func(id string) string, notice benchmark.Notice, into benchmark.Organisation) chat.Message {
	role, _ := w.to.For(into.ID)
	text := say("became-by") + " "
	if notice.By == w.to.ID {
		text = say("became-by-you") + " "
	}
	switch {
	case !role.Confirmed && benchmark.WaitsForFacilitator(w.n, role):
		text += say("became-waits-facilitator")
	case !role.Confirmed:
		text += say("became-waits")
	case !notice.Came:
		text += say("became-yours")
	default:
		text += say("became")
	}
	switch {
	case notice.Kept:
		text += " " + say("became-kept")
	case notice.Dropped:
		text += " " + say("became-dropped")
	}
	buttons := []chat.Button{w.button("status", "status", "")}
	if (notice.Kept || notice.Dropped) && notice.Came {
		text += " " + say("became-file")
		buttons = append(buttons, w.button("privacy-get", "privacy", "get"))
	}
	return message(text, buttons...)
}

// newOrganisations tells of those that the network knows, in one sentence.
func (w *composition) newOrganisations(notice benchmark.Notice, by string) string {
	var names []string
	for _, id := range append([]benchmark.OrganisationID{notice.Organisation}, notice.Besides...) {
		o, _ := w.n.Organisation(id)
		names = append(names, o.Name)
	}
	return w.t("belonging.new-counts", "Organisations", clipText(w.l.List(names), maxNamesLength), "Name", by, "Count", len(names))
}

// leftTogether tells that an organisation has left, and what becomes of its figures.
func (w *composition) leftTogether(say func(id string) string, notice benchmark.Notice) chat.Message {
	text := say(benchmark.LeftNotice)
	if len(notice.To) > 0 { // people are told by whom
		text = say(benchmark.TakenOutNotice)
	}
	switch {
	case notice.Kept:
		text += " " + say("figures-stay")
	case notice.Dropped:
		text += " " + say("figures-gone")
	}
	if notice.About == benchmark.TakenOutNotice && w.to.Organisation == "" {
		return message(text+" "+say("taken-out-home"), w.button("join", "join", ""))
	}
	return message(text)
}

// askToLeave asks a member whether their organisation leaves as a whole, as another one wants;
// without buttons once that is settled.
func askToLeave(w *composition, say func(id string) string, o benchmark.Organisation, by benchmark.Participant) chat.Message {
	first, keep, waits := benchmark.LeavingOf(w.n, o.ID)
	if !waits || first != by.ID {
		return message(say("leaving-was"))
	}
	figures, text := noneWord, say("leaving")
	answered := slices.ContainsFunc(w.n.Rounds, func(r *benchmark.Round) bool { return r.Answered(o.ID) > 0 })
	switch {
	case answered && keep:
		figures, text = keepWord, text+" "+say("leaving-keep")
	case answered:
		figures, text = dropWord, text+" "+say("leaving-drop")
	}
	longest, _ := benchmark.LongestThere(w.n, o.ID)
	var buttons []chat.Button
	if first == longest.ID || w.to.ID == longest.ID {
		buttons = append(buttons, w.button("leave-yes-"+figures, "leave", wholePrefix+string(o.ID)+" "+figures+" "+string(by.ID)))
	}
	if answered {
		buttons = append(buttons, w.button("leave-figures", "leave", wholePrefix+string(o.ID)))
	}
	buttons = append(buttons, w.button("leave-together", "leave", togetherPrefix+string(o.ID)))
	return message(text+" "+w.whoseWord(w.n, o, w.to.ID)+" "+say("leaving-stop"), buttons...)
}

// takenBack tells what somebody answered who didn't belong there. It carries no value.
func (w *composition) takenBack(say func(id string) string, who benchmark.Participant, o benchmark.Organisation) chat.Message {
	var answered []string
	for _, r := range w.n.Rounds {
		t, _ := w.n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			if v, ok := r.Submission(o.ID, i.ID); ok && v.By == who.ID {
				answered = append(answered, w.t("belonging.answered", "Title", oneLine(i.Title), "Period", w.period(r.ID)))
			}
		}
	}
	also, next := "", []chat.Button{w.button("status", "status", "")}
	others := func(p benchmark.Participant) bool { return p.ID != w.to.ID }
	if slices.ContainsFunc(benchmark.LetInBy(w.n, who.ID, o.ID), others) { // nobody is named here who isn't told of
		also, next = say("taken-back-also"), []chat.Button{w.button("vouch-also", "vouch", "")}
	}
	if len(answered) == 0 && also == "" {
		return message(say("taken-back"))
	}
	if len(answered) == 0 {
		return message(say("taken-back")+" "+also, next...)
	}
	if left := len(answered) - maxSilent; left > 0 {
		answered = append(answered[:maxSilent], w.t("posts.more", "Count", left))
	}
	text := say("taken-back") + " " + say("taken-back-answers")
	m := message(text)
	m.Blocks = append(m.Blocks, chat.Items{Items: answered})
	if also != "" {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: also})
	}
	m.Blocks = append(m.Blocks, rows(next)...)
	return m
}

// vouchFor asks whether the network knows a new organisation.
func (w *composition) vouchFor() chat.Message {
	o, _ := w.n.Organisation(w.d.Organisation)
	text := w.t("organisations.ask", "Organisation", o.Name, "Network", w.n.Name)
	for _, p := range w.n.Members(o.ID) {
		text = w.t("organisations.ask-by", "Organisation", o.Name, "Network", w.n.Name, "Name", nameOf(w.l, p))
		break
	}
	if near, is := w.n.OrganisationNear(o.Name); is {
		text += " " + w.t("organisations.ask-near", "Near", near.Name)
	}
	return message(text, w.organisationButtons(o.ID)...)
}

// organisationButtons decide of a new organisation what whoever reads them may.
func (w *composition) organisationButtons(o benchmark.OrganisationID) []chat.Button {
	buttons := []chat.Button{primary(w.button("vouch-organisation", "organisations", vouchWord+" "+string(o)))}
	if w.to.Facilitator {
		buttons = append(buttons, w.button("organisation-remove", "organisations", removeWord+" "+string(o)), w.button("organisation-merge", "organisations", mergeWord+" "+string(o)))
	}
	return buttons
}
