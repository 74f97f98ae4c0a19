package benchmark

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// Participant is a person in the network. Their Identity is zero when it has been
// erased.
type Participant struct {
	ID           ParticipantID
	Organisation OrganisationID
	Profession   Profession
	Facilitator  bool
	// Confirmed: an organisation's first participant, or confirmed by another.
	Confirmed bool
	Left      bool
	admission
	// Deactivated on their platform: nothing is asked of them and told to them.
	Deactivated bool
	// Observer: in no organisation by their own choice, such as a patient
	// representative. They ask, propose and reflect, and don't answer.
	Observer bool

	Identity
	reminders
	traces

	location     *time.Location // of Zone; nil: the network's
	timesVouched int            // how often somebody said whether they belong, yes or no
	began        int            // what that was when they came to the organisation, if that was beside another
	counts       map[OrganisationID]int
	notWith      OrganisationID // of which it was said last that they don’t
	notSaidThere bool           // by somebody who speaks for another one, or for none
	goneAt       time.Time      // when they left or were deactivated
	more         []membership   // in other organisations than the first
	beside       bool           // the organisation came beside another one, which was the first then
}

// participants are the people of a network, those who have left too.
type participants struct {
	// Participants in the order of joining.
	Participants []Participant

	people    map[Address]ParticipantID
	farewells []farewell // to those who are being erased
}

// ParticipantID is "p1", "p2", ... in the order of joining.
type ParticipantID string

// Profession is a word of the network's own, such as "nurse".
type Profession string

// Address identifies a person on a platform: the name of the connection, and the
// platform's id of the user.
type Address struct{ Connection, User string }

// Active says whether the participant may speak for their organisation.
func (p Participant) Active() bool {
	return p.Confirmed && !p.Left && p.Organisation != ""
}

// speaksFor says whether the participant, in any of their roles, is confirmed by an
// organisation.
func (p Participant) speaksFor(o OrganisationID) bool {
	role, is := p.For(o)
	return is && role.Confirmed
}

// isReachable says whether there is a person to write to: their identity hasn't been
// erased, nor their account deactivated.
func (p Participant) isReachable() bool { return p.User != "" && !p.Deactivated }

// isHere says whether they take part and their account isn't deactivated. It looks at no
// identity: whoever is erased has left, and the events before that tell the same without.
func (p Participant) isHere() bool { return !p.Left && !p.Deactivated }

// Participant returns the participant with the id.
func (ps *participants) Participant(id ParticipantID) (Participant, bool) {
	if k, ok := indexOf(string(id), "p", len(ps.Participants)); ok {
		return ps.Participants[k], true
	}
	return Participant{}, false
}

// At returns the participant who is the person with that address and has not
// left.
func (ps *participants) At(a Address) (Participant, bool) {
	p, ok := ps.Participant(ps.people[a])
	return p, ok && !p.Left
}

// HasLeft says whether the person with that address took part, and has left.
func (ps *participants) HasLeft(a Address) bool {
	p, ok := ps.Participant(ps.people[a])
	return ok && p.Left
}

// LocationOf returns the participant's own zone, or the network's.
func (n *Network) LocationOf(p Participant) *time.Location {
	if p.location != nil {
		return p.location
	}
	return n.Location()
}

func (ps *participants) changeParticipant(id ParticipantID, change func(*Participant)) error {
	k, ok := indexOf(string(id), "p", len(ps.Participants))
	if !ok {
		return fmt.Errorf("participant %q was never there", id)
	}
	change(&ps.Participants[k])
	return nil
}

// Join makes a person a participant, or changes the organisation or profession
// of one who is.
type Join struct {
	Person Identity
	// Organisation by id or, if somebody has Written it, by name; empty for the one that the
	// person's workspace is bound to, which is no guest's. New makes one of that name if
	// there is none; Sure: even if another one may be meant.
	Organisation       string
	Written, New, Sure bool
	Profession         Profession
	// Also: beside the organisation that one is in already, and not in its place.
	Also bool
	// Observer: in no organisation; then the one that is named is not looked at.
	Observer bool
}

func (j Join) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	profession, wrongProfession := d.checkProfession(j.Profession)
	if j.Observer {
		if wrongProfession != nil {
			return wrongProfession
		}
		return j.observe(d, profession)
	}
	bound, isBound := d.n.BoundTo(Workspace{j.Person.Connection, j.Person.Workspace})
	isBound = isBound && !j.Person.Guest
	if isBound && oneLine(j.Organisation) == "" {
		j.Organisation, j.Written = string(bound.ID), false
	}
	me, known := d.n.At(j.Person.Address())
	if !known {
		me = Participant{} // who has left comes as anybody else does
	}
	o, isNew, err := j.organisation(d, me)
	if err := together(err, wrongProfession); err != nil {
		return err
	}
	body := participantJoined{Participant: me.ID, Organisation: o.ID}
	if j.Also && me.Organisation != "" && me.Organisation != o.ID {
		body.Also = true
		if role, is := me.For(o.ID); is {
			me = role
		} else {
			me.Confirmed = false
		}
	}
	if !known {
		body.Participant = ParticipantID("p" + strconv.Itoa(len(d.n.Participants)+1))
	}
	switch {
	case isNew, me.speaksFor(o.ID), isBound && bound.ID == o.ID && boundBy(d.n, j.Person) != me.ID:
		body.Confirmed = true
	default:
		body.Confirmed, body.Unseen = admits(d.n, me.ID, o.ID)
	}
	if !j.Also && !body.Confirmed && me.Active() && me.Organisation != o.ID {
		body.Also, body.Instead = true, me.Organisation // they stay there until they are let in
		if role, is := me.For(o.ID); is {
			me = role
		}
	}
	identity := j.Person.clean()
	same := known && me.Organisation == body.Organisation && me.Profession == profession && me.Confirmed == body.Confirmed && me.instead == body.Instead
	// Somebody whose platform could not tell who they are, or tells otherwise now, is
	// known better once they join again.
	sameIdentity := known && (identity.Name == "" || identity == me.Identity)
	if same && sameIdentity {
		return nil
	}
	d.who.By = body.Participant
	if isNew {
		d.emitNew(o, me.Facilitator, nil)
	}
	d.emit(body)
	switch {
	case !sameIdentity:
		d.giveIdentity(me, body.Participant, identity, profession)
	case profession != "":
		d.giveIdentity(me, body.Participant, me.Identity, profession)
	}
	return nil
}

// observe takes part in no organisation.
func (j Join) observe(d *decision, profession Profession) error {
	me, known := d.n.At(j.Person.Address())
	if !known {
		me = Participant{ID: ParticipantID("p" + strconv.Itoa(len(d.n.Participants)+1))}
	}
	identity := j.Person.clean()
	if known && identity.Name == "" {
		identity = me.Identity
	}
	same := known && me.Profession == profession && identity == me.Identity
	if same && me.Observer {
		return nil
	}
	d.who.By = me.ID
	d.emit(participantJoined{Participant: me.ID, Observer: true}) // says what caused it, which an identity doesn't
	if !same {
		d.giveIdentity(me, me.ID, identity, profession)
	}
	return nil
}

// participantJoined makes a person a participant of an organisation, or
// changes the organisation or profession of one who is. Who the person is
// stands in identityGiven, which follows.
type participantJoined struct {
	Participant  ParticipantID  `json:"participant"`
	Organisation OrganisationID `json:"organisation,omitempty"`
	Profession   Profession     `json:"profession,omitempty"` // in old journals: it can't be erased here
	Facilitator  bool           `json:"facilitator,omitempty"`
	Confirmed    bool           `json:"confirmed,omitempty"`
	// Unseen: nobody was there who could have vouched for them. What the
	// organisation kept to itself until then stays hidden from them.
	Unseen bool `json:"unseen,omitempty"`
	// Also: beside the organisation that they are in already.
	Also bool `json:"also,omitempty"`
	// Observer: in none, by their own choice.
	Observer bool `json:"observer,omitempty"`
	// Instead is the organisation that they leave once they are confirmed; until then they
	// are in it as they were.
	Instead OrganisationID `json:"instead,omitempty"`
}

var participantJoinedKind = newKind[participantJoined]("participant.joined", 1)

func (participantJoined) kind() *eventKind { return participantJoinedKind }

func (b participantJoined) apply(n *Network, e Event) error {
	was, known := n.Participant(b.Participant)
	if !known {
		n.Participants = append(n.Participants, Participant{ID: b.Participant})
	}
	before := was
	if role, _ := was.For(b.Organisation); b.Also && role.Organisation != b.Organisation {
		was = Participant{ID: was.ID} // they stay where they were
	} else if b.Also {
		was = role
	}
	if err := n.changeParticipant(b.Participant, b.join(e)); err != nil {
		return err
	}
	if b.Instead != "" {
		goOnlyTo(n, b)
	}
	if b.Observer {
		for role := range before.Roles() {
			tellOfParting(n, e, role)
		}
		return nil
	}
	tellOfJoining(n, e, was, b)
	if was.Active() && was.Organisation != b.Organisation {
		remember(n, was, "")
	}
	if b.Confirmed && b.Organisation != "" {
		peopled(n, b.Organisation)
	}
	if !b.Unseen {
		return nil
	}
	return recode(n, b.Organisation)
}

// HaveWait says whether the events have somebody wait until it is said that they belong to
// the organisation that they chose.
func HaveWait(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		b, joins := e.Body.(participantJoined)
		return joins && !b.Confirmed && b.Organisation != ""
	})
}

// Leave ends one's participation. The organisation's figures stay.
type Leave struct{}

func (Leave) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	if d.me.Facilitator && d.n.leadsAlone(d.me.ID) {
		return refuse(refusal.LastFacilitator)
	}
	d.emit(participantLeft{})
	return nil
}

// participantLeft ends the participation of the one who did it.
type participantLeft struct{}

var participantLeftKind = newKind[participantLeft]("participant.left", 1)

func (participantLeft) kind() *eventKind { return participantLeftKind }

func (participantLeft) apply(n *Network, e Event) error {
	was, _ := n.Participant(e.By)
	if err := n.changeParticipant(e.By, func(p *Participant) { p.Left, p.goneAt = true, e.At }); err != nil {
		return err
	}
	for role := range was.Roles() {
		if role.Active() {
			tell(n, e, concerned(n, role.Organisation, role.ID), Notice{About: WentNotice, Participant: role.ID, Organisation: role.Organisation})
		}
	}
	return nil
}
