package benchmark

import (
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// MaxShortName is how many characters an organisation's short name has at most: so much
// room there is beside a picture's rows.
const MaxShortName = 26

// ShortenName returns the wish that an organisation stands under a name of its own choice
// where there is little room, as beside the rows of a picture; empty: under its whole name,
// cut as may be. One of its people or a facilitator may choose it ("not-your-organisation").
// No other organisation is called so, or nearly ("organisation-taken"). Where its name is
// changed, the short one goes.
func ShortenName(o OrganisationID, short string) Intent { return shortenName{o, short} }

type shortenName struct {
	organisation OrganisationID
	short        string
}

func (s shortenName) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	o, ok := d.n.Organisation(s.organisation)
	role, is := d.me.For(s.organisation)
	switch {
	case !d.me.Facilitator && (!is || !role.Active()):
		return refuse(refusal.NotYourOrganisation)
	case !ok:
		return refuse(refusal.NoSuchOrganisation, "Organisation", string(s.organisation)).at("organisation")
	case o.Gone:
		return WhyGone(d.n, o)
	case oneLine(s.short) == "":
		if o.Short != "" {
			d.emit(organisationShortened{Organisation: o.ID})
		}
		return nil
	}
	short, err := d.checkOrganisationName(s.short, "short")
	if err != nil {
		return err
	}
	if length := len([]rune(short)); length > MaxShortName {
		return refuse(refusal.TextTooLong, "Limit", MaxShortName, "Length", length).at("short")
	}
	if other, taken := d.n.alsoCalled(o, short); taken {
		return refuse(refusal.OrganisationTaken, "Organisation", other.Name).at("short")
	}
	if short == o.Name {
		short = ""
	}
	if short != o.Short {
		d.emit(organisationShortened{Organisation: o.ID, Short: short})
	}
	return nil
}

// alsoCalled returns another organisation that a short name may be taken for. One that is as
// near to its own organisation's name, as "Norrtorp 3" is to both wards there, is its own.
func (os *organisations) alsoCalled(own Organisation, short string) (Organisation, bool) {
	key := freetext.NameKey(short)
	for _, o := range os.OrganisationsNow() {
		near := freetext.IsNear(o.Name, short) && !freetext.IsNear(own.Name, short)
		same := freetext.NameKey(o.Name) == key || o.Short != "" && freetext.NameKey(o.Short) == key
		if o.ID != own.ID && (same || near) {
			return o, true
		}
	}
	return Organisation{}, false
}

// organisationShortened gives an organisation a short name, or with none takes it away.
type organisationShortened struct {
	Organisation OrganisationID `json:"organisation"`
	Short        string         `json:"short,omitempty"`
}

var organisationShortenedKind = newKind[organisationShortened]("organisation.shortened", 1)

func (organisationShortened) kind() *eventKind { return organisationShortenedKind }

func (b organisationShortened) apply(n *Network, _ Event) error {
	return n.changeOrganisation(b.Organisation, func(o *Organisation) { o.Short = b.Short })
}
