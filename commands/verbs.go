package commands

import (
	"context"
	"slices"

	"roundtable/chat"
)

// verb is one thing that people can do, with its ways in; a nil way is closed.
// Each stands in a file that bears its name, and its words in
// locale/messages/<language>/<name>.yaml.
type verb struct {
	// name is how it is typed: "submit".
	name string
	// synonyms are words that people may take for it; they are suggested, not
	// taken.
	synonyms []string
	// needs is checked before it is typed or pressed. Of a form it is checked only
	// that facilitators sent it: what others wrote is refused by the decision, in the
	// form, so that they keep it.
	needs need
	// forOne: it is done for one organisation. Who is in several is asked for which.
	forOne bool
	// typed gets what follows the name, pressed what the button carries: often
	// what may be typed, so that both are the same.
	typed, pressed func(ctx context.Context, r *request, text string) chat.Reply
	// filled gets a form that was sent back.
	filled func(ctx context.Context, r *request, f chat.Filled) chat.Reply
}

// need is what a verb needs of where it is asked for, and by whom.
type need int

const (
	nothing      need = iota // anywhere, by anybody
	aNetwork                 // at a table
	aParticipant             // at a table, by somebody who has joined
	aFacilitator             // by a facilitator of the network who is no guest on their platform
)

// allVerbs are the verbs in the order of help.
func allVerbs() []verb {
	return []verb{
		setupVerb, settingsVerb, facilitatorVerb, linkVerb, unlinkVerb, joinVerb, leaveVerb, templateVerb, organisationsVerb, shortNameVerb, bindVerb,
		openVerb, extendVerb, closeVerb, publishVerb, reopenVerb, rebaseVerb,
		submitVerb, withdrawVerb, skipVerb, predictVerb,
		statusVerb, compareVerb, trendVerb, talkVerb,
		askVerb, reflectVerb, learnVerb, commitVerb,
		snoozeVerb, unsnoozeVerb, awayVerb, backVerb, muteVerb, unmuteVerb, privacyVerb, helpVerb,
		vouchVerb, numberVerb, typeVerb,
	}
}

// verbNamed finds a verb by its name.
func verbNamed(all []verb, name string) (verb, bool) {
	k := slices.IndexFunc(all, func(v verb) bool { return v.name == name })
	if k < 0 {
		return verb{}, false
	}
	return all[k], true
}
