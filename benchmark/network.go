package benchmark

import (
	"slices"
	"time"
)

// Settings are what a network has agreed on.
type Settings struct {
	// Language is a BCP 47 tag for public posts; Zone an IANA time zone.
	Language   string     `json:"language"`
	Zone       string     `json:"zone"`
	Visibility Visibility `json:"visibility"`
	// SmallNumber: events or denominators from 1 to this are not shown to
	// others. 0 shows all.
	SmallNumber int `json:"small_number"`
	// Holidays is the country whose public holidays are no working days
	// (ISO 3166 in small letters); empty: none but weekends.
	Holidays string `json:"holidays,omitempty"`
	// PublishAfter is how long a closed round waits for the facilitator before
	// it is posted by itself; 0: it waits for ever.
	PublishAfter time.Duration `json:"publish_after,omitempty"`
}

// DefaultSettings are those of a new network that chose nothing else.
func DefaultSettings() Settings {
	return Settings{
		Language:     "en",
		Zone:         "UTC",
		Visibility:   Named,
		SmallNumber:  7,
		PublishAfter: 72 * time.Hour,
	}
}

// Network is a network as its events have made it. The zero Network has had
// none. It is changed by [Network.Apply] alone; reading it concurrently is safe
// while nobody applies.
type Network struct {
	ID       NetworkID
	Name     string
	Settings Settings
	// Seq is the number of the last event applied.
	Seq uint64

	Seats         []Seat
	Organisations []Organisation
	Participants  []Participant
	Templates     []Template
	// Rounds in the order of their periods.
	Rounds      []*Round
	Commitments []Commitment
	Reflections []Reflection
	// Learnings that were ever noticed; see [Network.Kept].
	Learnings []Learning

	seed       uint64
	foundedAt  time.Time
	location   *time.Location
	people     map[Address]ParticipantID
	workspaces map[Workspace]OrganisationID // that are bound
	offer      offer
	rounds     map[RoundID]*Round
	current    *Round
	active     []*Round               // the rounds that changed last, the last one last
	compared   map[IndicatorID]*Round // the round whose comparison was shown last
	learnings  map[int]LearningID     // by contribution
	discharges map[string]Discharge
	handled    deduplicator

	texts
	threads
}

// Organisation takes part in a network.
type Organisation struct {
	ID   OrganisationID
	Name string
	// Code is its stable letter, for networks whose visibility is Coded.
	Code string
}

// Address is who a person is on a platform.
type Address struct{ Connection, User string }

// Participant is a person in the network. Name, Language, Zone, Workspace and
// Address are empty when their identity has been erased.
type Participant struct {
	ID           ParticipantID
	Organisation OrganisationID
	Profession   Profession
	Facilitator  bool
	// Confirmed: an organisation's first participant, or confirmed by another.
	Confirmed bool
	Left      bool
	Muted     bool

	Address  Address
	Name     string
	Language string
	Zone     string
	// Workspace is the one of those that meet in a channel; empty where a
	// platform knows but one.
	Workspace string
	// Guest: of the workspace, but not of those who belong to it.
	Guest bool

	location *time.Location // of Zone; nil: the network's
	verdicts int            // how often somebody said whether they belong
	snoozed  nudgesSnoozed  // how far they have put off which round's nudges; zero: not
}

// Active says whether the participant may speak for their organisation.
func (p Participant) Active() bool {
	return p.Confirmed && !p.Left && p.Organisation != ""
}

// Location returns the network's time zone; UTC when it isn't known here.
func (n *Network) Location() *time.Location {
	if n.location == nil {
		return time.UTC
	}
	return n.location
}

// LocationOf returns the participant's own zone, or the network's.
func (n *Network) LocationOf(p Participant) *time.Location {
	if p.location != nil {
		return p.location
	}
	return n.Location()
}

// Founded says whether the network exists.
func (n *Network) Founded() bool { return n.ID != "" }

// Organisation returns the organisation with the id.
func (n *Network) Organisation(id OrganisationID) (Organisation, bool) {
	if k, ok := number(string(id), "o", len(n.Organisations)); ok {
		return n.Organisations[k], true
	}
	return Organisation{}, false
}

// Participant returns the participant with the id.
func (n *Network) Participant(id ParticipantID) (Participant, bool) {
	if k, ok := number(string(id), "p", len(n.Participants)); ok {
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

// Facilitators returns the facilitators who have not left.
func (n *Network) Facilitators() []Participant {
	var found []Participant
	for _, p := range n.Participants {
		if p.Facilitator && !p.Left {
			found = append(found, p)
		}
	}
	return found
}

// Members returns the active participants of an organisation.
func (n *Network) Members(of OrganisationID) []Participant {
	var found []Participant
	for _, p := range n.Participants {
		if p.Organisation == of && p.Active() {
			found = append(found, p)
		}
	}
	return found
}

// Professions returns how many active participants have each profession, and
// the professions in alphabetical order.
func (n *Network) Professions() (counts map[Profession]int, sorted []Profession) {
	counts = map[Profession]int{}
	for _, p := range n.Participants {
		if p.Active() && p.Profession != "" {
			counts[p.Profession]++
		}
	}
	for p := range counts {
		sorted = append(sorted, p)
	}
	slices.Sort(sorted)
	return counts, sorted
}

// Template returns the current version; zero when there is none.
func (n *Network) Template() Template {
	if len(n.Templates) == 0 {
		return Template{}
	}
	return n.Templates[len(n.Templates)-1]
}

// TemplateVersion returns the version of the template with that number.
func (n *Network) TemplateVersion(v int) (Template, bool) {
	if v < 1 || v > len(n.Templates) {
		return Template{}, false
	}
	return n.Templates[v-1], true
}

// Round returns the round with the id.
func (n *Network) Round(id RoundID) (*Round, bool) {
	r, ok := n.rounds[id]
	return r, ok
}

// Current returns the round that is open, or else the one that was opened last;
// nil when there is none. Recorded rounds of the past are never current.
func (n *Network) Current() *Round { return n.current }

// Addresses are every seat and person of the network, and the code that seats
// another channel while there is one, for the journal's index.
func (n *Network) Addresses() []string {
	var all []string
	for _, s := range n.Seats {
		all = append(all, SeatAddress(s.Connection, s.Channel))
	}
	for _, p := range n.Participants {
		if p.Address.User != "" && !p.Left {
			all = append(all, PersonAddress(p.Address))
		}
	}
	if n.offer.digest != "" {
		all = append(all, offerAddress(n.offer.digest))
	}
	return all
}

// PersonAddress is how a person is called in the journal's index.
func PersonAddress(a Address) string { return "person:" + a.Connection + ":" + a.User }

// number reads "p12" as 11 when there are at least 12.
func number(id, prefix string, length int) (int, bool) {
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

// ChangesAddresses says whether [Network.Addresses] may differ after the event.
func (e Event) ChangesAddresses() bool {
	switch e.Body.(type) {
	case seatOffered, seatTaken, seatMoved, participantJoined, identityGiven, participantLeft:
		return true
	}
	return false
}
