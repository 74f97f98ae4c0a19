package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// observerValue is the option of those who are in no organisation.
const observerValue = "-"

// observerWords are what somebody may type who is in no organisation.
var observerWords = []string{"observer", "observatör", "patient representative", "patientföreträdare"}

// isObserver says whether somebody typed that they take part in no organisation.
func isObserver(r *request, organisation string) (is bool) {
	for _, word := range observerWords {
		is = is || strings.EqualFold(oneLine(organisation), word)
	}
	r.read(func(n *benchmark.Network) {
		_, known := n.OrganisationNamed(organisation)
		is = is && !known
	})
	return is
}

// What a button answers that asks whether an organisation comes beside the one that one is
// in or in its place: a sign, a word and what was typed.
const (
	besideSign = "!"
	beside     = "also"
	inPlace    = "instead"
	besideNew  = "-new" // after either: it isn't there yet
)

// askBeside asks who is in an organisation and joins another one whether they are in both;
// false when there is nothing to ask.
func askBeside(r *request, join benchmark.Join) (chat.Reply, bool) {
	var now, other benchmark.Organisation
	asks, waits := false, false
	r.read(func(n *benchmark.Network) {
		o, known := n.OrganisationChosen(join.Organisation)
		if join.Written || join.New {
			o, known = n.OrganisationNamed(join.Organisation)
		}
		_, in := r.me.For(o.ID)
		now, _ = n.Organisation(r.me.Organisation)
		asks, other = now.ID != "" && r.me.Confirmed && !in && (known || join.New && join.Sure), o
		events, err := n.Decide(benchmark.Actor{By: r.me.ID}, join, r.now())
		if err != nil {
			asks = false // it is refused as it is
		}
		waits = benchmark.HaveWait(events)
		if !known {
			other.Name, other.ID = join.Organisation, benchmark.OrganisationID(oneLine(join.Organisation))
		}
	})
	value := " " + string(other.ID) + ", " + oneLine(string(join.Profession))
	if !asks || len(value)+len(inPlace)+len(besideNew) > chat.MaxValue {
		return chat.Reply{}, false
	}
	word := ""
	if join.New {
		word = besideNew
	}
	text := r.t("join.beside", "Organisation", now.Name, "Other", other.Name)
	if waits {
		text += " " + r.t("join.beside-waits", "Organisation", now.Name, "Other", other.Name)
	}
	return r.say(text,
		chat.Button{Label: clipText(r.t("button.join-also", "Organisation", now.Name), chat.MaxLabel), Action: "join", Value: besideSign + beside + word + value},
		chat.Button{Label: clipText(r.t("button.join-instead", "Organisation", now.Name), chat.MaxLabel), Action: "join", Value: besideSign + inPlace + word + value},
	), true
}

// joinBeside reads what such a button carries.
func joinBeside(value string) (join benchmark.Join, is bool) {
	value, is = strings.CutPrefix(value, besideSign)
	word, rest := firstWord(value)
	k := strings.LastIndex(rest, ",")
	if !is || k < 0 {
		return join, false
	}
	word, join.New = strings.CutSuffix(word, besideNew)
	join.Organisation, join.Profession = rest[:k], benchmark.Profession(strings.TrimSpace(rest[k+1:]))
	join.Sure, join.Also = join.New, word == beside
	return join, true
}
