package benchmark

import "roundtable/benchmark/refusal"

// mayTakeBack says whether who asks may say of somebody who is confirmed that they don't
// belong there: a facilitator, and of the organisation whoever said that they do, or was
// confirmed before them and sees no less. So one wrong Yes isn't for good, whatever the
// one who was let in by it says of others.
func mayTakeBack(d *decision, p Participant) bool {
	if d.me.Facilitator {
		return true
	}
	me := d.roleIn(p.Organisation)
	if me.ID == "" {
		return false
	}
	seesLess := me.unseen > 0 && p.unseen == 0 || p.knowsMoreThan(me)
	return me.ID == p.by || me.since.Before(p.since) && !seesLess
}

// refuseConfirmed says that somebody is confirmed; to their other colleagues, by whom.
func refuseConfirmed(d *decision, p Participant) *Refusal {
	by, _ := d.n.Participant(p.by)
	if by.Name != "" && by.ID != d.me.ID && d.roleIn(p.Organisation).ID != "" {
		return refuse(refusal.ConfirmedBy, "Name", p.Name, "By", by.Name)
	}
	return refuse(refusal.ConfirmedAlready, "Name", p.Name)
}

// LetInBy are those who speak for an organisation since somebody said that they belong.
func LetInBy(n *Network, by ParticipantID, o OrganisationID) (all []Participant) {
	for _, p := range n.Members(o) {
		if p.by == by {
			all = append(all, p)
		}
	}
	return all
}
