package benchmark

import (
	"fmt"
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
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

	Identity
	reminders

	location     *time.Location // of Zone; nil: the network's
	timesVouched int            // how often somebody said whether they belong, yes or no
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

// isReachable says whether there is a person to write to: their identity hasn't been
// erased.
func (p Participant) isReachable() bool { return p.User != "" }

// Participant returns the participant with the id.
func (n *Network) Participant(id ParticipantID) (Participant, bool) {
	if k, ok := indexOf(string(id), "p", len(n.Participants)); ok {
		return n.Participants[k], true
	}
	return Participant{}, false
}

// At returns the participant who is the person with that address and has not
// left.
func (n *Network) At(a Address) (Participant, bool) {
	p, ok := n.Participant(n.people[a])
	return p, ok && !p.Left
}

// LocationOf returns the participant's own zone, or the network's.
func (n *Network) LocationOf(p Participant) *time.Location {
	if p.location != nil {
		return p.location
	}
	return n.Location()
}

// facilitators returns the facilitators who have not left.
func (n *Network) facilitators() []Participant {
	var found []Participant
	for _, p := range n.Participants {
		if p.Facilitator && !p.Left {
			found = append(found, p)
		}
	}
	return found
}

func (n *Network) changeParticipant(id ParticipantID, change func(*Participant)) error {
	k, ok := indexOf(string(id), "p", len(n.Participants))
	if !ok {
		return fmt.Errorf("participant %q was never there", id)
	}
	change(&n.Participants[k])
	return nil
}

// Identity is who a person is, as their platform tells it.
type Identity struct {
	Connection string `json:"connection"`
	User       string `json:"user"`
	Name       string `json:"name,omitempty"`
	// Language is a BCP 47 tag, Zone an IANA time zone; empty: not known.
	Language string `json:"language,omitempty"`
	Zone     string `json:"zone,omitempty"`
	// Workspace is the one of those that meet in a channel, where a platform
	// knows several.
	Workspace string `json:"workspace,omitempty"`
	// Guest: admitted there, but not of those who belong to it.
	Guest bool `json:"guest,omitempty"`
}

// Address returns where the person is reached; zero when that isn't known.
func (i Identity) Address() Address { return Address{i.Connection, i.User} }

// clean returns the identity with its name in one clean line.
func (i Identity) clean() Identity {
	name, _ := freetext.Clean(i.Name, maxName)
	i.Name = oneLine(name)
	return i
}

// Join makes a person a participant, or changes the organisation or profession
// of one who is.
type Join struct {
	Person Identity
	// Organisation by id or name; empty for the one that the person's workspace
	// is bound to, which is no guest's. New makes one of that name if there is
	// none.
	Organisation string
	New          bool
	Profession   Profession
}

func (j Join) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	profession, err := checkProfession(j.Profession)
	if err != nil {
		return err
	}
	bound, isBound := d.n.BoundTo(Workspace{j.Person.Connection, j.Person.Workspace})
	isBound = isBound && !j.Person.Guest
	if isBound && oneLine(j.Organisation) == "" {
		j.Organisation = string(bound.ID)
	}
	o, isNew, err := j.organisation(d)
	if err != nil {
		return err
	}
	me, known := d.n.At(j.Person.Address())
	if !known {
		me = Participant{} // who has left comes as anybody else does
	}
	body := participantJoined{
		Participant: me.ID, Organisation: o.ID, Profession: profession,
		Confirmed: isNew || len(d.n.Members(o.ID)) == 0 || me.Facilitator ||
			(me.Confirmed && me.Organisation == o.ID) || (isBound && bound.ID == o.ID),
	}
	if !known {
		body.Participant = ParticipantID("p" + strconv.Itoa(len(d.n.Participants)+1))
	}
	identity := j.Person.clean()
	same := known && me.Organisation == body.Organisation && me.Profession == body.Profession && me.Confirmed == body.Confirmed
	// Somebody whose platform could not tell who they are, or tells otherwise now, is
	// known better once they join again.
	sameIdentity := known && (identity.Name == "" || identity == me.Identity)
	if same && sameIdentity {
		return nil
	}
	d.who.By = body.Participant
	if isNew {
		d.emit(organisationJoined{Organisation: o.ID, Name: o.Name, Code: o.Code})
	}
	d.emit(body)
	if !sameIdentity {
		d.emit(identityGiven{body.Participant, identity})
	}
	return nil
}

func checkProfession(p Profession) (Profession, error) {
	clean, err := checkText(string(p), maxName, "profession")
	return Profession(oneLine(clean)), err
}

// participantJoined makes a person a participant of an organisation, or
// changes the organisation or profession of one who is. Who the person is
// stands in identityGiven.
type participantJoined struct {
	Participant  ParticipantID  `json:"participant"`
	Organisation OrganisationID `json:"organisation,omitempty"`
	Profession   Profession     `json:"profession,omitempty"`
	Facilitator  bool           `json:"facilitator,omitempty"`
	Confirmed    bool           `json:"confirmed,omitempty"`
}

var participantJoinedKind = newKind[participantJoined]("participant.joined", 1)

func (participantJoined) kind() *eventKind { return participantJoinedKind }

func (b participantJoined) apply(n *Network, _ Event) error {
	if _, known := n.Participant(b.Participant); !known {
		n.Participants = append(n.Participants, Participant{ID: b.Participant})
	}
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Organisation, p.Profession, p.Confirmed, p.Left = b.Organisation, b.Profession, b.Confirmed, false
		p.Facilitator = p.Facilitator || b.Facilitator
	})
}

// identityGiven says who a participant is. It is the only event that holds
// a name or a platform's id of a person.
type identityGiven struct {
	Participant ParticipantID `json:"participant"`
	Identity
}

var identityGivenKind = newKind[identityGiven]("identity.given", 1)

func (identityGiven) kind() *eventKind { return identityGivenKind }

func (b identityGiven) apply(n *Network, _ Event) error {
	n.people[b.Address()] = b.Participant
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Identity, p.location = b.Identity, nil
		if zone, err := time.LoadLocation(b.Zone); err == nil && b.Zone != "" {
			p.location = zone
		}
	})
}

// Vouch says whether a newcomer belongs to the organisation they chose.
type Vouch struct {
	Newcomer ParticipantID
	// Organisation that was asked about; empty for whichever they chose. When
	// they have chosen another one since, nobody waits there.
	Organisation OrganisationID
	Yes          bool
}

func (v Vouch) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	p, ok := d.n.Participant(v.Newcomer)
	switch {
	case !ok || p.Left || p.Organisation == "", v.Organisation != "" && v.Organisation != p.Organisation:
		return refuse(refusal.NobodyWaits)
	case p.Confirmed:
		return refuse(refusal.ConfirmedAlready, "Name", p.Name)
	case p.ID == d.who.By, !d.me.Facilitator && (!d.me.Active() || d.me.Organisation != p.Organisation):
		return refuse(refusal.NotYoursToConfirm)
	}
	d.emit(participantConfirmed{Participant: p.ID, Yes: v.Yes})
	return nil
}

// participantConfirmed says whether somebody belongs to the organisation
// that they chose; Yes false turns them away.
type participantConfirmed struct {
	Participant ParticipantID `json:"participant"`
	Yes         bool          `json:"yes"`
}

var participantConfirmedKind = newKind[participantConfirmed]("participant.confirmed", 1)

func (participantConfirmed) kind() *eventKind { return participantConfirmedKind }

func (b participantConfirmed) apply(n *Network, _ Event) error {
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Confirmed = b.Yes
		p.timesVouched++
		if !b.Yes {
			p.Organisation = ""
		}
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
	if d.me.Facilitator && len(d.n.facilitators()) == 1 {
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
	return n.changeParticipant(e.By, func(p *Participant) { p.Left = true })
}

// newcomerDuties: those who chose an organisation that has members are vouched for
// by one of them or, where none can be asked, by a facilitator. Who was turned
// away and comes again is asked about again.
func (a *agenda) newcomerDuties() {
	for _, p := range a.n.Participants {
		if p.Left || !p.isReachable() {
			continue
		}
		if p.timesVouched > 0 {
			a.owe(Duty{
				Key: dutyKey("welcome", p.ID, strconv.Itoa(p.timesVouched)), Kind: WelcomeDuty,
				Participant: p.ID, Newcomer: p.ID,
			})
		}
		if p.Confirmed || p.Organisation == "" {
			continue
		}
		for _, m := range vouchers(a.n, p) {
			a.owe(Duty{
				Key: dutyKey("confirm", p.ID, string(p.Organisation), string(m.ID), strconv.Itoa(p.timesVouched)), Kind: ConfirmDuty,
				Participant: m.ID, Newcomer: p.ID,
			})
		}
	}
}

// vouchers are those who are asked whether a newcomer belongs to the
// organisation they chose: its members, or else the facilitators.
func vouchers(n *Network, p Participant) []Participant {
	if members := n.Members(p.Organisation); len(members) > 0 {
		return members
	}
	return n.facilitators()
}
