package benchmark

import (
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// traces are where the journal says who somebody is, and what they wish of the bot.
type traces struct {
	identifiedBy uint64   // the number of the event; 0: none
	wishes       []uint64 // those of the events
}

// changeWish changes what the participant who did it wishes of their reminders.
func (ps *participants) changeWish(e Event, change func(*Participant)) error {
	return ps.changeParticipant(e.By, func(p *Participant) {
		change(p)
		p.wishes = append(p.wishes, e.Seq)
	})
}

// known are the participants that the person with the address is or was, the first
// first: who left and came again is another one each time.
func (ps *participants) known(a Address) []Participant {
	var found []Participant
	for _, p := range ps.Participants {
		if a.User != "" && p.Address() == a {
			found = append(found, p)
		}
	}
	return found
}

// Known returns the participants that the person with the address is or was: who left
// and came again is another one each time. None: nothing is kept about them.
func (ps *participants) Known(a Address) (ids []ParticipantID) {
	for _, p := range ps.known(a) {
		ids = append(ids, p.ID)
	}
	return ids
}

// EraseMe is what somebody wants who wishes that nothing be kept about them: names,
// ids and words go, figures stay. Whoever passes it on knows that the address is that
// of the one who asks, as with [Join]; they may have left long ago.
func EraseMe(a Address) Intent { return eraseMe{a} }

type eraseMe struct{ address Address }

func (x eraseMe) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if d.me.ID != "" && d.me.Address() != x.address {
		return refuse(refusal.ErasesAnother)
	}
	return d.erase(d.n.known(x.address))
}

// ErasePerson is what a facilitator wants who was asked, by letter perhaps, to erase
// somebody who can't do so any more: one who has left, or whose account is gone.
func ErasePerson(p ParticipantID) Intent { return erasePerson{p} }

type erasePerson struct{ participant ParticipantID }

func (x erasePerson) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	p, ok := d.n.Participant(x.participant)
	if !ok {
		return refuse(refusal.NothingKept)
	}
	all := d.n.known(p.Address())
	if slices.ContainsFunc(all, func(p Participant) bool { return !p.isGone() }) {
		return refuse(refusal.ErasesAnother)
	}
	return d.erase(all)
}

// isGone says whether the participant can't ask for anything themselves any more, or
// has said that they don't take part.
func (p Participant) isGone() bool { return p.Left || p.Deactivated }

// Gone returns those whose name is kept though they take part no more: a facilitator
// may erase them.
func (ps *participants) Gone() []Participant {
	var found []Participant
	for _, p := range ps.Participants {
		here := func(p Participant) bool { return !p.isGone() }
		if p.User != "" && p.isGone() && !slices.ContainsFunc(ps.known(p.Address()), here) {
			found = append(found, p)
		}
	}
	return found
}

// erase decides that nothing is kept about a person, who is or was those participants.
// The last of them is told when it is done: until then who they are is kept, for that
// alone.
func (d *decision) erase(all []Participant) error {
	if len(all) == 0 {
		return refuse(refusal.NothingKept)
	}
	for k, p := range all {
		body := participantErased{Participant: p.ID, Events: d.n.wordsOf(p)}
		if k < len(all)-1 {
			body.Events = append(body.Events, p.identifiedBy)
			slices.Sort(body.Events)
		} else {
			body.Identity = p.identifiedBy
		}
		d.emit(body)
	}
	return nil
}

// participantErased says that nothing more is kept about somebody. It names the
// events whose content is to be erased: first those that hold what they wrote and
// wished, and last, once they have been told, the one that says who they are.
type participantErased struct {
	Participant ParticipantID `json:"participant"`
	Events      []uint64      `json:"events,omitempty"`
	Identity    uint64        `json:"identity,omitempty"`
}

var participantErasedKind = newKind[participantErased]("participant.erased", 1)

func (participantErased) kind() *eventKind { return participantErasedKind }

// apply forgets at once. It looks at the numbers alone, as those events may be erased
// already.
func (b participantErased) apply(n *Network, e Event) error {
	p, _ := n.Participant(b.Participant)
	if n.people[p.Address()] == p.ID {
		delete(n.people, p.Address())
	}
	if len(b.Events) > 0 {
		n.owesErasure(e, string(b.Participant), b.Participant, b.Events)
	}
	if b.Identity > 0 {
		n.farewells = append(n.farewells, farewell{participant: b.Participant, identity: p.Identity, event: b.Identity, asked: e.At, self: e.By == b.Participant})
		wordsErased(n, e.At) // unless there are any
	}
	forgotten := n.forgetEvents(b.Events)
	rewordRounds(n, e, b.Participant, forgotten)
	unsayAll(n, e, b.Participant)
	unnameInNotices(n, e, b.Participant)
	unlearnWords(n, b.Participant, forgotten)
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Identity, p.location, p.Profession, p.reminders, p.traces = Identity{}, nil, "", reminders{}, traces{}
		if !p.Left {
			p.Left, p.goneAt = true, e.At
		}
	})
}

// forgetEvents takes the texts out of the state that the events hold, and returns
// which these are.
func (t *texts) forgetEvents(seqs []uint64) map[TextID]bool {
	forgotten := map[TextID]bool{}
	for id, w := range t.written {
		if _, is := slices.BinarySearch(seqs, w.seq); is {
			forgotten[id] = true
			delete(t.written, id)
		}
	}
	return forgotten
}

// unsayAll takes back everything that somebody said: where it is passed on, too.
func unsayAll(n *Network, e Event, by ParticipantID) {
	var all []contributionRef
	for number := 1; number <= len(n.contributions); number++ {
		at := n.contributions[number]
		if c := n.contribution(at); c.By == by && !c.Withdrawn {
			c.Text, c.Withdrawn, c.WithdrawnBy = "", true, by
			all = append(all, at)
		}
	}
	n.contributionsChanged(e, all...)
}

// unlearnWords: a learning whose words are gone stays one, without them, as long as
// others keep it.
func unlearnWords(n *Network, of ParticipantID, forgotten map[TextID]bool) {
	for k := range n.noticed {
		l := &n.noticed[k]
		c, _, said := n.Contribution(l.Contribution)
		others := slices.ContainsFunc(l.Supporters, func(p ParticipantID) bool { return p != of })
		if gone := forgotten[l.Text] || said && c.By == of; gone && !others {
			l.Supporters = nil
		}
	}
}

// farewell is the last word to somebody who is being erased, and who they were until
// it is said.
type farewell struct {
	participant ParticipantID
	identity    Identity // zero when it is out of the journal already
	event       uint64   // that holds it
	asked       time.Time
	erased      time.Time
	self        bool // they asked for it themselves
}

// farewellFor is how long the last word waits for a platform that is out of reach. Who
// somebody is isn't kept longer than that.
const farewellFor = 24 * time.Hour

// farewellAfter is how long the last word waits for posts to be edited, to tell where words
// remain.
const farewellAfter = time.Hour

const farewellPrefix = "farewell/"

func (f farewell) key() string     { return farewellPrefix + string(f.participant) }
func (f farewell) erasure() string { return erasePrefix + string(f.participant) + "/identity" }

// Recipient returns the participant that a duty is for. Who is erased is still known
// to the last word that they are told.
func (ps *participants) Recipient(d Duty) Participant {
	p, _ := ps.Participant(d.Participant)
	for _, f := range ps.farewells {
		if d.Key == f.key() {
			p.Identity = f.identity
		}
	}
	return p
}

// ErasedThemselves says of a FarewellDuty whether who is erased asked for it themselves; else
// a facilitator did.
func (ps *participants) ErasedThemselves(d Duty) bool {
	return slices.ContainsFunc(ps.farewells, func(f farewell) bool { return d.Key == f.key() && f.self })
}

// Erases returns the address that goes with an EraseDuty, after which nothing says any
// more who somebody was; zero for any other.
func (ps *participants) Erases(d Duty) Address {
	for _, f := range ps.farewells {
		if d.Key == f.erasure() {
			return f.identity.Address()
		}
	}
	return Address{}
}

// farewellDuties: once somebody's words are out of the journal they are told so; then
// who they are is erased too.
func (a *agenda) farewellDuties() {
	for _, f := range a.n.farewells {
		if f.erased.IsZero() {
			continue
		}
		until := f.erased.Add(farewellFor)
		from := f.erased
		if mayReword(a.n, f) {
			from = from.Add(farewellAfter)
		}
		p, _ := a.n.Participant(f.participant)
		if f.identity.User == "" || p.Deactivated || a.n.discharges[f.key()].settled(1) {
			until = f.erased
		} else {
			a.owe(Duty{Key: f.key(), Kind: FarewellDuty, NotBefore: from, NotAfter: until, Participant: f.participant})
		}
		a.owe(Duty{Key: f.erasure(), Kind: EraseDuty, NotBefore: until})
	}
}

// wordsErased notes of those whose words are out of the journal now that they are.
func wordsErased(n *Network, at time.Time) {
	for k := range n.farewells {
		f := &n.farewells[k]
		if f.erased.IsZero() && n.erasureAt(erasePrefix+string(f.participant)) < 0 {
			f.erased = at
		}
	}
}
