package benchmark

import (
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// leaders are what is known of who leads beside the participants themselves.
type leaders struct {
	appointed time.Time                   // when somebody last came to lead
	sought    sought                      // what the network was last told to choose for; zero: that is settled
	words     map[ParticipantID][]wordFor // who was named since, and by whom
	reminded  map[ParticipantID]time.Time // when who leads was last reminded of what waits
	came      map[ParticipantID]leading   // how they came to lead, who didn't found the network
	dismissed map[ParticipantID]dismissal // by somebody else, the last time
}

// wordFor is what a member said for somebody, on behalf of an organisation.
type wordFor struct {
	by           ParticipantID
	organisation OrganisationID
}

// Facilitators returns those who lead and have not left.
func (ps *participants) Facilitators() []Participant {
	var found []Participant
	for _, p := range ps.Participants {
		if p.Facilitator && !p.Left {
			found = append(found, p)
		}
	}
	return found
}

// leadsAlone says whether the participant is the only one who leads and can be reached.
func (ps *participants) leadsAlone(p ParticipantID) bool {
	return !slices.ContainsFunc(ps.Facilitators(), func(f Participant) bool { return f.ID != p && f.isReachable() })
}

// MayLead says whether somebody could be a facilitator: they are here and are no guest on
// their platform.
func (p Participant) MayLead() bool { return !p.Left && p.isReachable() && !p.Guest }

// candidate returns the participant who is to lead, or refuses.
func (d *decision) candidate(id ParticipantID) (Participant, error) {
	p, ok := d.n.Participant(id)
	switch {
	case !ok || !p.MayLead():
		return p, refuse(refusal.CannotLead, "Name", p.Name).at("participant")
	case p.Facilitator:
		return p, refuse(refusal.LeadsAlready, "Name", p.Name).at("participant")
	}
	return p, nil
}

// AppointFacilitator has somebody lead the network too.
func AppointFacilitator(p ParticipantID) Intent { return appointFacilitator{p, false} }

// HandOver has somebody lead in one's own place.
func HandOver(to ParticipantID) Intent { return appointFacilitator{to, true} }

type appointFacilitator struct {
	participant ParticipantID
	inMyPlace   bool
}

func (a appointFacilitator) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	p, err := d.candidate(a.participant)
	switch {
	case a.inMyPlace && d.isBot:
		return refuse(refusal.NotAParticipant)
	case err != nil && (!a.inMyPlace || !p.Facilitator || p.ID == d.me.ID || !p.MayLead()):
		return err
	case err == nil:
		d.emit(facilitatorAppointed{Participant: p.ID, InPlace: a.inMyPlace})
	}
	if a.inMyPlace {
		d.emit(facilitatorDismissed{Participant: d.me.ID, HandedOver: err == nil})
	}
	return nil
}

// facilitatorAppointed has somebody lead: too, in place of who did it, or, Chosen, by the
// word of organisations.
type facilitatorAppointed struct {
	Participant ParticipantID `json:"participant"`
	InPlace     bool          `json:"in_place,omitempty"`
	Chosen      bool          `json:"chosen,omitempty"`
}

var facilitatorAppointedKind = newKind[facilitatorAppointed]("facilitator.appointed", 1)

func (facilitatorAppointed) kind() *eventKind { return facilitatorAppointedKind }

func (b facilitatorAppointed) apply(n *Network, e Event) error {
	about := LeadsNotice
	switch {
	case b.Chosen:
		about = ChosenNotice
	case b.InPlace:
		about = HandedOverNotice
	}
	settleSought(n, e, Led)
	n.leaders = leaders{appointed: e.At, words: wordsForDismissed(n, e.At, b.Participant), came: n.came, dismissed: n.dismissed}
	cameToLead(n, e, b)
	n.notify(e, Notice{About: about, Participant: b.Participant})
	tell(n, e, []ParticipantID{b.Participant}, Notice{About: YouLeadNotice, Participant: b.Participant})
	return n.changeParticipant(b.Participant, func(p *Participant) { p.Facilitator = true })
}

// aloneDuties: who leads alone is told so once, on the working day after the network's
// first round has closed, with how to ask a second.
func (a *agenda) aloneDuties() {
	var reachable []Participant
	for _, f := range a.n.Facilitators() {
		if f.isReachable() {
			reachable = append(reachable, f)
		}
	}
	if len(reachable) != 1 || a.n.firstClosed.IsZero() {
		return
	}
	zone := a.n.LocationOf(reachable[0])
	a.owe(Duty{
		Key: dutyKey("alone", reachable[0].ID), Kind: AloneDuty, Participant: reachable[0].ID,
		NotBefore: a.whenHere(nudgeAt(a.working.daysFrom(a.n.firstClosed.In(zone), 1), zone), reachable[0], zone),
	})
}

// ChooseFacilitator names somebody who is to lead, oneself or another, while a
// facilitator is sought, or for four weeks somebody whom another one dismissed. The word of two people, of two organisations that count, makes
// them one.
func ChooseFacilitator(p ParticipantID) Intent { return chooseFacilitator{p} }

type chooseFacilitator struct{ participant ParticipantID }

// WordCounts returns nil when the actor's word for who is to lead counts now, else why not.
func WordCounts(n *Network, who Actor, now time.Time) error {
	_, err := n.Decide(Actor{By: who.By, For: who.For}, wordCounts{}, now)
	return err
}

type wordCounts struct{}

func (wordCounts) decide(d *decision) error {
	_, err := requireWord(d)
	return err
}

// requireWord returns the organisation whose word one gives for who is to lead, or refuses.
func requireWord(d *decision) (Organisation, error) {
	if err := d.requireParticipant(); err != nil {
		return Organisation{}, err
	}
	if !d.n.FacilitatorSought() && len(mayComeBack(d.n, d.now)) == 0 {
		return Organisation{}, refuse(refusal.NoneSought)
	}
	o, err := d.requireMember()
	if err == nil && (!o.Vouched || o.Gone) {
		err = refuse(refusal.WordTooEarly, "Organisation", o.Name)
	}
	return o, err
}

func (c chooseFacilitator) decide(d *decision) error {
	o, err := requireWord(d)
	if err != nil {
		return err
	}
	p, err := d.candidate(c.participant)
	switch {
	case err != nil:
		return err
	case !d.n.FacilitatorSought() && !MayComeBack(d.n, p.ID, d.now):
		return refuse(refusal.NoneSought)
	}
	named := d.n.words[p.ID]
	if slices.ContainsFunc(named, func(w wordFor) bool { return w.organisation == o.ID }) {
		return nil
	}
	d.emit(facilitatorNamed{Participant: p.ID, Organisation: o.ID, First: len(named) == 0})
	if slices.ContainsFunc(named, func(w wordFor) bool { return w.by != d.me.ID }) {
		d.emit(facilitatorAppointed{Participant: p.ID, Chosen: true})
	}
	return nil
}

// facilitatorNamed is an organisation's word for somebody who is to lead.
type facilitatorNamed struct {
	Participant  ParticipantID  `json:"participant"`
	Organisation OrganisationID `json:"organisation"`
	First        bool           `json:"first,omitempty"`
}

var facilitatorNamedKind = newKind[facilitatorNamed]("facilitator.named", 1)

func (facilitatorNamed) kind() *eventKind { return facilitatorNamedKind }

func (b facilitatorNamed) apply(n *Network, e Event) error {
	if n.words == nil {
		n.words = map[ParticipantID][]wordFor{}
	}
	n.words[b.Participant] = append(n.words[b.Participant], wordFor{e.By, b.Organisation})
	if b.First {
		n.notify(e, Notice{About: ProposedNotice, Participant: b.Participant, Organisation: b.Organisation})
	}
	return nil
}
