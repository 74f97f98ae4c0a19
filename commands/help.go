package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
	"roundtable/mistake"
)

// helpVerb lists the verbs, or explains one.
var helpVerb = verb{name: "help", synonyms: []string{"hjälp", "?"}, typed: showHelp, pressed: showHelp}

// showHelp lists what can be done, or explains one verb.
func showHelp(_ context.Context, r *request, text string) chat.Reply {
	name, _ := firstWord(strings.ToLower(text))
	switch v, _, _, known := takeVerb(r.c.verbs, text); {
	case known:
		return r.say(r.t("help." + v.name))
	case name == "":
		return helpOfTheMoment(r)
	case name == allHelp || name == r.t("help.all"):
	default:
		return suggestVerbs(r, name, func(verb string) string { return "help " + verb })
	}
	var mine, theirs []string
	for _, v := range r.c.verbs {
		switch id := "help." + v.name + "-line"; {
		case v.typed == nil || !locale.Has(id):
		case v.needs == aFacilitator:
			theirs = append(theirs, helpLine(r, v.name))
		default:
			mine = append(mine, helpLine(r, v.name))
		}
	}
	intro := r.t("help.intro")
	m := chat.Message{Text: intro, Blocks: []chat.Block{chat.Paragraph{Text: intro}, chat.Items{Items: mine}}}
	if r.me.Facilitator {
		m.Blocks = append(m.Blocks, chat.Heading{Text: r.t("help.facilitators")}, chat.Items{Items: theirs})
	}
	m.Blocks = append(m.Blocks, chat.Footnote{Text: r.t("help.more")})
	return chat.Reply{Message: &m}
}

// allHelp is typed, and carried by a button, to see every verb.
const allHelp = "all"

// helpLine is what a verb does in a line, with what it is called in the reader's language.
func helpLine(r *request, name string) string {
	line := r.t("help." + name + "-line")
	return strings.Replace(line, r.trigger+" "+name, r.trigger+" "+shownVerb(r, name), 1)
}

// helpOfTheMoment lists the verbs that somebody is most likely to want now; the others are
// a press away.
func helpOfTheMoment(r *request) chat.Reply {
	var lines []string
	for _, name := range verbsOfTheMoment(r) {
		lines = append(lines, helpLine(r, name))
	}
	intro := r.t("help.intro")
	m := chat.Message{Text: intro, Blocks: []chat.Block{chat.Paragraph{Text: intro}, chat.Items{Items: lines}}}
	m.Blocks = append(m.Blocks, rows([]chat.Button{r.button("help-all", "help", allHelp)})...)
	m.Blocks = append(m.Blocks, chat.Footnote{Text: r.t("help.more")})
	return chat.Reply{Message: &m}
}

// verbsOfTheMoment are at most eight, by what somebody may do and how far the round is.
func verbsOfTheMoment(r *request) []string {
	if r.table == nil {
		return []string{"setup", "link", "privacy"}
	}
	phase, isObserver := benchmark.Phase(""), r.me.Observer
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			if phase = c.Phase; isClosed(c, r.now()) && phase == benchmark.Open {
				phase = benchmark.Closed
			}
		}
	})
	switch leads := r.me.Facilitator; {
	case r.me.ID == "":
		return []string{"join", "status", "template", "compare", "privacy"}
	case isObserver && !leads:
		return []string{"status", "compare", "ask", "reflect", "learn", "template", "settings", "privacy"}
	case phase == benchmark.Open && leads:
		return []string{"submit", "predict", "status", "extend", "close", "ask", "organisations", "settings"}
	case phase == benchmark.Open:
		return []string{"submit", "predict", "skip", "withdraw", "status", "trend", "ask", "snooze"}
	case phase == benchmark.Closed && leads:
		return []string{"publish", "reopen", "status", "compare", "submit", "ask", "organisations", "settings"}
	case leads:
		return []string{"open", "compare", "commit", "learn", "ask", "template", "organisations", "settings"}
	}
	return []string{"compare", "trend", "commit", "reflect", "learn", "ask", "status", "template"}
}

// Offer is a verb as it is offered to somebody who is typing.
type Offer struct {
	Verb string // "submit"
	Line string // what it does, in a few words
}

// Offers returns the verbs that can be typed, in the order of help, in a
// language.
func Offers(language string) []Offer {
	l := locale.For(language)
	offers := []Offer{}
	for _, v := range allVerbs() {
		id := "help." + v.name + "-line"
		if v.typed == nil {
			continue
		}
		o := Offer{Verb: v.name}
		if locale.Has(id) {
			_, o.Line, _ = strings.Cut(l.T(id, "Trigger", ""), " – ")
		}
		offers = append(offers, o)
	}
	return offers
}

// typeVerb carries a whole line, as it is meant to have been typed.
var typeVerb = verb{name: "type", pressed: typeMeant}

// typeMeant is pressed by somebody who mistyped a verb: the button carries the whole
// line, mended.
func typeMeant(ctx context.Context, r *request, line string) chat.Reply { return r.typed(ctx, line) }

// suggestVerbs suggests the nearest verbs; line is what is meant with one of them.
func suggestVerbs(r *request, name string, line func(verb string) string) chat.Reply {
	r.anyNetwork = true
	type near struct {
		name string
		far  int
	}
	var all []near
	for _, v := range r.c.verbs {
		if v.typed == nil || v.needs == aFacilitator && !r.me.Facilitator {
			continue
		}
		d := distance(name, v.name)
		for _, words := range verbWords(v.name) {
			if away := distance(name, words); away <= nearEnough(words) {
				d = min(d, away)
			}
		}
		if strings.HasPrefix(v.name, name) || slices.Contains(v.synonyms, name) {
			d = 0
		}
		if d <= 1+len(v.name)/3 {
			all = append(all, near{v.name, d})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.far - b.far })
	for k := range all {
		if all[k].far > all[0].far || k == 3 {
			all = all[:k]
			break
		}
	}
	if len(all) == 0 {
		return r.say(r.t("unknown.verb", "Typed", echoed(name)), r.button("help", "help", ""))
	}
	var names []string
	var buttons []chat.Button
	for _, a := range all {
		names = append(names, shownVerb(r, a.name))
		meant, shown := strings.TrimSpace(line(a.name)), strings.TrimSpace(line(shownVerb(r, a.name)))
		if len(meant) > chat.MaxValue {
			meant, shown = a.name, shownVerb(r, a.name)
		}
		label := clipText(oneLine(echoed(shown)), chat.MaxLabel)
		buttons = append(buttons, chat.Button{Label: label, Action: "type", Value: meant})
	}
	buttons = append(buttons, r.button("help", "help", ""))
	return r.say(r.t("unknown.near", "Typed", echoed(name), "Near", joinOr(r, names)), buttons...)
}

// joinOr joins words with "or" before the last.
func joinOr(r *request, words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return r.t("unknown.either", "First", strings.Join(words[:last], ", "), "Last", words[last])
}

// maxDistance is as far as words are told apart: nobody means one of the other.
const maxDistance = 30

// distance is how many letters must be put in, taken out, changed or swapped
// with their neighbour to make one word of the other.
func distance(a, b string) int { return mistake.EditDistance(a, b, maxDistance) }
