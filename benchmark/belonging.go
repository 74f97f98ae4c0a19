package benchmark

import "slices"

// What notices about who belongs where are about. Those of the first kind go to every
// seat, the others to those whom they concern.
const (
	NewOrganisationNotice    = "organisation-new"     // somebody named one that isn't there yet
	OrganisationCountsNotice = "organisation-counts"  // the network knows it by now
	RenamedNotice            = "organisation-renamed" // it is called otherwise
	MergedNotice             = "organisation-merged"  // it has become part of another one
	RemovedNotice            = "organisation-removed" // it takes part no more
	LeftNotice               = "organisation-left"    // it has left, by its own choice
	UnseenNotice             = "admitted-unseen"      // an organisation let somebody in whom nobody could vouch for
	EmptiedNotice            = "emptied"              // a facilitator took back the Yes to the last who spoke for it

	KnownNotice     = "known"      // to who added an organisation: the network knows it by now
	MovedNotice     = "moved"      // to the members they leave: somebody is with another organisation
	WentNotice      = "went"       // to the members they leave: somebody has left the network
	PartedNotice    = "parted"     // to the members they leave: somebody stays in the network, without them
	NotWithNotice   = "not-with"   // to somebody who is in another organisation too: this one says that they aren't with it
	TakenBackNotice = "taken-back" // to the members: somebody was confirmed wrongly
	BoundInNotice   = "bound-in"   // to the members: somebody came in by their workspace
	BecameNotice    = "became"     // to the people of two organisations that are one now
	HomelessNotice  = "homeless"   // to the people of an organisation that was removed
	LeavingNotice   = "leaving"    // to the members: one of them wants the organisation to leave
	StaysNotice     = "stays"      // to the members: one of them has stopped that
	TakenOutNotice  = "taken-out"  // to the people of an organisation that has left, and the facilitators
)

// concerned are those who are told what happens to an organisation, beside who did it and
// whom it happens to: its members or, where there are none, the facilitators.
func concerned(n *Network, o OrganisationID, beside ...ParticipantID) []ParticipantID {
	to := others(n.Members(o), beside)
	if len(to) == 0 {
		to = others(n.Facilitators(), beside)
	}
	return to
}

func others(all []Participant, beside []ParticipantID) (ids []ParticipantID) {
	for _, p := range all {
		if !slices.Contains(beside, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// tell has people told, each alone and once, of what the event did; nobody: nothing is
// told.
func tell(n *Network, e Event, to []ParticipantID, what Notice) {
	for _, id := range to {
		if !slices.Contains(what.To, id) { // who is in several organisations may be named for each
			what.To = append(what.To, id)
		}
	}
	if len(what.To) > 0 {
		n.notify(e, what)
	}
}

// tellOfJoining tells those whom somebody leaves, and those to whom they come without having
// been asked about.
func tellOfJoining(n *Network, e Event, was Participant, b participantJoined) {
	if was.Organisation == b.Organisation {
		return
	}
	if was.Active() {
		tell(n, e, concerned(n, was.Organisation, was.ID, e.By), Notice{About: MovedNotice, Participant: was.ID, Organisation: was.Organisation, Into: b.Organisation})
	}
	switch members := n.membersBeside(b.Participant, b.Organisation); {
	case b.Unseen:
		n.notify(e, Notice{About: UnseenNotice, Participant: b.Participant, Organisation: b.Organisation})
	case b.Confirmed && len(members) > 0 && !was.Active():
		tell(n, e, concerned(n, b.Organisation, b.Participant), Notice{About: BoundInNotice, Participant: b.Participant, Organisation: b.Organisation})
	}
}

// tellOfParting tells those whom somebody leaves in one of their roles.
func tellOfParting(n *Network, e Event, role Participant) {
	if !role.Active() {
		return
	}
	remember(n, role, "")
	tell(n, e, concerned(n, role.Organisation, role.ID), Notice{About: PartedNotice, Participant: role.ID, Organisation: role.Organisation})
}

// tellOfTakingBack tells those whom it concerns; where nobody of the organisation is left to
// be told, every seat too.
func tellOfTakingBack(n *Network, e Event, p Participant) {
	if len(n.membersBeside(p.ID, p.Organisation)) == 0 {
		n.notify(e, Notice{About: EmptiedNotice, Participant: p.ID, Organisation: p.Organisation})
	}
	tell(n, e, concerned(n, p.Organisation, p.ID, e.By), Notice{About: TakenBackNotice, Participant: p.ID, Organisation: p.Organisation})
}

// peopleOf are those of an organisation, confirmed or not.
func (ps *participants) peopleOf(o OrganisationID) (all []ParticipantID) {
	for p := range ps.roles() {
		if p.Organisation == o && !p.Left {
			all = append(all, p.ID)
		}
	}
	return all
}

// vouchDuties: the facilitators are asked whether the network knows a new organisation;
// where none can be asked, the members of the others are.
func (a *agenda) vouchDuties() {
	for _, o := range a.n.OrganisationsNow() {
		if o.Vouched {
			continue
		}
		asked := a.n.otherFacilitators(o.named)
		if len(asked) == 0 {
			asked = membersOfOthers(a.n, o)
		}
		for _, p := range asked {
			a.owe(Duty{
				Key: dutyKey("vouch", o.ID, string(p.ID)), Kind: VouchDuty,
				NotBefore: o.unvouched, Participant: p.ID, Organisation: o.ID,
			})
		}
	}
}

// membersOfOthers are those whose word for a new organisation would help.
func membersOfOthers(n *Network, o Organisation) (all []Participant) {
	for _, p := range n.Participants {
		_, counts := n.countsFor(p)
		if _, in := p.For(o.ID); counts && !in && p.isReachable() && p.ID != o.named {
			all = append(all, p)
		}
	}
	return all
}
