package benchmark

// Who goes over to an organisation that has to confirm them first stays where they are until it
// does: they answer there, see what it keeps, and are asked about it. They take nothing along.

// goingOver returns the participant as they wait to be let in, instead of where they are; as
// they are, if they don't.
func (p Participant) goingOver() Participant {
	for role := range p.Roles() {
		if role.instead != "" {
			return role
		}
	}
	return p
}

// goOver ends that somebody is in the organisation in whose place they have been confirmed, or
// in what that has become.
func goOver(n *Network, e Event, confirmed Participant) {
	was, _ := n.Organisation(confirmed.instead)
	left, stands := n.standing(was)
	all, _ := n.Participant(confirmed.ID)
	role, in := all.For(left.ID)
	if !stands || !in || left.ID == confirmed.Organisation {
		return
	}
	if role.Active() {
		remember(n, role, "")
		told := Notice{About: MovedNotice, Participant: role.ID, Organisation: left.ID, Into: confirmed.Organisation}
		tell(n, e, concerned(n, left.ID, role.ID, e.By), told)
	}
	_ = n.changeRole(role.ID, left.ID, (*Participant).part) // they are there
}

// goOnlyTo ends that somebody waits anywhere else to go over from the same organisation.
func goOnlyTo(n *Network, b participantJoined) {
	all, _ := n.Participant(b.Participant)
	for role := range all.Roles() {
		if role.instead == b.Instead && role.Organisation != b.Organisation {
			_ = n.changeRole(role.ID, role.Organisation, (*Participant).part) // they are there
		}
	}
}
