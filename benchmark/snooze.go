package benchmark

import (
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// Snooze puts one's own nudges of the open round off until nine o'clock on a
// date. Then one comes, in place of those of the plan until then; those after it
// come as planned.
type Snooze struct {
	// Until is the date, "2027-01-26", in the participant's own zone; empty: all
	// come as planned again.
	Until string
}

func (s Snooze) decide(d *decision) error {
	if _, err := d.member(); err != nil {
		return err
	}
	if s.Until == "" {
		if d.me.Snoozed != (NudgesSnoozed{}) {
			d.happens(NudgesSnoozed{})
		}
		return nil
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	switch d.n.NoNudge(r, d.me) {
	case HasMuted:
		return refuse(refusal.SnoozeMuted)
	case HasSkipped, AlreadyAnswered:
		return refuse(refusal.SnoozeNothingLeft)
	case NotActive, Unreachable:
	}
	body := NudgesSnoozed{Round: r.ID, Until: s.Until}
	until, ok := body.in(r, d.n.LocationOf(d.me))
	switch {
	case !ok:
		return refuse(refusal.DateUnreadable, "Typed", s.Until).at("until")
	case !until.After(d.now):
		return refuse(refusal.SnoozePast, "Until", until).at("until")
	case !until.Before(r.Closes):
		return refuse(refusal.SnoozeLate, "Closes", r.Closes).at("until")
	}
	if d.me.Snoozed != body {
		d.happens(body)
	}
	return nil
}

// in returns the instant until which the nudges of the round are put off, if
// they are.
func (s NudgesSnoozed) in(r *Round, zone *time.Location) (time.Time, bool) {
	date, err := time.Parse(time.DateOnly, s.Until)
	if err != nil || s.Round != r.ID {
		return time.Time{}, false
	}
	return nudgeAt(date, zone), true
}

// SnoozedUntil returns when the participant wants to be nudged about the round
// next; false when they have put nothing off, or that time has come.
func (n *Network) SnoozedUntil(r *Round, p Participant, now time.Time) (time.Time, bool) {
	until, ok := p.Snoozed.in(r, n.LocationOf(p))
	return until, ok && until.After(now) && until.Before(r.Closes)
}

// SnoozeDates are dates to which a participant may want to put off the nudges of
// a round: the next working day, a week of them on, and the day on which it
// closes, as far as the round is open then. A nil calendar is [Weekdays].
func (n *Network) SnoozeDates(r *Round, p Participant, now time.Time, working WorkingDay) (dates []string) {
	if working == nil {
		working = Weekdays
	}
	zone := n.LocationOf(p)
	today := now.In(zone)
	for _, day := range []time.Time{working.from(today, 1), working.from(today, workingWeek), r.Closes.In(zone)} {
		date := day.Format(time.DateOnly)
		if at := nudgeAt(day, zone); at.After(now) && at.Before(r.Closes) && !slices.Contains(dates, date) {
			dates = append(dates, date)
		}
	}
	slices.Sort(dates)
	return dates
}

const workingWeek = 5 // working days

// putOff is the plan of somebody who may have snoozed.
func (w *watch) putOff(plan []step, r *Round, p Participant, zone *time.Location) []step {
	until, ok := p.Snoozed.in(r, zone)
	if !ok {
		return plan
	}
	later := plan
	for len(later) > 0 && !later[0].meant.After(until) {
		later = later[1:]
	}
	s := step{stage: Snoozed, key: join(string(Snoozed), p.Snoozed.Until), meant: until, from: w.decent(until, zone), to: r.Closes}
	if len(later) > 0 {
		s.to = earlier(s.to, later[0].meant)
	}
	return append([]step{s}, later...)
}
