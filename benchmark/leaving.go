package benchmark

import (
	"slices"
	"time"
)

// leaving is that somebody wants their organisation to leave as a whole.
type leaving struct {
	figures bool            // they are to stay
	by      []ParticipantID // who has said so, in order
	at      time.Time       // when the last did
}

// LeavingWaits is for how long it is asked whether an organisation leaves; then somebody
// has to begin anew.
const LeavingWaits = 14 * 24 * time.Hour

// LeavingOf returns who wants an organisation to leave, and whether its figures are to
// stay; waits is false when nobody wants it, or it is decided.
func LeavingOf(n *Network, o OrganisationID) (by ParticipantID, figures, waits bool) {
	known, _ := n.Organisation(o)
	standing := known.leaving.standing(n, o)
	if known.Gone || len(standing) == 0 {
		return "", false, false
	}
	return standing[0], known.leaving.figures, true
}

// standing are those whose word stands: they have spoken for the organisation ever since. Who
// is out, or out and back again, has said nothing.
func (l leaving) standing(n *Network, o OrganisationID) []ParticipantID {
	return slices.DeleteFunc(slices.Clone(l.by), func(id ParticipantID) bool {
		p, _ := n.Participant(id)
		role, is := p.For(o)
		return !is || !role.Active() || role.since.After(l.at)
	})
}

// AgreeToTakeOut is [TakeOut] in answer to somebody who wants it; refused when their word
// doesn't stand any more.
func AgreeToTakeOut(o OrganisationID, figures bool, with ParticipantID) Intent {
	return takeOut{organisation: o, figures: figures, with: with}
}

// LongestThere is who has been confirmed longest of those who can say whether an
// organisation leaves: they are in reach, and see all that it keeps. False where there is
// nobody.
func LongestThere(n *Network, o OrganisationID) (Participant, bool) {
	all := whoTakeOut(n, o)
	if len(all) == 0 {
		return Participant{}, false
	}
	return slices.MinFunc(all, func(a, b Participant) int { return a.since.Compare(b.since) }), true
}

// whoTakeOut are those of an organisation who are in reach and see all that it keeps.
func whoTakeOut(n *Network, o OrganisationID) []Participant {
	return slices.DeleteFunc(n.Members(o), func(p Participant) bool { return !p.seesAll() || sitsOnOthers(n, p) })
}

// agreed says whether the organisation leaves by the word of who asks: nobody else is there
// who could be asked or, with those who have said the same, it is the second word at least,
// and one of them is of who has been confirmed there longest. So whoever was let in, with
// all whom they let in, takes nothing out.
func (x takeOut) agreed(d *decision, o Organisation) bool {
	others := slices.DeleteFunc(whoTakeOut(d.n, o.ID), func(p Participant) bool { return p.ID == d.me.ID })
	if len(others) == 0 {
		return true
	}
	said := saidSo(d.n, o, x.figures, d.now)
	if !slices.Contains(said, d.me.ID) {
		said = append(said, d.me.ID)
	}
	longest, _ := LongestThere(d.n, o.ID)
	return len(said) > 1 && slices.Contains(said, longest.ID)
}

// saidSo are those of an organisation who have said that it leaves, and what becomes of its
// figures, not too long ago.
func saidSo(n *Network, o Organisation, figures bool, now time.Time) []ParticipantID {
	if o.leaving.figures != figures || now.After(o.leaving.at.Add(LeavingWaits)) {
		return nil
	}
	return o.leaving.standing(n, o.ID)
}

// organisationLeaving is somebody's word that their organisation leaves as a whole.
type organisationLeaving struct {
	Organisation OrganisationID `json:"organisation"`
	// Figures: what it answered is to stay.
	Figures bool `json:"figures,omitempty"`
	// Again: others had said the same, and it isn't enough yet.
	Again bool `json:"again,omitempty"`
}

var organisationLeavingKind = newKind[organisationLeaving]("organisation.leaving", 1)

func (organisationLeaving) kind() *eventKind { return organisationLeavingKind }

func (b organisationLeaving) apply(n *Network, e Event) error {
	if !b.Again {
		tell(n, e, others(n.Members(b.Organisation), []ParticipantID{e.By}), Notice{About: LeavingNotice, Participant: e.By, Organisation: b.Organisation})
	}
	return n.changeOrganisation(b.Organisation, func(o *Organisation) {
		by := []ParticipantID{e.By}
		if b.Again {
			by = append(o.leaving.standing(n, o.ID), e.By)
		}
		o.leaving = leaving{figures: b.Figures, by: by, at: e.At}
	})
}

// Leaves says whether by the events an organisation has left.
func Leaves(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		b, removed := e.Body.(organisationRemoved)
		return removed && b.Left
	})
}

// StayTogether stops that one's organisation leaves as a whole; each of its members may.
func StayTogether(o OrganisationID) Intent { return stayTogether{o} }

type stayTogether struct{ organisation OrganisationID }

func (s stayTogether) decide(d *decision) error {
	role, o, err := speakerFor(d, s.organisation)
	if err != nil {
		return err
	}
	if _, _, waits := LeavingOf(d.n, o.ID); waits && role.Active() {
		d.emit(organisationStays{Organisation: o.ID})
	}
	return nil
}

// organisationStays stops that an organisation leaves.
type organisationStays struct {
	Organisation OrganisationID `json:"organisation"`
}

var organisationStaysKind = newKind[organisationStays]("organisation.stays", 1)

func (organisationStays) kind() *eventKind { return organisationStaysKind }

func (b organisationStays) apply(n *Network, e Event) error {
	tell(n, e, others(n.Members(b.Organisation), []ParticipantID{e.By}), Notice{About: StaysNotice, Participant: e.By, Organisation: b.Organisation})
	return n.changeOrganisation(b.Organisation, func(o *Organisation) { o.leaving = leaving{} })
}
