package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// organisationsVerb lists the organisations, and changes them.
var organisationsVerb = verb{
	name: "organisations", synonyms: []string{"organisation", "organization", "organizations", "orgs", "members", "rename", "merge", "organisationer", "organisationerna"}, needs: aNetwork,
	typed: organisationsTyped, pressed: organisationsPressed, filled: organisationsFilled,
}

// What may be done with organisations: typed, on buttons and as a form's state. A word of
// someone who has seen what it does is followed by keep or drop: what becomes of figures.
const (
	vouchWord  = "vouch"
	addWord    = "add"
	renameWord = "rename"
	mergeWord  = "merge"
	removeWord = "remove"
	keepWord   = "keep"
	dropWord   = "drop"
)

// organisationWords are what people may type for it.
var organisationWords = map[string]string{
	vouchWord: vouchWord, "know": vouchWord, "känner": vouchWord,
	addWord: addWord, "new": addWord, "lägg": addWord,
	renameWord: renameWord, "döp": renameWord, "byt": renameWord,
	mergeWord: mergeWord, "join": mergeWord, "slå": mergeWord,
	removeWord: removeWord, "delete": removeWord, "ta": removeWord,
}

const (
	organisationNameMissing refusal.Reason = "organisation-name-missing"
	organisationUnknown     refusal.Reason = "organisation-unknown"
)

// organisationsTyped takes "rename North to North hospital", "merge North into South",
// "remove North", "vouch North" or "add North", and lists them without.
func organisationsTyped(ctx context.Context, r *request, text string) chat.Reply {
	word, rest := firstWord(text)
	what := organisationWords[strings.ToLower(word)]
	rest = trimWord(rest, "ihop", "bort", "till", "om", "namn", "till:")
	switch {
	case what == "":
		return listOrganisations(r)
	case what != vouchWord && !r.me.Facilitator:
		return r.refused(refuse(refusal.FacilitatorOnly))
	case rest == "":
		return organisationsPressed(ctx, r, what)
	case what == addWord:
		return addTyped(ctx, r, rest)
	}
	first, second := splitNames(r, rest)
	o, err := organisationTyped(r, first)
	if err != nil {
		return r.refused(err)
	}
	switch what {
	case vouchWord:
		return vouchOrganisation(ctx, r, o)
	case renameWord:
		return renameOrganisation(ctx, r, o, second)
	case removeWord:
		return askBeforeRemoving(r, o)
	}
	into, err := organisationTyped(r, second)
	if err != nil {
		return r.refused(err)
	}
	return askBeforeMerging(r, o, into)
}

// between are what may stand between two names.
var between = []string{" to ", " into ", " with ", " till ", " i ", " med ", " in i ", "->", "→", "=", ":", ","}

// splitNames separates two names at what may stand between them: after the longest that is an
// organisation's, else at the first place.
func splitNames(r *request, text string) (first, second string) {
	first = text
	r.read(func(n *benchmark.Network) {
		if _, whole := n.OrganisationNamed(text); whole {
			return
		}
		for k := range text {
			for _, b := range between {
				if len(text) < k+len(b) || !strings.EqualFold(text[k:k+len(b)], b) {
					continue
				}
				if _, known := n.OrganisationNamed(text[:k]); known || second == "" {
					first, second = strings.TrimSpace(text[:k]), strings.TrimSpace(text[k+len(b):])
				}
			}
		}
	})
	return first, second
}

// organisationChosen finds the one that a form's field says, which lets one choose or, where
// they are many, write.
func organisationChosen(r *request, field chat.Field, value string) (o benchmark.Organisation, err error) {
	if field.Kind == chat.Choice && value != "" {
		return organisationPressed(r, benchmark.OrganisationID(value))
	}
	return organisationTyped(r, value)
}

// organisationPressed finds the one that a button carries; the refusal says what became of it.
func organisationPressed(r *request, id benchmark.OrganisationID) (o benchmark.Organisation, err error) {
	r.read(func(n *benchmark.Network) {
		known := false
		switch o, known = n.Organisation(id); {
		case !known:
			err = refuse(refusal.NoSuchOrganisation, "Organisation", string(id))
		case o.Gone:
			err = benchmark.WhyGone(n, o)
		}
	})
	return o, err
}

// organisationTyped finds the one of that name; the refusal says what became of it, or
// names those that may be meant.
func organisationTyped(r *request, name string) (o benchmark.Organisation, err error) {
	if oneLine(name) == "" {
		return o, refuse(organisationNameMissing)
	}
	r.read(func(n *benchmark.Network) {
		known := false
		o, known = n.OrganisationCalled(name)
		near, isNear := n.OrganisationNear(name)
		switch {
		case known && o.Gone:
			err = benchmark.WhyGone(n, o)
		case known:
		case isNear:
			err = refuse(refusal.OrganisationNear, "Organisation", name, "Near", near.Name)
		default:
			err = unknownOrganisation(n, name)
		}
	})
	return o, err
}

// unknownOrganisation names those whose names are nearest.
func unknownOrganisation(n *benchmark.Network, name string) *benchmark.Refusal {
	lower := strings.ToLower(oneLine(name))
	away := func(o benchmark.Organisation) int { return distance(lower, strings.ToLower(o.Name)) }
	nearest := slices.SortedStableFunc(slices.Values(n.OrganisationsNow()), func(x, y benchmark.Organisation) int { return away(x) - away(y) })
	var names []string
	for _, o := range nearest[:min(len(nearest), 4)] {
		names = append(names, chat.Quiet(o.Name))
	}
	if len(names) == 0 {
		return refuse(refusal.NoSuchOrganisation, "Organisation", name)
	}
	return refuse(organisationUnknown, "Organisation", name, "Near", verbatim(strings.Join(names, ", ")))
}

// listOrganisations shows which take part, how many people they have and which don't count
// yet, with what one may do.
func listOrganisations(r *request) chat.Reply {
	var lines []string
	var buttons []chat.Button
	r.read(func(n *benchmark.Network) {
		all := n.OrganisationsNow()
		slices.SortStableFunc(all, func(a, b benchmark.Organisation) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		})
		for _, o := range all {
			line := r.t("organisations.line", "Organisation", o.Name, "Count", len(n.Members(o.ID)))
			if len(n.Members(o.ID)) == 0 {
				line = r.t("organisations.line-nobody", "Organisation", o.Name)
			}
			if !o.Vouched {
				line += " " + r.t("organisations.line-new")
				if r.may(n, benchmark.VouchFor(o.ID)) && len(buttons) < chat.MaxButtons {
					label := clipText(r.t("button.vouch-named", "Organisation", o.Name), chat.MaxLabel)
					buttons = append(buttons, chat.Button{Label: label, Action: "organisations", Value: vouchWord + " " + string(o.ID)})
				}
			}
			lines = append(lines, line)
		}
	})
	text := r.t("organisations.intro", "Count", len(lines))
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	if len(lines) > 0 {
		m.Blocks = append(m.Blocks, chat.Items{Items: lines})
	}
	m.Blocks = append(m.Blocks, rows(buttons)...)
	if r.me.Facilitator {
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{
			r.button("organisation-add", "organisations", addWord), r.button("organisation-rename", "organisations", renameWord),
			r.button("organisation-merge", "organisations", mergeWord), r.button("organisation-remove", "organisations", removeWord),
		}})
	}
	return chat.Reply{Message: &m}
}

// may says whether the network would do what somebody wants, and nothing stands so already.
func (r *request) may(n *benchmark.Network, intent benchmark.Intent) bool {
	events, err := n.Decide(benchmark.Actor{By: r.me.ID}, intent, r.now())
	return err == nil && len(events) > 0
}

// organisationsPressed does what a button says: a word, and the ids that it is about; with
// too few of them it opens the form.
func organisationsPressed(ctx context.Context, r *request, value string) chat.Reply {
	words := append(strings.Fields(value), "", "", "", "")
	what, first, second := words[0], benchmark.OrganisationID(words[1]), benchmark.OrganisationID(words[2])
	if what == vouchWord && first != "" {
		o, err := organisationPressed(r, first)
		if err != nil {
			return r.refused(err)
		}
		return vouchOrganisation(ctx, r, o)
	}
	if !slices.Contains([]string{addWord, renameWord, mergeWord, removeWord}, what) {
		return listOrganisations(r)
	}
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	o, err := organisationPressed(r, first)
	switch {
	case what == removeWord && second == keepWord, what == removeWord && second == dropWord:
		return removeOrganisation(ctx, r, first, second == keepWord)
	case what == mergeWord && (words[3] == keepWord || words[3] == dropWord):
		return mergeOrganisations(ctx, r, benchmark.MergeOrganisations{From: first, Into: second, Figures: words[3] == keepWord})
	case first != "" && err != nil:
		return r.refused(err)
	case what == removeWord && first != "":
		return askBeforeRemoving(r, o)
	}
	f := organisationsForm(r, what)
	prefill(&f, map[string]string{"organisation": string(first)})
	return chat.Reply{Form: &f}
}
