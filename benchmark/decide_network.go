package benchmark

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// Limits of a network.
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
	// Seat is the channel it is made in.
	Connection, Channel string
	// Organisations by name; Mine is the founder's own, empty for a
	// facilitator who belongs to none.
	Organisations []string
	Mine          string
	Profession    Profession
	Founder       IdentityGiven
	// TemplateName and Indicators are the starter template; none is possible.
	TemplateName string
	Indicators   []Indicator
}

func (f Found) decide(d *decision) error {
	if d.n.Founded() {
		return refuse("already-founded", "Network", d.n.Name)
	}
	name, err := checkName(f.Name, "name", maxName)
	if err != nil {
		return err
	}
	if err := f.Settings.check(); err != nil {
		return err
	}
	if len(f.Indicators) > 0 {
		if err := checkTemplate(f.Indicators); err != nil {
			return err
		}
	}
	d.happens(NetworkFounded{ID: f.ID, Name: name, Settings: f.Settings, Seed: f.Seed})
	d.happens(SeatTaken{Seat: "s1", Connection: f.Connection, Channel: f.Channel})
	mine, err := f.organisations(d)
	if err != nil {
		return err
	}
	founder := f.Founder
	founder.Participant = "p1"
	d.happens(ParticipantJoined{Participant: "p1", Organisation: mine, Profession: f.Profession, Facilitator: true, Confirmed: true})
	d.happens(founder)
	if len(f.Indicators) > 0 {
		d.happens(TemplateAdopted{Template: versioned(Template{}, f.TemplateName, f.Indicators, "")})
	}
	return nil
}

func (f Found) organisations(d *decision) (mine OrganisationID, err error) {
	names := f.Organisations
	if f.Mine != "" && !containsFold(names, f.Mine) {
		names = append(names[:len(names):len(names)], f.Mine)
	}
	if len(names) > MaxOrganisations {
		return "", refuse("too-many-organisations", "Limit", MaxOrganisations).at("organisations")
	}
	taken := map[string]bool{}
	var seen []string
	for _, n := range names {
		name, err := checkName(n, "organisations", maxName)
		if err != nil {
			return "", err
		}
		if containsFold(seen, name) {
			return "", refuse("organisation-twice", "Organisation", name).at("organisations")
		}
		seen = append(seen, name)
		id := OrganisationID("o" + strconv.Itoa(len(seen)))
		code := codeFor(f.Seed, id, taken)
		taken[code] = true
		d.happens(OrganisationJoined{Organisation: id, Name: name, Code: code})
		if strings.EqualFold(name, oneLine(strings.TrimSpace(f.Mine))) {
			mine = id
		}
	}
	return mine, nil
}

func (s Settings) check() error {
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		return refuse("zone-unknown", "Zone", s.Zone).at("zone")
	}
	if !isOneOf(s.Visibility, Named, Coded, Own) {
		return refuse("visibility-unknown", "Visibility", string(s.Visibility)).at("visibility")
	}
	if s.Language == "" {
		return refuse("language-unknown", "Language", s.Language).at("language")
	}
	if s.SmallNumber < 0 || s.SmallNumber > maxSmallNumber {
		return refuse("small-number", "Limit", maxSmallNumber).at("small_number")
	}
	return nil
}

// codeFor picks a letter that isn't taken, by chance that the seed decides, so
// that it doesn't tell who joined when. I and O are left out, being read as
// numbers. When all letters are taken, two are used.
func codeFor(seed uint64, id OrganisationID, taken map[string]bool) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	k, _ := strconv.ParseUint(string(id[1:]), 10, 64)
	dice := rand.New(rand.NewPCG(seed, k)) //nolint:gosec // codes are no secret from those who hold the seed
	var free []string
	for _, a := range letters {
		if c := string(a); !taken[c] {
			free = append(free, c)
		}
	}
	if len(free) == 0 {
		for _, a := range letters {
			for _, b := range letters {
				if c := string(a) + string(b); !taken[c] {
					free = append(free, c)
				}
			}
		}
	}
	return free[dice.IntN(len(free))]
}

// Seat seats another channel at the table.
type TakeSeat struct{ Connection, Channel string }

func (s TakeSeat) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	if _, taken := d.n.SeatAt(s.Connection, s.Channel); taken {
		return nil
	}
	id := SeatID("s" + strconv.Itoa(len(d.n.Seats)+1))
	d.happens(SeatTaken{Seat: id, Connection: s.Connection, Channel: s.Channel})
	return nil
}

// AdoptTemplate makes a new version of the template.
type AdoptTemplate struct {
	Name       string
	Indicators []Indicator
	Reason     string
}

func (a AdoptTemplate) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	if err := checkTemplate(a.Indicators); err != nil {
		return err
	}
	reason, err := checkText(a.Reason, maxText, "reason")
	if err != nil {
		return err
	}
	was := d.n.Template()
	next := versioned(was, a.Name, a.Indicators, reason)
	if was.Version > 0 && was.Name == next.Name && sameIndicators(was.Indicators, next.Indicators) {
		return nil
	}
	d.happens(TemplateAdopted{Template: next})
	return nil
}

// versioned numbers the template on from the one before; an indicator whose
// definition did not change keeps the version that brought it.
func versioned(was Template, name string, indicators []Indicator, reason string) Template {
	next := Template{Version: was.Version + 1, Name: name, Reason: reason}
	for _, i := range indicators {
		i.Since = next.Version
		if before, ok := was.Indicator(i.ID); ok && sameDefinition(before, i) {
			i.Since = before.Since
		}
		next.Indicators = append(next.Indicators, i)
	}
	return next
}

// sameDefinition says whether figures under both can be compared.
func sameDefinition(a, b Indicator) bool {
	return a.Kind == b.Kind && a.Numerator == b.Numerator && a.Denominator == b.Denominator &&
		a.Measures == b.Measures && a.Factor() == b.Factor() && a.Levels == b.Levels
}

func sameIndicators(a, b []Indicator) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !sameIndicator(a[k], b[k]) {
			return false
		}
	}
	return true
}

func sameIndicator(a, b Indicator) bool {
	same := func(x, y *float64) bool { return (x == nil) == (y == nil) && (x == nil || *x == *y) }
	sameRange := (a.Plausible == nil) == (b.Plausible == nil) && (a.Plausible == nil || *a.Plausible == *b.Plausible)
	if !same(a.Target, b.Target) || !sameRange || len(a.Professions) != len(b.Professions) {
		return false
	}
	for k := range a.Professions {
		if a.Professions[k] != b.Professions[k] {
			return false
		}
	}
	return sameDefinition(a, b) && a.ID == b.ID && a.Title == b.Title && a.Unit == b.Unit &&
		a.Direction == b.Direction && a.Section == b.Section
}

func containsFold(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// oneLine folds white space, line breaks included.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
