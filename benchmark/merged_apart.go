package benchmark

import (
	"maps"
	"slices"
)

// Where an organisation is merged into another one with its figures, what it kept to itself in
// rounds before stays its own people's: those who were there see it and may take it out, and
// whom they let in. It is nobody else's for being where it goes.

// knowing is what somebody who was of an organisation knows that became of another one: which
// they see of what was merged, and from which event on.
func (p Participant) knowing(o Organisation) map[OrganisationID]uint64 {
	if !p.Active() {
		return nil
	}
	known := maps.Clone(p.knows)
	if known == nil {
		known = map[OrganisationID]uint64{}
	}
	known[o.ID] = p.unseen
	return known
}

// learns adds what another one knows.
func (a *admission) learns(known map[OrganisationID]uint64) {
	if len(known) == 0 {
		return
	}
	all := maps.Clone(known)
	for o, from := range a.knows {
		if other, both := all[o]; !both || from < other {
			all[o] = from
		}
	}
	a.knows = all
}

// knowsMoreThan says whether somebody could let another one see more than they do.
func (p Participant) knowsMoreThan(other Participant) bool {
	for o, from := range p.knows {
		if sees, known := other.knows[o]; !known || from < sees {
			return true
		}
	}
	return false
}

// seesWhatBecame says whether an organisation is the one of the participant or has become part
// of it, and they see what it kept in the round: of one that was merged apart they were, or
// somebody who was has let them see it.
func seesWhatBecame(n *Network, o OrganisationID, p Participant, r *Round) bool {
	apart := false
	for o != p.Organisation {
		was, _ := n.Organisation(o)
		if was.Into == "" {
			return false
		}
		if was.apart {
			from, known := p.knows[o]
			if !known || r.begun <= from {
				return false
			}
			apart = true
		}
		o = was.Into
	}
	return apart && p.Active() || n.MaySeeOwn(p, r)
}

// mayTakeAlong says whether who takes an organisation out takes out, too, what one kept that
// was merged into it.
func mayTakeAlong(was Organisation, by Participant) bool {
	_, known := by.knows[was.ID]
	return !was.apart || known
}

// sitsOnOthers says whether all that an organisation has is of one that was merged into it, and
// isn't theirs who speak.
func sitsOnOthers(n *Network, role Participant) bool {
	if slices.ContainsFunc(n.Rounds, func(r *Round) bool { return r.hasOf(role.Organisation) }) {
		return false
	}
	return slices.ContainsFunc(n.Organisations, func(was Organisation) bool {
		return was.Into == role.Organisation && was.kept && !mayTakeAlong(was, role)
	})
}

// roleIn is who decides, as they speak for an organisation; nobody when they don't.
func (d *decision) roleIn(o OrganisationID) Participant {
	me, _ := d.n.Participant(d.me.ID)
	if role, is := me.For(o); is && role.Active() {
		return role
	}
	return Participant{}
}

// mayHaveThemWait says whether one may have the people of an organisation, with what it
// keeps, wait for a Yes of those of another one, who may say No: one is of it and sees as much
// as any of them, or nobody waits.
func mayHaveThemWait(d *decision, from, into OrganisationID) bool {
	waiting := slices.DeleteFunc(d.n.Members(from), func(p Participant) bool {
		all, _ := d.n.Participant(p.ID)
		return all.speaksFor(into)
	})
	me := d.roleIn(from)
	sees := me.Active() && (me.unseen == 0 || !slices.ContainsFunc(waiting, func(p Participant) bool { return p.unseen == 0 }))
	return len(waiting) == 0 || sees
}
