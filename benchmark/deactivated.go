package benchmark

// Deactivate is what the bot wants when a platform says that somebody's account is
// deactivated, or active again: gone says which. Who is gone is asked nothing, reminded
// of nothing and told nothing; what they said, answered and confirmed stands. Once they
// are back all is as before.
func Deactivate(p ParticipantID, gone bool) Intent { return deactivate{p, gone} }

type deactivate struct {
	participant ParticipantID
	gone        bool
}

func (x deactivate) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	if p, ok := d.n.Participant(x.participant); ok && p.Deactivated != x.gone {
		d.emit(participantDeactivated{Participant: p.ID, Back: !x.gone})
	}
	return nil
}

// participantDeactivated says that somebody's account on their platform is deactivated
// or, with Back, active again.
type participantDeactivated struct {
	Participant ParticipantID `json:"participant"`
	Back        bool          `json:"back,omitempty"`
}

var participantDeactivatedKind = newKind[participantDeactivated]("participant.deactivated", 1)

func (participantDeactivated) kind() *eventKind { return participantDeactivatedKind }

func (b participantDeactivated) apply(n *Network, e Event) error {
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Deactivated = !b.Back
		if p.Deactivated {
			p.goneAt = e.At
		}
	})
}
