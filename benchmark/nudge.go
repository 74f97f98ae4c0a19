package benchmark

import (
	"time"

	"roundtable/benchmark/refusal"
)

// Stage is which nudge of a round it is.
type Stage string

// The stages of the default plan.
const (
	BeforeDue Stage = "before-due" // three working days before
	DueDay    Stage = "due-day"    // on the day, at 09:00, if it is a working day
	AfterDue  Stage = "after-due"  // on the next working day, the last
	Snoozed   Stage = "snoozed"    // on the date to which the participant put it off, in place of those before
)

// The default plan of nudges, and the hours in which they may come.
const (
	nudgeHour      = 9  // local
	lastNudgeHour  = 19 // a nudge that missed its time comes before this, or next morning
	daysBeforeDue  = 3  // working days
	mostNudges     = 3  // of one round, whatever is put off
	daysSearchable = 60 // no run of holidays is longer
)

// reminders are what a participant wishes of their nudges.
type reminders struct {
	// Muted: none at all.
	Muted   bool
	snoozed nudgesSnoozed   // how far which round's are put off; zero: not
	snoozes []nudgesSnoozed // of the round whose reminders were put off last, all that was said
	away    participantAway // when none come; zero: they do
}

// WhyNoNudge is a named reason not to nudge somebody in a round; empty means
// that they may be nudged.
type WhyNoNudge string

// The reasons.
const (
	NotActive       WhyNoNudge = "not-active"
	Unreachable     WhyNoNudge = "unreachable" // identity erased
	HasMuted        WhyNoNudge = "muted"
	HasSkipped      WhyNoNudge = "skipped"
	AlreadyAnswered WhyNoNudge = "answered"
	NotInRound      WhyNoNudge = "not-in-round" // the organisation doesn't belong to it
	NotTheirs       WhyNoNudge = "not-theirs"   // it isn't theirs to answer: see [Network.MaySeeOwn]
)

// NoNudge says why the participant is not nudged in the round; empty if they
// are.
func (n *Network) NoNudge(r *Round, p Participant) WhyNoNudge {
	switch {
	case !p.Active():
		return NotActive
	case !p.isReachable():
		return Unreachable
	case !r.TakesPart(p.Organisation):
		return NotInRound
	case !n.MaySeeOwn(p, r):
		return NotTheirs
	case p.Muted:
		return HasMuted
	case r.Skipped[p.Organisation]:
		return HasSkipped
	case r.Complete(p.Organisation):
		return AlreadyAnswered
	}
	return ""
}

// nudgeStep is one nudge of the plan: meant for an instant, owed from a decent hour,
// and not after the next one.
type nudgeStep struct {
	stage           Stage
	key             string // of the stage
	meant, from, to time.Time
}

// nudgeDuties: of those whose time has come only the newest is owed, so that nobody
// gets several at once after a standstill.
func (a *agenda) nudgeDuties(r *Round) {
	plans := map[string][]nudgeStep{} // by zone, as most people share one
	for _, p := range a.n.Participants {
		p, needs := toNudge(a.n, r, p)
		if !needs {
			continue
		}
		zone := a.n.LocationOf(p)
		plan, known := plans[zone.String()]
		if !known {
			plan = a.nudgePlan(r, zone)
			plans[zone.String()] = plan
		}
		for _, s := range a.noMore(a.awayPlan(a.snoozedPlan(plan, r, p, zone), r, p, zone), r, p) {
			a.owe(Duty{
				Key: dutyKey("nudge", r.ID, string(p.ID), s.key), Kind: NudgeDuty,
				NotBefore: s.from, NotAfter: s.to,
				Participant: p.ID, Organisation: p.Organisation, Round: r.ID, Stage: s.stage,
			})
		}
	}
	a.stuckDuties(r)
}

// toNudge returns the participant as they are in the first of their organisations that has
// something left to answer. Who has several is reminded of all of them at once.
func toNudge(n *Network, r *Round, p Participant) (role Participant, needs bool) {
	for role := range p.Roles() {
		if n.NoNudge(r, role) == "" {
			return role, true
		}
	}
	return p, false
}

// nudgePlan returns the steps that lie within the round, in order.
func (a *agenda) nudgePlan(r *Round, zone *time.Location) []nudgeStep {
	due := r.Due.In(zone)
	steps := []nudgeStep{
		{stage: BeforeDue, meant: nudgeAt(a.working.daysFrom(due, -daysBeforeDue), zone)},
		{stage: DueDay, meant: nudgeAt(due, zone)},
		{stage: AfterDue, meant: nudgeAt(a.working.daysFrom(due, 1), zone)},
	}
	var within []nudgeStep
	for k, s := range steps {
		s.to = r.Closes
		if k+1 < len(steps) {
			s.to = earlier(r.Closes, steps[k+1].meant)
		}
		if s.stage == DueDay && !a.working(due.Date()) {
			continue // nobody is asked for figures on a day off
		}
		if s.meant.After(r.Opened) && s.meant.Before(s.to) {
			s.from, s.key = a.atDaytime(s.meant, zone), string(s.stage)
			within = append(within, s)
		}
	}
	return within
}

// atDaytime moves what is overdue to a decent hour: between nine in the morning and
// seven in the evening of the day it was meant for, or of a working day.
func (a *agenda) atDaytime(from time.Time, zone *time.Location) time.Time {
	if !a.now.After(from) {
		return from
	}
	local := a.now.In(zone)
	nine, hour := nudgeAt(local, zone), local.Hour()
	if hour < lastNudgeHour && (nine.Equal(from) || a.working(local.Date())) {
		if hour < nudgeHour {
			return nine
		}
		return from
	}
	return nudgeAt(a.working.daysFrom(local, 1), zone)
}

// stuckDuties tell the facilitators, when nudging is over, who is silent.
func (a *agenda) stuckDuties(r *Round) {
	zone := a.n.Location()
	over := nudgeAt(a.working.daysFrom(r.Due.In(zone), 1), zone)
	progress := a.n.Progress(r)
	if !over.Before(r.Closes) || progress.Complete+progress.Skipped == progress.Organisations {
		return
	}
	for _, f := range a.n.Facilitators() {
		if f.isReachable() {
			a.owe(Duty{
				Key: dutyKey("stuck", r.ID, string(f.ID)), Kind: StuckDuty,
				NotBefore: over, NotAfter: r.Closes, Participant: f.ID, Round: r.ID,
			})
		}
	}
}

// Mute turns nudges off or on for oneself.
type Mute struct{ Muted bool }

func (m Mute) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	if d.me.Muted != m.Muted {
		d.emit(nudgesMuted(m))
	}
	return nil
}

// nudgesMuted turns nudges off or on for the one who did it.
type nudgesMuted struct {
	Muted bool `json:"muted"`
}

var nudgesMutedKind = newKind[nudgesMuted]("nudges.muted", 1)

func (nudgesMuted) kind() *eventKind { return nudgesMutedKind }

func (b nudgesMuted) apply(n *Network, e Event) error {
	return n.changeWish(e, func(p *Participant) { p.Muted = b.Muted })
}

// WorkingDay says whether a date is a working day.
type WorkingDay func(year int, month time.Month, day int) bool

// Weekdays is the calendar that knows weekends and no holidays.
func Weekdays(year int, month time.Month, day int) bool {
	w := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday()
	return w != time.Saturday && w != time.Sunday
}

// daysFrom returns the date that many working days from the given one.
func (working WorkingDay) daysFrom(date time.Time, days int) time.Time {
	step, left := 1, days
	if days < 0 {
		step, left = -1, -days
	}
	d := date
	for k := 0; left > 0 && k < daysSearchable; k++ {
		d = time.Date(d.Year(), d.Month(), d.Day()+step, 12, 0, 0, 0, d.Location())
		if working(d.Year(), d.Month(), d.Day()) {
			left--
		}
	}
	return d
}

// nudgeAt returns nine o'clock on the date.
func nudgeAt(date time.Time, zone *time.Location) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day(), nudgeHour, 0, 0, 0, zone)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
