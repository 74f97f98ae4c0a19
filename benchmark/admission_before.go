package benchmark

import "slices"

// former is how somebody spoke for an organisation for which they don't any more.
type former struct {
	unseen uint64                    // as in [admission]
	by     ParticipantID             // who took it back; nobody: they went by themselves
	knows  map[OrganisationID]uint64 // as in [admission]
}

// remember notes that somebody has ceased to speak for the organisation of the role.
func remember(n *Network, role Participant, takenBackBy ParticipantID) {
	_ = n.changeOrganisation(role.Organisation, func(o *Organisation) { // it is there: they were in it
		if o.formers == nil {
			o.formers = map[ParticipantID]former{}
		}
		o.formers[role.ID] = former{role.unseen, takenBackBy, role.knows}
	})
}

// peopled notes that somebody has come to speak for an organisation.
func peopled(n *Network, o OrganisationID) {
	_ = n.changeOrganisation(o, func(o *Organisation) { o.peopled = true }) // it is there: they are in it
}

// isLeftBehind says whether a newcomer comes to an organisation for which somebody has
// spoken, that keeps something, and for which nobody can speak now who sees that.
func isLeftBehind(n *Network, newcomer Participant) bool {
	o, _ := n.Organisation(newcomer.Organisation)
	return o.peopled && keepsAnything(n, o.ID) && !slices.ContainsFunc(n.membersBeside(newcomer.ID, o.ID), Participant.seesAll)
}

// seesAll says whether there is a person who sees all that their organisation keeps.
func (p Participant) seesAll() bool { return p.isReachable() && p.unseen == 0 }

// speaksAsBefore says whether somebody spoke for an organisation until they went by
// themselves, and saw all of it: they may say who belongs there.
func speaksAsBefore(n *Network, id ParticipantID, in OrganisationID) bool {
	o, _ := n.Organisation(in)
	was, is := o.formers[id]
	p, _ := n.Participant(id)
	return is && was.unseen == 0 && was.by == "" && !p.Left
}

// knewBefore is what somebody knew of organisations that were merged into one when they spoke for
// it; nothing for who lets them in again that had put them out.
func knewBefore(n *Network, newcomer Participant, voucher ParticipantID) map[OrganisationID]uint64 {
	o, _ := n.Organisation(newcomer.Organisation)
	was, returns := o.formers[newcomer.ID]
	if !returns || was.by == voucher {
		return nil
	}
	return was.knows
}

// mayLetSee says whether somebody's word lets a newcomer see what an organisation that was
// left behind keeps: they were of it themselves, or the newcomer was, and it was another
// one who took that back.
func mayLetSee(n *Network, voucher ParticipantID, newcomer Participant) bool {
	o, _ := n.Organisation(newcomer.Organisation)
	was, returns := o.formers[newcomer.ID]
	return speaksAsBefore(n, voucher, o.ID) || returns && was.unseen == 0 && was.by != voucher
}

// speaksFor says whether somebody is a member of an organisation.
func speaksFor(n *Network, id ParticipantID, o OrganisationID) bool {
	return slices.ContainsFunc(n.Members(o), func(p Participant) bool { return p.ID == id })
}
