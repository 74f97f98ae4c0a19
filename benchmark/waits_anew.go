package benchmark

import "time"

// newcomersAskedFor is how long others come to be asked about a newcomer, from when they
// chose their organisation or did something last. Who waits longer stands in the lists of
// those who may let them in, and nobody is asked of their own accord: a network of long
// ago, or one that gets a new member, would ask about all of them at once.
const newcomersAskedFor = 60 * 24 * time.Hour

// askedUntil is until when others come to be asked about a newcomer.
func (p Participant) askedUntil() time.Time { return later(p.asked, p.renewed).Add(newcomersAskedFor) }

// WaitAnew is what a newcomer wants who does something after a long time: that others are
// asked about them who weren't. Nothing follows where nobody waits, or not for long.
func WaitAnew() Intent { return waitAnew{} }

type waitAnew struct{}

func (waitAnew) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	for _, o := range waitsLong(d.n, d.me.ID, d.now) {
		d.emit(newcomerWaitsAnew{Organisation: o})
	}
	return nil
}

// WaitsLong says whether a participant waits, and for so long that nobody else comes to be
// asked about them.
func WaitsLong(n *Network, p ParticipantID, now time.Time) bool {
	return len(waitsLong(n, p, now)) > 0
}

// waitsLong are the organisations for which somebody does.
func waitsLong(n *Network, id ParticipantID, now time.Time) (all []OrganisationID) {
	p, _ := n.Participant(id)
	for role := range p.Roles() {
		if !p.Left && role.Organisation != "" && !role.Confirmed && !now.Before(role.askedUntil()) {
			all = append(all, role.Organisation)
		}
	}
	return all
}

// newcomerWaitsAnew says that the one who did it still waits to be confirmed by an
// organisation.
type newcomerWaitsAnew struct {
	Organisation OrganisationID `json:"organisation"`
}

var newcomerWaitsAnewKind = newKind[newcomerWaitsAnew]("newcomer.waits-anew", 1)

func (newcomerWaitsAnew) kind() *eventKind { return newcomerWaitsAnewKind }

func (b newcomerWaitsAnew) apply(n *Network, e Event) error {
	return n.changeRole(e.By, b.Organisation, func(p *Participant) { p.renewed = e.At })
}
