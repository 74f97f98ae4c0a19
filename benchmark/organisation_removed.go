package benchmark

import (
	"slices"

	"roundtable/benchmark/refusal"
)

// TakeOut takes one's own organisation out of the network, for all who are in it, by its
// own choice. With figures, what it answered stays as [RemoveOrganisation] says;
// without, it is shown and counted nowhere any more. Where others speak for it too it takes
// a second word, and one of who has been there longest; until then they are asked, and each
// may stop it ([StayTogether]). Who was admitted though nobody could vouch for them can't do it.
// Of one that a facilitator has removed with its figures kept, who had been there longest
// takes these out.
func TakeOut(o OrganisationID, figures bool) Intent {
	return takeOut{organisation: o, figures: figures}
}

type takeOut struct {
	organisation OrganisationID
	figures      bool
	with         ParticipantID // who wants it and is answered; empty: it is one's own wish
}

func (x takeOut) decide(d *decision) error {
	if o, was := d.n.Organisation(x.organisation); was && o.Gone {
		return x.ofRemoved(d, o)
	}
	role, o, err := speakerFor(d, x.organisation)
	if err != nil {
		return err
	}
	if role.AdmittedUnseen() || sitsOnOthers(d.n, role) {
		return refuse(refusal.NotYoursToTakeOut, "Organisation", o.Name)
	}
	said := saidSo(d.n, o, x.figures, d.now)
	switch {
	case x.with != "" && !slices.Contains(said, x.with):
		return refuse(refusal.LeavingFell, "Organisation", o.Name)
	case x.agreed(d, o):
		d.emit(organisationRemoved{Organisation: o.ID, Figures: x.figures, Left: true})
	case !slices.Contains(said, d.me.ID):
		d.emit(organisationLeaving{Organisation: o.ID, Figures: x.figures, Again: len(said) > 0})
	}
	return nil
}

// ofRemoved takes the figures out of an organisation that a facilitator has removed.
func (x takeOut) ofRemoved(d *decision, o Organisation) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	me, _ := d.n.Participant(d.me.ID)
	switch _, was := LastOf(d.n, me, o.ID); {
	case !was && o.left:
		return WhyGone(d.n, o)
	case !was:
		return refuse(refusal.NotYourOrganisation)
	case x.figures: // they stay as they were
	case o.last[0] != me.ID:
		longest, _ := d.n.Participant(o.last[0])
		return refuse(refusal.NotLongestThere, "Organisation", o.Name, "Name", longest.Name)
	default:
		d.emit(organisationRemoved{Organisation: o.ID, Left: true})
	}
	return nil
}

// speakerFor returns who asks as they are in one of their organisations, if they are
// confirmed there.
func speakerFor(d *decision, id OrganisationID) (Participant, Organisation, error) {
	if err := d.requireParticipant(); err != nil {
		return Participant{}, Organisation{}, err
	}
	me, _ := d.n.Participant(d.me.ID)
	role, is := me.For(id)
	o, _ := d.n.Organisation(id)
	switch {
	case !is:
		return role, o, refuse(refusal.NotYourOrganisation)
	case !role.Active():
		return role, o, refuse(refusal.NotConfirmed, "Organisation", o.Name)
	}
	return role, o, nil
}

// LastOf returns somebody as they were in an organisation that a facilitator has removed, whose
// figures stay: they saw all that it kept, and may have it still.
func LastOf(n *Network, p Participant, id OrganisationID) (Participant, bool) {
	o, _ := n.Organisation(id)
	if !o.Gone || !o.kept || !slices.Contains(o.last, p.ID) || p.Left {
		return p, false
	}
	p.Organisation, p.Confirmed, p.admission, p.more = id, true, admission{}, nil
	return p, true
}

// lastOf are those who see all that an organisation keeps, who has been there longest first.
func lastOf(n *Network, o OrganisationID) (all []ParticipantID) {
	members := slices.SortedStableFunc(slices.Values(n.Members(o)), func(a, b Participant) int { return a.since.Compare(b.since) })
	for _, p := range members {
		if p.unseen == 0 {
			all = append(all, p.ID)
		}
	}
	return all
}

// organisationRemoved takes an organisation out of the network: its people belong to none.
type organisationRemoved struct {
	Organisation OrganisationID `json:"organisation"`
	// Figures: what it answered stays; else it is gone too.
	Figures bool `json:"figures,omitempty"`
	// Left: by its own choice.
	Left bool `json:"left,omitempty"`
}

var organisationRemovedKind = newKind[organisationRemoved]("organisation.removed", 1)

func (organisationRemoved) kind() *eventKind { return organisationRemovedKind }

func (b organisationRemoved) apply(n *Network, e Event) error {
	var last []ParticipantID
	if !b.Left {
		last = lastOf(n, b.Organisation)
	}
	if err := n.changeOrganisation(b.Organisation, func(o *Organisation) {
		o.last = last
		o.Gone, o.kept, o.goneBy, o.goneAt, o.left = true, b.Figures, e.By, e.At, b.Left
	}); err != nil {
		return err
	}
	by, _ := n.Participant(e.By)
	role, _ := by.For(b.Organisation)
	b.tell(n, e, b.drop(n, e, b.Organisation, role))
	for w, bound := range n.workspaces {
		if bound.to == b.Organisation {
			delete(n.workspaces, w)
		}
	}
	for _, p := range n.Participants {
		if _, in := p.For(b.Organisation); in && !p.Left {
			_ = n.changeRole(p.ID, b.Organisation, (*Participant).part) // they are there
		}
	}
	return nil
}

// tell tells every seat, and its people; where it left, the facilitators too.
func (b organisationRemoved) tell(n *Network, e Event, answered bool) {
	what := Notice{Organisation: b.Organisation, Kept: b.Figures && answered, Dropped: !b.Figures && answered}
	about := func(name string) Notice { what.About = name; return what }
	people := n.peopleOf(b.Organisation)
	if !b.Left {
		n.notify(e, about(RemovedNotice))
		tell(n, e, people, about(HomelessNotice))
		return
	}
	n.notify(e, about(LeftNotice))
	people = slices.DeleteFunc(people, func(p ParticipantID) bool { return p == e.By })
	tell(n, e, people, about(TakenOutNotice))
	tell(n, e, others(n.Facilitators(), append(people, e.By)), about(LeftNotice))
}

// drop takes out of the rounds what an organisation answered that doesn't stay, with
// what those had answered that were merged into it: where it left, only if that is theirs who
// took it out. It says whether there is any answer.
func (b organisationRemoved) drop(n *Network, e Event, o OrganisationID, by Participant) (answered bool) {
	for _, r := range n.Rounds {
		answered = answered || r.answered[o] > 0
		kept := b.Figures && (r.Recorded || r.Publications > 0 || r.answered[o] > 0)
		if !kept {
			dropFigures(n, e, r, o)
		}
	}
	for _, was := range n.Organisations {
		if was.Into == o && was.kept && (!b.Left || mayTakeAlong(was, by)) {
			drop := organisationRemoved{Organisation: was.ID, Figures: b.Figures, Left: b.Left}
			answered = drop.drop(n, e, was.ID, by) || answered
		}
	}
	return answered
}
