package benchmark

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
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
		return refuse(refusal.AlreadyFounded, "Network", d.n.Name)
	}
	name, err := checkName(f.Name, "name", maxName)
	if err != nil {
		return err
	}
	if err := f.Settings.check(); err != nil {
		return err
	}
	template, err := f.template()
	if err != nil {
		return err
	}
	profession, err := checkProfession(f.Profession)
	if err != nil {
		return err
	}
	d.happens(NetworkFounded{ID: f.ID, Name: name, Settings: f.Settings, Seed: f.Seed})
	d.happens(SeatTaken{Seat: "s1", Connection: f.Connection, Channel: f.Channel})
	mine, err := f.organisations(d)
	if err != nil {
		return err
	}
	d.happens(ParticipantJoined{Participant: "p1", Organisation: mine, Profession: profession, Facilitator: true, Confirmed: true})
	d.happens(f.Founder.of("p1"))
	if template.Version > 0 {
		d.happens(TemplateAdopted{Template: template})
	}
	return nil
}

// template returns the starter's first version; zero for none.
func (f Found) template() (Template, error) {
	if len(f.Indicators) == 0 {
		return Template{}, nil
	}
	return cleanTemplate(Template{Name: f.TemplateName, Indicators: f.Indicators}, Template{})
}

func (f Found) organisations(d *decision) (mine OrganisationID, err error) {
	names := f.Organisations
	own, err := checkText(f.Mine, maxName, "organisations")
	if err != nil {
		return "", err
	}
	own = oneLine(own)
	if own != "" && !containsFold(names, own) {
		names = append(slices.Clip(names), own)
	}
	if len(names) > MaxOrganisations {
		return "", refuse(refusal.TooManyOrganisations, "Limit", MaxOrganisations).at("organisations")
	}
	taken := map[string]bool{}
	var seen []string
	for _, n := range names {
		name, err := checkName(n, "organisations", maxName)
		if err != nil {
			return "", err
		}
		if containsFold(seen, name) {
			return "", refuse(refusal.OrganisationTwice, "Organisation", name).at("organisations")
		}
		seen = append(seen, name)
		id := OrganisationID("o" + strconv.Itoa(len(seen)))
		code := codeFor(f.Seed, id, taken, len(names) > len(codeLetters))
		taken[code] = true
		d.happens(OrganisationJoined{Organisation: id, Name: name, Code: code})
		if strings.EqualFold(name, own) {
			mine = id
		}
	}
	return mine, nil
}

func (s Settings) check() error {
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		return refuse(refusal.ZoneUnknown, "Zone", s.Zone).at("zone")
	}
	if !isOneOf(s.Visibility, Named, Coded, Own) {
		return refuse(refusal.VisibilityUnknown, "Visibility", string(s.Visibility)).at("visibility")
	}
	if s.Language == "" {
		return refuse(refusal.LanguageUnknown, "Language", s.Language).at("language")
	}
	if s.SmallNumber < 0 || s.SmallNumber > maxSmallNumber {
		return refuse(refusal.ThresholdOutOfRange, "Limit", maxSmallNumber).at("small_number")
	}
	return nil
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
	return free[dice.IntN(len(free))]
}

// containsFold says whether the name is among them, whatever the case of its
// letters and the space around them.
func containsFold(names []string, name string) bool {
	for _, n := range names {
		clean, _ := freetext.Clean(n, maxName)
		if strings.EqualFold(oneLine(clean), name) {
			return true
		}
	}
	return false
}

// oneLine folds white space, line breaks included.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
