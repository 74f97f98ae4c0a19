package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// organisationsForm asks which organisation is meant, and what is to become of it.
func organisationsForm(r *request, what string) chat.Form {
	f := chat.Form{
		Name: "organisations", State: what,
		Title: r.t("button.organisation-" + what), Submit: r.t("organisations.send-" + what), Intro: r.t("organisations.form-" + what),
	}
	if what != addWord {
		f.Fields = append(f.Fields, organisationField(r, "organisation", r.t("join.organisation")))
	}
	switch what {
	case addWord:
		f.Fields = append(f.Fields, chat.Field{Name: "name", Kind: chat.Area, Label: r.t("organisations.names"), Help: r.t("join.new-help"), MaxLength: chat.MaxField})
	case renameWord:
		f.Fields = append(f.Fields, chat.Field{Name: "name", Label: r.t("organisations.name"), Help: r.t("join.new-help"), MaxLength: 75})
	case mergeWord:
		f.Fields = append(f.Fields, organisationField(r, "into", r.t("organisations.into")))
	}
	return f
}

// organisationField lets one choose an organisation, or name it where they are many.
func organisationField(r *request, name, label string) chat.Field {
	f := chat.Field{Name: name, Kind: chat.Choice, Label: label}
	r.read(func(n *benchmark.Network) {
		for _, o := range n.OrganisationsNow() {
			f.Options = append(f.Options, chat.Option{Label: o.Name, Value: string(o.ID)})
		}
	})
	if k := len(f.Options); k == 0 || k > chat.MaxOptions {
		return chat.Field{Name: name, Label: label, MaxLength: 75}
	}
	return f
}

func organisationsFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	what, written, _ := strings.Cut(f.State, " ")
	again := func(err error, field string) chat.Reply {
		return r.showAgain(organisationsForm(r, what), f.Values, err, func(*benchmark.Refusal) string { return field })
	}
	if what == addWord {
		return addFilled(ctx, r, f.Values, written)
	}
	o, err := organisationChosen(r, organisationField(r, "organisation", ""), f.Values["organisation"])
	if err != nil {
		return again(err, "organisation")
	}
	switch what {
	case renameWord:
		if err := r.decide(ctx, benchmark.RenameOrganisation(o.ID, f.Values["name"])); err != nil {
			return again(err, "name")
		}
		return confirmRenamed(r, o)
	case mergeWord:
		into, err := organisationChosen(r, organisationField(r, "into", ""), f.Values["into"])
		if err != nil {
			return again(err, "into")
		}
		return askBeforeMerging(r, o, into)
	case removeWord:
		return askBeforeRemoving(r, o)
	}
	return r.refused(refuse(formUnreadable))
}

func vouchOrganisation(ctx context.Context, r *request, o benchmark.Organisation) chat.Reply {
	if err := r.decide(ctx, benchmark.VouchFor(o.ID)); err != nil {
		return r.refused(err)
	}
	id := "organisations.vouched"
	r.read(func(n *benchmark.Network) {
		if now, _ := n.Organisation(o.ID); !now.Vouched {
			id = "organisations.vouched-one"
		}
	})
	return r.say(r.t(id, "Organisation", o.Name))
}

func renameOrganisation(ctx context.Context, r *request, o benchmark.Organisation, name string) chat.Reply {
	if oneLine(name) == "" {
		return organisationsPressed(ctx, r, renameWord+" "+string(o.ID))
	}
	if err := r.decide(ctx, benchmark.RenameOrganisation(o.ID, name)); err != nil {
		return r.refused(err)
	}
	return confirmRenamed(r, o)
}

func confirmRenamed(r *request, was benchmark.Organisation) chat.Reply {
	var text string
	r.read(func(n *benchmark.Network) {
		now, _ := n.Organisation(was.ID)
		text = r.t("organisations.renamed", "Organisation", now.Name, "Old", was.Name)
	})
	return r.say(text)
}

// stakes are what an organisation has in rounds: how many answers in those that were shown,
// and, in the one that wasn't yet, how many that another one has given too, and others.
type stakes struct{ shown, both, left int }

func stakesOf(n *benchmark.Network, o, into benchmark.OrganisationID) (s stakes) {
	for _, r := range n.Rounds {
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			_, ours := r.Submission(o, i.ID)
			_, theirs := r.Submission(into, i.ID)
			switch {
			case !ours:
			case r.Recorded || r.Publications > 0:
				s.shown++
			case theirs:
				s.both++
			default:
				s.left++
			}
		}
	}
	return s
}

// askBeforeMerging says what merging would do.
func askBeforeMerging(r *request, o, into benchmark.Organisation) chat.Reply {
	var lines []string
	var buttons []chat.Button
	merge := benchmark.MergeOrganisations{From: o.ID, Into: into.ID, Figures: true}
	value := mergeWord + " " + string(o.ID) + " " + string(into.ID) + " "
	var why error
	r.read(func(n *benchmark.Network) {
		say := func(id string, count int) {
			lines = append(lines, r.t("organisations."+id, "Organisation", o.Name, "Into", into.Name, "Count", count))
		}
		s := stakesOf(n, o.ID, into.ID)
		_, why = n.Decide(benchmark.Actor{By: r.me.ID}, merge, r.now())
		_, dropped := n.Decide(benchmark.Actor{By: r.me.ID}, benchmark.MergeOrganisations{From: o.ID, Into: into.ID}, r.now())
		if dropped != nil && why != nil {
			return
		}
		keeping := why == nil // else no button below keeps anything
		if s.shown > 0 && keeping {
			say("merge-shown", s.shown)
		}
		if s.left > 0 && keeping {
			say("merge-left", s.left)
		}
		if s.both > 0 && keeping {
			say("merge-both", s.both)
		}
		if k := len(n.Members(o.ID)); k > 0 {
			say("merge-people", k)
		}
		if keeping && (s != (stakes{}) || dropped != nil) {
			buttons = append(buttons, primary(r.button("merge-keep", "organisations", value+keepWord)))
		}
		if dropped != nil {
			say("letters-kept", 0)
			return
		}
		name := "merge-drop"
		if s == (stakes{}) {
			name = "merge-yes"
		} else {
			say("merge-dropped", 0)
		}
		buttons = append(buttons, r.button(name, "organisations", value+dropWord))
	})
	if len(buttons) == 0 {
		return r.refused(why)
	}
	text := r.t("organisations.merge-ask", "Organisation", o.Name, "Into", into.Name)
	if own, is := errors.AsType[*benchmark.Refusal](why); is {
		text += " " + r.words(own)
	}
	return preview(text, lines, append(buttons, r.button("organisations-not", "organisations", "")))
}

// preview says what something would do, and asks.
func preview(text string, lines []string, buttons []chat.Button) chat.Reply {
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	if len(lines) > 0 {
		m.Blocks = append(m.Blocks, chat.Items{Items: lines})
	}
	m.Blocks = append(m.Blocks, rows(buttons)...)
	return chat.Reply{Message: &m}
}

func mergeOrganisations(ctx context.Context, r *request, m benchmark.MergeOrganisations) chat.Reply {
	if err := r.decide(ctx, m); err != nil {
		return r.refused(err)
	}
	var text string
	r.read(func(n *benchmark.Network) {
		o, _ := n.Organisation(m.From)
		into, _ := n.Organisation(m.Into)
		text = r.t("organisations.merged", "Organisation", o.Name, "Into", into.Name)
	})
	return r.say(text)
}

// askBeforeRemoving says what removing would do.
func askBeforeRemoving(r *request, o benchmark.Organisation) chat.Reply {
	var lines []string
	buttons := []chat.Button{}
	r.read(func(n *benchmark.Network) {
		s := stakesOf(n, o.ID, "")
		say := func(id string, count int) {
			lines = append(lines, r.t("organisations."+id, "Organisation", o.Name, "Count", count))
		}
		if k := len(n.Members(o.ID)); k > 0 {
			say("remove-people", k)
		}
		value := removeWord + " " + string(o.ID) + " "
		if s == (stakes{}) {
			buttons = append(buttons, primary(r.button("remove-yes", "organisations", value+keepWord)))
			return
		}
		if len(n.Members(o.ID)) > 0 {
			say("remove-before", 0)
		}
		say("remove-kept", s.shown+s.left)
		buttons = append(buttons, primary(r.button("remove-keep", "organisations", value+keepWord)))
		if benchmark.LetterTells(n, o.ID) {
			say("letters-kept-removing", 0)
			return
		}
		say("remove-dropped", 0)
		buttons = append(buttons, r.button("remove-drop", "organisations", value+dropWord))
	})
	return preview(r.t("organisations.remove-ask", "Organisation", o.Name), lines, append(buttons, r.button("organisations-not", "organisations", "")))
}

func removeOrganisation(ctx context.Context, r *request, id benchmark.OrganisationID, figures bool) chat.Reply {
	if err := r.decide(ctx, benchmark.RemoveOrganisation(id, figures)); err != nil {
		return r.refused(err)
	}
	var text string
	r.read(func(n *benchmark.Network) {
		o, _ := n.Organisation(id)
		text = r.t("organisations.removed", "Organisation", o.Name)
	})
	return r.say(text)
}
