package benchmark

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// Organisation takes part in a network.
type Organisation struct {
	ID   OrganisationID
	Name string
	// Short is what it wants to be called where there is little room; empty: nobody said.
	Short string
	// Code is its letter now, for networks whose visibility is Coded. Each round keeps its own.
	Code string
	// Vouched: the network knows it. Until it does, it may answer and sees its own,
	// but belongs to no round that opens.
	Vouched bool
	// Gone: it left, was merged into another one or was removed. Rounds that
	// were shown before may keep it.
	Gone bool
	// Into is the one that it was merged into; empty when it wasn't.
	Into OrganisationID

	kept      bool          // its figures, of one that is gone
	apart     bool          // they are seen by its own people alone, wherever it went
	goneBy    ParticipantID // who did that
	goneAt    time.Time
	left      bool            // by its own choice
	last      []ParticipantID // who saw all of it when a facilitator removed it
	named     ParticipantID   // who named it, of one that wasn't there from the beginning
	unvouched time.Time       // since when it waits for the network to know it; zero: from the beginning it did
	vouchers  []voucher
	spoke     bool // its people have said something
	peopled   bool // somebody has spoken for it
	formers   map[ParticipantID]former
	leaving   leaving
}

// organisations are those of a network, gone ones too.
type organisations struct {
	// Organisations in the order of joining.
	Organisations []Organisation
}

// OrganisationID is "o1", "o2", ... in the order of joining.
type OrganisationID string

// Organisation returns the organisation with the id.
func (os *organisations) Organisation(id OrganisationID) (Organisation, bool) {
	if k, ok := indexOf(string(id), "o", len(os.Organisations)); ok {
		return os.Organisations[k], true
	}
	return Organisation{}, false
}

// OrganisationsNow returns those that take part now, vouched for or not, in the order of
// joining; those that are gone are left out.
func (os *organisations) OrganisationsNow() []Organisation {
	now := make([]Organisation, 0, len(os.Organisations))
	for _, o := range os.Organisations {
		if !o.Gone {
			now = append(now, o)
		}
	}
	return now
}

// changeOrganisation changes one that is there.
func (os *organisations) changeOrganisation(id OrganisationID, change func(*Organisation)) error {
	k, ok := indexOf(string(id), "o", len(os.Organisations))
	if !ok {
		return fmt.Errorf("organisation %q was never there", id)
	}
	change(&os.Organisations[k])
	return nil
}

// OrganisationChosen returns the organisation with that id, as forms and buttons carry it, or
// name. What people type is never an id: [organisations.OrganisationNamed].
func (os *organisations) OrganisationChosen(idOrName string) (Organisation, bool) {
	if o, ok := os.Organisation(OrganisationID(idOrName)); ok {
		return os.standing(o)
	}
	return os.OrganisationNamed(idOrName)
}

// OrganisationNamed returns the organisation with that name, however it is
// written ([freetext.NameKey]). One that was merged is the one that it became; of those
// that are gone otherwise none is found.
func (os *organisations) OrganisationNamed(name string) (Organisation, bool) {
	o, _ := os.OrganisationCalled(name)
	return os.standing(o)
}

// OrganisationCalled is [organisations.OrganisationNamed], and returns one that is gone,
// merged or not, as it is, where none that takes part is called so.
func (os *organisations) OrganisationCalled(name string) (found Organisation, ok bool) {
	key := freetext.NameKey(name)
	for _, o := range os.Organisations {
		switch {
		case freetext.NameKey(o.Name) != key:
		case !o.Gone:
			return o, true
		default:
			found, ok = o, true
		}
	}
	return found, ok
}

// WhyGone refuses what is wanted of an organisation that is gone: it says what became of it,
// by whom and when.
func WhyGone(n *Network, o Organisation) *Refusal {
	by, _ := n.Participant(o.goneBy)
	into, _ := n.Organisation(o.Into)
	reason := refusal.OrganisationRemoved
	switch {
	case into.ID != "":
		return refuse(refusal.OrganisationMerged, "Organisation", o.Name, "Into", into.Name, "Name", by.Name, "When", o.goneAt).at("organisation")
	case o.left:
		reason = refusal.OrganisationWent
	}
	return refuse(reason, "Organisation", o.Name, "Name", by.Name, "When", o.goneAt).at("organisation")
}

// OrganisationNear returns one that may be meant by a name that none has.
func (os *organisations) OrganisationNear(name string) (near Organisation, ok bool) {
	for _, o := range os.OrganisationsNow() {
		if freetext.IsNear(o.Name, name) {
			return o, true
		}
	}
	return near, false
}

// checkOrganisationName returns the name as it is kept. Nothing that reads as an
// organisation's id is a name.
func (d *decision) checkOrganisationName(name, field string) (string, error) {
	clean, err := d.checkName(name, field)
	if err != nil {
		return "", err
	}
	clean = freetext.Name(clean)
	key := freetext.NameKey(clean)
	if key == "" {
		return "", refuse(refusal.NameEmpty).at(field)
	}
	if _, id := indexOf(key, "o", math.MaxInt); id {
		return "", refuse(refusal.NameTooShort, "Name", clean).at(field)
	}
	return clean, nil
}

// standing returns the organisation, or the one that it became; false when there is
// none any more.
func (os *organisations) standing(o Organisation) (Organisation, bool) {
	for o.Into != "" {
		o, _ = os.Organisation(o.Into)
	}
	if o.ID == "" || o.Gone {
		return Organisation{}, false
	}
	return o, true
}

// Members returns the active participants of an organisation.
func (ps *participants) Members(of OrganisationID) []Participant {
	var found []Participant
	for p := range ps.roles() {
		if p.Organisation == of && p.Active() {
			found = append(found, p)
		}
	}
	return found
}

// organisationJoined brings an organisation into the network, and into every round:
// unless organisationUnvouched follows.
type organisationJoined struct {
	Organisation OrganisationID `json:"organisation"`
	Name         string         `json:"name"`
	Code         string         `json:"code" trace:"never"`
}

var organisationJoinedKind = newKind[organisationJoined]("organisation.joined", 1)

func (organisationJoined) kind() *eventKind { return organisationJoinedKind }

func (b organisationJoined) apply(n *Network, _ Event) error {
	n.Organisations = append(n.Organisations, Organisation{ID: b.Organisation, Name: b.Name, Code: b.Code, Vouched: true})
	for _, r := range n.Rounds {
		r.codes[b.Organisation] = b.Code
	}
	return nil
}

func (f Found) organisations(d *decision) (mine OrganisationID, err error) {
	names := f.Organisations
	own, err := d.checkText(f.Mine, maxName, "organisations")
	if err != nil {
		return "", err
	}
	own = oneLine(own)
	if own != "" && !containsName(names, own) {
		names = append(slices.Clip(names), own)
	}
	if most := max(f.MostOrganisations, MaxOrganisations); len(names) > most {
		return "", refuse(refusal.TooManyOrganisations, "Limit", most).at("organisations")
	}
	taken, seen := map[string]bool{}, newNamesSeen()
	var asked Refusals
	for k, n := range names {
		name, err := d.checkOrganisationName(n, "organisations")
		if err != nil {
			return "", err
		}
		twice, alike := seen.add(name)
		if twice {
			return "", refuse(refusal.OrganisationTwice, "Organisation", name).at("organisations")
		}
		if alike != "" && !f.Sure {
			asked = append(asked, refuseAlike(name, alike).at("organisations"))
		}
		id := OrganisationID("o" + strconv.Itoa(k+1))
		code := codeFor(f.Seed, id, taken, len(names) > len(codeLetters))
		taken[code] = true
		d.emit(organisationJoined{Organisation: id, Name: name, Code: code})
		if freetext.NameKey(name) == freetext.NameKey(own) {
			mine = id
		}
	}
	if len(asked) > 0 {
		return "", asked
	}
	return mine, nil
}

// refuseAlike asks whether two names that differ in accents only are two organisations.
func refuseAlike(name, other string) *Refusal {
	ask := refuse(refusal.OrganisationsAlike, "Organisation", name, "Near", other)
	ask.Question = true
	return ask
}

// organisation finds the one that was meant, or makes it.
func (j Join) organisation(d *decision, me Participant) (o Organisation, isNew bool, err error) {
	name, err := d.checkName(j.Organisation, "organisation")
	if err != nil {
		return o, false, err
	}
	find := d.n.OrganisationChosen
	if j.Written || j.New {
		find = d.n.OrganisationNamed
	}
	if o, ok := find(name); ok {
		return o, false, nil
	}
	waits := slices.ContainsFunc(d.n.OrganisationsNow(), func(o Organisation) bool { return !o.Vouched && isNamedBy(d.n, o, j.Person.Address()) })
	near, isNear := d.n.OrganisationNear(name)
	switch {
	case !j.New && isNear:
		return o, false, refuse(refusal.OrganisationNear, "Organisation", name, "Near", near.Name).at("organisation")
	case !j.New:
		return o, false, refuse(refusal.NoSuchOrganisation, "Organisation", name).at("organisation")
	case waits && !me.Facilitator:
		return o, false, refuse(refusal.OneAtATime).at("organisation")
	case isNear && !j.Sure:
		ask := refuse(refusal.OrganisationNear, "Organisation", name, "Near", near.Name).at("organisation")
		ask.Question = true
		return o, false, ask
	}
	if name, err = d.checkOrganisationName(name, "organisation"); err != nil {
		return o, false, err
	}
	o, err = d.newOrganisation(name, nil)
	return o, err == nil, err
}

// isNamedBy says whether it was the person with that address who named an organisation, even if
// they have left since and come again.
func isNamedBy(n *Network, o Organisation, a Address) bool {
	by, _ := n.Participant(o.named)
	return a.User != "" && by.Address() == a
}

// newOrganisation is one that comes in beside those that come in with it.
func (d *decision) newOrganisation(name string, beside []Organisation) (o Organisation, err error) {
	if len(d.n.OrganisationsNow())+len(beside) >= MaxOrganisations {
		return o, refuse(refusal.TooManyOrganisations, "Limit", MaxOrganisations).at("organisation")
	}
	id := OrganisationID("o" + strconv.Itoa(len(d.n.Organisations)+len(beside)+1))
	taken, two := map[string]bool{}, false
	for _, other := range slices.Concat(d.n.Organisations, beside) {
		taken[other.Code] = true
		two = two || len(other.Code) > 1
	}
	return Organisation{ID: id, Name: name, Code: codeFor(d.n.seed, id, taken, two)}, nil
}

// codeLetters are without I and O, which are read as numbers.
const codeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ"

// codeFor picks a letter that isn't taken, by chance that the seed decides, so
// that it doesn't tell who joined when. When all are taken two are used, and from
// the beginning when it is known that one won't do: else a single letter would
// tell who stood first in the list.
func codeFor(seed uint64, id OrganisationID, taken map[string]bool, two bool) string {
	k, _ := strconv.ParseUint(string(id[1:]), 10, 64)
	dice := rand.New(rand.NewPCG(seed, k)) //nolint:gosec // codes are no secret from those who hold the seed
	var free []string
	for _, a := range codeLetters {
		if c := string(a); !taken[c] && !two {
			free = append(free, c)
		}
	}
	if len(free) == 0 {
		for _, a := range codeLetters {
			for _, b := range codeLetters {
				if c := string(a) + string(b); !taken[c] {
					free = append(free, c)
				}
			}
		}
	}
	if len(free) == 0 {
		return "" // there are 576 of two letters
	}
	return free[dice.IntN(len(free))]
}

// containsName says whether the name is among them, however it is written.
func containsName(names []string, name string) bool {
	key := freetext.NameKey(name)
	return slices.ContainsFunc(names, func(n string) bool { return freetext.NameKey(n) == key })
}

// namesSeen are names by their keys and, by these without accents, the first of them.
type namesSeen struct {
	keys  map[string]bool
	alike map[string]string
}

func newNamesSeen() namesSeen { return namesSeen{map[string]bool{}, map[string]string{}} }

// add notes a name. twice says that it is there, however it is written; alike is one that
// differs from it in accents only, empty for none.
func (s namesSeen) add(name string) (twice bool, alike string) {
	key := freetext.NameKey(name)
	if s.keys[key] {
		return true, ""
	}
	s.keys[key] = true
	bare := freetext.Bare(key)
	alike = s.alike[bare]
	s.alike[bare] = cmp.Or(alike, name)
	return false, alike
}

// recode gives an organisation another letter from now on. Rounds that are there keep
// theirs: who comes to it later can't tell by the new one which it was.
func recode(n *Network, id OrganisationID) error {
	taken := map[string]bool{}
	for _, o := range n.Organisations {
		taken[o.Code] = true
	}
	for _, r := range n.Rounds {
		for _, code := range r.codes {
			taken[code] = true
		}
	}
	n.answering = nil // or the new one alone would tell
	return n.changeOrganisation(id, func(o *Organisation) {
		if code := codeFor(n.seed, id, taken, len(o.Code) > 1); code != "" {
			o.Code = code
		}
	})
}
