package benchmark

import (
	"maps"
	"slices"

	"roundtable/benchmark/refusal"
)

// Submit gives an organisation's answers to one or more indicators of a round,
// all or none of them.
type Submit struct {
	// Round by id; empty for the open one.
	Round RoundID
	Items []Item
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
}

func (s Submit) decide(d *decision) error {
	o, err := d.member()
	if err != nil {
		return err
	}
	r, err := d.anyRound(s.Round)
	if err != nil {
		return err
	}
	closed := r.Phase != Open || !d.now.Before(r.Closes)
	if r.Recorded {
		return refuse(refusal.RoundRecorded, "Round", r.ID)
	}
	if len(s.Items) == 0 {
		return refuse(refusal.NothingToSubmit)
	}
	reason, err := checkText(s.Reason, maxText, "reason")
	if err != nil {
		return err
	}
	var wrong Refusals
	for _, item := range s.Items {
		if bad := d.checkItem(r, o, item, closed, reason); bad != nil {
			wrong = append(wrong, bad)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return d.answers(r, o, s.Items, closed, reason)
}

// checkItem says what is wrong with an answer; nil when nothing is.
func (d *decision) checkItem(r *Round, o Organisation, item Item, closed bool, reason string) *Refusal {
	t, _ := d.n.TemplateVersion(r.Template)
	i, ok := t.Indicator(item.Indicator)
	if !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", item.Indicator).at(string(item.Indicator))
	}
	bad := item.check(i)
	if bad == nil && closed {
		bad = d.checkCorrection(r, o, item, reason)
	}
	if bad == nil {
		bad = d.n.doubt(r, o, i, item)
	}
	if bad == nil {
		return nil
	}
	bad.Args = append(bad.Args, "Indicator", i.ID, "Title", i.Title)
	return bad.at(string(i.ID))
}

func (item Item) check(i Indicator) *Refusal {
	note, err := checkText(item.Note, maxText, string(i.ID))
	if bad, ok := err.(*Refusal); ok { //nolint:errorlint // checkText returns nothing else, unwrapped
		return bad
	}
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

// answers writes what differs from what stands.
func (d *decision) answers(r *Round, o Organisation, items []Item, closed bool, reason string) error {
	var reasonText TextID
	for _, item := range items {
		note, err := checkText(item.Note, maxText, string(item.Indicator))
		if err != nil {
			return err
		}
		was, answered := r.Submission(o.ID, item.Indicator)
		if answered && was.Answer == item.Answer && was.Figure.same(item.Figure) && d.n.Text(was.Note) == note {
			continue
		}
		if closed && reasonText == "" {
			if reasonText, err = d.writes(reason, "reason"); err != nil {
				return err
			}
		}
		text, err := d.writes(note, string(item.Indicator))
		if err != nil {
			return err
		}
		d.happens(AnswerGiven{
			Round: r.ID, Organisation: o.ID, Indicator: item.Indicator, Answer: item.Answer,
			Figure: item.Figure, Note: text, Confirmed: item.Confirmed, Reason: reasonText,
		})
	}
	return nil
}

// Withdraw takes an answer back; without an indicator, all of them.
type Withdraw struct{ Indicator IndicatorID }

func (w Withdraw) decide(d *decision) error {
	o, err := d.member()
	if err != nil {
		return err
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	t, _ := d.n.TemplateVersion(r.Template)
	if w.Indicator != "" {
		if err := d.asked(r, w.Indicator); err != nil {
			return err
		}
	}
	before := len(d.events)
	for _, i := range t.Indicators {
		if w.Indicator != "" && i.ID != w.Indicator {
			continue
		}
		if _, ok := r.Submission(o.ID, i.ID); ok {
			d.happens(AnswerWithdrawn{Round: r.ID, Organisation: o.ID, Indicator: i.ID})
		}
	}
	if len(d.events) == before {
		return refuse(refusal.NothingToWithdraw)
	}
	return nil
}

// Skip says "not this round" for one's organisation. No reason is asked.
type Skip struct{}

func (Skip) decide(d *decision) error {
	o, err := d.member()
	if err != nil {
		return err
	}
	r, err := d.openRound()
	if err != nil {
		return err
	}
	if r.Answered(o.ID) > 0 {
		return refuse(refusal.SkipAfterAnswering, "Count", r.Answered(o.ID))
	}
	if !r.Skipped[o.ID] {
		d.happens(RoundSkipped{Round: r.ID, Organisation: o.ID})
	}
	return nil
}

// Predict guesses where one's organisation will stand in the open round.
type Predict struct {
	Guesses map[IndicatorID]Position
}

func (p Predict) decide(d *decision) error {
	o, err := d.member()
	if err != nil {
		return err
	}
	r, err := d.anyRound("")
	if err != nil {
		return err
	}
	if r.Phase == Published || r.Publications > 0 {
		return refuse(refusal.GuessTooLate, "Round", r.ID)
	}
	if len(p.Guesses) == 0 {
		return refuse(refusal.NothingToGuess)
	}
	t, _ := d.n.TemplateVersion(r.Template)
	for _, id := range slices.Sorted(maps.Keys(p.Guesses)) {
		position := p.Guesses[id]
		if err := d.asked(r, id); err != nil {
			return err
		}
		if !isOneOf(position, Below, Around, Above) {
			return refuse(refusal.PositionUnknown, "Position", string(position)).at(string(id))
		}
	}
	for _, i := range t.Indicators {
		position, guessed := p.Guesses[i.ID]
		if guessed && r.Predictions[Slot{o.ID, i.ID}] != position {
			d.happens(PredictionMade{Round: r.ID, Organisation: o.ID, Indicator: i.ID, Position: position})
		}
	}
	return nil
}
