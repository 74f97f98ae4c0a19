package benchmark

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Waiting is a decision that waits for a facilitator: that a Round is shown, that a
// Newcomer belongs to the Organisation, or that the network knows the Organisation. With
// none of them it is that nobody leads.
type Waiting struct {
	// Since is when it began to wait, or somebody came to lead after that.
	Since        time.Time      `json:"since"`
	Round        RoundID        `json:"round,omitempty"`
	Organisation OrganisationID `json:"organisation,omitempty"`
	Newcomer     ParticipantID  `json:"newcomer,omitempty"`
}

// NobodyLeads says whether it is no decision that waits, but somebody who decides.
func (w Waiting) NobodyLeads() bool { return w.Round == "" && w.Organisation == "" }

// How many working days something waits for a facilitator before the network is told
// that it may choose another.
const (
	daysLeaderless = 1  // there is none to be reached
	daysUndecided  = 10 // there is, who was asked
)

// remindedOn are the working days on which facilitators are reminded before.
var remindedOn = []int{5, 8}

// remindedFor is for how many working days after a reminder no other one is needed, as it
// lists all that waits.
const remindedFor = 2

// toldAt is when the network is told that something waits.
func (w Waiting) toldAt(n *Network, working WorkingDay) time.Time {
	days, zone := daysUndecided, n.Location()
	if w.NobodyLeads() {
		days = daysLeaderless
	}
	return nudgeAt(working.daysFrom(w.Since.In(zone), days), zone)
}

// awaitingFacilitator returns what waits for a facilitator, the longest first.
func awaitingFacilitator(n *Network) (all []Waiting) {
	if nobodyLeads(n) {
		gone := n.foundedAt
		for _, p := range n.Participants {
			if p.Facilitator {
				gone = later(gone, p.goneAt)
			}
		}
		return []Waiting{{Since: gone}}
	}
	wait := func(w Waiting) {
		w.Since = later(w.Since, n.appointed)
		all = append(all, w)
	}
	for p := range n.roles() {
		if since, asked := onlyFacilitatorsAsked(n, p); asked {
			wait(Waiting{Since: since, Organisation: p.Organisation, Newcomer: p.ID})
		}
	}
	for _, o := range n.OrganisationsNow() {
		if !o.Vouched {
			wait(Waiting{Since: o.unvouched, Organisation: o.ID})
		}
	}
	for _, r := range n.active {
		if r.Phase == Closed && n.Settings.PublishAfter == 0 {
			wait(Waiting{Since: r.Closed, Round: r.ID})
		}
	}
	slices.SortStableFunc(all, func(v, w Waiting) int { return v.Since.Compare(w.Since) })
	return all
}

// AwaitingFacilitator returns what waits for a facilitator and is theirs to decide, the
// longest first; nothing for anybody else.
func AwaitingFacilitator(n *Network, id ParticipantID) []Waiting {
	f, _ := n.Participant(id)
	if !f.Facilitator || !f.isHere() {
		return nil
	}
	return slices.DeleteFunc(awaitingFacilitator(n), func(w Waiting) bool { return w.Newcomer == id })
}

func nobodyLeads(n *Network) bool { return !slices.ContainsFunc(n.Facilitators(), Participant.isHere) }

// onlyFacilitatorsAsked returns since when facilitators, and nobody else, have been asked
// whether somebody belongs where they chose; false when it isn't so.
func onlyFacilitatorsAsked(n *Network, p Participant) (since time.Time, asked bool) {
	if !onlyFacilitatorsConfirm(n, p) {
		return since, false
	}
	for _, v := range n.vouchersFor(p.ID, p.Organisation) {
		if told := n.discharges[confirmKey(p, v.ID)].At; !told.IsZero() && (!asked || told.Before(since)) {
			since, asked = told, true
		}
	}
	return since, asked
}

// onlyFacilitatorsConfirm says whether somebody waits to be confirmed where nobody but
// facilitators can be asked.
func onlyFacilitatorsConfirm(n *Network, p Participant) bool {
	return p.isHere() && !p.Confirmed && p.Organisation != "" &&
		!slices.ContainsFunc(n.vouchersFor(p.ID, p.Organisation), func(v Participant) bool { return !v.Facilitator })
}

// WaitsForFacilitator says of somebody who waits to be confirmed whether it is a facilitator
// who is asked, as nobody of the organisation can be.
func WaitsForFacilitator(n *Network, p Participant) bool {
	return !slices.ContainsFunc(n.membersBeside(p.ID, p.Organisation), Participant.isHere)
}

// waits says whether it is still undecided. It looks at nothing that an erasure takes out
// of the journal, so that the journal tells the same afterwards.
func (w Waiting) waits(n *Network) bool {
	switch {
	case w.Round != "":
		r, known := n.Round(w.Round)
		return known && r.Phase == Closed && n.Settings.PublishAfter == 0
	case w.Newcomer != "":
		p, _ := n.Participant(w.Newcomer)
		role, is := p.For(w.Organisation)
		return is && onlyFacilitatorsConfirm(n, role)
	case w.Organisation != "":
		o, _ := n.Organisation(w.Organisation)
		return !o.Vouched && !o.Gone
	}
	return nobodyLeads(n)
}

const waitingPrefix = "waiting/"

// waitingDuties: before the network is told of what waits, those who lead are reminded of
// it on their working days, in the daytime, of all in one message.
func (a *agenda) waitingDuties(waiting []waitingUntil) {
	inZone := map[*time.Location][]waitingStep{}
	for _, f := range a.n.Facilitators() {
		if f.Muted || !f.isReachable() {
			continue
		}
		zone, last := a.n.LocationOf(f), a.n.reminded[f.ID]
		if _, known := inZone[zone]; !known {
			inZone[zone] = a.waitingSteps(zone, waiting)
		}
		for _, s := range a.stepsOf(f, zone, inZone[zone]) {
			if !last.Before(s.enough) {
				continue
			}
			a.owe(Duty{
				Key: waitingPrefix + dutyKey(string(f.ID), s.meant.Format(time.DateOnly)), Kind: WaitingDuty,
				NotBefore: s.from, NotAfter: s.to, Participant: f.ID,
			})
			last = later(s.from, a.now)
		}
	}
}

// waitingUntil is what waits, and when the network is told of it.
type waitingUntil struct {
	Waiting
	told time.Time
}

// waitingUntilTold returns what waits for a facilitator, and until when.
func (a *agenda) waitingUntilTold() (all []waitingUntil) {
	for _, w := range awaitingFacilitator(a.n) {
		all = append(all, waitingUntil{w, w.toldAt(a.n, a.working)})
	}
	return all
}

// waitingStep is one reminder of one decision. Who was reminded from enough on needs none, and
// nobody is reminded of themselves.
type waitingStep struct {
	enough, meant, from, to time.Time
	newcomer                ParticipantID
}

// waitingSteps are the reminders in a zone, each until the next one or until the network is
// told.
func (a *agenda) waitingSteps(zone *time.Location, waiting []waitingUntil) (steps []waitingStep) {
	for _, w := range waiting {
		to := w.told
		for _, days := range slices.Backward(remindedOn) {
			s := waitingStep{meant: nudgeAt(a.working.daysFrom(w.Since.In(zone), days), zone), to: to, newcomer: w.Newcomer}
			if a.now.Before(s.to) {
				s.enough = nudgeAt(a.working.daysFrom(s.meant, -remindedFor), zone)
				steps = append(steps, s)
			}
			to = earlier(to, s.meant)
		}
	}
	return steps
}

// stepsOf are those that somebody there may still get, in order.
func (a *agenda) stepsOf(f Participant, zone *time.Location, all []waitingStep) (steps []waitingStep) {
	for _, s := range all {
		if s.from = a.whenHere(s.meant, f, zone); s.from.Before(s.to) && s.newcomer != f.ID {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(s, t waitingStep) int { return s.from.Compare(t.from) })
	return steps
}

// whenHere moves to a decent hour what somebody is reminded of and, when they are away
// then, to the first working morning back.
func (a *agenda) whenHere(meant time.Time, p Participant, zone *time.Location) time.Time {
	from := a.atDaytime(meant, zone)
	leaves, returns, ok := p.away.in(zone)
	if at := later(from, a.now); !ok || at.Before(leaves) || !at.Before(returns) {
		return from
	}
	return a.atDaytime(nudgeAt(a.working.daysFrom(returns.AddDate(0, 0, -1), 1), zone), zone)
}

// facilitatorReminded notes when somebody was reminded.
func facilitatorReminded(n *Network, at time.Time, key string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(key, waitingPrefix), "/")
	if n.reminded == nil {
		n.reminded = map[ParticipantID]time.Time{}
	}
	n.reminded[ParticipantID(id)] = at
}

// seekDuties: when something has waited too long, the network is told.
func (a *agenda) seekDuties(waiting []waitingUntil) {
	if a.n.FacilitatorSought() {
		return
	}
	var first time.Time
	for _, w := range waiting {
		if first.IsZero() || w.told.Before(first) {
			first = w.told
		}
	}
	if !first.IsZero() {
		a.owe(Duty{Key: dutyKey("seek", strconv.FormatInt(first.Unix(), 10)), Kind: SeekDuty, NotBefore: first})
	}
}

// SeekFacilitator is what the bot wants when nobody decides what only a facilitator can.
// Days are counted by the calendar; nil is [Weekdays].
func SeekFacilitator(working WorkingDay) Intent {
	if working == nil {
		working = Weekdays
	}
	return seekFacilitator{working}
}

type seekFacilitator struct{ working WorkingDay }

// decide: what has begun to wait since isn't told with the rest. Where nobody leads, the
// duty has counted the days.
func (s seekFacilitator) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	if d.n.FacilitatorSought() {
		return nil
	}
	late := slices.DeleteFunc(awaitingFacilitator(d.n), func(w Waiting) bool {
		return !w.NobodyLeads() && w.toldAt(d.n, s.working).After(d.now)
	})
	if len(late) > 0 {
		d.emit(facilitatorSought{Waiting: late})
	}
	return nil
}

// sought is what the network was told to choose a facilitator for.
type sought struct {
	at      time.Time
	waiting []Waiting // early journals don't say: all that waited then
	notice  uint64    // that tells of it, until it is settled; 0 where waiting isn't said
}

// FacilitatorSought says whether the network may choose a facilitator now: it was told so,
// and what waited then still waits.
func (n *Network) FacilitatorSought() bool {
	if len(n.sought.waiting) > 0 {
		return true
	}
	return !n.sought.at.IsZero() && slices.ContainsFunc(awaitingFacilitator(n), func(w Waiting) bool { return !w.Since.After(n.sought.at) })
}

// facilitatorSought says that the network was told to choose a facilitator, and for what.
type facilitatorSought struct {
	Waiting []Waiting `json:"waiting,omitempty"`
}

var facilitatorSoughtKind = newKind[facilitatorSought]("facilitator.sought", 1)

func (facilitatorSought) kind() *eventKind { return facilitatorSoughtKind }

func (b facilitatorSought) apply(n *Network, e Event) error {
	n.sought, n.words = sought{at: e.At, waiting: b.Waiting}, wordsForDismissed(n, e.At, "")
	if len(b.Waiting) > 0 {
		n.sought.notice = e.Seq
	}
	n.notify(e, Notice{About: SoughtNotice, Waiting: b.Waiting})
	return nil
}

// How it came about that a SoughtNotice is settled.
const (
	Decided = "decided" // nothing of it waits any more
	Led     = "led"     // somebody leads who didn't
)

// settleDecided settles what the network was told of once none of it waits any more. Who
// is back and leads again has as long for a decision as anybody else.
func settleDecided(n *Network, e Event) {
	told := n.sought.waiting
	if len(told) == 0 || slices.ContainsFunc(told, func(w Waiting) bool { return w.waits(n) }) {
		return
	}
	if !told[0].NobodyLeads() {
		settleSought(n, e, Decided)
		return
	}
	settleSought(n, e, Led)
	n.appointed = e.At
}

// settleSought has the post edited that told of it.
func settleSought(n *Network, e Event, how string) {
	if k := slices.IndexFunc(n.notices, func(one Notice) bool { return one.ID == n.sought.notice }); k >= 0 {
		one := &n.notices[k]
		one.Settled, one.changed = how, e.At
		one.revision++
	}
	n.sought = sought{}
}
