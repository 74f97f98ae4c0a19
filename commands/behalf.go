package commands

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// scopeSign separates, in what buttons and forms carry, the network from the organisation
// on whose behalf they are pressed and filled in.
const scopeSign = "."

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

// takeFor takes "for North" from the end of what was typed, where it names one of several
// organisations of whoever typed it.
func (r *request) takeFor(text string) string {
	if !r.me.HasSeveral() {
		return text
	}
	lower := strings.ToLower(" " + text)
	for _, word := range []string{" for ", " för "} {
		k := strings.LastIndex(lower, word)
		if k < 0 || len(lower) != len(text)+1 { // letters that are longer in small
			continue
		}
		var o benchmark.Organisation
		r.read(func(n *benchmark.Network) { o, _ = n.OrganisationNamed(text[k+len(word)-1:]) })
		if r.speakFor(o.ID) {
			return strings.TrimSpace(text[:max(0, k-1)])
		}
	}
	return text
}

// askForWhom asks somebody who is in several organisations for which of them they did
// something: what they typed or pressed goes on as it was. False when there is nothing to
// ask.
func (r *request) askForWhom() (chat.Reply, bool) {
	if !r.me.HasSeveral() || r.onBehalf != "" {
		return chat.Reply{}, false
	}
	b := chat.Button{}
	switch what := r.in.What.(type) {
	case chat.Typed:
		b.Action, b.Value = "type", strings.TrimSpace(what.Text)
	case chat.Pressed:
		b.Action, b.Value = what.Action, what.Value
	default:
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
	if r.onBehalf == "" {
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

// notTheirs refuses what was made for an organisation that isn't theirs any more, and gives
// back what was filled in.
func notTheirs(r *request, err error) chat.Reply {
	reply := r.refused(err)
	filled, is := r.in.What.(chat.Filled)
	if !is {
		return reply
	}
	var typed []string
	for _, name := range slices.Sorted(maps.Keys(filled.Values)) {
		if value := filled.Values[name]; value != "" {
			typed = append(typed, name+" "+value)
		}
	}
	return giveBack(r, reply, strings.Join(typed, "; "))
}
