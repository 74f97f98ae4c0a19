package benchmark

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// Round is one reporting period of one template version.
type Round struct {
	ID       RoundID
	Period   Period
	Template int
	Phase    Phase
	// Recorded: a past round whose figures were collected elsewhere.
	Recorded bool
	// Visibility is what organisations see of each other in it: what the network had
	// chosen when it was opened, since people answered under that promise.
	Visibility Visibility
	// Opened is when it was opened; Due is on-time, Closes the lock.
	Opened, Due, Closes time.Time
	// Closed and Published are when it last was; zero before.
	Closed, Published time.Time
	// Closings and Publications count how often.
	Closings, Publications int

	// Submissions by organisation and indicator.
	Submissions map[Slot]*Submission
	Predictions map[Slot]Position
	// Skipped organisations said "not this round".
	Skipped map[OrganisationID]bool

	smallNumber     int                       // the threshold when it was opened
	hidden          int                       // the highest threshold since
	begun           uint64                    // the number of the event that opened or recorded it
	codes           map[OrganisationID]string // of the organisations that belong to it
	kept            map[OrganisationID]uint64 // the number of the first event in which each answered, guessed or skipped
	guessed         map[Slot]guessed          // who made the predictions
	parts           []*Round                  // shorter ones within its period, in order; journals of earlier versions have some
	reopened        shownResults              // what was shown before it was opened again; zero: it never was
	reopenings      int                       // how often, after its results had been shown
	indicators      int                       // of its template
	answered        map[OrganisationID]int    // indicators with an answer
	openingRevision int                       // counts changes of what its opening post shows
	corrected       map[IndicatorID]int       // corrections after publishing
	common          map[IndicatorID]frozen    // what is common, where organisations don't see each other
	reworded        map[IndicatorID]int       // answers that have lost their words since
	talks           talks                     // what has a post of its own
	announced       []string                  // what stands below its opening post
	lettersAnew     bool                      // its letters aren't those of the round before
	private         []privatePost             // of its drafts and own views, in the order in which they were sent
	gone            []wordsGone               // from its private posts, by whom at once
	timesGone       int                       // how often words went from them
}

// RoundID is the round's period, such as "2026-Q4".
type RoundID string

// Phase is where in its life a round is.
type Phase string

// The phases of a round.
const (
	Open      Phase = "open"
	Closed    Phase = "closed"    // locked, not yet shown
	Published Phase = "published" // shown
)

// Round returns the round with the id.
func (n *Network) Round(id RoundID) (*Round, bool) {
	r, ok := n.rounds[id]
	return r, ok
}

// Current returns the round that is open, or else the one that was opened last;
// nil when there is none. Recorded rounds of the past are never current.
func (n *Network) Current() *Round { return n.current }

// addRound adds a round to those of the network, in the order of their periods. The
// organisations that count by then belong to it.
func (n *Network) addRound(e Event, id RoundID, template int) (*Round, error) {
	period, err := ParsePeriod(string(id))
	if err != nil {
		return nil, err
	}
	t, ok := n.TemplateVersion(template)
	if !ok {
		return nil, fmt.Errorf("template version %d was never there", template)
	}
	if _, twice := n.rounds[id]; twice {
		return nil, fmt.Errorf("round %q was there already", id)
	}
	r := newRound(n, period, template)
	r.begun = e.Seq
	r.indicators = len(t.Indicators)
	r.overlap(n.Rounds)
	n.rounds[id] = r
	n.Rounds = slices.Insert(n.Rounds, before(period, n.Rounds), r)
	return r, nil
}

// newRound returns one that holds nothing yet, under what the network has agreed on now.
func newRound(n *Network, p Period, template int) *Round {
	return &Round{
		ID: RoundID(p.ID), Period: p, Template: template, codes: n.countingCodes(),
		Visibility:  n.Settings.Visibility,
		smallNumber: n.Settings.SmallNumber,
		hidden:      n.Settings.SmallNumber,
		Submissions: map[Slot]*Submission{},
		Predictions: map[Slot]Position{},
		guessed:     map[Slot]guessed{},
		Skipped:     map[OrganisationID]bool{},
		answered:    map[OrganisationID]int{},
		corrected:   map[IndicatorID]int{},
		common:      map[IndicatorID]frozen{},
		reworded:    map[IndicatorID]int{},
	}
}

// before returns how many of the rounds come before one of that period.
func before(p Period, rounds []*Round) int {
	return sort.Search(len(rounds), func(k int) bool {
		q := rounds[k].Period
		return q.Start.After(p.Start) || (q.Start.Equal(p.Start) && q.End.After(p.End))
	})
}

// changeRound changes one that is there.
func (n *Network) changeRound(id RoundID, change func(*Round)) error {
	r, ok := n.rounds[id]
	if !ok {
		return fmt.Errorf("round %q was never there", id)
	}
	change(r)
	return nil
}

// activeKept is how many rounds may owe something: the current one, the one before
// it whose results are being talked about, and two that were published late or
// corrected long after. One whose results could not be shown at a seat, or are to be
// written anew, stays beside them until they are.
const activeKept = 4

// markActive makes the round the one that changed last, and drops the one that
// changed longest ago: a published one if there is any, and never the current one.
func (n *Network) markActive(r *Round) {
	n.active = slices.DeleteFunc(n.active, func(other *Round) bool { return other == r })
	n.active = append(n.active, r)
	shown := func(other *Round) bool { return other != n.current && other.Phase == Published }
	for len(n.active) > activeKept {
		k := slices.IndexFunc(n.active, func(other *Round) bool { return shown(other) && !owesResults(n, other) })
		if k < 0 && slices.ContainsFunc(n.active, shown) {
			return
		}
		k = max(0, k) // the first is not the current one if none is shown: it moved last
		n.active = slices.Delete(n.active, k, k+1)
	}
}

// longestRound bounds how far ahead a deadline may lie; a year that is off by
// one digit is noticed.
const longestRound = 2 * 366 * 24 * time.Hour

// openRound returns the current round, or refuses when it is not open.
func (d *decision) openRound() (*Round, error) {
	r, err := d.anyRound("")
	if err != nil {
		return nil, err
	}
	if r.Phase != Open || !d.now.Before(r.Closes) {
		return nil, refuseClosed(r)
	}
	return r, nil
}

// requireOpenRound returns the member's organisation and the open round.
func (d *decision) requireOpenRound() (Organisation, *Round, error) {
	o, err := d.requireMember()
	if err != nil {
		return o, nil, err
	}
	r, err := d.openRound()
	return o, r, err
}

// refuseClosed says when the round closed: a facilitator may have done it before
// its time.
func refuseClosed(r *Round) *Refusal {
	closed := r.Closes
	if r.Phase != Open {
		closed = r.Closed
	}
	return refuse(refusal.RoundClosed, "Round", r.ID, "Closed", closed)
}

// anyRound returns the round with the id, in whatever phase; empty: the current one.
func (d *decision) anyRound(id RoundID) (*Round, error) {
	if err := d.requireNetwork(); err != nil {
		return nil, err
	}
	if id != "" {
		r, ok := d.n.Round(id)
		if !ok {
			return nil, refuse(refusal.NoSuchRound, "Round", id)
		}
		return r, nil
	}
	r := d.n.Current()
	if r == nil {
		return nil, refuse(refusal.NoRound)
	}
	return r, nil
}

// checkAsked refuses an indicator that the round doesn't ask for.
func (d *decision) checkAsked(r *Round, id IndicatorID) error {
	t, _ := d.n.TemplateVersion(r.Template)
	if _, ok := t.Indicator(id); !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", id)
	}
	return nil
}

// OpenRound opens a round for a period, of the current template.
type OpenRound struct {
	Period string
	// Due is on-time; Closes is the lock. A zero Closes is a week after Due.
	Due, Closes time.Time
	// Sure that the period is meant, though it is far away.
	Sure bool
}

func (o OpenRound) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	if d.n.Template().Version == 0 {
		return refuse(refusal.NoTemplate)
	}
	if len(d.n.countingCodes()) == 0 {
		return refuse(refusal.NoOrganisations)
	}
	if c := d.n.Current(); c != nil && c.Phase == Open {
		return refuse(refusal.RoundOpen, "Round", c.ID)
	}
	if o.Closes.IsZero() {
		o.Closes = o.Due.In(d.n.Location()).AddDate(0, 0, 7)
	}
	period, wrongPeriod := o.period(d)
	wrongDay := d.checkDeadlines(o.Due, o.Closes)
	if !o.Due.After(d.now) {
		wrongDay = refuse(refusal.DuePast, "Due", o.Due).at("due")
	}
	if err := together(wrongPeriod, wrongDay); err != nil {
		return err
	}
	d.emit(roundOpened{Round: RoundID(period.ID), Template: d.n.Template().Version, Due: o.Due.UTC(), Closes: o.Closes.UTC()})
	return nil
}

// checkDeadlines says what is wrong with when answers are due, and when the round closes.
func (d *decision) checkDeadlines(due, closes time.Time) error {
	switch {
	case closes.Before(due):
		return refuse(refusal.ClosesBeforeDue, "Due", due, "Closes", closes).at("closes")
	case closes.Sub(d.now) > longestRound:
		return refuse(refusal.ClosesFar, "Closes", closes).at("closes")
	}
	return nil
}

// roundOpened opens a round.
type roundOpened struct {
	Round    RoundID   `json:"round"`
	Template int       `json:"template"`
	Due      time.Time `json:"due"`
	Closes   time.Time `json:"closes"`
}

var roundOpenedKind = newKind[roundOpened]("round.opened", 1)

func (roundOpened) kind() *eventKind { return roundOpenedKind }

func (b roundOpened) apply(n *Network, e Event) error {
	r, err := n.addRound(e, b.Round, b.Template)
	if err != nil {
		return err
	}
	r.Phase, r.Opened, r.Due, r.Closes, r.openingRevision = Open, e.At, b.Due, b.Closes, 1
	n.current = r
	n.markActive(r)
	return nil
}

// ExtendRound moves the open round's deadlines. A zero Closes moves with Due. A due
// time that has passed may stay as it is: then only the lock moves.
type ExtendRound struct{ Due, Closes time.Time }

func (x ExtendRound) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	if x.Closes.IsZero() {
		x.Closes = shifted(d.n.Location(), r.Due, r.Closes, x.Due)
	}
	switch {
	case !x.Due.After(d.now) && !x.Due.Equal(r.Due):
		return refuse(refusal.DuePast, "Due", x.Due).at("due")
	case !x.Closes.After(d.now):
		return refuse(refusal.ClosesPast, "Closes", x.Closes).at("closes")
	}
	if err := d.checkDeadlines(x.Due, x.Closes); err != nil {
		return err
	}
	if !x.Due.Equal(r.Due) || !x.Closes.Equal(r.Closes) {
		d.emit(roundExtended{Round: r.ID, Due: x.Due.UTC(), Closes: x.Closes.UTC()})
	}
	return nil
}

// shifted returns the instant that is as far from due as closes was from wasDue,
// on the clock of the zone: a round that closed at 23:59 still does when daylight
// saving begins between.
func shifted(zone *time.Location, wasDue, closes, due time.Time) time.Time {
	wall := func(t time.Time) time.Time {
		t = t.In(zone)
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	}
	w := wall(due).Add(wall(closes).Sub(wall(wasDue)))
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), w.Nanosecond(), zone)
}

// roundExtended moves an open round's deadlines.
type roundExtended struct {
	Round  RoundID   `json:"round"`
	Due    time.Time `json:"due"`
	Closes time.Time `json:"closes"`
}

var roundExtendedKind = newKind[roundExtended]("round.extended", 1)

func (roundExtended) kind() *eventKind { return roundExtendedKind }

func (b roundExtended) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Due, r.Closes = b.Due, b.Closes
		r.openingRevision++
		announce(n, e, Notice{About: ExtendedNotice, Round: r.ID}, r)
	})
}

// roundDuties: what a round owes depends on its phase.
func (a *agenda) roundDuties(r *Round) {
	for s := range a.n.Seated() {
		key := dutyKey("opening", r.ID, string(s.ID))
		if a.isShownAt(r, s, r.Opened, key) {
			a.owe(Duty{
				Key: key, Kind: OpeningDuty, Revision: r.openingRevision,
				NotBefore: later(r.Opened, s.Taken), Seat: s.ID, Round: r.ID, Topic: RoundTopic(r.ID),
			})
		}
	}
	if r.Phase != Published && r.reopenings > 0 {
		a.resultDuties(r)
	}
	switch r.Phase {
	case Open:
		a.owe(Duty{
			Key: dutyKey("close", r.ID, strconv.Itoa(r.Closings+1)), Kind: CloseDuty,
			NotBefore: r.Closes, Round: r.ID,
		})
		if r.Closings == 0 {
			a.nudgeDuties(r)
		}
	case Closed:
		a.closedDuties(r)
	case Published:
		a.publishedDuties(r)
	}
}

// isShownAt says whether a round is to be seen at a seat: the current one, what
// happened to it after the seat was taken, and what stands there already. Rounds
// that were over before are not brought to a channel that comes later.
func (a *agenda) isShownAt(r *Round, s Seat, happened time.Time, key string) bool {
	return r == a.n.current || !happened.Before(s.Taken) || a.n.discharges[key].Done > 0
}
