package benchmark

import (
	"slices"
	"strconv"
	"time"
)

// DutyKind says what the bot owes.
type DutyKind string

// The kinds of duties. The first two are decisions that fall due, the last is
// for the journal; the others are posts.
const (
	CloseDuty      DutyKind = "close"      // lock the round
	PublishDuty    DutyKind = "publish"    // show the round, nobody having done so
	OpeningDuty    DutyKind = "opening"    // the round's opening post at a seat, kept up to date
	NudgeDuty      DutyKind = "nudge"      // a reminder to a participant
	StuckDuty      DutyKind = "stuck"      // to a facilitator: nudging is over, these are silent
	DraftDuty      DutyKind = "draft"      // to a facilitator: what would be posted
	SummaryDuty    DutyKind = "summary"    // the round's summary at a seat
	ComparisonDuty DutyKind = "comparison" // an indicator's comparison at a seat
	PrivateDuty    DutyKind = "private"    // a participant's own view of the round
	TemplateDuty   DutyKind = "template"   // the template's own topic at a seat
	RelayDuty      DutyKind = "relay"      // a contribution, at a seat where it wasn't said; kept up to date
	ConfirmDuty    DutyKind = "confirm"    // to a member: does this person belong to you?
	WelcomeDuty    DutyKind = "welcome"    // to a participant: you are confirmed, or not
	SeatedDuty     DutyKind = "seated"     // at a seat: this channel, or another one, is at the table now
	LinkedDuty     DutyKind = "linked"     // to a facilitator: another channel is at the table now
	EraseDuty      DutyKind = "erase"      // take out of the journal what was taken back or rewritten; see [Network.ToErase]
)

// Stage is which nudge of a round it is.
type Stage string

// The stages of the default plan.
const (
	BeforeDue Stage = "before-due" // three working days before
	DueDay    Stage = "due-day"    // on the day, at 09:00
	AfterDue  Stage = "after-due"  // on the next working day, the last
	Snoozed   Stage = "snoozed"    // on the date to which the participant put it off, in place of those before
)

// Duty is one thing that the bot owes.
type Duty struct {
	// Key is always the same for the same thing: "nudge/2026-Q4/p7/due-day".
	Key  string
	Kind DutyKind
	// Revision counts the states of a thing that is kept up to date, from 1.
	Revision int
	// NotBefore and NotAfter bound when it may be discharged; NotBefore is never
	// zero, a zero NotAfter has no end.
	NotBefore, NotAfter time.Time
	// Edit is the post to replace, when it stands already.
	Edit Post
	// Thread is the root of the thread to post in; zero for a root.
	Thread Post
	// OnlyEdit: what doesn't stand is not posted any more.
	OnlyEdit bool
	// Begun: somebody began it and it isn't known whether it was done. Look
	// for it first.
	Begun bool

	// What it is about, and for whom; which are set depends on the kind.
	Seat         SeatID
	Participant  ParticipantID
	Round        RoundID
	Indicator    IndicatorID
	Topic        TopicID
	Stage        Stage
	Contribution int
	// Newcomer is who a ConfirmDuty or WelcomeDuty is about.
	Newcomer ParticipantID
	// Taken is the seat that a SeatedDuty or LinkedDuty is about.
	Taken SeatID
}

// Discharge is how far a duty has come.
type Discharge struct {
	// Begun and Done are revisions; 0: none.
	Begun, Done int
	Post        Post
	At          time.Time
	// Dropped says why it was given up; empty when it wasn't.
	Dropped string
}

// gone is why a duty is given up for good: there is nobody and nothing any more to
// discharge it to. Any other reason is one against what it was then.
const gone = "gone"

// over says that nothing is owed of the duty as it is in that revision.
func (d Discharge) over(revision int) bool { return d.Dropped == gone || d.Done >= revision }

// Discharged returns how far the duty with the key has come.
func (n *Network) Discharged(key string) Discharge { return n.discharges[key] }

// WorkingDay says whether a date is a working day.
type WorkingDay func(year int, month time.Month, day int) bool

// Weekdays is the calendar that knows weekends and no holidays.
func Weekdays(year int, month time.Month, day int) bool {
	w := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday()
	return w != time.Saturday && w != time.Sunday
}

// Duties returns everything that the network owes now or will owe as things
// stand, by when it falls due; what is done or past its time is not among it.
// It looks at the few rounds that moved last and at the contributions of the last
// weeks that still have somewhere to go, so it costs the same in an old network
// as in a young one. A nil calendar is [Weekdays].
func (n *Network) Duties(now time.Time, working WorkingDay) []Duty {
	var owed []Duty
	n.watch(now, working, func(d Duty) { owed = append(owed, d) })
	// Numbers are sorted, as duties are long and most of them in order.
	order := make([]int, len(owed))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return owed[a].NotBefore.Compare(owed[b].NotBefore) })
	sorted := make([]Duty, len(owed))
	for k, from := range order {
		sorted[k] = owed[from]
	}
	return sorted
}

// NextDue returns when the first of the duties may be discharged, which may be
// past; zero when there is none. It costs less than they do.
func (n *Network) NextDue(now time.Time, working WorkingDay) (first time.Time) {
	n.watch(now, working, func(d Duty) {
		if first.IsZero() || d.NotBefore.Before(first) {
			first = d.NotBefore
		}
	})
	return first
}

// watch gives everything that is owed to take, place by place.
func (n *Network) watch(now time.Time, working WorkingDay, take func(Duty)) {
	if !n.Founded() {
		return
	}
	if working == nil {
		working = Weekdays
	}
	w := &watch{n: n, now: now, working: working, take: take}
	w.seats()
	w.newcomers()
	w.templateTopic()
	for _, r := range n.active {
		w.round(r)
	}
	w.relays()
	w.erasing()
}

// watch looks for what is owed.
type watch struct {
	n       *Network
	now     time.Time
	working WorkingDay
	take    func(Duty)
}

// owe gives a duty away unless it is done or too late.
func (w *watch) owe(d Duty) {
	if d.Revision == 0 {
		d.Revision = 1
	}
	if d.NotBefore.IsZero() {
		d.NotBefore = w.n.foundedAt
	}
	state := w.n.discharges[d.Key]
	switch {
	case state.over(d.Revision):
		return
	case !d.NotAfter.IsZero() && (!w.now.Before(d.NotAfter) || !d.NotBefore.Before(d.NotAfter)):
		return
	}
	d.Edit = state.Post
	d.Begun = state.Begun > state.Done && state.Post == (Post{})
	w.take(d)
}

// relayedFor is how long a contribution waits for the other seats' threads. One
// that could not be taken there by then would come as a surprise.
const relayedFor = 30 * 24 * time.Hour

const relayPrefix = "relay/"

func relayKey(c Contribution, s SeatID) string {
	return relayPrefix + "m" + strconv.Itoa(c.Number) + "/" + string(s)
}
