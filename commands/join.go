package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// joinVerb makes somebody a participant.
var joinVerb = verb{
	name: "join", synonyms: []string{"register", "gå"}, needs: aNetwork,
	typed: joinTyped, pressed: joinPressed, filled: joinFilled,
}

const (
	organisationMissing refusal.Reason = "organisation-missing"
	twoOrganisations    refusal.Reason = "two-organisations"
)

// joinTyped takes "Organisation, profession", or opens the form. Who comes from a
// workspace that is bound need not say anything.
func joinTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) != "" {
		organisation, profession := splitOrganisation(r, text)
		if strings.TrimSpace(profession) == "" {
			profession = string(r.me.Profession) // who says nothing changes nothing
		}
		if isObserver(r, organisation) {
			return joinAs(ctx, r, benchmark.Join{Observer: true, Profession: benchmark.Profession(profession)})
		}
		join := benchmark.Join{Organisation: organisation, Written: true, Profession: benchmark.Profession(profession)}
		if reply, asked := askBeside(r, join); asked {
			return reply
		}
		err := joinNetwork(ctx, r, join)
		var why *benchmark.Refusal
		if errors.As(err, &why) && (why.Reason == refusal.NoSuchOrganisation || why.Reason == refusal.OrganisationNear) {
			return r.say(r.words(why), append(suggestOrganisations(r, organisation, profession), r.button("join", "join", ""))...)
		}
		if err != nil {
			return r.refused(err)
		}
		return confirmJoined(r, organisation)
	}
	if o, bound := boundOrganisation(ctx, r); bound {
		if err := joinNetwork(ctx, r, benchmark.Join{Organisation: string(o.ID)}); err != nil {
			return r.refused(err)
		}
		return confirmJoined(r, "")
	}
	return chat.Reply{Form: new(joinForm(r))}
}

// joinPressed is join by a button; "form" asks for the form whoever one is.
func joinPressed(ctx context.Context, r *request, value string) chat.Reply {
	if value == "form" {
		return chat.Reply{Form: new(joinForm(r))}
	}
	if join, answers := joinBeside(value); answers {
		return joinAs(ctx, r, join)
	}
	return joinTyped(ctx, r, value)
}

// boundOrganisation is the organisation that a newcomer belongs to since their workspace
// does; false for those who have joined already, and for guests.
func boundOrganisation(ctx context.Context, r *request) (o benchmark.Organisation, bound bool) {
	if r.me.ID != "" && r.me.Organisation != "" {
		return o, false
	}
	p, err := r.lookUp(ctx)
	if err != nil || p.Guest {
		return o, false
	}
	r.read(func(n *benchmark.Network) {
		o, bound = n.BoundTo(benchmark.Workspace{Connection: p.ID.Connection, ID: p.Workspace})
	})
	return o, bound
}

// splitOrganisation separates "Malmö, ward 3, nurse" at the last comma before
// which there is an organisation's name, or at the first.
func splitOrganisation(r *request, text string) (organisation, profession string) {
	organisation, profession, _ = strings.Cut(text, ",")
	r.read(func(n *benchmark.Network) {
		for k := len(text); k > 0; k = strings.LastIndex(text[:k], ",") {
			if _, known := n.OrganisationNamed(text[:k]); known {
				organisation, profession = text[:k], strings.TrimPrefix(text[k:], ",")
				return
			}
		}
	})
	return organisation, profession
}

// suggestOrganisations are buttons for those whose names begin as it was typed, or
// differ by few letters.
func suggestOrganisations(r *request, typed, profession string) []chat.Button {
	typed = strings.ToLower(oneLine(typed))
	var buttons []chat.Button
	r.read(func(n *benchmark.Network) {
		for _, o := range n.OrganisationsNow() {
			name := strings.ToLower(o.Name)
			if !freetext.IsNear(o.Name, typed) && !strings.HasPrefix(name, typed) && distance(typed, name) > 1+len([]rune(name))/4 {
				continue
			}
			line := "join " + o.Name + ", " + oneLine(profession)
			if len(line) <= chat.MaxValue && len(buttons) < 4 {
				buttons = append(buttons, chat.Button{Label: o.Name, Action: "type", Value: line})
			}
		}
	})
	return buttons
}

func joinForm(r *request) chat.Form {
	f := chat.Form{Name: "join", Title: r.t("join.title"), Submit: r.t("join.send"), Intro: r.t("join.intro")}
	r.read(func(n *benchmark.Network) {
		if k := len(n.OrganisationsNow()); k > 0 && k <= chat.MaxOptions {
			choice := chat.Field{Name: "organisation", Kind: chat.Choice, Label: r.t("join.organisation"), Optional: true, Value: string(r.me.Organisation)}
			for _, o := range n.OrganisationsNow() {
				choice.Options = append(choice.Options, chat.Option{Label: o.Name, Value: string(o.ID)})
			}
			if k < chat.MaxOptions {
				choice.Options = append(choice.Options, chat.Option{Label: r.t("join.observer"), Value: observerValue})
			}
			if r.me.Observer {
				choice.Value = observerValue
			}
			f.Fields = append(f.Fields, choice)
		}
	})
	if len(f.Fields) == 0 { // too many to choose from, or none yet
		f.Fields = append(f.Fields, chat.Field{Name: "new", Label: r.t("join.organisation"), Help: r.t("join.new-help"), MaxLength: 75})
	} else {
		f.Fields = append(f.Fields, chat.Field{Name: "new", Label: r.t("join.new"), Help: r.t("join.new-help"), Optional: true, MaxLength: 75})
	}
	f.Fields = append(f.Fields,
		chat.Field{Name: "profession", Label: r.t("join.profession"), Help: r.t("join.profession-help"), Optional: true, MaxLength: 75, Value: string(r.me.Profession)},
	)
	return f
}

// joinFilled asks where an organisation was chosen and another one was written, and where
// the one that was written may be one that is there: sent again it is meant.
func joinFilled(ctx context.Context, r *request, filled chat.Filled) chat.Reply {
	v := filled.Values
	join := benchmark.Join{Organisation: v["organisation"], Profession: benchmark.Profession(v["profession"])}
	if written := oneLine(v["new"]); written != "" {
		if chosen, differs := chosenOtherwise(r, join.Organisation, written); differs && filled.State != written {
			why := refuse(twoOrganisations, "Organisation", chosen, "Written", written)
			why.Field = "new"
			return r.askAgain(joinForm(r), v, why, written)
		}
		join.Organisation, join.New, join.Sure = written, true, filled.State == written
	}
	if join.Organisation == observerValue {
		join = benchmark.Join{Observer: true, Profession: join.Profession}
	} else if reply, asked := askBeside(r, join); asked {
		return reply
	}
	if strings.TrimSpace(join.Organisation) == "" && !join.Observer {
		why := refuse(organisationMissing)
		why.Field = "organisation"
		return r.showAgain(joinForm(r), v, unreadAnd(r, why, benchmark.Join{Observer: true, Profession: join.Profession}), nil)
	}
	err := joinNetwork(ctx, r, join)
	for _, why := range refusalsIn(err) {
		if join.New && why.Field == "organisation" {
			why.Field = "new"
		}
		if why.Reason == refusal.OrganisationNear && len(refusalsIn(err)) == 1 {
			return r.askAgain(joinForm(r), v, why, join.Organisation)
		}
	}
	if err != nil {
		return r.showAgain(joinForm(r), v, err, nil)
	}
	return confirmJoined(r, join.Organisation)
}

// chosenOtherwise returns the name of an organisation that was chosen, and whether
// another one was written beside it.
func chosenOtherwise(r *request, chosen, written string) (name string, differs bool) {
	r.read(func(n *benchmark.Network) {
		o, known := n.OrganisationChosen(chosen)
		other, _ := n.OrganisationNamed(written)
		name, differs = o.Name, known && o.ID != other.ID
	})
	return name, differs
}

// askAgain shows a form once more with a question; sent as it is, it means what was written.
func (r *request) askAgain(f chat.Form, values map[string]string, why *benchmark.Refusal, written string) chat.Reply {
	f.State = written
	prefill(&f, values)
	setFieldError(&f, why.Field, r.words(why)+" "+r.t("join.sure", "Written", written))
	return chat.Reply{Form: &f}
}

func joinNetwork(ctx context.Context, r *request, join benchmark.Join) error {
	p, err := r.lookUp(ctx)
	if err != nil {
		p.Guest = true // as far as is known: then somebody vouches for them
	}
	join.Person = identity(p)
	join.Profession = benchmark.Profession(strings.TrimSpace(string(join.Profession)))
	return r.decide(ctx, join)
}

// joinAs joins as it is said, and says how that went.
func joinAs(ctx context.Context, r *request, join benchmark.Join) chat.Reply {
	if err := joinNetwork(ctx, r, join); err != nil {
		return r.refused(err)
	}
	return confirmJoined(r, join.Organisation)
}

// confirmJoined says whether one may submit at once or is to be vouched for.
func confirmJoined(r *request, organisation string) chat.Reply {
	var reply chat.Reply
	r.read(func(n *benchmark.Network) {
		me, _ := n.At(benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User})
		left := noLongerWith(r, n, me)
		if me.Observer {
			reply = r.say(r.t("join.observing")+left, r.button("template", "template", ""), r.button("ask", "ask", ""))
			return
		}
		if o, known := n.OrganisationChosen(organisation); known {
			if role, is := me.For(o.ID); is {
				me = role
			}
		}
		o, _ := n.Organisation(me.Organisation)
		if now, stays := n.Organisation(me.InsteadOf()); stays {
			left += " " + r.t("join.stays-until", "Organisation", now.Name)
		}
		switch {
		case !me.Confirmed && benchmark.WaitsForFacilitator(n, me):
			reply = r.say(r.t("join.waits-facilitator", "Organisation", o.Name) + left)
			return
		case !me.Confirmed:
			reply = r.say(r.t("join.waits", "Organisation", o.Name) + left)
			return
		}
		text := r.t("join.done", "Organisation", o.Name) + left
		c := n.Current()
		switch {
		case !o.Vouched:
			text += " " + r.t("join.new-waits", "Organisation", o.Name)
		case c != nil && c.Phase == benchmark.Open && !c.TakesPart(o.ID):
			text += " " + r.t("join.new-counts", "Organisation", o.Name)
		case me.AdmittedUnseen():
			text += " " + r.t("join.unseen", "Organisation", o.Name)
		}
		buttons := []chat.Button{r.button("template", "template", ""), r.button("help", "help", "")}
		if c != nil && c.Phase == benchmark.Open && n.MaySeeOwn(me, c) {
			buttons = []chat.Button{primary(r.button("submit", "submit", "")), r.button("status", "status", "")}
		}
		if len([]rune(o.Name)) > benchmark.MaxShortName && o.Short == "" {
			text += " " + r.t("short-name.asked")
			buttons = append(buttons, r.button("short-name", "short-name", ""))
		}
		to, bound := n.BoundTo(benchmark.Workspace{Connection: me.Connection, ID: me.Workspace})
		if bound && to.ID == o.ID && me.Profession == "" {
			text += " " + r.t("join.bound")
			buttons = append(buttons, r.button("profession", "join", "form"))
		}
		reply = r.say(text, buttons...)
	})
	return reply
}

// noLongerWith says which organisations somebody spoke for and doesn't any more, as they are
// now, with a blank before it; empty for none.
func noLongerWith(r *request, n *benchmark.Network, now benchmark.Participant) string {
	var names []string
	for role := range r.me.Roles() {
		if _, still := now.For(role.Organisation); !still && role.Active() {
			o, _ := n.Organisation(role.Organisation)
			names = append(names, chat.Quiet(o.Name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " " + r.t("join.no-longer", "Organisations", r.l.List(names))
}
