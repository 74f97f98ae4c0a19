package commands

import (
	"cmp"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// scopeSign separates, in what buttons and forms carry, the network from the organisation
// on whose behalf they are pressed and filled in.
const scopeSign = "."

// oneOrganisation: two were named in what was typed.
const oneOrganisation refusal.Reason = "one-organisation"

// scopeOf is what buttons and forms carry that belong to a network, and to an organisation
// if it is named.
func scopeOf(n benchmark.NetworkID, o benchmark.OrganisationID) benchmark.NetworkID {
	if o == "" {
		return n
	}
	return n + scopeSign + benchmark.NetworkID(o)
}

// cutScope separates the two.
func cutScope(scope benchmark.NetworkID) (benchmark.NetworkID, benchmark.OrganisationID) {
	n, o, _ := strings.Cut(string(scope), scopeSign)
	return benchmark.NetworkID(n), benchmark.OrganisationID(o)
}

// speakFor has somebody speak for one of their organisations: false when it isn't (any more).
func (r *request) speakFor(o benchmark.OrganisationID) bool {
	role, is := r.me.For(o)
	if is && r.me.HasSeveral() {
		r.me, r.onBehalf = role, o
	}
	return is
}

// takeFor takes "for North" out of what was typed, and has whoever typed it speak for that
// organisation: at its end and at the ends of its lines where they are in several, and behind a figure
// before a comma or semicolon. Where two are named, or one that isn't theirs, nothing is done
// for either. Somebody of one organisation may name whatever they like, but not behind a
// figure.
func (r *request) takeFor(text string) (rest string, why *benchmark.Refusal) {
	var named []benchmark.OrganisationID
	var out strings.Builder
	rest = cutFor(r, text, !r.me.HasSeveral(), &named) // names may have commas in them
	for len(rest) > 0 {
		end := len(rest)
		if k := strings.IndexAny(rest, "\n,;"); k >= 0 {
			end = k + 1
		}
		piece := strings.TrimRight(rest[:end], "\n,; \t")
		isLine := strings.HasSuffix(rest[:end], "\n")
		out.WriteString(cutFor(r, piece, !isLine || !r.me.HasSeveral(), &named) + rest[len(piece):end])
		rest = rest[end:]
	}
	rest = strings.TrimSpace(out.String())
	slices.Sort(named)
	switch named = slices.Compact(named); {
	case len(named) == 0:
		return text, nil
	case len(named) > 1:
		return text, refuse(oneOrganisation)
	case !r.me.HasSeveral() && named[0] == r.me.Organisation, r.speakFor(named[0]):
		return rest, nil
	}
	return text, refuse(refusal.NotYourOrganisation)
}

// cutFor cuts "for North" off the end of a text where that names an organisation of the
// network, or nearly one of several of one's own; behindFigure, only where a figure stands
// before it.
func cutFor(r *request, text string, behindFigure bool, named *[]benchmark.OrganisationID) string {
	lower := strings.ToLower(" " + text)
	for _, word := range []string{" for ", " för "} {
		k := strings.LastIndex(lower, word)
		if k < 0 || len(lower) != len(text)+1 { // letters that are longer in small
			continue
		}
		if said := strings.TrimSpace(text[:max(0, k-1)]); behindFigure && strings.TrimRight(said, "0123456789%") == said {
			continue
		}
		if o, known := organisationMeant(r, text[k+len(word)-1:]); known {
			*named = append(*named, o)
			return strings.TrimSpace(text[:max(0, k-1)])
		}
	}
	return text
}

// organisationMeant is the organisation of that name, or the one of several of one's own
// whose name is near.
func organisationMeant(r *request, name string) (benchmark.OrganisationID, bool) {
	var near []benchmark.OrganisationID
	var exact benchmark.Organisation
	r.read(func(n *benchmark.Network) {
		exact, _ = n.OrganisationNamed(name)
		for role := range r.me.Roles() {
			if o, _ := n.Organisation(role.Organisation); r.me.HasSeveral() && freetext.IsNear(o.Name, name) {
				near = append(near, o.ID)
			}
		}
	})
	if exact.ID == "" && len(near) == 1 {
		return near[0], true
	}
	return exact.ID, exact.ID != ""
}

// askForWhom asks somebody who is in several organisations for which of them they did
// something: what they typed or pressed goes on as it was. False when there is nothing to
// ask.
func (r *request) askForWhom() (chat.Reply, bool) {
	switch what := r.in.What.(type) {
	case chat.Typed:
		return forWhom(r, chat.Button{Action: "type", Value: strings.TrimSpace(what.Text)})
	case chat.Pressed:
		return forWhom(r, chat.Button{Action: what.Action, Value: what.Value})
	}
	return chat.Reply{}, false
}

// forWhom is [request.askForWhom] for what the button would do.
func forWhom(r *request, b chat.Button) (chat.Reply, bool) {
	if !r.me.HasSeveral() || r.onBehalf != "" {
		return chat.Reply{}, false
	}
	if len(b.Value) > chat.MaxValue {
		return r.say(r.words(refuse(refusal.WhichOrganisation))), true
	}
	var buttons []chat.Button
	r.read(func(n *benchmark.Network) {
		for role := range r.me.Roles() {
			o, _ := n.Organisation(role.Organisation)
			b.Label, b.Scope = clipText(oneLine(chat.Quiet(o.Name)), chat.MaxLabel), string(scopeOf(n.ID, o.ID))
			buttons = append(buttons, b)
		}
	})
	return r.say(r.t("which.organisation"), buttons...), true
}

// speaksForAny says whether a participant speaks for any of their organisations.
func speaksForAny(p benchmark.Participant) bool {
	for role := range p.Roles() {
		if role.Active() {
			return true
		}
	}
	return false
}

// organisationsOf are the names of a participant's organisations, as they read in a line.
func organisationsOf(n *benchmark.Network, p benchmark.Participant, with func(role benchmark.Participant) bool) string {
	var names []string
	for role := range p.Roles() {
		if o, known := n.Organisation(role.Organisation); known && with(role) {
			names = append(names, o.Name)
		}
	}
	return strings.Join(names, ", ")
}

// saysForWhom has a reply say for which of several organisations something was done, or is
// to be filled in.
func (r *request) saysForWhom(reply chat.Reply) chat.Reply {
	if r.onBehalf == "" || isOwn(r) {
		return reply
	}
	var text string
	r.read(func(n *benchmark.Network) {
		o, _ := n.Organisation(r.onBehalf)
		text = r.t("which.behalf", "Organisation", o.Name)
	})
	if m := reply.Message; m != nil {
		reply.Message = &chat.Message{Text: m.Text, Key: m.Key, Blocks: append(slices.Clip(m.Blocks), chat.Footnote{Text: text})}
	}
	if reply.Form != nil {
		f := *reply.Form
		f.Intro = strings.TrimSpace(text + " " + f.Intro)
		reply.Form = &f
	}
	return reply
}

// isOwn says whether what was done is a person's own, such as their reminders, whichever
// organisation the button stood for.
func isOwn(r *request) bool {
	pressed, is := r.in.What.(chat.Pressed)
	return is && slices.Contains([]string{"snooze", "unsnooze", "mute", "unmute"}, pressed.Action)
}

// addressOwn has what saves something for one organisation carry for which, and in which
// network: forms of such verbs, and buttons that hold something. What is pressed or sent
// once its person has moved elsewhere saves nothing there.
func addressOwn(r *request, reply chat.Reply) chat.Reply {
	if r.table == nil || r.me.Organisation == "" || r.me.HasSeveral() && r.onBehalf == "" {
		return reply
	}
	scope := string(scopeOf(r.table.ID(), r.me.Organisation))
	forOne := func(name string) bool {
		v, known := verbNamed(r.c.verbs, name)
		return known && v.forOne
	}
	if f := reply.Form; f != nil && forOne(f.Name) {
		own := *f
		own.Scope = scope
		reply.Form = &own
	}
	if m := reply.Message; m != nil {
		reply.Message = new(withScopes(*m, func(b chat.Button) string {
			if b.Value == "" || !forOne(b.Action) {
				return b.Scope
			}
			return cmp.Or(b.Scope, scope)
		}))
	}
	return reply
}
