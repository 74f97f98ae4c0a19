package benchmark

import (
	"time"

	"roundtable/benchmark/refusal"
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
	// KeepTexts is for how many months what people write is kept; 0: until they are
	// erased, or take it back.
	KeepTexts int `json:"keep_texts,omitempty"`
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

// Check refuses settings that can't be.
func (s Settings) Check() error {
	var wrong []error
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		wrong = append(wrong, refuse(refusal.ZoneUnknown, "Zone", s.Zone).at("zone"))
	}
	if !isOneOf(s.Visibility, Named, Coded, Own) {
		wrong = append(wrong, refuse(refusal.VisibilityUnknown, "Visibility", string(s.Visibility)).at("visibility"))
	}
	if s.Language == "" {
		wrong = append(wrong, refuse(refusal.LanguageUnknown, "Language", s.Language).at("language"))
	}
	if s.SmallNumber < 0 || s.SmallNumber > maxSmallNumber {
		wrong = append(wrong, refuse(refusal.ThresholdOutOfRange, "Limit", maxSmallNumber).at("small_number"))
	}
	if s.KeepTexts < 0 || s.KeepTexts > maxKeepTexts {
		wrong = append(wrong, refuse(refusal.MonthsOutOfRange, "Limit", maxKeepTexts).at("keep_texts"))
	}
	return together(wrong...)
}

// Visibility is what organisations see of each other after a round has closed.
type Visibility string

// The visibility policies.
const (
	// Named: every organisation by name.
	Named Visibility = "named"
	// Coded: every organisation by a letter known to its own people. It stays from round to
	// round while the same organisations answer.
	Coded Visibility = "coded"
	// Own: the own value beside the network's middle and spread.
	Own Visibility = "own"
)

// VisibilityIn returns what organisations see of each other in a topic: what its round
// was opened under, or what holds now where it is about none.
func (n *Network) VisibilityIn(t TopicID) Visibility {
	id, _ := t.Subject()
	if r, ok := n.Round(id); ok {
		return r.Visibility
	}
	return n.Settings.Visibility
}

// SmallNumberIn returns the threshold of a round: numbers from 1 to it are not shown to
// others. It is the highest that the network has had since the round was opened: whoever
// answered, or corrected, may have read that one, and lowering it takes no promise back.
func (n *Network) SmallNumberIn(r *Round) int { return r.hidden }

// OpenedBefore returns the round that was opened before another; nil where that was the
// first. Recorded rounds of the past were never opened.
func OpenedBefore(n *Network, r *Round) *Round {
	var before *Round
	for _, other := range n.Rounds {
		if !other.Recorded && other.begun < r.begun && (before == nil || other.begun > before.begun) {
			before = other
		}
	}
	return before
}

// ChangeSettings has a function change the network's name and settings, as they are when
// it is decided; what the function leaves alone stays. A round keeps the visibility
// under which it was opened, and goes on hiding what it once hid.
func ChangeSettings(change func(name *string, s *Settings)) Intent { return changeSettings{change} }

type changeSettings struct {
	change func(name *string, s *Settings)
}

func (c changeSettings) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	body := settingsChanged{Name: d.n.Name, Settings: d.n.Settings}
	c.change(&body.Name, &body.Settings)
	name, err := d.checkName(body.Name, "name")
	if err := together(err, body.Settings.Check()); err != nil {
		return err
	}
	if name == d.n.Name && body.Settings == d.n.Settings {
		return nil
	}
	body.Name = name
	d.emit(body)
	return nil
}

// settingsChanged is what the network is called and has agreed on from now on.
type settingsChanged struct {
	Name     string   `json:"name"`
	Settings Settings `json:"settings"`
}

var settingsChangedKind = newKind[settingsChanged]("settings.changed", 1)

func (settingsChanged) kind() *eventKind { return settingsChangedKind }

func (b settingsChanged) apply(n *Network, e Event) error {
	was, now := n.Settings, b.Settings
	n.notify(e, Notice{About: SettingsNotice, Was: was, Now: now, Old: n.Name, New: b.Name})
	if c := n.current; c != nil && (was.Zone != now.Zone || was.Language != now.Language || hidesMore(n, now)) {
		c.openingRevision++ // it says when, in words, and what is hidden
	}
	for _, r := range n.Rounds {
		r.hidden = max(r.hidden, now.SmallNumber)
	}
	n.Name, n.Settings, n.location = b.Name, b.Settings, nil
	n.keepFor(now.KeepTexts)
	if zone, err := time.LoadLocation(b.Settings.Zone); err == nil {
		n.location = zone
	}
	return nil
}

// hidesMore says whether the current round is to hide more than it did.
func hidesMore(n *Network, now Settings) bool {
	return n.current.Phase == Open && now.SmallNumber > n.SmallNumberIn(n.current)
}
