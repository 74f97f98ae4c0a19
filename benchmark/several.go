package benchmark

import (
	"iter"
	"maps"
	"slices"

	"roundtable/benchmark/refusal"
)

// membership is what a participant is in one of several organisations, beside the first.
type membership struct {
	organisation OrganisationID
	confirmed    bool
	admission
	timesVouched int
	began        int // timesVouched when they came to it
}

// in is the participant as they are in the organisation of a membership.
func (p Participant) in(m membership) Participant {
	p.Organisation, p.Confirmed, p.admission = m.organisation, m.confirmed, m.admission
	p.timesVouched, p.began, p.beside = m.timesVouched, m.began, true
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

// HasSeveral says whether the participant is in more than one organisation; one to which they
// go over once they are confirmed doesn't count until then.
func (p Participant) HasSeveral() bool {
	return slices.ContainsFunc(p.more, func(m membership) bool { return m.instead == "" })
}

// InsteadOf is the organisation that the participant leaves for the one of this role, once they
// are confirmed there; empty for none.
func (p Participant) InsteadOf() OrganisationID { return p.instead }

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
		was := *p
		if change(p); p.Organisation != was.Organisation {
			p.recount(was)
		}
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
	m := membership{role.Organisation, role.Confirmed, role.admission, role.timesVouched, role.began}
	began := k >= len(p.more)
	if !began && p.more[k].organisation != m.organisation {
		p.counted(p.more[k].organisation, max(m.timesVouched, p.more[k].timesVouched)+1)
		began = true
	}
	if began {
		m.timesVouched, m.began = p.counts[m.organisation], p.counts[m.organisation]
	}
	switch {
	case m.organisation == "":
		p.more = slices.Delete(p.more, k, k+1)
	case k < len(p.more):
		p.more[k] = m
	default:
		p.more = append(p.more, m)
	}
}

// counted notes how often somebody has said whether they belong to an organisation beside the
// first that they are in no more, and one more; of the empty one, to the first ones. Who
// comes again is counted on from there: what is asked and told then is not what was before.
func (p *Participant) counted(o OrganisationID, times int) {
	p.counts = maps.Clone(p.counts) // others may hold what was
	if p.counts == nil {
		p.counts = map[OrganisationID]int{}
	}
	p.counts[o] = max(p.counts[o], times)
}

// recount counts on where the first organisation is another one now, or none.
func (p *Participant) recount(was Participant) {
	if was.beside {
		p.counted(was.Organisation, p.timesVouched+1)
		p.timesVouched = p.counts[p.besideFirst()]
		p.began = p.timesVouched
		return
	}
	p.counted("", p.timesVouched)
	if was.Organisation != "" && p.timesVouched > 0 {
		p.counted(was.Organisation, p.timesVouched+1) // if they come again, beside another
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
		was := *p
		switch {
		case b.Also && k < 0:
			p.setMembership(len(p.more), role)
		case b.Also:
			p.setMembership(k, role)
		case k >= 0: // it takes the place of the first
			p.recount(was)
			more := slices.Delete(slices.Clone(p.more), k, k+1)
			counts := p.counts
			*p = role
			p.more, p.counts = more, counts
		default:
			p.Organisation, p.Confirmed, p.admission, p.beside = role.Organisation, role.Confirmed, role.admission, role.beside
			if p.Organisation != was.Organisation {
				p.recount(was)
			}
		}
		for b.Observer && len(p.more) > 0 {
			p.setMembership(0, Participant{})
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
	if !in {
		return nil
	}
	tellOfParting(n, e, role)
	return n.changeRole(e.By, b.Organisation, (*Participant).part)
}

// part ends that somebody is in the organisation of the role.
func (p *Participant) part() {
	p.Organisation, p.Confirmed, p.admission, p.beside = "", false, admission{}, false
}
