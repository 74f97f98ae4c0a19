package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// nudge reminds somebody. It carries no value: phones show it on the lock
// screen.
func (w *composition) nudge() chat.Message {
	missing := len(w.n.Missing(w.round, w.to.Organisation))
	p, _ := w.n.Participant(w.to.ID)
	var names, each []string
	if p.HasSeveral() {
		missing = 0
		for role := range p.Roles() {
			if w.n.NoNudge(w.round, role) != "" {
				continue
			}
			o, _ := w.n.Organisation(role.Organisation)
			left := len(w.n.Missing(w.round, o.ID))
			missing += left
			names = append(names, o.Name)
			each = append(each, w.t("nudge.each", "Organisation", o.Name, "Count", left))
		}
	}
	text := w.t("nudge."+string(w.d.Stage), "Period", w.thisPeriod(), "Due", w.when(w.round.Due), "Closes", w.when(w.round.Closes), "Count", missing)
	if len(each) == 1 {
		each = names
	}
	if len(each) > 0 {
		text += " " + w.t("nudge.for", "Organisations", strings.Join(each, ", "))
	}
	buttons := []chat.Button{primary(w.button("submit", "submit", "")), w.button("skip", "skip", string(w.round.ID))}
	if benchmark.RemindersLeft(w.n, w.round, p) > 1 { // another one after this
		buttons = append(buttons, w.button("snooze", "snooze", ""))
	}
	return message(text, append(buttons, w.button("mute", "mute", ""))...)
}

// maxSilent organisations are listed for a facilitator.
const maxSilent = 40

// stuck tells a facilitator who is silent, now that nudging is over, and who
// there could answer.
func (w *composition) stuck() chat.Message {
	silent, all := silentIn(w.audience, w.n, w.round)
	text := w.t("stuck.intro", "Period", w.thisPeriod(), "Closes", w.when(w.round.Closes), "Count", all)
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	if len(silent) > 0 {
		m.Blocks = append(m.Blocks, chat.Items{Items: silent})
	}
	m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{w.button("extend", "extend", ""), w.button("status", "status", "")}})
	return m
}

// silentIn are the organisations that have not answered everything, a line each with who
// there could, and how many they are. Where letters stand for organisations, those that have
// begun are only counted: the letter that an indicator lacks afterwards would be known.
func silentIn(a audience, n *benchmark.Network, round *benchmark.Round) (silent []string, all int) {
	t, _ := n.TemplateVersion(round.Template)
	begun := 0
	for _, o := range n.RoundOrganisations(round) {
		if o.Gone || round.Complete(o.ID) || round.Skipped[o.ID] {
			continue
		}
		all++
		if round.Visibility == benchmark.Coded && round.Answered(o.ID) > 0 {
			begun++
			continue
		}
		members := n.Members(o.ID)
		muted := 0
		for _, p := range members {
			if n.NoNudge(round, p) == benchmark.HasMuted {
				muted++
			}
		}
		line := a.t("stuck.silent", "Organisation", o.Name, "Done", round.Answered(o.ID), "All", len(t.Indicators), "Count", len(members))
		if round.Visibility != benchmark.Named { // how much of it is answered would tell whose letter is whose
			line = a.t("stuck.unfinished", "Organisation", o.Name, "Count", len(members))
		}
		switch {
		case len(members) == 0 && round.Answered(o.ID) > 0 && round.Visibility == benchmark.Named:
			line = a.t("stuck.left", "Organisation", o.Name, "Done", round.Answered(o.ID), "All", len(t.Indicators))
		case len(members) == 0:
			line = a.t("stuck.nobody", "Organisation", o.Name)
		case muted == len(members):
			line = a.t("stuck.muted", "Organisation", o.Name)
		}
		silent = append(silent, line)
	}
	if begun > 0 {
		silent = append(silent, a.t("stuck.begun", "Count", begun))
	}
	if left := len(silent) - maxSilent; left > 0 {
		silent = append(silent[:maxSilent], a.t("posts.more", "Count", left))
	}
	return silent, all
}
