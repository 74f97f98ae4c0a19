package benchmark

import (
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// Snooze puts one's own nudges of the open round off until nine o'clock on a
// date. Then one comes, in place of those of the plan until then; those after it
// come as planned, as long as there are no more than three in all.
type Snooze struct {
	// Until is a day in the participant's own zone; empty: all come as planned
	// again.
	Until Date
}

func (s Snooze) decide(d *decision) error {
	if d.me.HasSeveral() { // they are the person's own, whichever of them has something left
		if err := d.requireParticipant(); err != nil {
			return err
		}
	} else if _, err := d.requireMember(); err != nil {
		return err
	}
	if s.Until == "" {
		if d.me.snoozed != (nudgesSnoozed{}) {
			d.emit(nudgesSnoozed{})
		}
		return nil
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	me, _ := d.n.Participant(d.me.ID)
	role, _ := toNudge(d.n, r, me)
	switch d.n.NoNudge(r, role) {
	case HasMuted:
		return refuse(refusal.SnoozeMuted)
	case HasSkipped, AlreadyAnswered, NotInRound, NotTheirs:
		return refuse(refusal.SnoozeNothingLeft)
	case NotActive, Unreachable:
	}
	if RemindersLeft(d.n, r, d.me) == 0 {
		return refuse(refusal.SnoozeAllCame, "Closes", r.Closes)
	}
	body := nudgesSnoozed{Round: r.ID, Until: s.Until}
	until, ok := body.in(r, d.n.LocationOf(d.me))
	switch {
	case !ok:
		return refuse(refusal.DateUnreadable, "Typed", string(s.Until)).at("until")
	case !until.After(d.now):
		return refuse(refusal.SnoozePast, "Until", until).at("until")
	case !until.Before(r.Closes):
		return refuse(refusal.SnoozeLate, "Closes", r.Closes).at("until")
	}
	if d.me.snoozed != body {
		d.emit(body)
	}
	return nil
}

// nudgesSnoozed puts the nudges of a round off until nine o'clock on a date,
// for the one who did it; with neither they come as planned again.
type nudgesSnoozed struct {
	Round RoundID `json:"round,omitempty"`
	Until Date    `json:"until,omitempty"` // in the participant's own zone
}

var nudgesSnoozedKind = newKind[nudgesSnoozed]("nudges.snoozed", 1)

func (nudgesSnoozed) kind() *eventKind { return nudgesSnoozedKind }

func (s nudgesSnoozed) apply(n *Network, e Event) error {
	return n.changeWish(e, func(p *Participant) {
		p.snoozed = s
		switch {
		case s.Round == "" || slices.Contains(p.snoozes, s):
		case len(p.snoozes) > 0 && p.snoozes[0].Round == s.Round:
			p.snoozes = append(slices.Clip(p.snoozes), s)
		default:
			p.snoozes = []nudgesSnoozed{s}
		}
	})
}

// key is that of the nudge that comes instead of those that are put off.
func (s nudgesSnoozed) key() string { return dutyKey(string(Snoozed), string(s.Until)) }

// RemindersLeft is how many nudges of the round may still come to the participant, from 0
// to 3; one that is on its way is among them.
func RemindersLeft(n *Network, r *Round, p Participant) int {
	keys := []string{string(BeforeDue), string(DueDay), string(AfterDue)}
	for _, s := range p.snoozes {
		if s.Round == r.ID {
			keys = append(keys, s.key())
		}
	}
	left := mostNudges
	for _, key := range keys {
		if n.Discharged(dutyKey("nudge", r.ID, string(p.ID), key)).Done > 0 {
			left--
		}
	}
	return max(0, left)
}

// in returns the instant until which the nudges of the round are put off, if
// they are.
func (s nudgesSnoozed) in(r *Round, zone *time.Location) (time.Time, bool) {
	day, ok := s.Until.In(zone)
	if !ok || s.Round != r.ID {
		return time.Time{}, false
	}
	return nudgeAt(day, zone), true
}

// SnoozedUntil returns when the participant wants to be nudged about the round
// next; false when they have put nothing off, or that time has come.
func (n *Network) SnoozedUntil(r *Round, p Participant, now time.Time) (time.Time, bool) {
	until, ok := p.snoozed.in(r, n.LocationOf(p))
	return until, ok && until.After(now) && until.Before(r.Closes)
}

// SnoozeDates are dates to which a participant may want to put off the nudges of
// a round: the next working day, a week of them on, and the day on which it
// closes, as far as the round is open then. A nil calendar is [Weekdays].
func (n *Network) SnoozeDates(r *Round, p Participant, now time.Time, working WorkingDay) (dates []Date) {
	if working == nil {
		working = Weekdays
	}
	zone := n.LocationOf(p)
	today := now.In(zone)
	for _, day := range []time.Time{working.daysFrom(today, 1), working.daysFrom(today, workingWeek), r.Closes.In(zone)} {
		date := Date(day.Format(time.DateOnly))
		if at := nudgeAt(day, zone); at.After(now) && at.Before(r.Closes) && !slices.Contains(dates, date) {
			dates = append(dates, date)
		}
	}
	slices.Sort(dates)
	return dates
}

const workingWeek = 5 // working days

// snoozedPlan is the plan of somebody who may have snoozed.
func (a *agenda) snoozedPlan(plan []nudgeStep, r *Round, p Participant, zone *time.Location) []nudgeStep {
	until, ok := p.snoozed.in(r, zone)
	if !ok {
		return plan
	}
	later := plan
	for len(later) > 0 && !later[0].meant.After(until) {
		later = later[1:]
	}
	s := nudgeStep{stage: Snoozed, key: p.snoozed.key(), meant: until, from: a.atDaytime(until, zone), to: r.Closes}
	if len(later) > 0 {
		s.to = earlier(s.to, later[0].meant)
	}
	return append([]nudgeStep{s}, later...)
}

// noMore drops the last steps of a plan that would be more than may still come to somebody
// who has put some off.
func (a *agenda) noMore(plan []nudgeStep, r *Round, p Participant) (kept []nudgeStep) {
	if len(p.snoozes) == 0 {
		return plan
	}
	left := RemindersLeft(a.n, r, p)
	for _, s := range plan {
		came := a.n.Discharged(dutyKey("nudge", r.ID, string(p.ID), s.key)).Done > 0
		switch {
		case came || !a.now.Before(s.to): // nothing is owed of it
		case left == 0:
			return kept
		default:
			left--
		}
		kept = append(kept, s)
	}
	return kept
}
