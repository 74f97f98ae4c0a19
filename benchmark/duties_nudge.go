package benchmark

import "time"

// The default plan of nudges, and the hours in which they may come.
const (
	nudgeHour      = 9  // local
	lastNudgeHour  = 19 // a nudge that missed its time comes before this, or next morning
	daysBeforeDue  = 3  // working days
	daysSearchable = 60 // no run of holidays is longer
)

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
)

// NoNudge says why the participant is not nudged in the round; empty if they
// are.
func (n *Network) NoNudge(r *Round, p Participant) WhyNoNudge {
	switch {
	case !p.Active():
		return NotActive
	case p.Address.User == "":
		return Unreachable
	case p.Muted:
		return HasMuted
	case r.Skipped[p.Organisation]:
		return HasSkipped
	case r.Complete(p.Organisation):
		return AlreadyAnswered
	}
	return ""
}

// step is one nudge of the plan: meant for an instant, owed from a decent hour,
// and not after the next one.
type step struct {
	stage           Stage
	key             string // of the stage
	meant, from, to time.Time
}

// nudges: of those whose time has come only the newest is owed, so that nobody
// gets several at once after a standstill.
func (w *watch) nudges(r *Round) {
	plans := map[string][]step{} // by zone, as most people share one
	for _, p := range w.n.Participants {
		if w.n.NoNudge(r, p) != "" {
			continue
		}
		zone := w.n.LocationOf(p)
		plan, known := plans[zone.String()]
		if !known {
			plan = w.plan(r, zone)
			plans[zone.String()] = plan
		}
		for _, s := range w.putOff(plan, r, p, zone) {
			w.owe(Duty{
				Key: join("nudge", r.ID, string(p.ID), s.key), Kind: NudgeDuty,
				NotBefore: s.from, NotAfter: s.to,
				Participant: p.ID, Round: r.ID, Stage: s.stage,
			})
		}
	}
	w.stuck(r)
}

// stuck tells the facilitators, when nudging is over, who is silent.
func (w *watch) stuck(r *Round) {
	zone := w.n.Location()
	over := nudgeAt(w.working.from(r.Due.In(zone), 1), zone)
	progress := w.n.Progress(r)
	if !over.Before(r.Closes) || progress.Complete+progress.Skipped == progress.Organisations {
		return
	}
	for _, f := range w.n.Facilitators() {
		if f.Address.User != "" {
			w.owe(Duty{
				Key: join("stuck", r.ID, string(f.ID)), Kind: StuckDuty,
				NotBefore: over, NotAfter: r.Closes, Participant: f.ID, Round: r.ID,
			})
		}
	}
}

// plan returns the steps that lie within the round, in order.
func (w *watch) plan(r *Round, zone *time.Location) []step {
	due := r.Due.In(zone)
	steps := []step{
		{stage: BeforeDue, meant: nudgeAt(w.working.from(due, -daysBeforeDue), zone)},
		{stage: DueDay, meant: nudgeAt(due, zone)},
		{stage: AfterDue, meant: nudgeAt(w.working.from(due, 1), zone)},
	}
	var within []step
	for k, s := range steps {
		s.to = r.Closes
		if k+1 < len(steps) {
			s.to = earlier(r.Closes, steps[k+1].meant)
		}
		if s.meant.After(r.Opened) && s.meant.Before(s.to) {
			s.from, s.key = w.decent(s.meant, zone), string(s.stage)
			within = append(within, s)
		}
	}
	return within
}

// from returns the date that many working days from the given one.
func (working WorkingDay) from(date time.Time, days int) time.Time {
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

// decent moves what is overdue to a decent hour: between nine in the morning and
// seven in the evening of the day it was meant for, or of a working day.
func (w *watch) decent(from time.Time, zone *time.Location) time.Time {
	if !w.now.After(from) {
		return from
	}
	local := w.now.In(zone)
	nine, hour := nudgeAt(local, zone), local.Hour()
	if hour < lastNudgeHour && (nine.Equal(from) || w.working(local.Date())) {
		if hour < nudgeHour {
			return nine
		}
		return from
	}
	return nudgeAt(w.working.from(local, 1), zone)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
