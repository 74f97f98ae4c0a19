package benchmark

import (
	"slices"
	"strings"
	"time"
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
	// Taken is the seat that a SeatedDuty, LinkedDuty or UnlinkedDuty is about.
	Taken SeatID
	// Organisation is on whose behalf a participant is told, or the one that a VouchDuty is
	// about.
	Organisation OrganisationID
	// Notice is what a NoticeDuty tells.
	Notice uint64
	// Sent is when a private post was sent that is to be edited, and TakenOut says that
	// nothing of what it showed is its reader's to see any more.
	Sent     time.Time
	TakenOut bool
}

// DutyKind says what the bot owes.
type DutyKind string

// The kinds of duties. The first two, SeekDuty and AgeDuty are decisions that fall due, the last
// is for the journal; the others are posts.
const (
	CloseDuty      DutyKind = "close"      // lock the round
	PublishDuty    DutyKind = "publish"    // show the round, nobody having done so
	OpeningDuty    DutyKind = "opening"    // the round's opening post at a seat, kept up to date
	NudgeDuty      DutyKind = "nudge"      // a reminder to a participant
	StuckDuty      DutyKind = "stuck"      // to a facilitator: nudging is over, these are silent
	DraftDuty      DutyKind = "draft"      // to a facilitator: what would be posted
	SummaryDuty    DutyKind = "summary"    // the round's summary at a seat
	ComparisonDuty DutyKind = "comparison" // an indicator's comparison at a seat
	DetailDuty     DutyKind = "detail"     // in its thread: what organisations wrote, and the small print
	QuestionDuty   DutyKind = "question"   // in its thread: what to talk of
	RestDuty       DutyKind = "rest"       // the indicators without a comparison at a seat, of which anybody opens one
	PrivateDuty    DutyKind = "private"    // a participant's own view of the round
	TemplateDuty   DutyKind = "template"   // the template's own topic at a seat
	RelayDuty      DutyKind = "relay"      // a contribution, at a seat where it wasn't said; kept up to date
	ConfirmDuty    DutyKind = "confirm"    // to a member: does this person belong to you?
	VouchDuty      DutyKind = "vouch"      // to a facilitator: does the network know this organisation?
	WelcomeDuty    DutyKind = "welcome"    // to a participant: you are confirmed, or not
	SeatedDuty     DutyKind = "seated"     // at a seat: this channel, or another one, is at the table now
	LinkedDuty     DutyKind = "linked"     // to a facilitator: another channel is at the table now
	UnlinkedDuty   DutyKind = "unlinked"   // at a seat, or one that was: a channel is at the table no more
	NoticeDuty     DutyKind = "notice"     // at a seat: something that concerns everybody; see [Network.Notice]
	AloneDuty      DutyKind = "alone"      // to a facilitator: nobody else leads
	WaitingDuty    DutyKind = "waiting"    // to a facilitator: this waits for you; see [AwaitingFacilitator]
	SeekDuty       DutyKind = "seek"       // tell the network that it may choose a facilitator
	RemainsDuty    DutyKind = "remains"    // to somebody who took words out: they stand there still; see [WordsRemain]
	FarewellDuty   DutyKind = "farewell"   // to somebody who is being erased: it is done
	AgeDuty        DutyKind = "age"        // take out texts that have been kept for as long as was agreed
	EraseDuty      DutyKind = "erase"      // take out of the journal what was taken back or rewritten; see [Network.ToErase]
)

// Duties returns everything that the network owes now or will owe as things
// stand, by when it falls due; what is done or past its time is not among it.
// It looks at the few rounds that changed last and at the contributions of the last
// weeks that still have somewhere to go, so it costs the same in an old network
// as in a young one. A nil calendar is [Weekdays].
func (n *Network) Duties(now time.Time, working WorkingDay) []Duty {
	var owed []Duty
	collectDuties(n, now, working, func(d Duty) { owed = append(owed, d) })
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
	collectDuties(n, now, working, func(d Duty) {
		if first.IsZero() || d.NotBefore.Before(first) {
			first = d.NotBefore
		}
	})
	return first
}

// collectDuties gives everything that is owed to take, subject by subject.
func collectDuties(n *Network, now time.Time, working WorkingDay, take func(Duty)) {
	if !n.Founded() {
		return
	}
	if working == nil {
		working = Weekdays
	}
	a := &agenda{n: n, now: now, working: working, take: take}
	a.seatDuties()
	a.unlinkedDuties()
	a.noticeDuties()
	a.aloneDuties()
	waiting := a.waitingUntilTold()
	a.waitingDuties(waiting)
	a.seekDuties(waiting)
	a.newcomerDuties()
	a.vouchDuties()
	a.templateDuties()
	for _, r := range n.active {
		a.roundDuties(r)
	}
	a.rewordDuties()
	a.relayDuties()
	a.ageDuties()
	a.eraseDuties()
	a.rewordPrivateDuties()
	a.farewellDuties()
}

// agenda collects what is owed at an instant.
type agenda struct {
	n       *Network
	now     time.Time
	working WorkingDay
	take    func(Duty)
}

// owe gives a duty away unless it is done or too late.
func (a *agenda) owe(d Duty) {
	if d.Revision == 0 {
		d.Revision = 1
	}
	if d.NotBefore.IsZero() {
		d.NotBefore = a.n.foundedAt
	}
	state := a.n.discharges[d.Key]
	switch {
	case state.settled(d.Revision):
		return
	case !d.NotAfter.IsZero() && (!a.now.Before(d.NotAfter) || !d.NotBefore.Before(d.NotAfter)):
		return
	}
	d.Edit = state.Post
	d.Begun = state.Begun > state.Done && state.Post == (Post{})
	a.take(d)
}

// dutyKey makes a duty's key of its parts.
func dutyKey[T ~string](kind string, first T, rest ...string) string {
	return strings.Join(append([]string{kind, string(first)}, rest...), "/")
}

// Discharge is how far a duty has come.
type Discharge struct {
	// Begun and Done are revisions; 0: none. At is when it was done, or given up.
	Begun, Done int
	At          time.Time
	Post        Post
	// Dropped says why it was given up; empty when it wasn't.
	Dropped string
	// Stands is the revision in which it was done last; unlike Done, none that was given up.
	Stands int
}

// settled says that nothing is owed of the duty as it is in that revision.
func (d Discharge) settled(revision int) bool { return d.Dropped == Gone || d.Done >= revision }

// Discharged returns how far the duty with the key has come.
func (n *Network) Discharged(key string) Discharge { return n.discharges[key] }

// dutySettled forgets what a duty that is done, or given up, was owed for.
func (n *Network) dutySettled(at time.Time, key string, with ...string) {
	switch number, isRelay := relayOf(key); {
	case isRelay:
		n.relayDone(number, at)
	case strings.HasPrefix(key, comparisonPrefix), strings.HasPrefix(key, detailPrefix):
		dropReworded(n)
		dropRewordedPrivately(n, at)
	case strings.HasPrefix(key, waitingPrefix):
		facilitatorReminded(n, at, key)
	case isPrivate(key):
		dropRewordedPrivately(n, at)
	case strings.HasPrefix(key, erasePrefix):
		erasureDone(n, at, append(slices.Clip(with), key)...)
	}
}

// Begin is what the courier wants before it discharges the duty. Nothing follows when
// it is done already, or would pass on what has been taken back meanwhile.
func (d Duty) Begin() Intent { return beginDuty{d} }

type beginDuty struct{ duty Duty }

func (b beginDuty) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	if number, is := relayOf(b.duty.Key); is && !b.duty.OnlyEdit {
		if c, _, _ := d.n.Contribution(number); c.Withdrawn {
			return nil
		}
	}
	if b.duty.Kind == WaitingDuty && len(AwaitingFacilitator(d.n, b.duty.Participant)) == 0 {
		return nil
	}
	if s := d.n.Discharged(b.duty.Key); !s.settled(b.duty.Revision) && s.Begun < b.duty.Revision {
		d.emit(dutyBegun{Key: b.duty.Key, Revision: b.duty.Revision})
	}
	return nil
}

// dutyBegun is written before a duty is discharged.
type dutyBegun struct {
	Key      string `json:"key"`
	Revision int    `json:"revision"`
}

var dutyBegunKind = newKind[dutyBegun]("duty.begun", 1)

func (dutyBegun) kind() *eventKind { return dutyBegunKind }

func (b dutyBegun) apply(n *Network, _ Event) error {
	d := n.discharges[b.Key]
	d.Begun = b.Revision
	n.discharges[b.Key] = d
	return nil
}

// Finish is what the courier wants once it has discharged the duty; the post is where
// that stands, zero for what is no post. It is not kept for private messages: where
// those stand says who somebody is.
func (d Duty) Finish(at Post) Intent { return finishDuty{d, at} }

type finishDuty struct {
	duty Duty
	post Post
}

func (f finishDuty) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	if d.n.Discharged(f.duty.Key).Done >= f.duty.Revision {
		return nil
	}
	done := dutyDone{Key: f.duty.Key, Revision: f.duty.Revision}
	if f.duty.Seat != "" {
		done.Post = f.post
		if s, ok := d.n.Seat(f.duty.Seat); ok && f.post != (Post{}) {
			done.Post.Connection, done.Post.Channel = s.Connection, s.Channel // it may have moved meanwhile
		}
	}
	if f.duty.Kind != RelayDuty {
		done.Topic, done.Seat = f.duty.Topic, f.duty.Seat
	}
	if f.duty.Kind == EraseDuty {
		done.With = d.n.erasedWith(f.duty)
	}
	d.emit(done)
	return nil
}

// dutyDone is written after; Post is where it stands, Topic the topic whose
// thread it carries, if any, and With the keys of the duties that were done with it.
type dutyDone struct {
	Key      string   `json:"key"`
	Revision int      `json:"revision"`
	Post     Post     `json:"post,omitzero"`
	Topic    TopicID  `json:"topic,omitempty"`
	Seat     SeatID   `json:"seat,omitempty"`
	With     []string `json:"with,omitempty"`
}

var dutyDoneKind = newKind[dutyDone]("duty.done", 1)

func (dutyDone) kind() *eventKind { return dutyDoneKind }

func (b dutyDone) apply(n *Network, e Event) error {
	d := n.discharges[b.Key]
	isFirst := d.Stands == 0
	d.Done, d.Dropped, d.At, d.Stands = b.Revision, "", e.At, b.Revision
	if b.Post != (Post{}) {
		d.Post = b.Post
	}
	n.discharges[b.Key] = d
	if b.Post != (Post{}) {
		if b.Topic != "" {
			n.root(b.Topic, b.Seat, b.Post)
		}
		if number, is := relayOf(b.Key); is {
			n.contributionAt[b.Post] = number
		}
	}
	if isFirst {
		privatelySent(n, b.Key, e.At)
	}
	n.dutySettled(e.At, b.Key, b.With...)
	return nil
}

// Why a duty is dropped.
const (
	// Gone: there is nobody and nothing any more to discharge it to. It is dropped
	// for good.
	Gone = "gone"
	// Refused: the platform will never take it as it is now. When it changes it is
	// owed again.
	Refused = "refused"
)

// Drop is what the courier wants when the duty can't be discharged: [Gone] or
// [Refused] says why.
func (d Duty) Drop(why string) Intent { return dropDuty{d, why} }

type dropDuty struct {
	duty Duty
	why  string
}

func (x dropDuty) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	if s := d.n.Discharged(x.duty.Key); !s.settled(x.duty.Revision) {
		d.emit(dutyDropped{Key: x.duty.Key, Revision: x.duty.Revision, Why: x.why})
	}
	return nil
}

// dutyDropped gives a duty up: for good when the person or channel is gone,
// or as it is in that revision, which the platform will never take. Why is
// a word, not a text.
type dutyDropped struct {
	Key      string `json:"key"`
	Revision int    `json:"revision"`
	Why      string `json:"why"`
}

var dutyDroppedKind = newKind[dutyDropped]("duty.dropped", 1)

func (dutyDropped) kind() *eventKind { return dutyDroppedKind }

func (b dutyDropped) apply(n *Network, e Event) error {
	d := n.discharges[b.Key]
	d.Done, d.Dropped, d.At = b.Revision, b.Why, e.At
	n.discharges[b.Key] = d
	n.dutySettled(e.At, b.Key)
	return nil
}
