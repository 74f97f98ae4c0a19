package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

const (
	nameUnknown refusal.Reason = "name-unknown"
	nameNear    refusal.Reason = "name-near"
	nameSeveral refusal.Reason = "name-several"
)

// maxNear are shown at most of those who may be meant by a name.
const maxNear = 3

// personMeant finds who is meant by a name; where it isn't known, the reply says why, with a
// button for each who may be: action is what it does, value with whom.
func personMeant(r *request, name, action string, value func(benchmark.ParticipantID) string) (id benchmark.ParticipantID, reply chat.Reply, known bool) {
	whole, err := participantsNamed(r, name)
	switch {
	case err != nil:
		return "", r.refused(err), false
	case len(whole) == 1:
		return whole[0], reply, true
	}
	labels := toldApart(r, whole)
	buttons := make([]chat.Button, min(len(whole), maxNear))
	for k := range buttons {
		buttons[k] = chat.Button{Label: clipText(labels[k], chat.MaxLabel), Action: action, Value: value(whole[k])}
	}
	return "", r.say(r.t("refusal.name-several", "Name", echoed(name), "Names", strings.Join(labels[:len(buttons)], "; ")), buttons...), false
}

// participantNamed is the one who is meant by a name; else the error says who may be.
func participantNamed(r *request, name string) (benchmark.ParticipantID, error) {
	whole, err := participantsNamed(r, name)
	switch {
	case err != nil:
		return "", err
	case len(whole) > 1:
		labels := toldApart(r, whole)
		return "", refuse(nameSeveral, "Name", name, "Names", verbatim(strings.Join(labels[:min(len(labels), maxNear)], "; ")))
	}
	return whole[0], nil
}

// participantsNamed are those of a name or of a part of it, or the one who is told apart by what
// was written; where there are none, the error names some who may be meant. Who isn't in the
// network learns nobody's name, nor who is in it.
func participantsNamed(r *request, name string) ([]benchmark.ParticipantID, error) {
	if r.me.ID == "" {
		return nil, refuse(refusal.NotAParticipant)
	}
	var all, whole, part, near []benchmark.ParticipantID
	wanted := strings.ToLower(oneLine(strings.TrimPrefix(name, "@")))
	r.read(func(n *benchmark.Network) {
		for _, p := range n.Participants {
			has := strings.ToLower(p.Name)
			if p.Left || has == "" {
				continue
			}
			all = append(all, p.ID)
			switch {
			case has == wanted:
				whole = append(whole, p.ID)
			case strings.Contains(has, wanted):
				part = append(part, p.ID)
			case isNearName(has, wanted):
				near = append(near, p.ID)
			}
		}
	})
	if len(whole) > 0 {
		return whole, nil
	}
	if len(part) > 0 {
		return part, nil
	}
	for k, label := range toldApart(r, all) {
		if strings.ToLower(label) == wanted {
			return all[k : k+1], nil
		}
	}
	if len(near) > 0 {
		return nil, refuse(nameNear, "Name", name, "Names", namesOf(r, near))
	}
	return nil, refuse(nameUnknown, "Name", name)
}

// toldApart are the participants' names with what they do and where they are, as others may
// know it; who are alike even so, with their account on the platform too.
func toldApart(r *request, some []benchmark.ParticipantID) []string {
	labels, seen := make([]string, len(some)), map[string]int{}
	r.read(func(n *benchmark.Network) {
		for k, id := range some {
			p, _ := n.Participant(id)
			labels[k] = nameAndRole(r.l, n, p, benchmark.TemplateTopic)
			seen[labels[k]]++
		}
		for k, id := range some {
			if p, _ := n.Participant(id); seen[labels[k]] > 1 {
				labels[k] += " " + r.t("person.account", "User", chat.Quiet(p.User))
			}
		}
	})
	return labels
}

// isNearName says whether a name that nobody has may be meant for somebody's, or for one word
// of it.
func isNearName(has, wanted string) bool {
	return freetext.IsNear(has, wanted) || slices.ContainsFunc(strings.Fields(has), func(word string) bool { return freetext.IsNear(word, wanted) })
}

// namesOf are the names of some of the participants, in alphabetical order.
func namesOf(r *request, some []benchmark.ParticipantID) string {
	names := make([]string, len(some))
	for k, id := range some {
		names[k] = r.nameOf(id)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return strings.Join(names[:min(len(names), maxNear)], ", ")
}
