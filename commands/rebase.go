package commands

import (
	"context"
	"fmt"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// rebaseVerb begins an organisation's limits over time anew.
var rebaseVerb = verb{
	name: "rebase", synonyms: []string{"limits", "baseline", "omstart", "gränser"}, needs: aFacilitator,
	typed: rebaseTyped, pressed: rebasePressed, filled: rebaseFilled,
}

// takeBack is what is typed, and carried, to take a rebase back.
const takeBack = "undo"

// rebaseTyped takes "falls for North from 2026-Q3 because the ward moved"; where something
// is missing it opens the form, with the rest filled in.
func rebaseTyped(ctx context.Context, r *request, text string) chat.Reply {
	values := map[string]string{"what": "begin"}
	if rest := trimWord(text, takeBack, "back", "ångra", "tillbaka"); rest != text {
		text, values["what"] = rest, takeBack
	}
	text, values["reason"] = cutAtWord(text, "because", "eftersom")
	text, values["from"] = cutAtWord(text, "from", "since", "från", "fr.o.m.")
	var named []benchmark.OrganisationID
	text = cutFor(r, text, false, &named)
	if values["organisation"] = string(r.me.Organisation); len(named) > 0 {
		values["organisation"] = string(named[0])
	}
	var template benchmark.Template
	r.read(func(n *benchmark.Network) { template = n.Template() })
	if name := strings.TrimSpace(text); name != "" {
		i, asks, found := findIndicator(r, template, "rebase", name, "", true)
		if !found {
			return asks
		}
		values["indicator"] = string(i.ID)
	}
	for _, needed := range []string{"indicator", "organisation", "from", "reason"} {
		if values[needed] == "" {
			f := rebaseForm(r)
			prefill(&f, values)
			return chat.Reply{Form: &f}
		}
	}
	if err := setRebase(ctx, r, values); err != nil {
		return r.refused(err)
	}
	return rebaseDone(r, values)
}

// cutAtWord cuts a text before the first of the words, and returns what follows it.
func cutAtWord(text string, words ...string) (before, after string) {
	for rest := text; rest != ""; {
		var word string
		at := len(text) - len(rest)
		word, rest = firstWord(rest)
		if trimWord(word, words...) != word {
			return strings.TrimSpace(text[:at]), strings.TrimSpace(rest)
		}
	}
	return text, ""
}

// rebasePressed opens the form for an indicator of one's own organisation, or that takes
// back what the button carries.
func rebasePressed(_ context.Context, r *request, value string) chat.Reply {
	f := rebaseForm(r)
	values := map[string]string{"organisation": string(r.me.Organisation), "indicator": value}
	if where, back := strings.CutPrefix(value, takeBack+" "); back {
		parts := strings.SplitN(where, "/", 3)
		values["what"] = takeBack
		for k, name := range []string{"organisation", "indicator", "from"}[:len(parts)] {
			values[name] = parts[k]
		}
	}
	prefill(&f, values)
	return chat.Reply{Form: &f}
}

func rebaseForm(r *request) chat.Form {
	indicator := indicatorField(r, "")
	indicator.Optional = false
	return chat.Form{
		Name: "rebase", Title: r.t("rebase.title"), Submit: r.t("rebase.send"), Intro: r.t("rebase.intro"),
		Fields: []chat.Field{
			organisationField(r, "organisation", r.t("rebase.organisation")),
			indicator,
			{Name: "from", Label: r.t("rebase.from"), Help: r.t("rebase.from-help"), MaxLength: 40},
			{Name: "reason", Kind: chat.Area, Label: r.t("rebase.reason"), Help: r.t("rebase.reason-help")},
			{Name: "what", Kind: chat.Choice, Label: r.t("rebase.what"), Value: "begin", Options: []chat.Option{
				{Label: r.t("rebase.begin"), Value: "begin"}, {Label: r.t("rebase.undo"), Value: takeBack},
			}},
		},
	}
}

func rebaseFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	r.read(func(n *benchmark.Network) { // in a large network it is typed
		if o, known := n.OrganisationNamed(f.Values["organisation"]); known {
			f.Values["organisation"] = string(o.ID)
		}
	})
	if err := setRebase(ctx, r, f.Values); err != nil {
		return r.showAgain(rebaseForm(r), f.Values, err, nil)
	}
	return rebaseDone(r, f.Values)
}

// setRebase begins limits anew, or takes that back.
func setRebase(ctx context.Context, r *request, values map[string]string) error {
	o, i := benchmark.OrganisationID(values["organisation"]), benchmark.IndicatorID(values["indicator"])
	if values["what"] == takeBack {
		return r.decide(ctx, benchmark.TakeRebaseBack(o, i, values["from"], values["reason"]))
	}
	return r.decide(ctx, benchmark.Rebase(o, i, values["from"], values["reason"]))
}

// rebaseDone says what holds now, and how to take it back.
func rebaseDone(r *request, values map[string]string) chat.Reply {
	from, err := benchmark.ReadPeriod(values["from"])
	if err != nil {
		return r.failed(err)
	}
	var o benchmark.Organisation
	var i benchmark.Indicator
	r.read(func(n *benchmark.Network) {
		o, _ = n.Organisation(benchmark.OrganisationID(values["organisation"]))
		i, _ = n.Template().Indicator(benchmark.IndicatorID(values["indicator"]))
	})
	said := []any{"Title", oneLine(i.Title), "Organisation", o.Name, "Period", r.period(benchmark.RoundID(from.ID))}
	if values["what"] == takeBack {
		return r.say(r.t("rebase.undone", said...))
	}
	back := r.button("rebase-undo", "rebase", fmt.Sprintf("%s %s/%s/%s", takeBack, o.ID, i.ID, from.ID))
	return r.say(r.t("rebase.done", said...), back)
}
