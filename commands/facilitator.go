package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// facilitatorVerb shows who leads, and changes it.
var facilitatorVerb = verb{
	name: "facilitator", synonyms: []string{"lead", "leader", "co-facilitator", "handover", "leda"}, needs: aNetwork,
	typed: facilitatorTyped, pressed: facilitatorPressed, filled: facilitatorFilled,
}

// What may be done about who leads: typed, on buttons and as a form's state.
const (
	addLead   = "add"
	handOver  = "hand-over"
	stepDown  = "step-down"
	nameLead  = "name" // while one is sought
	nameMe    = "me"
	dropLead  = "remove"
	sureAbout = "yes" // before step-down and remove
	sureOver  = "yes-hand-over"
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
	case stepDown:
		return stepDownTyped(ctx, r, name)
	case nameMe:
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
	press := func(p benchmark.ParticipantID) string { return what + " " + string(p) }
	p, question, known := personMeant(r, name, "facilitator", press)
	if !known {
		return question
	}
	return facilitatorPressed(ctx, r, press(p))
}

// stepDownTyped: one steps down oneself; for somebody else it is another verb.
func stepDownTyped(ctx context.Context, r *request, name string) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil || name == "" {
		return facilitatorPressed(ctx, r, stepDown)
	}
	whole, err := participantsNamed(r, name)
	switch {
	case err != nil:
		return r.refused(err)
	case slices.Contains(whole, r.me.ID):
		return facilitatorPressed(ctx, r, stepDown)
	}
	return r.say(r.t("facilitator.step-down-other", "Name", echoed(name)), r.button("step-down", "facilitator", stepDown))
}

// facilitatorPressed does what a button says: a word, and a participant or none.
func facilitatorPressed(ctx context.Context, r *request, value string) chat.Reply {
	what, rest := firstWord(value)
	who := benchmark.ParticipantID(rest)
	switch what {
	case addLead, handOver, stepDown, dropLead, sureAbout, sureOver:
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
		return askToDismiss(r, who)
	case sureAbout:
		return dismissLead(ctx, r, who)
	case sureOver:
		return changeLead(ctx, r, handOver, who)
	case addLead, handOver, nameLead:
		if reply, may := mayChangeLead(ctx, r, what); !may {
			return reply
		}
		switch {
		case who != "" && what == handOver:
			return askToHandOver(r, who)
		case who != "":
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
	r.read(func(n *benchmark.Network) { err = benchmark.WordCounts(n, r.actor(), r.now()) })
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
	var may []benchmark.ParticipantID
	r.read(func(n *benchmark.Network) {
		comeBackOnly := what == nameLead && !n.FacilitatorSought()
		for _, p := range n.Participants {
			if comeBackOnly && !benchmark.MayComeBack(n, p.ID, r.now()) {
				continue
			}
			if p.MayLead() && p.ID != r.me.ID && (!p.Facilitator || what == handOver) {
				may = append(may, p.ID)
			}
		}
	})
	for k, label := range toldApart(r, may) {
		field.Options = append(field.Options, chat.Option{Label: clipText(label, chat.MaxLabel), Value: string(may[k])})
	}
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
