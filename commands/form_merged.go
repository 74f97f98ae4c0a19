package commands

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// whyNotTheirs says why somebody doesn't speak for an organisation: it is gone, or they are.
func whyNotTheirs(r *request, o benchmark.OrganisationID) (why *benchmark.Refusal) {
	why = refuse(refusal.NotYourOrganisation)
	r.read(func(n *benchmark.Network) {
		if was, _ := n.Organisation(o); was.Gone && r.me.ID != "" {
			why = benchmark.WhyGone(n, was)
		}
	})
	return why
}

// notTheirs refuses what was made for an organisation that isn't theirs any more, and gives
// back what was filled in. Where that has become part of one that they speak for, the form
// is shown for that one, with what they typed.
func notTheirs(r *request, err error) chat.Reply {
	filled, is := r.in.What.(chat.Filled)
	if !is {
		return r.refused(err)
	}
	was, into, sits := becameOf(r)
	if sits && r.speakFor(into.ID) && r.me.Active() {
		if f, is := formInstead(r, filled); is {
			f.Scope = string(scopeOf(r.table.ID(), into.ID))
			f.Error = r.t("submit.for-merged", "Organisation", was.Name, "Into", into.Name)
			return chat.Reply{Form: &f}
		}
	}
	reply := r.refused(err)
	if sits && !r.me.Active() && reply.Message != nil {
		reply.Message.Blocks = append(reply.Message.Blocks, chat.Paragraph{Text: r.t("submit.for-merged-waits", "Into", into.Name)})
	}
	return giveBack(r, reply, strings.Join(typedIn(r, filled), "; "))
}

// becameOf is the organisation that something was made for, and the one of one's own of which
// it has become a part.
func becameOf(r *request) (was, into benchmark.Organisation, sits bool) {
	r.read(func(n *benchmark.Network) {
		was, _ = n.Organisation(r.formerly)
		into = was
		for into.Gone && into.Into != "" && !sits {
			into, _ = n.Organisation(into.Into)
			_, sits = r.me.For(into.ID)
		}
	})
	return was, into, sits
}

// formInstead is a form of answers or guesses as it would be opened now, with what was changed
// in the one that was filled in. Where there is an answer already, theirs is asked about.
func formInstead(r *request, filled chat.Filled) (f chat.Form, is bool) {
	switch filled.Form {
	case submitVerb.name:
		var state submitFormState
		if json.Unmarshal([]byte(filled.State), &state) != nil {
			return f, false
		}
		sheet, err := openAnswerSheet(r, state.Round)
		asked, ok := indicatorsOf(r, sheet, state)
		if err != nil || !ok || sheet.closed {
			return f, false
		}
		typed := map[string]string{}
		for k, i := range asked {
			changed := sentAnswer{figure: true, note: true}
			if len(state.Opened) == len(asked) {
				changed = state.Opened[k].sent(filled.Values, i)
			}
			for name, is := range map[string]bool{string(i.ID): changed.figure, string(i.ID) + noteSuffix: changed.note} {
				if is && filled.Values[name] != "" {
					typed[name] = filled.Values[name]
				}
			}
		}
		f = submitForm(r, sheet, asked, submitFormState{Round: state.Round, Part: state.Part, Only: state.Only, Some: state.Some})
		var opened submitFormState
		if json.Unmarshal([]byte(f.State), &opened) != nil || len(opened.Opened) != len(asked) {
			return f, false
		}
		for k := range opened.Opened {
			opened.Opened[k].Versions = 0
		}
		f.State = opened.String()
		prefill(&f, typed)
		return f, len(typed) > 0
	case predictVerb.name:
		sheet, err := openGuessSheet(r)
		round, number := roundAndPart(filled.State)
		if err != nil || len(sheet.parts) == 0 || refuseOtherRound(r, round) != nil {
			return f, false
		}
		p, known := partNumbered(sheet.parts, number)
		if !known {
			p = sheet.parts[0]
		}
		typed, seen := map[string]string{}, seenIn(filled.State, p)
		for _, i := range p.indicators {
			if guess := filled.Values[string(i.ID)]; guess != "" && benchmark.Position(guess) != seen[i.ID] {
				typed[string(i.ID)] = guess
			}
		}
		f = predictForm(r, sheet, p)
		unseen := sheet
		unseen.guesses = nil
		f.State = unseen.opened(p)
		prefill(&f, typed)
		return f, len(typed) > 0
	}
	return f, false
}

// typedIn is what somebody filled in, by the names that people know: of answers by the
// indicators' titles.
func typedIn(r *request, filled chat.Filled) (typed []string) {
	titles := map[string]string{}
	r.read(func(n *benchmark.Network) {
		for _, i := range n.Template().Indicators {
			titles[string(i.ID)] = oneLine(i.Title)
			titles[string(i.ID)+noteSuffix] = r.t("submit.note", "Title", oneLine(i.Title))
		}
	})
	for _, name := range slices.Sorted(maps.Keys(filled.Values)) {
		value := filled.Values[name]
		if filled.Form == predictVerb.name && value != "" {
			value = positionNamed(r, value)
		}
		switch title, isIndicator := titles[name]; {
		case value == "":
		case isIndicator && (filled.Form == submitVerb.name || filled.Form == predictVerb.name):
			typed = append(typed, title+": "+value)
		default:
			typed = append(typed, value)
		}
	}
	return typed
}

// positionNamed is a guess in words.
func positionNamed(r *request, value string) string {
	if slices.Contains([]benchmark.Position{benchmark.Below, benchmark.Around, benchmark.Above}, benchmark.Position(value)) {
		return r.t("position." + value)
	}
	return value
}
