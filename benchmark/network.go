package benchmark

import (
	"errors"
	"strings"
	"time"

	"roundtable/benchmark/refusal"
)

// Network is the state of a network, as its events have made it. The zero Network
// has had no event. Only [Network.Apply] changes it; reading it concurrently is safe
// while nobody applies an event.
type Network struct {
	ID       NetworkID
	Name     string
	Settings Settings
	// Rehearsal: founded as one; nothing in it is real.
	Rehearsal bool
	// Seq is the number of the last event applied.
	Seq uint64

	Seats     []Seat
	Templates []Template
	// Rounds in the order of their periods.
	Rounds      []*Round
	Commitments []Commitment

	seed         uint64
	foundedAt    time.Time
	location     *time.Location
	workspaces   map[Workspace]binding // that are bound
	offer        offer
	rebases      []rebase  // in order of time
	notices      []Notice  // of the last days
	pastNotices  []Notice  // earlier ones that name somebody
	firstClosed  time.Time // when the first of its rounds closed
	rounds       map[RoundID]*Round
	current      *Round
	active       []*Round               // the rounds that changed last, the last one last
	lastCompared map[IndicatorID]*Round // the round whose comparison was shown last
	reworded     []*Round               // shown rounds of which words went that stand in channels still
	// rewordedPrivately are rounds of which words went that may stand in private posts.
	rewordedPrivately []*Round
	discharges        map[string]Discharge
	handled           deduplicator

	organisations
	participants
	leaders
	texts
	threads
	learnings
	lettered
}

// NetworkID names a network: letters, digits, '-' and '_'.
type NetworkID string

// Founded says whether the network exists.
func (n *Network) Founded() bool { return n.ID != "" }

// Location returns the network's time zone; UTC when it isn't known here.
func (n *Network) Location() *time.Location {
	if n.location == nil {
		return time.UTC
	}
	return n.location
}

// Limits of a network. MaxOrganisations is how many may take part.
const (
	maxName          = 75 // characters, so that it fits a form's option
	MaxOrganisations = 200
	maxSmallNumber   = 50
)

// Found makes a network in a channel, with the one who wants it as its first
// participant and facilitator.
type Found struct {
	ID       NetworkID
	Name     string
	Settings Settings
	// Seed shuffles codes; any number.
	Seed uint64
	// Connection and Channel are where it is founded, its first seat.
	Connection, Channel string
	// Organisations by name; Mine is the founder's own, empty for a
	// facilitator who belongs to none.
	Organisations []string
	Mine          string
	// Sure: names that differ in accents only are two organisations.
	Sure bool
	// MostOrganisations is how many there may be where nobody talks, as of a file that
	// is compared; 0: [MaxOrganisations].
	MostOrganisations int
	Profession        Profession
	Founder           Identity
	// TemplateName and Indicators are the starter template; none is possible.
	TemplateName string
	Indicators   []Indicator
	// Rehearsal: nothing in it is real, and everything that is said in it says so.
	Rehearsal bool
}

func (f Found) decide(d *decision) error {
	if d.n.Founded() {
		return refuse(refusal.AlreadyFounded, "Network", d.n.Name)
	}
	name, wrongName := d.checkName(f.Name, "name")
	template, err := f.template(d)
	if err != nil {
		return err
	}
	profession, wrongProfession := d.checkProfession(f.Profession)
	d.emit(networkFounded{ID: f.ID, Name: name, Settings: f.Settings, Seed: f.Seed, Rehearsal: f.Rehearsal})
	d.emit(seatTaken{Seat: "s1", Connection: f.Connection, Channel: f.Channel})
	mine, err := f.organisations(d)
	if err := together(wrongName, f.Settings.Check(), err, wrongProfession); err != nil {
		return err
	}
	d.emit(participantJoined{Participant: "p1", Organisation: mine, Facilitator: true, Confirmed: true})
	d.giveIdentity(Participant{}, "p1", f.Founder.clean(), profession)
	if template.Version > 0 {
		d.emit(templateAdopted{Template: template})
	}
	return nil
}

// template returns the starter's first version; zero for none.
func (f Found) template(d *decision) (Template, error) {
	if len(f.Indicators) == 0 {
		return Template{}, nil
	}
	return d.cleanTemplate(Template{Name: f.TemplateName, Indicators: f.Indicators}, Template{})
}

// networkFounded is the first event of every network.
type networkFounded struct {
	ID       NetworkID `json:"id"`
	Name     string    `json:"name"`
	Settings Settings  `json:"settings"`
	// Seed shuffles the organisations' codes, so that a letter does not
	// tell who joined when.
	Seed uint64 `json:"seed" trace:"never"`
	// Rehearsal is for good: no real network becomes one, nor the other way round.
	Rehearsal bool `json:"rehearsal,omitempty"`
}

var networkFoundedKind = newKind[networkFounded]("network.founded", 1)

func (networkFounded) kind() *eventKind { return networkFoundedKind }

func (b networkFounded) apply(n *Network, e Event) error {
	if b.ID == "" {
		return errors.New("the network has no id")
	}
	n.ID, n.Name, n.Settings, n.seed, n.foundedAt = b.ID, b.Name, b.Settings, b.Seed, e.At
	n.Rehearsal = b.Rehearsal
	if zone, err := time.LoadLocation(b.Settings.Zone); err == nil {
		n.location = zone
	}
	n.people = map[Address]ParticipantID{}
	n.workspaces = map[Workspace]binding{}
	n.rounds = map[RoundID]*Round{}
	n.lastCompared = map[IndicatorID]*Round{}
	n.texts = texts{written: map[TextID]written{}, oldestText: 1}
	n.threads = newThreads()
	n.learnings = learnings{byContribution: map[int]LearningID{}}
	n.discharges = map[string]Discharge{}
	return nil
}

// Addresses returns the keys under which the journal's index finds the network: every
// seat, every person, apart by whether they have left, and the code that seats another
// channel while there is one.
func (n *Network) Addresses() []string {
	var all []string
	for s := range n.Seated() {
		all = append(all, SeatAddress(s.Connection, s.Channel))
	}
	for _, p := range n.Participants {
		switch {
		case p.User == "":
		case p.Left:
			all = append(all, FormerAddress(p.Address()))
		default:
			all = append(all, PersonAddress(p.Address()))
		}
	}
	if n.offer.digest != "" {
		all = append(all, offerAddress(n.offer.digest))
	}
	return all
}

// ChangesAddresses says whether [Network.Addresses] may differ after the event.
func (e Event) ChangesAddresses() bool {
	switch e.Body.(type) {
	case seatOffered, seatTaken, seatMoved, seatLeft, participantJoined, identityGiven, participantLeft, participantErased:
		return true
	}
	return false
}

// PersonAddress is the key of a person in the journal's index.
func PersonAddress(a Address) string { return "person:" + a.Connection + ":" + a.User }

// FormerAddress is the key, in the journal's index, of a person who has left and has
// not been erased.
func FormerAddress(a Address) string { return "former:" + a.Connection + ":" + a.User }

// SeatAddress is the key of a channel in the journal's index.
func SeatAddress(connection, channel string) string { return "seat:" + connection + ":" + channel }

// OfferAddress is the key, in the journal's index, of the code that seats another
// channel; ok is false for what is no code.
func OfferAddress(code string) (address string, ok bool) {
	digest, ok := digestOf(code)
	return offerAddress(digest), ok
}

func offerAddress(digest string) string { return "link:" + digest }

// indexOf reads an id such as "p12" as an index, 11, into a slice of that length; ok is
// false when it lies outside, or is no id with that prefix.
func indexOf(id, prefix string, length int) (index int, ok bool) {
	if len(id) < 2 || len(id) > 9 || id[:1] != prefix {
		return 0, false
	}
	k := 0
	for _, c := range id[1:] {
		if c < '0' || c > '9' {
			return 0, false
		}
		k = k*10 + int(c-'0')
	}
	return k - 1, k >= 1 && k <= length
}

// oneLine folds white space, line breaks included.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
