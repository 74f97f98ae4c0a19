package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// addTyped adds what was typed: one organisation, or a list of them.
func addTyped(ctx context.Context, r *request, text string) chat.Reply {
	names := listItems(text)
	if len(names) == 0 {
		return r.refused(refuse(organisationNameMissing))
	}
	added, left, err := addOrganisations(ctx, r, names, nil)
	switch {
	case err == nil:
		return r.say(addedText(r, added))
	case len(left) == 0, maybeNumber(err) != nil && len(added) == 0:
		return r.refused(err)
	}
	return r.say(leftText(r, added, err, ""), r.button("organisation-add", "organisations", addWord))
}

// addFilled adds the organisations of the form's list, and shows it again for those that
// couldn't be. It keeps what was typed then: those that were added the first time are
// no mistake, and names that were asked about are meant. written tells what was.
func addFilled(ctx context.Context, r *request, values map[string]string, written string) chat.Reply {
	typed := listItems(values["name"])
	names, sure := typed, []string(nil)
	if written != "" {
		names = newNames(r, typed)
	}
	if written == sureOf(typed) {
		sure = names
	}
	switch {
	case len(names) == 0 && len(typed) > 0:
		return r.say(addedText(r, typed))
	case len(names) == 0:
		why := refuse(organisationNameMissing)
		why.Field = "name"
		return r.showAgain(organisationsForm(r, addWord), values, why, nil)
	}
	added, left, err := addOrganisations(ctx, r, names, sure)
	switch {
	case err == nil:
		return r.say(addedText(r, added))
	case len(left) == 0, maybeNumber(err) != nil && len(added) == 0:
		return r.showAgain(organisationsForm(r, addWord), values, err, func(*benchmark.Refusal) string { return "name" })
	}
	f := organisationsForm(r, addWord)
	f.State = addWord + " " + sureOf(typed)
	prefill(&f, values)
	setFieldError(&f, "name", leftText(r, added, err, "join.sure"))
	return chat.Reply{Form: &f}
}

// newNames are those that no organisation has, letter by letter.
func newNames(r *request, names []string) []string {
	names = slices.Clone(names)
	r.read(func(n *benchmark.Network) {
		names = slices.DeleteFunc(names, func(name string) bool {
			o, known := n.OrganisationNamed(name)
			return known && o.Name == freetext.Name(name)
		})
	})
	return names
}

// sureOf is what a form carries that asked about the names.
func sureOf(names []string) string {
	return strconv.FormatUint(uint64(digest(strings.Join(names, "\n"))), 10)
}

// leftText says what was added, and what is the matter with the rest; sure is the message that
// says how a name is meant that may be another's.
func leftText(r *request, added []string, err error, sure string) string {
	text := addedText(r, added)
	for _, why := range refusalsIn(err) {
		text = joinLines(text, r.words(why))
		if asks := why.Reason == refusal.OrganisationNear || why.Reason == refusal.OrganisationsAlike; asks && sure != "" {
			text += " " + r.t(sure, "Written", why.Args[1])
		}
	}
	return text
}

func addedText(r *request, added []string) string {
	if len(added) == 0 {
		return ""
	}
	return r.t("organisations.added", "Count", len(added), "Organisations", clipText(r.l.List(added), maxNamesLength))
}

// addOrganisations adds those that can be, and returns the others with why: none of these
// where something else was in the way.
func addOrganisations(ctx context.Context, r *request, names, sure []string) (added, left []string, err error) {
	names = once(names)
	var why benchmark.Refusals
	r.read(func(n *benchmark.Network) {
		_, tried := n.Decide(r.actor(), benchmark.AddOrganisations(names, sure), r.now())
		why = refusalsIn(tried)
	})
	for _, name := range names {
		refused := slices.ContainsFunc(why, func(x *benchmark.Refusal) bool { return x.Field == name || len(names) == 1 })
		if refused && !slices.Contains(left, name) {
			left = append(left, name)
		} else if !refused {
			added = append(added, name)
		}
	}
	if len(added) == 0 {
		return nil, left, why
	}
	if err := r.decide(ctx, benchmark.AddOrganisations(added, sure)); err != nil {
		return nil, nil, err
	}
	if len(why) > 0 {
		err = why
	}
	return added, left, err
}

// once are the names without those that stand there before, letter by letter.
func once(names []string) []string {
	var found []string
	for _, name := range names {
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// refusalsIn are those that an error is of.
func refusalsIn(err error) benchmark.Refusals {
	if many, are := errors.AsType[benchmark.Refusals](err); are {
		return many
	}
	if one, is := errors.AsType[*benchmark.Refusal](err); is {
		return benchmark.Refusals{one}
	}
	return nil
}
