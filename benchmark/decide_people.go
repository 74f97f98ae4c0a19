package benchmark

import (
	"strconv"
	"strings"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// Join makes a person a participant, or changes the organisation or profession
// of one who is.
type Join struct {
	Person IdentityGiven
	// Organisation by id or name; empty for the one that the person's workspace
	// is bound to, which is no guest's. New makes one of that name if there is
	// none.
	Organisation string
	New          bool
	Profession   Profession
}

func (j Join) decide(d *decision) error {
	if err := d.founded(); err != nil {
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
	me, known := d.n.At(Address{j.Person.Connection, j.Person.User})
	if !known {
		me = Participant{} // who has left comes as anybody else does
	}
	body := ParticipantJoined{
		Participant: me.ID, Organisation: o.ID, Profession: profession,
		Confirmed: isNew || len(d.n.Members(o.ID)) == 0 || me.Facilitator ||
			(me.Confirmed && me.Organisation == o.ID) || (isBound && bound.ID == o.ID),
	}
	if !known {
		body.Participant = ParticipantID("p" + strconv.Itoa(len(d.n.Participants)+1))
	}
	identity := j.Person.of(body.Participant)
	same := known && me.Organisation == body.Organisation && me.Profession == body.Profession && me.Confirmed == body.Confirmed
	sameIdentity := known && (identity.Name == "" || identity == me.identity())
	if same && sameIdentity {
		return nil
	}
	d.who.By = body.Participant
	if isNew {
		d.happens(OrganisationJoined{Organisation: o.ID, Name: o.Name, Code: o.Code})
	}
	d.happens(body)
	if !sameIdentity {
		d.happens(identity)
	}
	return nil
}

// identity is who the participant is known to be. Somebody whose platform could not
// tell, or tells otherwise now, is known better once they join again.
func (p Participant) identity() IdentityGiven {
	return IdentityGiven{
		Participant: p.ID, Connection: p.Address.Connection, User: p.Address.User,
		Name: p.Name, Language: p.Language, Zone: p.Zone, Workspace: p.Workspace, Guest: p.Guest,
	}
}

func checkProfession(p Profession) (Profession, error) {
	clean, err := checkText(string(p), maxName, "profession")
	return Profession(oneLine(clean)), err
}

// of returns the identity as the participant's, its name in one clean line.
func (g IdentityGiven) of(p ParticipantID) IdentityGiven {
	name, _ := freetext.Clean(g.Name, maxName)
	g.Participant, g.Name = p, oneLine(name)
	return g
}

// organisation finds the one that was meant, or makes it.
func (j Join) organisation(d *decision) (o Organisation, isNew bool, err error) {
	name, err := checkName(j.Organisation, "organisation", maxName)
	if err != nil {
		return o, false, err
	}
	if o, ok := d.n.OrganisationNamed(name); ok {
		return o, false, nil
	}
	if !j.New {
		return o, false, refuse(refusal.NoSuchOrganisation, "Organisation", name).at("organisation")
	}
	if len(d.n.Organisations) >= MaxOrganisations {
		return o, false, refuse(refusal.TooManyOrganisations, "Limit", MaxOrganisations).at("organisation")
	}
	id := OrganisationID("o" + strconv.Itoa(len(d.n.Organisations)+1))
	taken := map[string]bool{}
	for _, other := range d.n.Organisations {
		taken[other.Code] = true
	}
	return Organisation{ID: id, Name: name, Code: codeFor(d.n.seed, id, taken, false)}, true, nil
}

// OrganisationNamed returns the organisation with that id or name, whatever the
// case of its letters.
func (n *Network) OrganisationNamed(name string) (Organisation, bool) {
	name = oneLine(name)
	if o, ok := n.Organisation(OrganisationID(name)); ok {
		return o, true
	}
	for _, o := range n.Organisations {
		if strings.EqualFold(o.Name, name) {
			return o, true
		}
	}
	return Organisation{}, false
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
	if err := d.founded(); err != nil {
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
	d.happens(ParticipantConfirmed{Participant: p.ID, Yes: v.Yes})
	return nil
}

// Leave ends one's participation. The organisation's figures stay.
type Leave struct{}

func (Leave) decide(d *decision) error {
	if err := d.founded(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	if d.me.Facilitator && len(d.n.Facilitators()) == 1 {
		return refuse(refusal.LastFacilitator)
	}
	d.happens(ParticipantLeft{})
	return nil
}

// Mute turns nudges off or on for oneself.
type Mute struct{ Muted bool }

func (m Mute) decide(d *decision) error {
	if err := d.founded(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	if d.me.Muted != m.Muted {
		d.happens(NudgesMuted(m))
	}
	return nil
}
