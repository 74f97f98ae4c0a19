package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// mostOptions that a choice may have (Slack: 100).
const mostOptions = 100

// join takes "Organisation, profession", or opens the form. Who comes from a
// workspace that is bound need not say anything.
func (r *request) join(ctx context.Context, text string) chat.Reply {
	if r.table == nil {
		return r.refused(r.noNetwork())
	}
	if strings.TrimSpace(text) != "" {
		organisation, profession := r.organisationFirst(text)
		err := r.joins(ctx, organisation, profession, false)
		var why *benchmark.Refusal
		if errors.As(err, &why) && why.Reason == refusal.NoSuchOrganisation {
			return r.say(r.words(why), append(r.nearOrganisations(organisation, profession), r.button("join", "join", ""))...)
		}
		if err != nil {
			return r.refused(err)
		}
		return r.joined()
	}
	if o, bound := r.boundTo(ctx); bound {
		if err := r.joins(ctx, string(o.ID), "", false); err != nil {
			return r.refused(err)
		}
		return r.joined()
	}
	f := r.joinForm()
	return chat.Reply{Form: &f}
}

// joinPressed is join by a button; "form" asks for the form whoever one is.
func (r *request) joinPressed(ctx context.Context, value string) chat.Reply {
	if value == "form" && r.table != nil {
		f := r.joinForm()
		return chat.Reply{Form: &f}
	}
	return r.join(ctx, value)
}

// boundTo is the organisation that a newcomer belongs to since their workspace
// does; false for those who have joined already, and for guests.
func (r *request) boundTo(ctx context.Context) (o benchmark.Organisation, bound bool) {
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

// organisationFirst separates "Malmö, ward 3, nurse" at the last comma before
// which there is an organisation's name, or at the first.
func (r *request) organisationFirst(text string) (organisation, profession string) {
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

// nearOrganisations are buttons for those whose names begin as it was typed, or
// differ by few letters.
func (r *request) nearOrganisations(typed, profession string) []chat.Button {
	typed = strings.ToLower(oneLine(typed))
	var buttons []chat.Button
	r.read(func(n *benchmark.Network) {
		for _, o := range n.Organisations {
			name := strings.ToLower(o.Name)
			if !strings.HasPrefix(name, typed) && distance(typed, name) > 1+len([]rune(name))/4 {
				continue
			}
			line := "join " + o.Name + ", " + oneLine(profession)
			if len(line) <= mostValue && len(buttons) < 4 {
				buttons = append(buttons, chat.Button{Label: o.Name, Action: "type", Value: line})
			}
		}
	})
	return buttons
}

func (r *request) joinForm() chat.Form {
	f := chat.Form{Name: "join", Title: r.t("join.title"), Submit: r.t("join.send"), Intro: r.t("join.intro")}
	r.read(func(n *benchmark.Network) {
		if k := len(n.Organisations); k > 0 && k <= mostOptions {
			choice := chat.Field{Name: "organisation", Kind: chat.Choice, Label: r.t("join.organisation"), Optional: true, Value: string(r.me.Organisation)}
			for _, o := range n.Organisations {
				choice.Options = append(choice.Options, chat.Option{Label: o.Name, Value: string(o.ID)})
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

func (r *request) joinFilled(ctx context.Context, filled chat.Filled) chat.Reply {
	v := filled.Values
	organisation, isNew := v["organisation"], false
	if strings.TrimSpace(v["new"]) != "" {
		organisation, isNew = v["new"], true
	}
	if strings.TrimSpace(organisation) == "" {
		why := refuse(organisationMissing)
		why.Field = "organisation"
		return r.again(r.joinForm(), v, why, nil)
	}
	if err := r.joins(ctx, organisation, v["profession"], isNew); err != nil {
		return r.again(r.joinForm(), v, err, func(x *benchmark.Refusal) string {
			if x.Field == "organisation" && isNew {
				return "new"
			}
			return x.Field
		})
	}
	return r.joined()
}

func (r *request) joins(ctx context.Context, organisation, profession string, isNew bool) error {
	p, err := r.lookUp(ctx)
	if err != nil {
		p.Guest = true // as far as is known: then somebody vouches for them
	}
	return r.do(ctx, benchmark.Join{
		Person: identity(p), Organisation: organisation, New: isNew,
		Profession: benchmark.Profession(strings.TrimSpace(profession)),
	})
}

// joined says whether one may submit at once or is to be vouched for.
func (r *request) joined() chat.Reply {
	var reply chat.Reply
	r.read(func(n *benchmark.Network) {
		me, _ := n.At(benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User})
		o, _ := n.Organisation(me.Organisation)
		if !me.Confirmed {
			reply = r.say(r.t("join.waits", "Organisation", o.Name))
			return
		}
		text := r.t("join.done", "Organisation", o.Name)
		buttons := []chat.Button{r.button("template", "template", ""), r.button("help", "help", "")}
		if c := n.Current(); c != nil && c.Phase == benchmark.Open {
			buttons = []chat.Button{primary(r.button("submit", "submit", "")), r.button("status", "status", "")}
		}
		to, bound := n.BoundTo(benchmark.Workspace{Connection: me.Address.Connection, ID: me.Workspace})
		if bound && to.ID == o.ID && me.Profession == "" {
			text += " " + r.t("join.bound")
			buttons = append(buttons, r.button("profession", "join", "form"))
		}
		reply = r.say(text, buttons...)
	})
	return reply
}

// vouch is pressed by a member who was asked about a newcomer: "p7 yes o2".
func (r *request) vouch(ctx context.Context, value string) chat.Reply {
	newcomer, rest := cut(value)
	verdict, organisation := cut(rest)
	yes := verdict == "yes"
	if !yes && verdict != "no" {
		return r.refused(refuse(buttonOld))
	}
	if err := r.do(ctx, benchmark.Vouch{
		Newcomer: benchmark.ParticipantID(newcomer), Organisation: benchmark.OrganisationID(organisation), Yes: yes,
	}); err != nil {
		return r.refused(err)
	}
	if yes {
		return r.say(r.t("vouch.yes"))
	}
	return r.say(r.t("vouch.no"))
}

// leave asks first.
func (r *request) leave(_ context.Context, _ string) chat.Reply {
	if reply, no := r.stranger(); no {
		return reply
	}
	return r.say(r.t("leave.sure"), r.button("leave", "leave", "yes"))
}

func (r *request) leavePressed(ctx context.Context, value string) chat.Reply {
	if value != "yes" {
		return r.leave(ctx, value)
	}
	if err := r.do(ctx, benchmark.Leave{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("leave.done"))
}

// mute and unmute turn the nudges off and on for oneself.
func (r *request) mute(ctx context.Context, _ string) chat.Reply   { return r.muted(ctx, true) }
func (r *request) unmute(ctx context.Context, _ string) chat.Reply { return r.muted(ctx, false) }

func (r *request) muted(ctx context.Context, muted bool) chat.Reply {
	if err := r.do(ctx, benchmark.Mute{Muted: muted}); err != nil {
		return r.refused(err)
	}
	if muted {
		return r.say(r.t("mute.done"), r.button("unmute", "unmute", ""))
	}
	return r.say(r.t("mute.undone"), r.button("mute", "mute", ""))
}
