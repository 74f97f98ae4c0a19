package benchmark

import (
	"iter"
	"slices"

	"roundtable/benchmark/refusal"
)

// membership is what a participant is in one of several organisations, beside the first.
type membership struct {
	organisation OrganisationID
	confirmed    bool
	admission
	timesVouched int
}

// in is the participant as they are in the organisation of a membership.
func (p Participant) in(m membership) Participant {
	p.Organisation, p.Confirmed, p.admission, p.timesVouched = m.organisation, m.confirmed, m.admission, m.timesVouched
	p.beside = true
	return p
}

// For returns the participant as they are in an organisation; false when they aren't in
// it. Whatever is asked of the one that is returned is asked on its behalf.
func (p Participant) For(o OrganisationID) (Participant, bool) {
	for q := range p.Roles() {
		if q.Organisation == o && o != "" {
			return q, true
		}
	}
	return p, false
}

// Roles returns the participant once for each organisation that they are in, and once
// when they are in none.
func (p Participant) Roles() iter.Seq[Participant] {
	return func(yield func(Participant) bool) {
		if !yield(p) {
			return
		}
		for _, m := range p.more {
			if !yield(p.in(m)) {
				return
			}
		}
	}
}

// HasSeveral says whether the participant is in more than one organisation.
func (p Participant) HasSeveral() bool { return len(p.more) > 0 }

// roles returns all participants, once for each organisation that they are in.
func (ps *participants) roles() iter.Seq[Participant] {
	return func(yield func(Participant) bool) {
		for _, p := range ps.Participants {
			for q := range p.Roles() {
				if !yield(q) {
					return
				}
			}
		}
	}
}

// roleKey is a duty's key: of an organisation beside the first it names that too.
func roleKey(key string, p Participant) string {
	if beside := p.besideFirst(); beside != "" {
		return key + "/" + string(beside)
	}
	return key
}

// besideFirst is the organisation of a role that came beside the first, and has become the
// first perhaps; else empty.
func (p Participant) besideFirst() OrganisationID {
	if p.beside {
		return p.Organisation
	}
	return ""
}

// changeRole changes what somebody is in an organisation; of an empty one, in their first.
func (ps *participants) changeRole(id ParticipantID, o OrganisationID, change func(*Participant)) error {
	return ps.changeParticipant(id, func(p *Participant) {
		if k := p.membershipAt(o); k >= 0 {
			role := p.in(p.more[k])
			change(&role)
			p.setMembership(k, role)
			return
		}
		change(p)
		if p.Organisation == "" && len(p.more) > 0 { // another one is the first now
			*p, p.more = p.in(p.more[0]), slices.Clone(p.more[1:])
		}
	})
}

// membershipAt is where the membership of an organisation beside the first is; -1 where
// there is none.
func (p Participant) membershipAt(o OrganisationID) int {
	return slices.IndexFunc(p.more, func(m membership) bool { return m.organisation == o })
}

// setMembership replaces one, adds one after the last, or takes away one of no
// organisation.
func (p *Participant) setMembership(k int, role Participant) {
	p.more = slices.Clone(p.more) // others may hold what was
	m := membership{role.Organisation, role.Confirmed, role.admission, role.timesVouched}
	switch {
	case m.organisation == "":
		p.more = slices.Delete(p.more, k, k+1)
	case k < len(p.more):
		p.more[k] = m
	default:
		p.more = append(p.more, m)
	}
}

// join puts somebody into an organisation: too, or in place of their first.
func (b participantJoined) join(e Event) func(*Participant) {
	return func(p *Participant) {
		role, k := *p, p.membershipAt(b.Organisation)
		if k >= 0 {
			role = p.in(p.more[k])
		}
		if role.Organisation != b.Organisation || !role.Confirmed || !b.Confirmed || p.Left {
			role.admission = b.admission(e)
		}
		role.beside = role.beside && role.Organisation == b.Organisation
		role.Organisation, role.Confirmed = b.Organisation, b.Confirmed
		switch {
		case b.Also && k < 0:
			role.timesVouched = 0
			p.setMembership(len(p.more), role)
		case b.Also:
			p.setMembership(k, role)
		default:
			if k >= 0 {
				p.setMembership(k, Participant{})
			}
			p.Organisation, p.Confirmed, p.admission, p.beside = role.Organisation, role.Confirmed, role.admission, role.beside
		}
		if b.Observer {
			p.more = nil
		}
		p.Profession, p.Left, p.Observer = b.Profession, false, b.Observer
		p.Facilitator = p.Facilitator || b.Facilitator
	}
}

// PartFrom ends that one is in an organisation, and in the others one stays; who is in no
// other stays in the network without. What was answered for it stays.
func PartFrom(o OrganisationID) Intent { return partFrom{o} }

type partFrom struct{ organisation OrganisationID }

func (x partFrom) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	me, _ := d.n.Participant(d.me.ID)
	if _, is := me.For(x.organisation); !is {
		return refuse(refusal.NotYourOrganisation)
	}
	d.emit(participantParted{Organisation: x.organisation})
	return nil
}

// participantParted ends that the one who did it is in an organisation.
type participantParted struct {
	Organisation OrganisationID `json:"organisation"`
}

var participantPartedKind = newKind[participantParted]("participant.parted", 1)

func (participantParted) kind() *eventKind { return participantPartedKind }

func (b participantParted) apply(n *Network, e Event) error {
	p, _ := n.Participant(e.By)
	role, in := p.For(b.Organisation)
	switch {
	case !in:
		return nil
	case role.Active():
		remember(n, role, "")
	}
	return n.changeRole(e.By, b.Organisation, (*Participant).part)
}

// part ends that somebody is in the organisation of the role.
func (p *Participant) part() {
	p.Organisation, p.Confirmed, p.admission, p.beside = "", false, admission{}, false
}
