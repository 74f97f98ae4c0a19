package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// facilitatorVerb shows who leads, and changes it.
var facilitatorVerb = verb{
	name: "facilitator", synonyms: []string{"lead", "leader", "co-facilitator", "handover", "leda"}, needs: aNetwork,
	typed: facilitatorTyped, pressed: facilitatorPressed, filled: facilitatorFilled,
}

const (
	nameUnknown refusal.Reason = "name-unknown"
	nameNear    refusal.Reason = "name-near"
	nameSeveral refusal.Reason = "name-several"
)

// What may be done about who leads: typed, on buttons and as a form's state.
const (
	addLead   = "add"
	handOver  = "hand-over"
	stepDown  = "step-down"
	nameLead  = "name" // while one is sought
	nameMe    = "me"
	dropLead  = "remove"
	sureAbout = "yes" // before step-down and remove
)

// handOverPhrases are what people type for handing over, with the verb before it or without.
var handOverPhrases = []string{handOver, "handover", "hand over", "lämna över", "lämna-över", "överlämna"}

// cutHandOver returns to whom somebody hands over: what follows such a phrase.
func cutHandOver(text string) (name string, is bool) {
	text = oneLine(text)
	for _, phrase := range handOverPhrases {
		if len(text) < len(phrase) || !strings.EqualFold(text[:len(phrase)], phrase) {
			continue
		}
		if rest := text[len(phrase):]; rest == "" || rest[0] == ' ' {
			return trimWord(strings.TrimSpace(rest), "to", "till"), true
		}
	}
	return "", false
}

// facilitatorTyped takes "add Anna Berg", "hand over Anna Berg", "remove Anna Berg" or a
// name alone, and shows who leads without.
func facilitatorTyped(ctx context.Context, r *request, text string) chat.Reply {
	what, name := firstWord(text)
	if to, is := cutHandOver(text); is {
		what, name = handOver, to
	}
	what = strings.ToLower(what)
	isAppointed := slices.Contains([]string{addLead, handOver, dropLead, stepDown}, what)
	if !isAppointed && (!r.me.Facilitator || what == nameLead || what == nameMe) {
		rest, why := r.takeFor(text)
		if why != nil {
			return r.refused(why)
		}
		text = rest
		what, name = firstWord(text)
		what = strings.ToLower(what)
	}
	switch what {
	case "":
		return showLeaders(r)
	case addLead, handOver, nameLead, dropLead:
		if name == "" {
			return facilitatorPressed(ctx, r, what)
		}
		return leadByName(ctx, r, what, name)
	case nameMe, stepDown:
		return facilitatorPressed(ctx, r, what)
	}
	if r.me.Facilitator {
		return leadByName(ctx, r, addLead, text)
	}
	return leadByName(ctx, r, nameLead, text)
}

// leadByName does what is wanted with the participant of that name.
func leadByName(ctx context.Context, r *request, what, name string) chat.Reply {
	if reply, may := mayChangeLead(ctx, r, what); !may {
		return reply
	}
	p, err := participantNamed(r, name)
	if err != nil {
		return r.refused(err)
	}
	if what == dropLead {
		return facilitatorPressed(ctx, r, dropLead+" "+string(p))
	}
	return changeLead(ctx, r, what, p)
}

// maxNear are shown at most of those who may be meant by a name.
const maxNear = 3

// participantNamed finds somebody by their name or a part that only they have; else it names
// some who may be meant. Who isn't in the network learns nobody's name, nor who is in it.
func participantNamed(r *request, name string) (benchmark.ParticipantID, error) {
	if r.me.ID == "" {
		return "", refuse(refusal.NotAParticipant)
	}
	var whole, part, near []benchmark.ParticipantID
	wanted := strings.ToLower(oneLine(strings.TrimPrefix(name, "@")))
	r.read(func(n *benchmark.Network) {
		for _, p := range n.Participants {
			switch has := strings.ToLower(p.Name); {
			case p.Left || has == "":
			case has == wanted:
				whole = append(whole, p.ID)
			case strings.Contains(has, wanted):
				part = append(part, p.ID)
			case isNearName(has, wanted):
				near = append(near, p.ID)
			}
		}
	})
	if len(whole) == 0 {
		whole = part
	}
	switch {
	case len(whole) == 1:
		return whole[0], nil
	case len(whole) > 1:
		return "", refuse(nameSeveral, "Name", name, "Names", namesOf(r, whole))
	case len(near) > 0:
		return "", refuse(nameNear, "Name", name, "Names", namesOf(r, near))
	}
	return "", refuse(nameUnknown, "Name", name)
}

// isNearName says whether a name that nobody has may be meant for somebody's, or for one word
// of it.
func isNearName(has, wanted string) bool {
	return freetext.IsNear(has, wanted) || slices.ContainsFunc(strings.Fields(has), func(word string) bool { return freetext.IsNear(word, wanted) })
}

// namesOf are the names of some of the participants, in alphabetical order.
func namesOf(r *request, some []benchmark.ParticipantID) string {
	names := make([]string, len(some))
	for k, id := range some {
		names[k] = r.nameOf(id)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return strings.Join(names[:min(len(names), maxNear)], ", ")
}

// showLeaders says who leads, with what one may do about it.
func showLeaders(r *request) chat.Reply {
	var names []string
	var sought bool
	leads := 0
	r.read(func(n *benchmark.Network) {
		sought = n.FacilitatorSought()
		for _, f := range n.Facilitators() {
			if f.MayLead() {
				names = append(names, nameOf(r.l, f))
				leads++
			}
		}
	})
	text := r.t("facilitator.who-leads-none", "Network", networkName(r))
	if len(names) > 0 {
		text = r.t("facilitator.who-leads", "Network", networkName(r), "Names", strings.Join(names, ", "))
	}
	var buttons []chat.Button
	if r.me.Facilitator {
		buttons = append(buttons, r.button("lead-add", "facilitator", addLead), r.button("hand-over", "facilitator", handOver))
		if leads > 1 {
			buttons = append(buttons, r.button("step-down", "facilitator", stepDown))
		}
	} else if sought && speaksForAny(r.me) {
		text += " " + r.t("facilitator.choose")
		buttons = append(buttons, primary(r.button("lead-me", "facilitator", nameMe)), r.button("lead-name", "facilitator", nameLead))
	}
	return r.say(text, buttons...)
}

func networkName(r *request) (name string) {
	r.read(func(n *benchmark.Network) { name = n.Name })
	return name
}

// facilitatorPressed does what a button says: a word, and a participant or none.
func facilitatorPressed(ctx context.Context, r *request, value string) chat.Reply {
	what, rest := firstWord(value)
	who := benchmark.ParticipantID(rest)
	switch what {
	case addLead, handOver, stepDown, dropLead, sureAbout:
		if why := r.mayNotFacilitate(ctx); why != nil {
			return r.refused(why)
		}
	}
	switch what {
	case nameMe:
		if reply, may := mayChangeLead(ctx, r, nameLead); !may {
			return reply
		}
		return changeLead(ctx, r, nameLead, r.me.ID)
	case stepDown:
		return r.say(r.t("facilitator.sure-step-down"), r.button("step-down", "facilitator", sureAbout+" "+string(r.me.ID)))
	case dropLead:
		if who == "" {
			return showLeaders(r)
		}
		yes := chat.Button{Label: r.t("facilitator.yes-dismiss"), Action: "facilitator", Value: sureAbout + " " + string(who)}
		return r.say(r.t("facilitator.sure-dismiss", "Name", r.nameOf(who)), yes)
	case sureAbout:
		return dismissLead(ctx, r, who)
	case addLead, handOver, nameLead:
		if reply, may := mayChangeLead(ctx, r, what); !may {
			return reply
		}
		if who != "" {
			return changeLead(ctx, r, what, who)
		}
		f := facilitatorForm(r, what)
		if len(f.Fields) == 0 {
			return r.say(r.t("facilitator.none"))
		}
		return chat.Reply{Form: &f}
	}
	return showLeaders(r)
}

// mayChangeLead says whether somebody may do what is wanted about who leads, before they
// see anybody's name; else what to reply. Whose word it is to be, of several
// organisations, is asked.
func mayChangeLead(ctx context.Context, r *request, what string) (reply chat.Reply, may bool) {
	if what != nameLead {
		why := r.mayNotFacilitate(ctx)
		if why == nil {
			return chat.Reply{}, true
		}
		return r.refused(why), false
	}
	var err error
	r.read(func(n *benchmark.Network) { err = benchmark.WordCounts(n, r.actor()) })
	if err == nil {
		return chat.Reply{}, true
	}
	if why, is := errors.AsType[*benchmark.Refusal](err); is && why.Reason == refusal.WhichOrganisation {
		if question, asked := r.askForWhom(); asked {
			return question, false
		}
	}
	return r.refused(err), false
}

// nameOf is a participant's name, as it is shown.
func (r *request) nameOf(id benchmark.ParticipantID) (name string) {
	r.read(func(n *benchmark.Network) {
		p, _ := n.Participant(id)
		name = nameOf(r.l, p)
	})
	return name
}

// facilitatorForm asks who is to lead; it has no fields where nobody could.
func facilitatorForm(r *request, what string) chat.Form {
	f := chat.Form{
		Name: "facilitator", State: what,
		Title: r.t("facilitator." + what + "-title"), Submit: r.t("facilitator." + what + "-send"), Intro: r.t("facilitator." + what + "-intro"),
	}
	field := chat.Field{Name: "participant", Kind: chat.Choice, Label: r.t("facilitator.who")}
	r.read(func(n *benchmark.Network) {
		for _, p := range n.Participants {
			if p.MayLead() && p.ID != r.me.ID && (!p.Facilitator || what == handOver) {
				label := clipText(nameAndRole(r.l, n, p, benchmark.TemplateTopic), chat.MaxLabel)
				field.Options = append(field.Options, chat.Option{Label: label, Value: string(p.ID)})
			}
		}
	})
	switch k := len(field.Options); {
	case k == 0:
		return f
	case k > chat.MaxOptions: // then by name
		field = chat.Field{Name: "participant", Label: r.t("facilitator.who"), MaxLength: 75}
	}
	f.Fields = []chat.Field{field}
	return f
}

func facilitatorFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	what, who := f.State, benchmark.ParticipantID(f.Values["participant"])
	if what == nameLead { // forms of earlier versions don't say for which organisation
		r.in.What = chat.Pressed{Action: f.Form, Value: nameLead + " " + string(who)}
	}
	if reply, may := mayChangeLead(ctx, r, what); !may {
		return reply
	}
	var known bool
	r.read(func(n *benchmark.Network) { _, known = n.Participant(who) })
	if !known {
		p, err := participantNamed(r, string(who))
		if err != nil {
			return r.showAgain(facilitatorForm(r, what), f.Values, err, func(*benchmark.Refusal) string { return "participant" })
		}
		who = p
	}
	return changeLead(ctx, r, what, who)
}

// changeLead has somebody lead: too, in one's own place, or by one's word.
func changeLead(ctx context.Context, r *request, what string, who benchmark.ParticipantID) chat.Reply {
	done, intent := "facilitator.added", benchmark.AppointFacilitator(who)
	switch what {
	case handOver:
		done, intent = "facilitator.handed-over", benchmark.HandOver(who)
	case nameLead:
		done, intent = "facilitator.named", benchmark.ChooseFacilitator(who)
	}
	if err := r.decide(ctx, intent); err != nil {
		return r.refused(err)
	}
	if what == nameLead {
		r.read(func(n *benchmark.Network) {
			if p, _ := n.Participant(who); p.Facilitator {
				done = "facilitator.chosen"
			}
		})
	}
	return r.say(r.t(done, "Name", r.nameOf(who), "Told", whereTold(r)))
}

// whereTold says where announcements are made now.
func whereTold(r *request) (text string) {
	text = r.t("facilitator.told-channel")
	r.read(func(n *benchmark.Network) {
		if benchmark.AnnouncesInThread(n) {
			text = r.t("facilitator.told-thread")
		}
	})
	return text
}

// dismissLead ends that somebody leads.
func dismissLead(ctx context.Context, r *request, who benchmark.ParticipantID) chat.Reply {
	if err := r.decide(ctx, benchmark.DismissFacilitator(who)); err != nil {
		return r.refused(err)
	}
	if who == r.me.ID {
		return r.say(r.t("facilitator.stepped-down", "Told", whereTold(r)))
	}
	return r.say(r.t("facilitator.dismissed", "Name", r.nameOf(who), "Told", whereTold(r)))
}
