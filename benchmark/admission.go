package benchmark

import (
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// admission is how a participant came to speak for their organisation.
type admission struct {
	// asked is when they chose the organisation, if it is still to be confirmed.
	asked time.Time
	// renewed is when they did something last after they had waited long.
	renewed time.Time
	// since is when they were confirmed, and by whom; nobody: it was nobody's to say.
	since time.Time
	by    ParticipantID
	// unseen is the number of the event that admitted them though nobody could vouch
	// for them; 0 for those who were vouched for. What the organisation kept to
	// itself until then isn't theirs to see.
	unseen uint64
	// came are those with whom they came here, when their organisation was merged into
	// this one: what only these have answered is theirs to see all the same.
	came []ParticipantID
	// knows are the organisations that became this one of which they see what it kept, in
	// rounds that began after that event.
	knows map[OrganisationID]uint64
	// from is the organisation that became this one, by which they came here.
	from OrganisationID
	// instead is the organisation that they leave once they are confirmed in this one.
	instead OrganisationID
}

// MaySeeOwn says whether what a participant's organisation keeps to itself in a round is
// theirs to see: answers before they are shown, figures that are withheld from
// others, notes of these, guesses, its own view and its own history. Who was admitted
// though nobody could vouch for them sees of earlier rounds what everybody does.
//
// It is also what they need in order to answer, guess or skip there: an answer of theirs
// in place of one that they don't see would tell which figures, or which letter, it was.
func (n *Network) MaySeeOwn(p Participant, r *Round) bool {
	return p.Active() && (r.begun > p.unseen || r.isOnlyBy(p.Organisation, p.came) || cameFirst(n, p, r))
}

// isOnlyBy says whether everything that an organisation has answered and guessed in the
// round, and there is something, is by these people.
func (r *Round) isOnlyBy(o OrganisationID, people []ParticipantID) bool {
	found := false
	for slot, s := range r.Submissions {
		if slot.Organisation != o {
			continue
		}
		if slices.ContainsFunc(s.Versions, func(v Version) bool { return !slices.Contains(people, v.By) }) {
			return false
		}
		found = true
	}
	for slot := range r.Predictions {
		if slot.Organisation != o {
			continue
		}
		if !slices.Contains(people, r.guessed[slot].by) {
			return false
		}
		found = true
	}
	return found
}

// cameFirst says whether the organisation had kept nothing in a round when somebody was
// admitted for whom nobody could vouch. Where letters are shown it must have kept
// nothing in any, as one letter in two rounds tells whose the earlier figures were.
func cameFirst(n *Network, p Participant, r *Round) bool {
	before := func(r *Round) bool {
		first, kept := r.kept[p.Organisation]
		return kept && first <= p.unseen
	}
	if r.Visibility == Coded {
		return !slices.ContainsFunc(n.Rounds, before)
	}
	return !before(r)
}

// requireOwn refuses who may not see what their organisation keeps in the round: they
// change nothing of it either.
func (d *decision) requireOwn(r *Round, o Organisation) error {
	if d.n.MaySeeOwn(d.me, r) {
		return nil
	}
	return refuse(refusal.RoundBeforeYou, "Round", r.ID, "Organisation", o.Name)
}

// keep notes that an organisation has answered, guessed or skipped in the round.
func (r *Round) keep(e Event, o OrganisationID) {
	if r.kept == nil {
		r.kept = map[OrganisationID]uint64{}
	}
	if _, before := r.kept[o]; !before {
		r.kept[o] = e.Seq
	}
}

// OwnRounds returns, of a participant, in which rounds what their organisation, or one that
// has become part of it, keeps to itself is theirs to see.
func (n *Network) OwnRounds(p Participant) func(*Round, OrganisationID) bool {
	return func(r *Round, o OrganisationID) bool { return seesWhatBecame(n, o, p, r) }
}

// AdmittedUnseen says that nobody could vouch for the participant: earlier rounds of the
// organisation aren't theirs to see.
func (p Participant) AdmittedUnseen() bool { return p.Confirmed && p.unseen > 0 }

// CameFrom is the organisation by whose becoming theirs the participant came to it; empty
// for those who chose it.
func (p Participant) CameFrom() OrganisationID { return p.from }

// ConfirmedBy is who said that the participant belongs to their organisation; empty where it
// was nobody's to say.
func (p Participant) ConfirmedBy() ParticipantID { return p.by }

// TurnedAwayByFacilitator says whether it was a facilitator, and nobody of the organisation,
// who said last that the participant doesn't belong there.
func (p Participant) TurnedAwayByFacilitator() bool { return p.notSaidThere }

// ConfirmedBefore says whether the participant spoke for their organisation by then.
func (p Participant) ConfirmedBefore(at time.Time) bool {
	return p.Confirmed && !p.since.After(at)
}

// keepsAnything says whether the organisation has answered, guessed, skipped or said
// anything, or had figures recorded.
func keepsAnything(n *Network, o OrganisationID) bool {
	for _, r := range n.Rounds {
		if r.Skipped[o] {
			return true
		}
		for slot := range r.Submissions {
			if slot.Organisation == o {
				return true
			}
		}
		for slot := range r.Predictions {
			if slot.Organisation == o {
				return true
			}
		}
	}
	known, _ := n.Organisation(o)
	return known.spoke
}

// admits says whether an organisation admits a newcomer at once, and whether it does so
// only since nobody is there who could vouch for them.
func admits(n *Network, newcomer ParticipantID, o OrganisationID) (admitted, unseen bool) {
	switch {
	case len(n.membersBeside(newcomer, o)) == 0 && !keepsAnything(n, o):
		return true, false
	case len(n.vouchersFor(newcomer, o)) == 0:
		return true, true
	}
	return false, false
}

// spoke notes that the organisation of who did something has said something.
func spoke(n *Network, by ParticipantID) {
	p, _ := n.Participant(by)
	for role := range p.Roles() {
		if role.Active() {
			_ = n.changeOrganisation(role.Organisation, func(o *Organisation) { o.spoke = true }) // it is there: they are in it
		}
	}
}

func (ps *participants) membersBeside(newcomer ParticipantID, o OrganisationID) []Participant {
	return slices.DeleteFunc(ps.Members(o), func(p Participant) bool { return p.ID == newcomer })
}

// vouchersFor are those who are asked whether a newcomer belongs to the organisation
// they chose: its members or, where none can be asked, the facilitators; never
// the newcomer.
func (ps *participants) vouchersFor(newcomer ParticipantID, o OrganisationID) []Participant {
	members := slices.DeleteFunc(ps.membersBeside(newcomer, o), func(p Participant) bool { return !p.isHere() })
	if len(members) > 0 {
		return members
	}
	return ps.otherFacilitators(newcomer)
}

// otherFacilitators are those who can be asked about a newcomer who isn't one of them.
func (ps *participants) otherFacilitators(newcomer ParticipantID) []Participant {
	return slices.DeleteFunc(ps.Facilitators(), func(p Participant) bool { return !p.isHere() || p.ID == newcomer })
}

// membersAskedFor is how long the members of an organisation are asked about a newcomer
// before facilitators are asked too, so that nobody waits for ever.
const membersAskedFor = 14 * 24 * time.Hour

// admission of somebody who joins.
func (b participantJoined) admission(e Event) admission {
	switch {
	case b.Confirmed && b.Unseen:
		return admission{since: e.At, unseen: e.Seq}
	case b.Confirmed:
		return admission{since: e.At}
	}
	return admission{asked: e.At, instead: b.Instead}
}

// Vouch says whether a newcomer belongs to the organisation they chose. A No to
// somebody who was confirmed takes that back: whoever said it may, who was confirmed there
// before them, and a facilitator.
type Vouch struct {
	Newcomer ParticipantID
	// Organisation that was asked about; empty for whichever they chose. When
	// they have chosen another one since, nobody waits there.
	Organisation OrganisationID
	Yes          bool
}

func (v Vouch) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	p, ok := d.n.Participant(v.Newcomer)
	if role, is := p.For(v.Organisation); is {
		p = role
	} else {
		p = p.goingOver()
	}
	if !ok || p.Left || p.Organisation == "" || v.Organisation != "" && v.Organisation != p.Organisation {
		return refuse(refusal.NobodyWaits)
	}
	may := slices.ContainsFunc(d.n.vouchersFor(p.ID, p.Organisation), func(q Participant) bool { return q.ID == d.me.ID }) ||
		v.Yes && isLeftBehind(d.n, p) && speaksAsBefore(d.n, d.me.ID, p.Organisation)
	switch {
	case d.me.ID == p.ID:
		return refuse(refusal.NotYoursToConfirm)
	case !p.Confirmed && d.me.Facilitator && !d.now.Before(p.asked.Add(membersAskedFor)):
		may = true
	case p.Confirmed && v.Yes && p.unseen == 0 && !d.roleIn(p.Organisation).knowsMoreThan(p):
		return refuseConfirmed(d, p)
	case p.Confirmed && !v.Yes:
		may = mayTakeBack(d, p)
	}
	switch {
	case may:
		d.emit(participantConfirmed{
			Participant: p.ID, Yes: v.Yes, Organisation: p.besideFirst(),
			Unseen: v.Yes && isLeftBehind(d.n, p) && !speaksFor(d.n, d.me.ID, p.Organisation) && !mayLetSee(d.n, d.me.ID, p),
		})
		return nil
	case p.Confirmed:
		return refuseConfirmed(d, p)
	}
	return refuse(refusal.NotYoursToConfirm)
}

// participantConfirmed says whether somebody belongs to the organisation
// that they chose; Yes false turns them away, or takes a Yes back.
type participantConfirmed struct {
	Participant ParticipantID `json:"participant"`
	Yes         bool          `json:"yes"`
	// Organisation of several that it is about; empty for their first.
	Organisation OrganisationID `json:"organisation,omitempty"`
	// Unseen: nobody speaks for the organisation any more who could have said so. What
	// it kept to itself until then stays hidden from them.
	Unseen bool `json:"unseen,omitempty"`
}

var participantConfirmedKind = newKind[participantConfirmed]("participant.confirmed", 1)

func (participantConfirmed) kind() *eventKind { return participantConfirmedKind }

// apply: nobody can let a newcomer see what they don't see themselves.
func (b participantConfirmed) apply(n *Network, e Event) error {
	by, _ := n.Participant(e.By)
	p, _ := n.Participant(b.Participant)
	if role, is := p.For(b.Organisation); is {
		p = role
	}
	switch {
	case p.Active() && !b.Yes:
		tellOfTakingBack(n, e, p)
		remember(n, p, e.By)
	case b.Unseen:
		n.notify(e, Notice{About: UnseenNotice, Participant: p.ID, Organisation: p.Organisation})
		if err := recode(n, p.Organisation); err != nil {
			return err
		}
	}
	if b.Yes {
		peopled(n, p.Organisation)
	}
	if all, _ := n.Participant(p.ID); !b.Yes && (p.beside || len(all.more) > 0) {
		tell(n, e, []ParticipantID{p.ID}, Notice{About: NotWithNotice, Participant: p.ID, Organisation: p.Organisation})
	}
	knew := knewBefore(n, p, e.By)
	err := n.changeRole(b.Participant, b.Organisation, func(p *Participant) {
		p.Confirmed = b.Yes
		p.timesVouched++
		came, from, knows := p.came, p.from, p.knows
		p.admission = admission{}
		if !b.Yes {
			p.Organisation, p.notWith = "", p.Organisation
			p.notSaidThere = !by.speaksFor(p.notWith)
			return
		}
		p.admission = admission{since: e.At, by: e.By, came: came, from: from, knows: knows}
		p.learns(knew)
		role, is := by.For(p.Organisation)
		if is = is && role.Active(); is {
			p.learns(role.knows)
		}
		switch {
		case b.Unseen:
			p.unseen = e.Seq
		case is:
			p.unseen = role.unseen
		}
	})
	if err == nil && b.Yes {
		goOver(n, e, p)
	}
	return err
}

// newcomerDuties: those who chose an organisation that has members are vouched for
// by one of them or, where none can be asked, by a facilitator. Who was turned
// away and comes again is asked about again.
func (a *agenda) newcomerDuties() {
	for p := range a.n.roles() {
		if p.Left || !p.isReachable() {
			continue
		}
		if p.timesVouched > p.began {
			of := p.Organisation
			if of == "" {
				of = p.notWith
			}
			a.owe(Duty{
				Key: roleKey(dutyKey("welcome", p.ID, strconv.Itoa(p.timesVouched)), p), Kind: WelcomeDuty,
				Participant: p.ID, Newcomer: p.ID, Organisation: of,
			})
		}
		if p.Confirmed || p.Organisation == "" {
			continue
		}
		first := a.n.vouchersFor(p.ID, p.Organisation)
		for _, m := range first {
			a.askAbout(p, m, time.Time{})
		}
		for _, f := range a.n.otherFacilitators(p.ID) {
			if !slices.ContainsFunc(first, func(m Participant) bool { return m.ID == f.ID }) {
				a.askAbout(p, f, p.asked.Add(membersAskedFor))
			}
		}
	}
}

// confirmKey is that of the duty to ask somebody whether a newcomer belongs where they
// say.
func confirmKey(newcomer Participant, asked ParticipantID) string {
	key := dutyKey("confirm", newcomer.ID, string(newcomer.Organisation), string(asked), strconv.Itoa(newcomer.timesVouched))
	if before := newcomer.counts[newcomer.Organisation]; before > 0 && !newcomer.beside { // they were there beside another
		key = dutyKey(key, RoundID(strconv.Itoa(before)))
	}
	return key
}

// askAbout asks somebody, from then on, whether a newcomer belongs where they say, unless
// that is long ago.
func (a *agenda) askAbout(newcomer, asked Participant, from time.Time) {
	a.owe(Duty{
		Key: confirmKey(newcomer, asked.ID), Kind: ConfirmDuty,
		NotBefore: from, NotAfter: newcomer.askedUntil(), Participant: asked.ID, Newcomer: newcomer.ID, Organisation: newcomer.Organisation,
	})
}
