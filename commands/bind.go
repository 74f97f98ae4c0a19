package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// bindVerb lets the people of a workspace belong to an organisation.
var bindVerb = verb{
	name: "bind", synonyms: []string{"workspace", "knyt"}, needs: aFacilitator,
	typed: bindTyped, pressed: bindTyped, filled: bindFilled,
}

// bindTyped takes "T024BE7LD North hospital", or opens the form: the people of a
// workspace belong to an organisation. Where there is but one workspace nothing
// needs to be bound.
func bindTyped(ctx context.Context, r *request, text string) chat.Reply {
	workspace, organisation := firstWord(text)
	f := bindForm(r)
	switch {
	case len(f.Fields) == 0:
		return r.say(r.t("bind.not-needed"))
	case organisation == "":
		prefill(&f, map[string]string{"workspace": workspaceValue(findWorkspace(r, workspace))})
		return chat.Reply{Form: &f}
	}
	o, err := organisationTyped(r, organisation)
	if err != nil {
		return r.refused(err)
	}
	if err := bindWorkspace(ctx, r, findWorkspace(r, workspace), o.ID); err != nil {
		return r.refused(err)
	}
	return confirmBound(r, findWorkspace(r, workspace))
}

// findWorkspace finds one by its id; one that isn't known has no connection.
func findWorkspace(r *request, id string) benchmark.Workspace {
	found := benchmark.Workspace{ID: id}
	r.read(func(n *benchmark.Network) {
		for _, w := range n.Workspaces() {
			if strings.EqualFold(w.ID, id) {
				found = w
				return
			}
		}
	})
	return found
}

// workspaceValue is what a form says of a workspace, and workspaceOf reads it.
func workspaceValue(w benchmark.Workspace) string { return w.Connection + " " + w.ID }

func workspaceOf(value string) benchmark.Workspace {
	connection, id, _ := strings.Cut(value, " ")
	return benchmark.Workspace{Connection: connection, ID: id}
}

// bindForm has no fields where there is nothing to bind.
func bindForm(r *request) chat.Form {
	f := chat.Form{Name: "bind", Title: r.t("bind.title"), Submit: r.t("bind.send"), Intro: r.t("bind.intro")}
	r.read(func(n *benchmark.Network) {
		from := chat.Field{Name: "workspace", Kind: chat.Choice, Label: r.t("bind.workspace"), Help: r.t("bind.workspace-help")}
		for _, w := range n.Workspaces() {
			if v := workspaceValue(w); len(v) <= chat.MaxOption && len(from.Options) < chat.MaxOptions {
				from.Options = append(from.Options, chat.Option{Label: workspaceLabel(n, w), Value: v})
			}
		}
		if len(from.Options) == 0 {
			return
		}
		to := chat.Field{Name: "organisation", Label: r.t("join.organisation"), Help: r.t("bind.organisation-help"), Optional: true, MaxLength: 75}
		if k := len(n.OrganisationsNow()); k > 0 && k <= chat.MaxOptions {
			to.Kind, to.MaxLength = chat.Choice, 0
			for _, o := range n.OrganisationsNow() {
				to.Options = append(to.Options, chat.Option{Label: o.Name, Value: string(o.ID)})
			}
		}
		f.Fields = []chat.Field{from, to}
	})
	return f
}

// workspaceLabel is a workspace as a facilitator recognises it: by who comes from
// there, and where they belong.
func workspaceLabel(n *benchmark.Network, w benchmark.Workspace) string {
	label := w.ID
	if o, bound := n.BoundTo(w); bound {
		label += " → " + o.Name
	}
	var names []string
	for _, p := range n.From(w) {
		if p.Name != "" {
			names = append(names, chat.Quiet(p.Name))
		}
	}
	if len(names) > 0 {
		label += ": " + strings.Join(names, ", ")
	}
	return clipText(label, chat.MaxLabel)
}

func bindFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	w := workspaceOf(f.Values["workspace"])
	var to benchmark.Organisation
	form, err := bindForm(r), error(nil)
	if typed := f.Values["organisation"]; oneLine(typed) != "" && len(form.Fields) > 0 {
		to, err = organisationChosen(r, form.Fields[1], typed)
	}
	if err == nil {
		err = bindWorkspace(ctx, r, w, to.ID)
	}
	if err != nil {
		return r.showAgain(form, f.Values, err, func(*benchmark.Refusal) string { return "organisation" })
	}
	return confirmBound(r, w)
}

func bindWorkspace(ctx context.Context, r *request, w benchmark.Workspace, to benchmark.OrganisationID) error {
	return r.decide(ctx, benchmark.BindWorkspace{Workspace: w, Organisation: string(to)})
}

// confirmBound says how things stand now.
func confirmBound(r *request, w benchmark.Workspace) chat.Reply {
	var reply chat.Reply
	r.read(func(n *benchmark.Network) {
		o, is := n.BoundTo(w)
		if !is {
			reply = r.say(r.t("bind.undone", "Workspace", w.ID))
			return
		}
		reply = r.say(r.t("bind.done", "Workspace", w.ID, "Organisation", o.Name))
	})
	return reply
}
