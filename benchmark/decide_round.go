package benchmark

import (
	"time"

	"roundtable/benchmark/refusal"
)

// longestRound bounds how far ahead a deadline may lie; a year that is off by
// one digit is noticed.
const longestRound = 2 * 366 * 24 * time.Hour

// OpenRound opens a round for a period, of the current template.
type OpenRound struct {
	Period string
	// Due is on-time; Closes is the lock. A zero Closes is a week after Due.
	Due, Closes time.Time
}

func (o OpenRound) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	if d.n.Template().Version == 0 {
		return refuse(refusal.NoTemplate)
	}
	if len(d.n.Organisations) == 0 {
		return refuse(refusal.NoOrganisations)
	}
	if c := d.n.Current(); c != nil && c.Phase == Open {
		return refuse(refusal.RoundOpen, "Round", c.ID)
	}
	period, err := ParsePeriod(o.Period)
	if err != nil {
		return err
	}
	if _, used := d.n.Round(RoundID(period.ID)); used {
		return refuse(refusal.PeriodUsed, "Round", period.ID).at("period")
	}
	if o.Closes.IsZero() {
		o.Closes = o.Due.In(d.n.Location()).AddDate(0, 0, 7)
	}
	if !o.Due.After(d.now) {
		return refuse(refusal.DuePast, "Due", o.Due).at("due")
	}
	if err := d.deadlines(o.Due, o.Closes); err != nil {
		return err
	}
	d.happens(RoundOpened{Round: RoundID(period.ID), Template: d.n.Template().Version, Due: o.Due.UTC(), Closes: o.Closes.UTC()})
	return nil
}

func (d *decision) deadlines(due, closes time.Time) error {
	switch {
	case closes.Before(due):
		return refuse(refusal.ClosesBeforeDue, "Due", due, "Closes", closes).at("closes")
	case closes.Sub(d.now) > longestRound:
		return refuse(refusal.ClosesFar, "Closes", closes).at("closes")
	}
	return nil
}

// ExtendRound moves the open round's deadlines. A zero Closes moves with Due. A due
// time that has passed may stay as it is: then only the lock moves.
type ExtendRound struct{ Due, Closes time.Time }

func (x ExtendRound) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	if x.Closes.IsZero() {
		x.Closes = d.n.shifted(r.Due, r.Closes, x.Due)
	}
	switch {
	case !x.Due.After(d.now) && !x.Due.Equal(r.Due):
		return refuse(refusal.DuePast, "Due", x.Due).at("due")
	case !x.Closes.After(d.now):
		return refuse(refusal.ClosesPast, "Closes", x.Closes).at("closes")
	}
	if err := d.deadlines(x.Due, x.Closes); err != nil {
		return err
	}
	if !x.Due.Equal(r.Due) || !x.Closes.Equal(r.Closes) {
		d.happens(RoundExtended{Round: r.ID, Due: x.Due.UTC(), Closes: x.Closes.UTC()})
	}
	return nil
}

// shifted returns the instant that is as far from due as closes was from wasDue,
// on the network's clock: a round that closed at 23:59 still does when daylight
// saving begins between.
func (n *Network) shifted(wasDue, closes, due time.Time) time.Time {
	wall := func(t time.Time) time.Time {
		t = t.In(n.Location())
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	}
	w := wall(due).Add(wall(closes).Sub(wall(wasDue)))
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), w.Nanosecond(), n.Location())
}

// CloseRound locks a round: by a facilitator at any time, by the bot itself
// once its closing time has come. Closing what is closed changes nothing.
type CloseRound struct{ Round RoundID }

func (c CloseRound) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	r, err := d.anyRound(c.Round)
	if err != nil {
		return err
	}
	if r.Phase != Open || (d.isBot && d.now.Before(r.Closes)) {
		return nil
	}
	d.happens(RoundClosed{Round: r.ID})
	return nil
}

// PublishRound shows a closed round. Publishing what is published changes
// nothing.
type PublishRound struct{ Round RoundID }

func (p PublishRound) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
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
		d.happens(RoundPublished{Round: r.ID})
	case Published:
	}
	return nil
}

// ReopenRound unlocks the round that was closed last, until Closes.
type ReopenRound struct {
	Closes time.Time
	Reason string
}

func (o ReopenRound) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	r, err := d.anyRound("")
	if err != nil {
		return err
	}
	switch {
	case r.Phase == Open:
		return refuse(refusal.RoundOpen, "Round", r.ID)
	case !o.Closes.After(d.now):
		return refuse(refusal.ClosesPast, "Closes", o.Closes).at("closes")
	case o.Closes.Sub(d.now) > longestRound:
		return refuse(refusal.ClosesFar, "Closes", o.Closes).at("closes")
	}
	reason, err := d.writes(o.Reason, "reason")
	if err != nil {
		return err
	}
	if reason == "" {
		return refuse(refusal.ReasonMissing).at("reason")
	}
	d.happens(RoundReopened{Round: r.ID, Closes: o.Closes.UTC(), Reason: reason})
	return nil
}

// Recorded is one figure of a past round, as a file holds it.
type Recorded struct {
	Organisation OrganisationID
	Indicator    IndicatorID
	Period       string
	Figure       Figure
	Note         string
}

// RecordHistory adds the figures of past rounds that were collected elsewhere,
// all or none. What is recorded already changes nothing; a figure that differs
// is a new version. Rounds that the network has lived itself are not touched.
type RecordHistory struct{ Figures []Recorded }

func (h RecordHistory) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	t := d.n.Template()
	if t.Version == 0 {
		return refuse(refusal.NoTemplate)
	}
	added := map[RoundID]bool{}
	for _, f := range h.Figures {
		period, err := ParsePeriod(f.Period)
		if err != nil {
			return err
		}
		id := RoundID(period.ID)
		r, known := d.n.Round(id)
		if known && !r.Recorded {
			return refuse(refusal.PeriodLived, "Round", id)
		}
		version := t
		if known {
			version, _ = d.n.TemplateVersion(r.Template)
		}
		if !known && !added[id] {
			d.happens(RoundRecorded{Round: id, Template: t.Version})
			added[id] = true
		}
		if err := d.record(r, version, id, f); err != nil {
			return err
		}
	}
	return nil
}

func (d *decision) record(r *Round, t Template, id RoundID, f Recorded) error {
	i, ok := t.Indicator(f.Indicator)
	if !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", f.Indicator)
	}
	if _, ok := d.n.Organisation(f.Organisation); !ok {
		return refuse(refusal.NoSuchOrganisation, "Organisation", string(f.Organisation))
	}
	item := Item{Indicator: f.Indicator, Answer: Value, Figure: f.Figure, Note: f.Note}
	if bad := item.check(i); bad != nil {
		return bad.at(string(f.Indicator))
	}
	note, err := checkText(f.Note, maxText, "note")
	if err != nil {
		return err
	}
	if r != nil {
		was, ok := r.Submission(f.Organisation, f.Indicator)
		if ok && was.Figure.same(f.Figure) && d.n.Text(was.Note) == note {
			return nil
		}
	}
	text, err := d.writes(note, "note")
	if err != nil {
		return err
	}
	d.happens(AnswerGiven{Round: id, Organisation: f.Organisation, Indicator: f.Indicator, Answer: Value, Figure: f.Figure, Note: text})
	return nil
}
