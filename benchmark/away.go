package benchmark

import (
	"time"

	"roundtable/benchmark/refusal"
)

// Away says on which days a participant is away: no nudge comes from the beginning
// of the first to the end of the last, in their own zone. What would have come then
// comes once, on the first working morning back. It replaces what was said before;
// the zero Away says that they are here.
type Away struct {
	// From is the first day; empty: today.
	From Date
	// Until is the last day.
	Until Date
}

func (a Away) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	body := participantAway(a)
	if a != (Away{}) {
		zone := d.n.LocationOf(d.me)
		if body.From == "" {
			body.From = Date(d.now.In(zone).Format(time.DateOnly))
		}
		if err := body.check(d.now, zone); err != nil {
			return err
		}
	}
	if d.me.away != body {
		d.emit(body)
		d.snoozePast(body)
	}
	return nil
}

// snoozePast puts off to the weekday on which they are back what was put off to a
// day of the absence. What is put off to such a day afterwards comes on it, as was
// wished.
func (d *decision) snoozePast(a participantAway) {
	snoozed := d.me.snoozed
	if a == (participantAway{}) || snoozed.Until < a.From || snoozed.Until > a.Until {
		return
	}
	last, _ := a.Until.In(time.UTC) // a day of the week is one in every zone
	snoozed.Until = Date(WorkingDay(Weekdays).daysFrom(last, 1).Format(time.DateOnly))
	d.emit(snoozed)
}

// check refuses days that can't be meant.
func (a participantAway) check(now time.Time, zone *time.Location) error {
	first, known := a.From.In(zone)
	if !known {
		return refuse(refusal.DateUnreadable, "Typed", string(a.From)).at("from")
	}
	last, known := a.Until.In(zone)
	switch end := nextDay(last).Add(-time.Minute); {
	case !known:
		return refuse(refusal.DateUnreadable, "Typed", string(a.Until)).at("until")
	case !end.After(now):
		return refuse(refusal.UntilPast, "Until", end).at("until")
	case last.Before(first):
		return refuse(refusal.AwayBackwards).at("until")
	case end.Sub(now) > longestRound:
		return refuse(refusal.ClosesFar, "Closes", end).at("until")
	}
	return nil
}

// participantAway says on which days the one who did it is away; with neither they
// are here.
type participantAway struct {
	From  Date `json:"from,omitempty"`
	Until Date `json:"until,omitempty"` // that day included
}

var participantAwayKind = newKind[participantAway]("participant.away", 1)

func (participantAway) kind() *eventKind { return participantAwayKind }

func (a participantAway) apply(n *Network, e Event) error {
	return n.changeWish(e, func(p *Participant) { p.away = a })
}

// in returns the instants between which they are away, if they are: leaves is the
// beginning of the first day, returns that of the first one back.
func (a participantAway) in(zone *time.Location) (leaves, returns time.Time, ok bool) {
	leaves, from := a.From.In(zone)
	last, until := a.Until.In(zone)
	return leaves, nextDay(last), from && until
}

// nextDay is the beginning of the day after.
func nextDay(begins time.Time) time.Time {
	return midnight(begins.Year(), begins.Month(), begins.Day()+1, begins.Location())
}

// AwayOn returns the days on which a participant is away, now or to come, in their
// own zone; false when they are here.
func (n *Network) AwayOn(p Participant, now time.Time) (from, until Date, ok bool) {
	_, returns, ok := p.away.in(n.LocationOf(p))
	return p.away.From, p.away.Until, ok && now.Before(returns)
}

// awayPlan is the plan of somebody who may be away: what would come meanwhile comes
// as one nudge on the first working morning back, unless another is meant for before
// then or the round has closed. It stands for the newest step that is missed, and so
// bears its key: when they say that they are back, that step doesn't come once more.
func (a *agenda) awayPlan(plan []nudgeStep, r *Round, p Participant, zone *time.Location) []nudgeStep {
	leaves, returns, ok := p.away.in(zone)
	if !ok {
		return plan
	}
	var before, after []nudgeStep
	var missed nudgeStep
	for _, s := range plan {
		switch {
		case !s.meant.Before(returns), s.stage == Snoozed && !s.meant.Before(leaves):
			after = append(after, s)
		case s.meant.Before(leaves):
			if s.to.After(leaves) && (!a.now.Before(leaves) || !s.from.Before(leaves)) {
				missed = s // it was not too late when they left, or is put off past that
			}
			s.to = earlier(s.to, leaves)
			before = append(before, s)
		default:
			missed = s
		}
	}
	meant := nudgeAt(a.working.daysFrom(returns.AddDate(0, 0, -1), 1), zone)
	back := nudgeStep{stage: stageOn(meant, r.Due.In(zone)), key: missed.key, meant: meant, from: a.atDaytime(meant, zone), to: r.Closes}
	for _, s := range after {
		switch {
		case s.meant.After(meant):
			back.to = earlier(back.to, s.meant)
		case !s.meant.Before(returns):
			missed.key = "" // one of the plan comes as soon as they are back
		}
	}
	if missed.key != "" && meant.Before(back.to) {
		before = append(before, back)
	}
	return append(before, after...)
}

// stageOn is which nudge suits a day: one before, on or after that of the due time.
func stageOn(day, due time.Time) Stage {
	switch date, dueDate := day.Format(time.DateOnly), due.Format(time.DateOnly); {
	case date < dueDate:
		return BeforeDue
	case date == dueDate:
		return DueDay
	}
	return AfterDue
}
