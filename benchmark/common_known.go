package benchmark

import "slices"

// knowers are of how many of a round's organisations one person, and two between them,
// know the figures at most.
type knowers struct{ one, two int }

// everyoneTheirOwn is where nobody knows the figures of another organisation.
var everyoneTheirOwn = knowers{1, 2}

// fewestInMean is of how many values a mean is made at least: whatever two people know
// between them, it holds one more. Then it is of three, whoever looks.
func (k knowers) fewestInMean() int { return k.two + 1 }

// whoKnows returns who knows most: who speaks for several organisations, or has answered
// for them.
func whoKnows(n *Network, r *Round) knowers {
	k := everyoneTheirOwn
	var several []map[OrganisationID]bool
	for _, p := range n.Participants {
		known := knownTo(r, p)
		if len(known) < 2 {
			continue
		}
		k.one, k.two = max(k.one, len(known)), max(k.two, len(known)+1)
		for _, others := range several {
			k.two = max(k.two, len(known)+len(others)-inBoth(known, others))
		}
		several = append(several, known)
	}
	return k
}

// knownTo are the round's organisations whose figures a participant knows.
func knownTo(r *Round, p Participant) map[OrganisationID]bool {
	known := map[OrganisationID]bool{}
	for role := range p.Roles() {
		if role.Active() && r.TakesPart(role.Organisation) {
			known[role.Organisation] = true
		}
	}
	for slot, s := range r.Submissions {
		if !r.Recorded && r.TakesPart(slot.Organisation) && slices.ContainsFunc(s.Versions, func(v Version) bool { return v.By == p.ID }) {
			known[slot.Organisation] = true
		}
	}
	return known
}

func inBoth(some, others map[OrganisationID]bool) (many int) {
	for o := range some {
		if others[o] {
			many++
		}
	}
	return many
}
