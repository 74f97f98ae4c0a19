package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// notice tells a seat what concerns everybody there.
func (w *composition) notice() chat.Message {
	notice, _ := w.n.NoticeOf(w.d)
	by, _ := w.n.Participant(notice.By)
	about, _ := w.n.Participant(notice.Participant)
	if m, is := w.belonging(notice); is {
		return m
	}
	name := nameOf(w.l, about)
	switch notice.About {
	case benchmark.SettingsNotice:
		return message(w.settingsChanged(notice, nameOf(w.l, by)))
	case benchmark.SoughtNotice:
		return w.sought(notice)
	case benchmark.ProposedNotice:
		if about.User == "" { // erased meanwhile
			return message(w.t("notice.proposed-erased"), w.button("lead-name", "facilitator", "name"))
		}
		lead := leadButton(w.l, name, about.ID)
		o, known := w.n.Organisation(notice.Organisation)
		self := notice.By == notice.Participant
		switch {
		case self && known && w.n.Settings.Visibility == benchmark.Named:
			return message(w.t("notice.offers", "Name", name, "Organisation", o.Name), primary(lead), w.button("lead-name", "facilitator", "name"))
		case self:
			return message(w.t("notice.offers-unnamed", "Name", name), primary(lead), w.button("lead-name", "facilitator", "name"))
		case !known || w.n.Settings.Visibility != benchmark.Named:
			return message(w.t("notice.proposed-unnamed", "Name", name), primary(lead), w.button("lead-name", "facilitator", "name"))
		}
		return message(w.t("notice.proposed", "Name", name, "Organisation", o.Name), primary(lead), w.button("lead-name", "facilitator", "name"))
	case benchmark.YouLeadNotice:
		return w.youLead(nameOf(w.l, by), by.ID != "" && by.ID != w.to.ID && by.Facilitator)
	case benchmark.DismissedNotice, benchmark.LeadsNoMoreNotice:
		return leadsNoMore(w, notice, about, by)
	case benchmark.ReopenedNotice:
		return w.reopened(notice)
	case benchmark.ExtendedNotice:
		return extended(w, notice)
	case benchmark.ShownAgainNotice:
		return message(w.t("notice.shown-again", "Period", w.period(notice.Round)), w.button("compare-mine", "compare", roundIndicator(notice.Round, "")))
	case benchmark.DefinitionNotice:
		return w.newDefinition(notice)
	}
	return message(w.t("notice."+notice.About, "Name", name, "By", nameOf(w.l, by)))
}

// leadsNoMore tells that somebody doesn't lead any more and, where it is another one's word,
// whose, and how they lead again: to the channel, to them, and to the others who lead.
func leadsNoMore(w *composition, notice benchmark.Notice, about, by benchmark.Participant) chat.Message {
	name, whose := nameOf(w.l, about), nameOf(w.l, by)
	again := leadButton(w.l, name, about.ID)
	switch {
	case notice.By == "" || notice.By == notice.Participant:
		return message(w.t("notice.leads-no-more", "Name", name))
	case about.User == "": // erased meanwhile
		return message(w.t("notice.dismissed-erased", "By", whose))
	case notice.About == benchmark.LeadsNoMoreNotice:
		return message(w.t("notice.dismissed", "Name", name, "By", whose), again)
	case w.to.ID != about.ID:
		add := chat.Button{Label: again.Label, Action: "facilitator", Value: addLead + " " + string(about.ID)}
		return message(w.t("lead.dismissed-other", "Name", name, "By", whose), add, w.button("facilitators", "facilitator", ""))
	}
	return message(w.t("lead.dismissed", "Network", w.n.Name, "By", whose), w.button("lead-me", "facilitator", nameMe), w.button("facilitators", "facilitator", ""))
}

// youLead tells who leads since then what they can do now. By is whose doing it was.
func (w *composition) youLead(by string, one bool) chat.Message {
	text := w.t("lead.chosen", "Network", w.n.Name)
	if one {
		text = w.t("lead.made", "Network", w.n.Name, "Name", by)
	}
	m := message(text)
	m.Blocks = append(m.Blocks, chat.Items{Items: []string{w.t("lead.rounds"), w.t("lead.people"), w.t("lead.agreed")}})
	m.Blocks = append(m.Blocks, rows([]chat.Button{w.button("status", "status", ""), w.button("facilitators", "facilitator", ""), w.button("help", "help", "")})...)
	return m
}

// reopened tells that a round is open again, until when, and what becomes of what was
// shown.
func (w *composition) reopened(notice benchmark.Notice) chat.Message {
	c, _ := w.n.Round(notice.Round)
	by, _ := w.n.Participant(notice.By)
	text := w.t("notice.reopened", "Name", nameOf(w.l, by), "Period", w.period(c.ID), "Closes", w.when(c.Closes))
	if c.Publications > 0 {
		text += " " + w.t("notice.reopened-shown")
	} else {
		text += " " + w.t("notice.reopened-unseen")
	}
	return message(text, w.button("submit", "submit", ""))
}

// extended tells until when a round is open now.
func extended(w *composition, notice benchmark.Notice) chat.Message {
	r, _ := w.n.Round(notice.Round)
	by, _ := w.n.Participant(notice.By)
	return message(w.t("notice.extended", "Name", nameOf(w.l, by), "Due", w.when(dueOf(r)), "Closes", w.when(r.Closes)))
}

// newDefinition tells what a new version of the template changes, and from when on.
func (w *composition) newDefinition(notice benchmark.Notice) chat.Message {
	now, _ := w.n.TemplateVersion(notice.Template)
	was, _ := w.n.TemplateVersion(notice.Template - 1)
	var changed, added, retired []string
	for _, i := range now.Indicators {
		before, known := was.Indicator(i.ID)
		switch {
		case !known:
			added = append(added, oneLine(i.Title))
		case before.Since != i.Since:
			changed = append(changed, oneLine(i.Title))
		}
	}
	for _, i := range was.Indicators {
		if _, stays := now.Indicator(i.ID); !stays {
			retired = append(retired, oneLine(i.Title))
		}
	}
	sentences := []string{w.t("notice.definition", "Version", notice.Template)}
	for _, part := range []struct {
		id     string
		titles []string
	}{{"changed", changed}, {"added", added}, {"retired", retired}} {
		if len(part.titles) > 0 {
			sentences = append(sentences, w.t("notice.definition-"+part.id, "Titles", clipText(w.l.List(part.titles), maxNamesLength)))
		}
	}
	if now.Reason != "" {
		sentences = append(sentences, w.t("notice.definition-why", "Reason", clipText(chat.Quiet(now.Reason), maxNote)))
	}
	return message(strings.Join(sentences, " "), w.button("template", "template", ""), w.button("ask-definition", "ask", ""))
}

// unlinked tells a channel that it is at the table no more, or that another is not.
func (w *composition) unlinked() func() (chat.Message, error) {
	if w.d.Taken != w.d.Seat {
		return aboutSeat(w, "unlink.elsewhere")
	}
	m := message(w.t("unlink.here", "Network", w.n.Name))
	return func() (chat.Message, error) { return m, nil }
}

// aboutSeat is a message to a channel about another, which is named where organisations
// are: what a channel is called may tell whose it is.
func aboutSeat(w *composition, id string) func() (chat.Message, error) {
	if w.n.Settings.Visibility != benchmark.Named {
		m := message(w.t(id))
		return func() (chat.Message, error) { return m, nil }
	}
	name := seatNamed(w, w.d.Taken)
	return func() (chat.Message, error) { return message(w.t(id+"-named", "Channel", name())), nil }
}

// alone tells the only facilitator how to ask a second.
func (w *composition) alone() chat.Message {
	return message(w.t("facilitator.alone", "Network", w.n.Name), w.button("lead-add", "facilitator", "add"))
}
