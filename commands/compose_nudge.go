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
	return message(text, primary(w.button("submit", "submit", "")), w.button("skip", "skip", string(w.round.ID)),
		w.button("snooze", "snooze", ""), w.button("mute", "mute", ""))
}

// maxSilent organisations are listed for a facilitator.
const maxSilent = 40

// stuck tells a facilitator who is silent, now that nudging is over, and who
// there could answer. Where letters stand for organisations, those that have begun are only
// counted: the letter that an indicator lacks afterwards would be known.
func (w *composition) stuck() chat.Message {
	t, _ := w.n.TemplateVersion(w.round.Template)
	var silent []string
	all, begun := 0, 0
	for _, o := range w.n.RoundOrganisations(w.round) {
		if o.Gone || w.round.Complete(o.ID) || w.round.Skipped[o.ID] {
			continue
		}
		all++
		if w.round.Visibility == benchmark.Coded && w.round.Answered(o.ID) > 0 {
			begun++
			continue
		}
		members := w.n.Members(o.ID)
		muted := 0
		for _, p := range members {
			if w.n.NoNudge(w.round, p) == benchmark.HasMuted {
				muted++
			}
		}
		line := w.t("stuck.silent", "Organisation", o.Name, "Done", w.round.Answered(o.ID), "All", len(t.Indicators), "Count", len(members))
		if w.round.Visibility != benchmark.Named { // how much of it is answered would tell whose letter is whose
			line = w.t("stuck.unfinished", "Organisation", o.Name, "Count", len(members))
		}
		switch {
		case len(members) == 0 && w.round.Answered(o.ID) > 0 && w.round.Visibility == benchmark.Named:
			line = w.t("stuck.left", "Organisation", o.Name, "Done", w.round.Answered(o.ID), "All", len(t.Indicators))
		case len(members) == 0:
			line = w.t("stuck.nobody", "Organisation", o.Name)
		case muted == len(members):
			line = w.t("stuck.muted", "Organisation", o.Name)
		}
		silent = append(silent, line)
	}
	text := w.t("stuck.intro", "Period", w.thisPeriod(), "Closes", w.when(w.round.Closes), "Count", all)
	if begun > 0 {
		silent = append(silent, w.t("stuck.begun", "Count", begun))
	}
	if left := len(silent) - maxSilent; left > 0 {
		silent = append(silent[:maxSilent], w.t("posts.more", "Count", left))
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	if len(silent) > 0 {
		m.Blocks = append(m.Blocks, chat.Items{Items: silent})
	}
	m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{w.button("extend", "extend", ""), w.button("status", "status", "")}})
	return m
}
