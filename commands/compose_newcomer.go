package commands

import (
	"roundtable/benchmark"
	"roundtable/chat"
)

// confirm asks a member whether a newcomer belongs to them.
func (w *writer) confirm() chat.Message {
	p, _ := w.n.Participant(w.d.Newcomer)
	o, _ := w.n.Organisation(p.Organisation)
	text := w.t("confirm.ask", "Name", nameOf(w.l, p), "Organisation", o.Name)
	if p.Profession != "" {
		text = w.t("confirm.ask-profession", "Name", nameOf(w.l, p), "Profession", chat.Quiet(string(p.Profession)), "Organisation", o.Name)
	}
	return message(text, primary(w.button("vouch-yes", "vouch", vouching(p, "yes"))), w.button("vouch-no", "vouch", vouching(p, "no")))
}

func (w *writer) welcome() chat.Message {
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
