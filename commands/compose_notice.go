package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// notice tells a seat what concerns everybody there.
func (w *composition) notice() chat.Message {
	notice, _ := w.n.Notice(w.d.Notice)
	by, _ := w.n.Participant(notice.By)
	about, _ := w.n.Participant(notice.Participant)
	name := nameOf(w.l, about)
	switch notice.About {
	case benchmark.SettingsNotice:
		return message(w.settingsChanged(notice, nameOf(w.l, by)))
	case benchmark.SoughtNotice:
		text := w.t("notice.sought")
		if !slices.ContainsFunc(w.n.Facilitators(), benchmark.Participant.MayLead) {
			text = w.t("notice.sought-leaderless")
		}
		return message(text+" "+w.t("facilitator.choose"), primary(w.button("lead-me", "facilitator", "me")), w.button("lead-name", "facilitator", "name"))
	case benchmark.ProposedNotice:
		lead := chat.Button{Label: clipText(w.t("button.lead-other", "Name", name), chat.MaxLabel), Action: "facilitator", Value: "name " + string(about.ID)}
		o, known := w.n.Organisation(notice.Organisation)
		if !known || w.n.Settings.Visibility != benchmark.Named {
			return message(w.t("notice.proposed-unnamed", "Name", name), primary(lead), w.button("lead-name", "facilitator", "name"))
		}
		return message(w.t("notice.proposed", "Name", name, "Organisation", o.Name), primary(lead), w.button("lead-name", "facilitator", "name"))
	}
	return message(w.t("notice."+notice.About, "Name", name, "By", nameOf(w.l, by)))
}

// settingsChanged says what is promised from now on, and to what.
func (w *composition) settingsChanged(notice benchmark.Notice, by string) string {
	was, now := notice.Was, notice.Now
	text := w.t("notice.settings", "By", by)
	if was.Visibility != now.Visibility {
		text += " " + w.t("promise."+string(now.Visibility))
	}
	switch {
	case was.SmallNumber == now.SmallNumber:
	case now.SmallNumber == 0:
		text += " " + w.t("promise.all-numbers")
	case now.SmallNumber > was.SmallNumber:
		text += " " + w.t("promise.more-hidden", "Threshold", now.SmallNumber)
	default:
		text += " " + w.t("promise.fewer-hidden", "Threshold", now.SmallNumber)
	}
	return text
}

// unlinked tells a channel that it is at the table no more, or that another is not.
func (w *composition) unlinked() chat.Message {
	if w.d.Taken != w.d.Seat {
		return message(w.t("unlink.elsewhere"))
	}
	return message(w.t("unlink.here", "Network", w.n.Name))
}

// alone tells the only facilitator how to ask a second.
func (w *composition) alone() chat.Message {
	return message(w.t("facilitator.alone", "Network", w.n.Name), w.button("lead-add", "facilitator", "add"))
}
