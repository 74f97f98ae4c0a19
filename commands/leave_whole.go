package commands

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
	"roundtable/report"
)

// wholePrefix is the value of a button by which a whole organisation leaves: its id
// follows, then what becomes of its figures, then sureWord where others speak for it who
// can't be asked, or whose wish is answered. togetherPrefix is of one that stops it.
const (
	wholePrefix    = "whole "
	togetherPrefix = "together "
	sureWord       = "sure"
	noneWord       = "none" // it has none
)

// leftWords tell what became of the figures.
var leftWords = map[string]string{keepWord: "leave.whole-done-keep", dropWord: "leave.whole-done-drop", noneWord: "leave.whole-done-none"}

// wholeTyped takes "all", "whole North" or "all of North": the organisation that is to leave.
func wholeTyped(r *request, text string) (id benchmark.OrganisationID, whole bool) {
	word, name := firstWord(text)
	if !slices.Contains([]string{"all", "whole", "hela", "alla"}, strings.ToLower(word)) {
		return "", false
	}
	if name = trimWord(name, "of", "the", "i", "på"); name == "" {
		return r.me.Organisation, !r.me.HasSeveral() && r.me.Organisation != ""
	}
	r.read(func(n *benchmark.Network) {
		o, _ := n.OrganisationCalled(name)
		id = o.ID
	})
	return id, true
}

// wholeButtons are for the organisations that one may take out of the network.
func (r *request) wholeButtons() (buttons []chat.Button) {
	r.read(func(n *benchmark.Network) {
		for role := range r.me.Roles() {
			o, _ := n.Organisation(role.Organisation)
			if _, why := n.Decide(benchmark.Actor{By: r.me.ID}, benchmark.TakeOut(o.ID, true), r.now()); why == nil {
				label := clipText(r.t("button.leave-whole", "Organisation", oneLine(chat.Quiet(o.Name))), chat.MaxLabel)
				buttons = append(buttons, chat.Button{Label: label, Action: "leave", Value: wholePrefix + string(o.ID)})
			}
		}
	})
	return buttons
}

// leaveWhole has a whole organisation leave: first one gets its figures and says what becomes
// of them. Where others speak for it too, they are asked; where none of them can be, one is
// asked once more.
func leaveWhole(ctx context.Context, r *request, value string) chat.Reply {
	words := append(strings.Fields(value), "", "", "")
	figures := words[1]
	var o benchmark.Organisation
	var others []string
	var why error
	alone := false
	word := benchmark.TakeOut(benchmark.OrganisationID(words[0]), figures != dropWord)
	if words[2] != "" && words[2] != sureWord {
		word = benchmark.AgreeToTakeOut(benchmark.OrganisationID(words[0]), figures != dropWord, benchmark.ParticipantID(words[2]))
	}
	r.read(func(n *benchmark.Network) {
		o, _ = n.Organisation(benchmark.OrganisationID(words[0]))
		var events []benchmark.Event
		events, why = n.Decide(benchmark.Actor{By: r.me.ID}, word, r.now())
		_, _, waits := benchmark.LeavingOf(n, o.ID)
		alone = benchmark.Leaves(events) && !waits
		for _, p := range n.Members(o.ID) {
			if p.ID != r.me.ID {
				others = append(others, nameOf(r.l, p))
			}
		}
	})
	switch {
	case why != nil:
		return r.refused(why)
	case leftWords[figures] == "":
		return r.askWhatBecomes(o)
	case alone && len(others) > 0 && words[2] != sureWord:
		text := r.t("leave.whole-sure", "Organisation", o.Name, "Names", clipText(r.l.List(others), maxNamesLength), "Count", len(others))
		yes := r.button("leave-yes-"+figures, "leave", wholePrefix+string(o.ID)+" "+figures+" "+sureWord)
		return r.say(text, yes, r.button("leave-not", "status", ""))
	}
	file, answered := ownFile(r, o) // while it is here
	if err := r.decide(ctx, word); err != nil {
		return r.refused(err)
	}
	if o.Gone && figures == keepWord {
		return r.say(r.t("leave.removed-kept", "Organisation", o.Name))
	}
	text, waits := "", false
	r.read(func(n *benchmark.Network) {
		if now, _ := n.Organisation(o.ID); !now.Gone {
			text, waits = r.t("leave.whole-asked")+" "+r.whoseWord(n, o, r.me.ID), true
		}
	})
	if waits {
		return r.say(text, r.button("leave-together", "leave", togetherPrefix+string(o.ID)))
	}
	text = r.t(leftWords[figures], "Organisation", o.Name)
	if words[2] == "" || !answered || o.Gone { // they have the file
		return r.say(text)
	}
	text += " " + r.t("leave.whole-file")
	return chat.Reply{Message: &chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, file}}}
}

// ownFile is what an organisation of one's own has answered; answered is false where it is
// nothing.
func ownFile(r *request, o benchmark.Organisation) (file chat.File, answered bool) {
	var data bytes.Buffer
	r.read(func(n *benchmark.Network) {
		me, _ := n.Participant(r.me.ID)
		if role, is := me.For(o.ID); is {
			answers, err := report.WriteOwnFigures(&data, n, role)
			answered = answers > 0 && err == nil
		}
	})
	return csvToday(r, data.Bytes()), answered
}

// csvToday is a file of figures as of today.
func csvToday(r *request, data []byte) chat.File {
	return chat.File{Name: "roundtable-" + string(dateOf(r.now().In(r.zone))) + ".csv", MediaType: "text/csv", Data: data}
}

// whoseWord says what it takes until an organisation leaves, to one of its members.
func (a audience) whoseWord(n *benchmark.Network, o benchmark.Organisation, to benchmark.ParticipantID) string {
	longest, _ := benchmark.LongestThere(n, o.ID)
	by, _, _ := benchmark.LeavingOf(n, o.ID)
	switch {
	case by == longest.ID && to == by:
		return a.t("leave.whole-once-any", "Organisation", o.Name)
	case by == longest.ID, to == longest.ID:
		return a.t("leave.whole-once-you", "Organisation", o.Name)
	}
	return a.t("leave.whole-once", "Organisation", o.Name, "Name", nameOf(a.l, longest))
}

// stayTogether stops that an organisation leaves.
func stayTogether(ctx context.Context, r *request, id benchmark.OrganisationID) chat.Reply {
	if err := r.decide(ctx, benchmark.StayTogether(id)); err != nil {
		return r.refused(err)
	}
	var o benchmark.Organisation
	r.read(func(n *benchmark.Network) { o, _ = n.Organisation(id) })
	return r.say(r.t("leave.whole-stopped", "Organisation", o.Name), r.button("status", "status", ""))
}

// askWhatBecomes gives an organisation its own figures, in a file, and asks what becomes of
// those in the network.
func (r *request) askWhatBecomes(o benchmark.Organisation) chat.Reply {
	var file bytes.Buffer
	var lines []string
	answers := 0
	err := error(refuse(refusal.NotYourOrganisation))
	several, removed := false, false
	r.read(func(n *benchmark.Network) {
		me, _ := n.Participant(r.me.ID)
		several = me.HasSeveral()
		role, is := me.For(o.ID)
		was := false
		if !is {
			if role, was = benchmark.LastOf(n, me, o.ID); !was {
				return
			}
			removed = true
		}
		if answers, err = report.WriteOwnFigures(&file, n, role); answers == 0 {
			return
		}
		lines = append(lines, r.t("leave.whole-stay"), r.t("leave.whole-go"))
		if n.Settings.Visibility == benchmark.Own {
			lines = append(lines, r.t("leave.whole-own"))
		}
		if benchmark.LetterTells(n, o.ID) {
			lines = append(lines, r.t("leave.whole-coded"))
		}
	})
	if err != nil {
		return r.refused(err)
	}
	people := "leave.whole-people"
	if several {
		people += "-several"
	}
	if !removed {
		lines = append(lines, r.t(people), r.t("leave.whole-back"))
	}
	value := wholePrefix + string(o.ID) + " "
	not := r.button("leave-not", "status", "")
	if answers == 0 {
		return preview(r.t("leave.whole-ask-none", "Organisation", o.Name), lines, []chat.Button{r.button("leave-yes-none", "leave", value+noneWord), not})
	}
	text := r.t("leave.whole-ask", "Organisation", o.Name)
	keep, drop := "leave-keep", "leave-drop"
	if removed {
		text, keep, drop = r.t("leave.removed-ask", "Organisation", o.Name), "removed-keep", "removed-drop"
		not = r.button("status", "status", "")
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{
		chat.Paragraph{Text: text},
		csvToday(r, file.Bytes()),
		chat.Items{Items: lines},
		chat.Buttons{Buttons: []chat.Button{r.button(keep, "leave", value+keepWord), r.button(drop, "leave", value+dropWord), not}},
	}}
	return chat.Reply{Message: &m}
}
