package benchmark

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"roundtable/benchmark/freetext"
)

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

// clean returns the identity with its name in one clean line. Nobody can be asked
// about a name that a platform tells: one with what may be a personal number is kept
// without its figures, or not at all.
func (i Identity) clean() Identity {
	name, _ := freetext.Clean(i.Name, maxName)
	i.Name = oneLine(name)
	if _, verdict := freetext.PersonalNumber(name); verdict == freetext.Innocent {
		return i
	}
	var words []string
	for word := range strings.FieldsSeq(i.Name) {
		if !strings.ContainsFunc(word, unicode.IsNumber) {
			words = append(words, word)
		}
	}
	i.Name = strings.Join(words, " ")
	return i
}

// giveIdentity says who a participant is, and what they do; was is who they were.
func (d *decision) giveIdentity(was Participant, p ParticipantID, identity Identity, profession Profession) {
	d.emit(identityGiven{Participant: p, Identity: identity, Profession: profession, Replaces: was.identifiedBy})
}

// identityGiven says who a participant is. It is the only event that holds
// a name, a profession or a platform's id of a person.
type identityGiven struct {
	Participant ParticipantID `json:"participant"`
	Identity
	Profession Profession `json:"profession,omitempty"`
	// Replaces is the number of the event that said it before, which is to be erased.
	// Early journals don't say it.
	Replaces uint64 `json:"replaces,omitempty"`
}

// IdentityKind is the kind of the events that say who a participant is.
const IdentityKind = "identity.given"

var identityGivenKind = newKind[identityGiven](IdentityKind, 1)

func (identityGiven) kind() *eventKind { return identityGivenKind }

func (b identityGiven) apply(n *Network, e Event) error {
	n.people[b.Address()] = b.Participant
	was, _ := n.Participant(b.Participant)
	if replaces := cmp.Or(b.Replaces, was.identifiedBy); replaces > 0 {
		n.owesErasure(e, dutyKey("identity", b.Participant, strconv.FormatUint(replaces, 10)), b.Participant, []uint64{replaces})
	}
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Identity, p.location, p.identifiedBy = b.Identity, nil, e.Seq
		if b.Profession != "" {
			p.Profession = b.Profession
		}
		if zone, err := time.LoadLocation(b.Zone); err == nil && b.Zone != "" {
			p.location = zone
		}
	})
}

// ReplacesIdentity says whether a record says anew who somebody is whom an earlier one
// names: that one is erased for this alone.
func ReplacesIdentity(later, earlier Record) bool {
	now, err := Decode(later)
	was, err2 := Decode(earlier)
	if err != nil || err2 != nil {
		return false
	}
	b, is := now.Body.(identityGiven)
	old, was2 := was.Body.(identityGiven)
	return is && was2 && (b.Replaces == earlier.Seq || b.Participant == old.Participant)
}
