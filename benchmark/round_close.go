package benchmark

import (
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// CloseRound locks a round: by a facilitator at any time, by the bot itself
// once its closing time has come. Closing what is closed changes nothing.
type CloseRound struct{ Round RoundID }

func (c CloseRound) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	r, err := d.anyRound(c.Round)
	if err != nil {
		return err
	}
	if r.Phase != Open || (d.isBot && d.now.Before(r.Closes)) {
		return nil
	}
	d.emitCommon(r)
	dealLetters(d, r)
	d.emit(roundClosed{Round: r.ID})
	return nil
}

// roundClosed locks a round.
type roundClosed struct {
	Round RoundID `json:"round"`
}

var roundClosedKind = newKind[roundClosed]("round.closed", 1)

func (roundClosed) kind() *eventKind { return roundClosedKind }

func (b roundClosed) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Phase, r.Closed = Closed, e.At
		r.Closings++
		if all := r.answering(); r.Visibility == Coded && r.Publications == 0 && len(all) > 0 {
			n.answering, n.ever = all, true
		}
		if n.firstClosed.IsZero() {
			n.firstClosed = e.At
		}
		r.openingRevision++
		n.markActive(r)
	})
}

// PublishRound shows a closed round. Publishing what is published changes
// nothing.
type PublishRound struct {
	Round RoundID
	// Closing is how often the round had closed when its draft was made; 0: whoever
	// wants it looked at none.
	Closing int
	// Draft is the [DraftState] of what was looked at; empty where nothing was, or, as on
	// buttons of earlier versions, nobody can say.
	Draft string
	// Talks are the indicators that get a post of their own, at most three, as they are
	// worth a talk; nil: each gets one.
	Talks []IndicatorID
}

func (p PublishRound) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	r, err := d.anyRound(p.Round)
	if err != nil {
		return err
	}
	switch r.Phase {
	case Open:
		return refuse(refusal.RoundStillOpen, "Round", r.ID, "Closes", r.Closes)
	case Closed:
		if p.Closing != 0 && p.Closing != r.Closings {
			return refuse(refusal.DraftOld, "Round", r.ID)
		}
		if p.Draft != "" && p.Draft != DraftState(d.n, r) {
			return refuse(refusal.DraftChanged, "Round", r.ID)
		}
		for _, i := range p.Talks {
			if err := d.checkAsked(r, i); err != nil {
				return err
			}
		}
		d.emitCommon(r)
		d.emit(roundPublished{Round: r.ID, Talks: p.Talks})
	case Published:
	}
	return nil
}

// roundPublished shows a closed round to all.
//
// Talks are the indicators that have a post of their own; nil, as in journals of earlier
// versions: each has one.
type roundPublished struct {
	Round RoundID       `json:"round"`
	Talks []IndicatorID `json:"talks,omitzero"`
}

var roundPublishedKind = newKind[roundPublished]("round.published", 1)

func (roundPublished) kind() *eventKind { return roundPublishedKind }

func (b roundPublished) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Phase, r.Published = Published, e.At
		r.Publications++
		r.openingRevision++
		r.talks.choose(b.Talks, r.Publications == 1)
		n.markActive(r)
		if r.Publications > 1 {
			announce(n, e, Notice{About: ShownAgainNotice, Round: r.ID}, r)
		}
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			n.lastCompared[i.ID] = r
		}
	})
}

// closedDuties: facilitators see what would be posted, and after a while it is posted
// without them.
func (a *agenda) closedDuties(r *Round) {
	for _, f := range a.n.Facilitators() {
		key := privateKey(DraftDuty, r, r.Closings, f)
		if f.isReachable() && a.n.discharges[key].Stands == 0 {
			a.owe(Duty{
				Key: key, Kind: DraftDuty, Revision: r.privateRevision(),
				NotBefore: r.Closed, Participant: f.ID, Round: r.ID,
			})
		}
	}
	if at, will := ShownByItself(a.n, r, a.working); will {
		a.owe(Duty{
			Key: dutyKey("publish", r.ID, strconv.Itoa(r.Closings)), Kind: PublishDuty,
			NotBefore: at, Round: r.ID,
		})
	}
}

// ShownByItself returns when a closed round is shown if no facilitator does so before:
// when the network's wait is over, between nine in the morning and seven in the evening
// of a working day, in its zone. False when it waits for a facilitator however long.
func ShownByItself(n *Network, r *Round, working WorkingDay) (at time.Time, will bool) {
	zone := n.Location()
	at = r.Closed.Add(n.Settings.PublishAfter).In(zone)
	switch {
	case n.Settings.PublishAfter == 0:
		return time.Time{}, false
	case !working(at.Date()) || at.Hour() >= lastNudgeHour:
		at = nudgeAt(working.daysFrom(at, 1), zone)
	case at.Hour() < nudgeHour:
		at = nudgeAt(at, zone)
	}
	return at, true
}

// publishedDuties: what everybody sees, and everybody's own view. That gets who spoke for
// an organisation before the round was shown; after the round was open again, only
// where something has changed for them.
func (a *agenda) publishedDuties(r *Round) {
	a.resultDuties(r)
	for p := range a.n.roles() {
		if !p.isReachable() || !p.ConfirmedBefore(r.Published) || !a.n.MaySeeOwn(p, r) || r.Answered(p.Organisation) == 0 {
			continue
		}
		key := roleKey(privateKey(PrivateDuty, r, r.Publications, p), p)
		if a.n.discharges[key].Stands == 0 && (r.Publications == 1 || r.hasChangedFor(p.Organisation)) {
			a.owe(Duty{
				Key: key, Kind: PrivateDuty, Revision: r.privateRevision(),
				NotBefore: r.Published, Participant: p.ID, Organisation: p.Organisation, Round: r.ID,
			})
		}
	}
}
