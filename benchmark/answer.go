package benchmark

import (
	"cmp"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// Answer is what an organisation says of one indicator in one round.
type Answer string

// The answers. Missing is none of them, and never zero.
const (
	Value         Answer = "value"
	NotMeasured   Answer = "not-measured"
	NotApplicable Answer = "not-applicable"
	DoesNotFit    Answer = "does-not-fit" // the definition doesn't fit us; says why
)

// Slot is one cell of a round: an organisation's answer to an indicator.
type Slot struct {
	Organisation OrganisationID
	Indicator    IndicatorID
}

// Submission is one organisation's answer to one indicator, with its history.
type Submission struct {
	// Versions, oldest first; never empty.
	Versions []Version
}

// Current returns the last version.
func (s *Submission) Current() Version { return s.Versions[len(s.Versions)-1] }

// Version is one state of a submission.
type Version struct {
	// Answer is empty when it was withdrawn.
	Answer Answer
	Figure Figure
	Note   TextID
	Reason TextID
	By     ParticipantID
	At     time.Time
	// Late: given after the due time. Confirmed: implausible, but confirmed.
	Late, Confirmed bool
	// Doubt is why the figure was in doubt when it was saved; empty when it was not, or
	// once it has been confirmed.
	Doubt refusal.Reason

	corrects bool // other than what had been shown, in a round that was open again
}

// Submission returns the organisation's standing version for the indicator; ok
// is false when there is none or it was withdrawn.
func (r *Round) Submission(o OrganisationID, i IndicatorID) (Version, bool) {
	s := r.Submissions[Slot{o, i}]
	if s == nil || s.Current().Answer == "" {
		return Version{}, false
	}
	return s.Current(), true
}

// Corrected says whether the answer was changed after the round had closed, or otherwise
// than it had been shown.
func (r *Round) Corrected(o OrganisationID, i IndicatorID) bool {
	s := r.Submissions[Slot{o, i}]
	return s != nil && (s.Current().Reason != "" || s.Current().corrects)
}

// Submit gives an organisation's answers to one or more indicators of a round,
// all or none of them.
type Submit struct {
	// Round by id; empty for the open one.
	Round RoundID
	Items []Item
	// SaveDoubts saves figures that are in doubt, with their doubt, rather than ask: while
	// the round is open.
	SaveDoubts bool
	// Reason for correcting an answer after the round has closed.
	Reason string
}

// Item is one answer.
type Item struct {
	Indicator IndicatorID
	Answer    Answer
	Figure    Figure
	// Note gives context; for a text indicator it is the text, for DoesNotFit
	// the reason why.
	Note string
	// Confirmed says that an implausible figure is right; Note says why.
	Confirmed bool
	// NoteAsked says that a note with a figure in it is a note: it was asked.
	NoteAsked bool
	// KeepFigure and KeepNote say that this half was not touched: it stays as it stands.
	KeepFigure, KeepNote bool
	// Seen is how many versions of the answer there were when its writer looked; nil
	// for one who means to write over whatever stands.
	Seen *int

	doubt refusal.Reason
}

func (s Submit) decide(d *decision) error {
	o, err := d.requireMember()
	if err != nil {
		return err
	}
	r, err := d.anyRound(s.Round)
	if err != nil {
		return err
	}
	closed := r.Phase != Open || !d.now.Before(r.Closes)
	if err := d.requireOwn(r, o); err != nil {
		return err
	}
	if r.Recorded {
		return refuse(refusal.RoundRecorded, "Round", r.ID)
	}
	if len(s.Items) == 0 {
		return refuse(refusal.NothingToSubmit)
	}
	reason, err := d.checkText(s.Reason, maxText, "reason")
	if err != nil {
		return err
	}
	var wrong Refusals
	var changed []Item
	for _, item := range s.Items {
		item = d.keepHalf(r, o, item)
		if d.stands(r, o, item) {
			continue
		}
		item.Confirmed = item.Confirmed || d.saysWhy(r, o, item)
		switch bad := d.checkItem(r, o, item, closed, reason); {
		case bad == nil:
		case isDoubt(bad) && s.SaveDoubts && !closed:
			item.Confirmed, item.doubt = false, bad.Reason
		default:
			wrong = append(wrong, bad)
		}
		changed = append(changed, item)
	}
	if len(wrong) > 0 {
		return wrong
	}
	if err := d.emitAnswers(r, o, changed, closed, reason); err != nil {
		return err
	}
	if r.Phase != Open {
		d.emitCommon(r)
	}
	return nil
}

// keepHalf completes an item of which one half was not touched with what stands.
func (d *decision) keepHalf(r *Round, o Organisation, item Item) Item {
	was, answered := r.Submission(o.ID, item.Indicator)
	if !answered {
		return item
	}
	if item.KeepFigure {
		item.Answer, item.Figure, item.Confirmed = was.Answer, was.Figure, was.Confirmed || item.Confirmed
	}
	if item.KeepNote {
		item.Note = d.n.Text(was.Note)
	}
	return item
}

// stands says whether the item is what stands already, and settles no doubt of it.
func (d *decision) stands(r *Round, o Organisation, item Item) bool {
	was, answered := r.Submission(o.ID, item.Indicator)
	note, err := freetext.Clean(item.Note, maxText)
	return answered && err == nil && was.Answer == item.Answer && was.Figure.same(item.Figure) && d.n.Text(was.Note) == note && !d.saysWhy(r, o, item)
}

// checkItem says what is wrong with an answer; nil when nothing is.
func (d *decision) checkItem(r *Round, o Organisation, item Item, closed bool, reason string) *Refusal {
	t, _ := d.n.TemplateVersion(r.Template)
	i, ok := t.Indicator(item.Indicator)
	if !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", item.Indicator).at(string(item.Indicator))
	}
	note, err := item.Note, error(nil)
	if !item.KeepNote {
		note, err = d.checkText(item.Note, maxText, string(i.ID))
	}
	bad, isRefused := err.(*Refusal) //nolint:errorlint // checkText returns nothing else, unwrapped
	if !isRefused {
		bad = d.checkUnmoved(r, o, item)
	}
	if bad == nil {
		bad = item.check(i, note)
	}
	if bad == nil && closed {
		bad = d.checkCorrection(r, o, item, reason)
	}
	if bad == nil && !item.KeepNote {
		bad = askOfNote(t, i, item.Note, item.NoteAsked)
	}
	if bad == nil {
		bad = askToConfirm(d, r, o, i, item)
	}
	if bad == nil {
		return nil
	}
	bad.Args = append(bad.Args, "Indicator", i.ID, "Title", i.Title)
	return bad.at(string(i.ID))
}

// checkUnmoved asks when somebody else has saved another answer since the writer
// looked: neither is lost without a word. One's own may be written over.
func (d *decision) checkUnmoved(r *Round, o Organisation, item Item) *Refusal {
	s := r.Submissions[Slot{o.ID, item.Indicator}]
	if item.Seen == nil || s == nil || len(s.Versions) == *item.Seen || s.Current().By == d.me.ID {
		return nil
	}
	ask := refuse(refusal.AnswerMoved, "By", s.Current().By, "At", s.Current().At)
	ask.Question = true
	return ask
}

// check says what is wrong with an answer by itself, with its note as it may be
// stored; nil when nothing is.
func (item Item) check(i Indicator, note string) *Refusal {
	switch {
	case !isOneOf(item.Answer, Value, NotMeasured, NotApplicable, DoesNotFit):
		return refuse(refusal.AnswerUnknown, "Answer", string(item.Answer))
	case item.Answer == DoesNotFit && note == "":
		return refuse(refusal.WhyMissing)
	case item.Answer == Value && i.Kind == Text && note == "":
		return refuse(refusal.PracticeMissing)
	case item.Answer == Value:
		return item.Figure.Check(i)
	case !item.Figure.same(Figure{}):
		return refuse(refusal.FigureWithoutValue)
	}
	return nil
}

// checkCorrection: after closing, what was answered may be corrected with a
// reason; nothing new comes in.
func (d *decision) checkCorrection(r *Round, o Organisation, item Item, reason string) *Refusal {
	if _, answered := r.Submission(o.ID, item.Indicator); !answered {
		return refuseClosed(r)
	}
	if reason == "" {
		return refuse(refusal.CorrectionReason, "Round", r.ID)
	}
	return nil
}

// emitAnswers writes answers that differ from what stands.
func (d *decision) emitAnswers(r *Round, o Organisation, items []Item, closed bool, reason string) error {
	var reasonText TextID
	for _, item := range items {
		was, _ := r.Submission(o.ID, item.Indicator)
		if closed && reasonText == "" {
			var err error
			if reasonText, err = d.writeText(reason, "reason"); err != nil {
				return err
			}
		}
		text := was.Note
		if !item.KeepNote {
			note, err := d.checkText(item.Note, maxText, string(item.Indicator))
			if err != nil {
				return err
			}
			if _, again := r.ReopenedAt(); !again || note == "" || note != d.n.Text(was.Note) { // what was shown stands word for word
				text, err = d.rewriteText(was.Note, note, string(item.Indicator))
			}
			if err != nil {
				return err
			}
		}
		d.emit(answerGiven{
			Round: r.ID, Organisation: o.ID, Indicator: item.Indicator, Answer: item.Answer,
			Figure: item.Figure, Note: text, Confirmed: item.Confirmed, Doubt: item.doubt, Reason: reasonText,
		})
	}
	return nil
}

// answerGiven is a new version of an organisation's answer.
type answerGiven struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	Answer       Answer         `json:"answer" trace:"own"`
	Figure       Figure         `json:"figure" trace:"own"`
	// Note is the context note; for a text indicator the text itself, for
	// DoesNotFit the reason why.
	Note TextID `json:"note,omitempty"`
	// Confirmed: implausible, asked about, and said to be right.
	Confirmed bool `json:"confirmed,omitempty"`
	// Doubt is why it is unlikely, where it was saved before anybody said that it is right.
	Doubt refusal.Reason `json:"doubt,omitempty" trace:"own"`
	// Reason for a correction after closing.
	Reason TextID `json:"reason,omitempty"`
	// By is whose answer is given back, when another's is undone; empty: who gave it.
	By ParticipantID `json:"by,omitempty"`
}

var answerGivenKind = newKind[answerGiven]("answer.given", 1)

func (answerGiven) kind() *eventKind { return answerGivenKind }

func (b answerGiven) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		was := r.standing(Slot{b.Organisation, b.Indicator})
		if o, known := n.Organisation(b.Organisation); r.Recorded && known && !r.TakesPart(o.ID) {
			r.codes[o.ID] = r.letterFor(n, o)
		}
		r.keep(e, b.Organisation)
		r.answer(e, b)
		forgetReplaced(n, e, r, Slot{b.Organisation, b.Indicator}, was)
		for _, words := range []TextID{b.Note, b.Reason} {
			n.use(words, func(u *textUse) { u.answerIn = r.ID })
		}
		if r.Publications > 0 {
			n.markActive(r)
		}
	})
}

// answer adds a version.
func (r *Round) answer(e Event, b answerGiven) {
	slot := Slot{b.Organisation, b.Indicator}
	s := r.Submissions[slot]
	if s == nil {
		s = &Submission{}
		r.Submissions[slot] = s
	}
	if len(s.Versions) == 0 || s.Current().Answer == "" {
		r.count(b.Organisation, 1)
	}
	if r.Skipped[b.Organisation] {
		delete(r.Skipped, b.Organisation)
		r.openingChanged(b.Organisation)
	}
	s.Versions = append(s.Versions, Version{
		Answer: b.Answer, Figure: b.Figure, Note: b.Note, Reason: b.Reason, By: cmp.Or(b.By, e.By), At: e.At,
		Late: !r.Recorded && e.At.After(r.Due), Confirmed: b.Confirmed, Doubt: b.Doubt, corrects: r.corrects(slot, b),
	})
	if r.Publications > 0 && !r.Recorded && r.TakesPart(b.Organisation) {
		r.corrected[b.Indicator]++
	}
}

// count changes how much an organisation has answered, and notes when that
// changes what the opening post shows: nothing, something or everything.
func (r *Round) count(o OrganisationID, by int) {
	stage := func() int {
		switch k := r.answered[o]; {
		case k == 0:
			return 0
		case k < r.indicators:
			return 1
		}
		return 2
	}
	before := stage()
	r.answered[o] += by
	if stage() != before {
		r.openingChanged(o)
	}
}

// openingChanged notes that the opening post shows something else of the organisation.
func (r *Round) openingChanged(of OrganisationID) {
	if r.TakesPart(of) {
		r.openingRevision++
	}
}

// Answers says whether the event is an answer or a new version of one, and of which
// round and slot.
func (e Event) Answers() (round RoundID, slot Slot, is bool) {
	b, is := e.Body.(answerGiven)
	return b.Round, Slot{b.Organisation, b.Indicator}, is
}
