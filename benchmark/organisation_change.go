package benchmark

import (
	"fmt"
	"slices"

	"roundtable/benchmark/refusal"
)

// RenameOrganisation gives an organisation another name, in rounds that have been too.
func RenameOrganisation(o OrganisationID, name string) Intent { return renameOrganisation{o, name} }

type renameOrganisation struct {
	organisation OrganisationID
	name         string
}

func (r renameOrganisation) decide(d *decision) error {
	o, err := d.requireToChange(r.organisation)
	if err != nil {
		return err
	}
	name, err := d.checkOrganisationName(r.name, "name")
	if err != nil {
		return err
	}
	if other, taken := d.n.OrganisationNamed(name); taken && other.ID != o.ID {
		return refuse(refusal.OrganisationTaken, "Organisation", other.Name).at("name")
	}
	if name != o.Name {
		d.emit(organisationRenamed{Organisation: o.ID, Name: name})
	}
	return nil
}

// requireToChange returns an organisation that takes part, for a facilitator.
func (d *decision) requireToChange(id OrganisationID) (Organisation, error) {
	if err := d.requireFacilitator(); err != nil {
		return Organisation{}, err
	}
	o, ok := d.n.Organisation(id)
	switch {
	case !ok:
		return o, refuse(refusal.NoSuchOrganisation, "Organisation", string(id)).at("organisation")
	case o.Gone:
		return o, WhyGone(d.n, o)
	}
	return o, nil
}

// organisationRenamed gives an organisation another name.
type organisationRenamed struct {
	Organisation OrganisationID `json:"organisation"`
	Name         string         `json:"name"`
}

var organisationRenamedKind = newKind[organisationRenamed]("organisation.renamed", 1)

func (organisationRenamed) kind() *eventKind { return organisationRenamedKind }

func (b organisationRenamed) apply(n *Network, e Event) error {
	was, _ := n.Organisation(b.Organisation)
	n.notify(e, Notice{About: RenamedNotice, Organisation: b.Organisation, Old: was.Name})
	return n.changeOrganisation(b.Organisation, func(o *Organisation) { o.Name, o.Short = b.Name, "" })
}

// MergeOrganisations makes one organisation of two. Rounds that were shown keep the one
// that goes, under its name; in those that weren't, Into has its answers, except where it
// has given one itself. Without Figures the answers of the one that goes are shown and
// counted nowhere any more. Its people come to Into as newcomers, who are vouched for;
// as they are, where Into had neither people nor anything else.
//
// A facilitator can't bring the figures of another organisation to their own: somebody else
// has to do that. Nor can they bring people of Into what the one that goes has answered or
// guessed in a round that wasn't shown yet, unless they speak for it themselves. Where its people
// would have to wait for a Yes of those of Into, and what they keep with them, one of them has
// to do it. Where organisations stand under letters, figures that somebody has seen aren't moved
// or dropped.
type MergeOrganisations struct {
	From, Into OrganisationID
	Figures    bool
}

func (m MergeOrganisations) decide(d *decision) error {
	from, err := d.requireToChange(m.From)
	if err != nil {
		return err
	}
	into, err := d.requireToChange(m.Into)
	me, _ := d.n.Participant(d.me.ID)
	_, mine := me.For(into.ID)
	switch {
	case err != nil:
		return err
	case from.ID == into.ID:
		return refuse(refusal.MergeOfOne, "Organisation", into.Name).at("into")
	case !into.Vouched:
		return refuse(refusal.OrganisationUnvouched, "Organisation", into.Name).at("into")
	case m.Figures && mine && keepsAnything(d.n, from.ID):
		return refuse(refusal.MergeOfOwn, "Organisation", from.Name, "Into", into.Name)
	case m.Figures && d.bringsUnshown(from.ID, into.ID):
		return refuse(refusal.MergeUnshown, "Organisation", from.Name, "Into", into.Name)
	case m.Figures && inDraft(d.n, from.ID):
		return refuse(refusal.MergeDraft, "Organisation", from.Name)
	case !m.Figures && LetterTells(d.n, from.ID):
		return refuse(refusal.LettersTell, "Organisation", from.Name)
	}
	apart := m.Figures && keepsAnything(d.n, from.ID)
	alone, keeps := len(d.n.Members(into.ID)) == 0, keepsAnything(d.n, into.ID)
	merged := organisationMerged{
		Organisation: from.ID, Into: into.ID, Figures: m.Figures, Apart: apart,
		Admits: !keeps && (alone || apart), Unseen: keeps && alone && apart,
	}
	if apart && !merged.Admits && !merged.Unseen && !mayHaveThemWait(d, from.ID, into.ID) {
		return refuse(refusal.MergeTheirs, "Organisation", from.Name, "Into", into.Name)
	}
	d.emit(merged)
	return nil
}

// bringsUnshown says whether a merger would let people of one organisation, there or to
// come, see what another has answered or guessed in a round that wasn't shown yet, and
// nobody of that one does it.
func (d *decision) bringsUnshown(from, into OrganisationID) bool {
	me, _ := d.n.Participant(d.me.ID)
	if role, is := me.For(from); is && role.Active() && role.seesAll() {
		return false
	}
	if len(d.n.peopleOf(into)) == 0 && !keepsAnything(d.n, into) {
		return false // its own people go along, and are all there are
	}
	return slices.ContainsFunc(d.n.Rounds, func(r *Round) bool {
		return !r.Recorded && r.Publications == 0 && r.hasOf(from)
	})
}

// hasOf says whether an organisation has answered or guessed anything in the round.
func (r *Round) hasOf(o OrganisationID) bool {
	for slot := range r.Submissions {
		if slot.Organisation == o {
			return true
		}
	}
	for slot := range r.Predictions {
		if slot.Organisation == o {
			return true
		}
	}
	return false
}

// organisationMerged makes one organisation of two.
type organisationMerged struct {
	Organisation OrganisationID `json:"organisation"`
	Into         OrganisationID `json:"into"`
	// Figures: the answers of the one that goes stay; else they are gone too.
	Figures bool `json:"figures,omitempty"`
	// Apart: what it kept to itself stays its own people's. In early journals it is that of all
	// who are there.
	Apart bool `json:"apart,omitempty"`
	// Admits: its people need nobody to vouch for them.
	Admits bool `json:"admits,omitempty"`
	// Unseen: nobody is there who could vouch for them. What is kept there stays hidden from them.
	Unseen bool `json:"unseen,omitempty"`
}

var organisationMergedKind = newKind[organisationMerged]("organisation.merged", 1)

func (organisationMerged) kind() *eventKind { return organisationMergedKind }

func (b organisationMerged) apply(n *Network, e Event) error {
	into, ok := n.Organisation(b.Into)
	if !ok || into.Gone || b.Into == b.Organisation {
		return fmt.Errorf("organisation %q was not there to become of %q", b.Into, b.Organisation)
	}
	n.notify(e, Notice{About: MergedNotice, Organisation: b.Organisation, Into: b.Into})
	answered := slices.ContainsFunc(n.Rounds, func(r *Round) bool { return r.answered[b.Organisation] > 0 })
	what := Notice{About: BecameNotice, Organisation: b.Organisation, Into: b.Into, Kept: b.Figures && answered, Dropped: !b.Figures && answered}
	there := n.peopleOf(b.Into)
	isThere := func(p ParticipantID) bool { return slices.Contains(there, p) }
	came := what
	came.Came = true
	tell(n, e, slices.DeleteFunc(n.peopleOf(b.Organisation), isThere), came)
	tell(n, e, b.toldThere(n), what)
	keeps := b.Figures && keepsAnything(n, b.Organisation)
	together := others(slices.DeleteFunc(n.Members(b.Organisation), func(p Participant) bool { return p.unseen > 0 }), nil)
	if err := n.changeOrganisation(b.Organisation, func(o *Organisation) {
		o.Gone, o.Into, o.kept, o.apart, o.goneBy, o.goneAt = true, b.Into, b.Figures, b.Apart, e.By, e.At
	}); err != nil {
		return err
	}
	if err := n.changeOrganisation(b.Into, func(o *Organisation) { o.spoke = o.spoke || keeps }); err != nil {
		return err
	}
	for _, r := range n.Rounds {
		shown := r.Recorded || r.Publications > 0
		switch {
		case b.Figures && shown:
			continue
		case b.Figures:
			takeOver(n, r, b.Organisation, into)
		}
		dropFigures(n, e, r, b.Organisation)
	}
	for k := range n.Commitments {
		if b.Figures && n.Commitments[k].Organisation == b.Organisation {
			n.Commitments[k].Organisation = b.Into
		}
	}
	if b.Figures {
		moveRebases(n, b.Organisation, b.Into)
	}
	for w, bound := range n.workspaces {
		if bound.to != b.Organisation {
			continue
		}
		delete(n.workspaces, w)
		if b.Admits {
			n.workspaces[w] = binding{b.Into, bound.by}
		}
	}
	if b.Unseen {
		if err := recode(n, b.Into); err != nil {
			return err
		}
	}
	was, _ := n.Organisation(b.Organisation)
	for _, p := range n.Participants {
		role, in := p.For(b.Organisation)
		if !in || p.Left {
			continue
		}
		there, both := p.For(b.Into)
		if both && !there.Confirmed && b.Admits { // they need not wait any more
			_ = n.changeRole(p.ID, b.Into, (*Participant).part)
			both = false
		}
		if both && b.Apart {
			_ = n.changeRole(p.ID, b.Into, func(there *Participant) { there.learns(role.knowing(was)) })
		}
		_ = n.changeRole(p.ID, b.Organisation, b.move(both, e, together, was)) // they are there
	}
	return nil
}

// toldThere are those of Into who are told apart from being asked: who is asked about somebody
// that comes along hears of it by that. Who is of both organisations is told.
func (b organisationMerged) toldThere(n *Network) []ParticipantID {
	people := n.peopleOf(b.Organisation)
	asked := func(id ParticipantID) bool {
		return !slices.Contains(people, id) && !b.Admits && !b.Unseen &&
			slices.ContainsFunc(people, func(p ParticipantID) bool { return b.asksAbout(n, id, p) })
	}
	return slices.DeleteFunc(n.peopleOf(b.Into), asked)
}

// asksAbout says whether a member of the organisation is asked about somebody who comes to it.
func (b organisationMerged) asksAbout(n *Network, member, newcomer ParticipantID) bool {
	p, _ := n.Participant(newcomer)
	_, both := p.For(b.Into)
	return !both && p.isHere() && slices.ContainsFunc(n.vouchersFor(newcomer, b.Into), func(v Participant) bool { return v.ID == member })
}

// move takes somebody to the organisation that theirs becomes. Who is in both is in that
// one as they are. Together are those who saw all that theirs had answered.
func (b organisationMerged) move(both bool, e Event, together []ParticipantID, was Organisation) func(*Participant) {
	if both {
		return (*Participant).part
	}
	return func(role *Participant) {
		known, active := role.knowing(was), role.Active()
		role.Organisation = b.Into
		switch {
		case b.Admits:
		case b.Unseen && active:
			role.admission = admission{since: e.At, unseen: e.Seq, from: b.Organisation}
		default:
			role.Confirmed, role.admission = false, admission{asked: e.At, from: b.Organisation, instead: role.instead}
		}
		if b.Apart {
			role.learns(known)
		}
		if !b.Admits {
			if slices.Contains(together, role.ID) {
				role.came = together
			}
		}
	}
}

// takeOver gives an organisation what another one answered, guessed or skipped in a round
// that wasn't shown yet, where it has said nothing itself.
func takeOver(n *Network, r *Round, from OrganisationID, into Organisation) {
	if r.TakesPart(from) && !r.TakesPart(into.ID) {
		r.codes[into.ID] = r.letterFor(n, into)
	}
	if first, kept := r.kept[from]; kept {
		r.keep(Event{Seq: first}, into.ID)
		r.kept[into.ID] = min(first, r.kept[into.ID])
	}
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		theirs, ours := Slot{from, i.ID}, Slot{into.ID, i.ID}
		if position, guessed := r.Predictions[theirs]; guessed && r.Predictions[ours] == "" {
			r.Predictions[ours], r.guessed[ours] = position, r.guessed[theirs]
		}
		if r.standing(theirs).Answer == "" || r.standing(ours).Answer != "" {
			continue
		}
		r.Submissions[ours] = r.Submissions[theirs]
		delete(r.Submissions, theirs)
		r.count(from, -1)
		r.count(into.ID, 1)
	}
	if r.Skipped[from] && r.answered[into.ID] == 0 {
		r.Skipped[into.ID] = true
	}
	if r.answered[into.ID] > 0 {
		delete(r.Skipped, into.ID)
	}
}

// dropFigures takes out of a round all that an organisation answered, guessed or skipped,
// and the organisation. What it wrote beside is erased; the figures stay in the journal,
// which nobody is shown.
func dropFigures(n *Network, e Event, r *Round, o OrganisationID) {
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		slot := Slot{o, i.ID}
		delete(r.Predictions, slot)
		s := r.Submissions[slot]
		if s == nil {
			continue
		}
		was := s.Current()
		n.forget(e, answerKey(e, r, slot), was.Note, was.Reason)
		delete(r.Submissions, slot)
		r.reopened.drop(slot)
		if r.Publications > 0 && was.Answer != "" && r.TakesPart(o) {
			r.corrected[i.ID]++
		}
		if was.Note != "" {
			rewordAnswer(n, e, r, i.ID)
		}
	}
	delete(r.Skipped, o)
	delete(r.answered, o)
	if !r.TakesPart(o) {
		return
	}
	delete(r.codes, o)
	r.openingRevision++
	if r.Publications > 0 {
		n.markActive(r)
	}
}

// RemoveOrganisation takes an organisation out of the network. With figures, rounds that
// were shown keep it, and the open one what it has answered; without, what it
// answered is shown and counted nowhere any more. Figures that somebody has seen under a letter
// are only the organisation's own to take out ([TakeOut]): it would tell which letter it was.
func RemoveOrganisation(o OrganisationID, figures bool) Intent {
	return removeOrganisation{o, figures}
}

type removeOrganisation struct {
	organisation OrganisationID
	figures      bool
}

func (r removeOrganisation) decide(d *decision) error {
	o, err := d.requireToChange(r.organisation)
	if err != nil {
		return err
	}
	if !r.figures && LetterTells(d.n, o.ID) {
		return refuse(refusal.LettersTell, "Organisation", o.Name)
	}
	d.emit(organisationRemoved{Organisation: o.ID, Figures: r.figures})
	return nil
}
