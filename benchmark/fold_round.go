package benchmark

import (
	"fmt"
	"slices"
	"sort"
)

// applyRound folds the events of rounds.
func (n *Network) applyRound(e Event) error {
	switch b := e.Body.(type) {
	case RoundOpened:
		r, err := n.addRound(b.Round, b.Template)
		if err != nil {
			return err
		}
		r.Phase, r.Opened, r.Due, r.Closes, r.shown = Open, e.At, b.Due, b.Closes, 1
		n.current = r
		n.moved(r)
		return nil
	case RoundRecorded:
		r, err := n.addRound(b.Round, b.Template)
		if err != nil {
			return err
		}
		r.Phase, r.Recorded, r.Opened, r.Closed, r.Published = Published, true, e.At, e.At, e.At
		return nil
	case RoundExtended:
		return n.inRound(b.Round, func(r *Round) { r.Due, r.Closes = b.Due, b.Closes; r.shown++ })
	case RoundClosed:
		return n.inRound(b.Round, func(r *Round) { r.Phase, r.Closed = Closed, e.At; r.Closings++; r.shown++; n.moved(r) })
	case RoundPublished:
		return n.inRound(b.Round, func(r *Round) {
			r.Phase, r.Published = Published, e.At
			r.Publications++
			r.shown++
			n.moved(r)
			n.comparing(r)
		})
	case RoundReopened:
		return n.inRound(b.Round, func(r *Round) { r.Phase, r.Closes = Open, b.Closes; r.shown++; n.moved(r) })
	case AnswerGiven:
		return n.inRound(b.Round, func(r *Round) {
			r.answer(e, b)
			if r.Publications > 0 {
				n.moved(r)
			}
		})
	case AnswerWithdrawn:
		return n.inRound(b.Round, func(r *Round) { r.withdraw(e, b) })
	case RoundSkipped:
		return n.inRound(b.Round, func(r *Round) { r.Skipped[b.Organisation] = true; r.shown++ })
	case PredictionMade:
		return n.inRound(b.Round, func(r *Round) { r.Predictions[Slot{b.Organisation, b.Indicator}] = b.Position })
	}
	return fmt.Errorf("%w: %T", ErrUnknownEvent, e.Body)
}

func (n *Network) inRound(id RoundID, change func(*Round)) error {
	r, ok := n.rounds[id]
	if !ok {
		return fmt.Errorf("round %q was never there", id)
	}
	change(r)
	return nil
}

// livelyKept is how many rounds may owe something: the current one, the one before
// it whose results are being talked about, and two that were published late or
// corrected long after.
const livelyKept = 4

// moved makes the round the liveliest, and lets go of the one that has been quiet
// for longest: one that is shown if there is any, and never the current one.
func (n *Network) moved(r *Round) {
	n.lively = slices.DeleteFunc(n.lively, func(other *Round) bool { return other == r })
	n.lively = append(n.lively, r)
	if len(n.lively) <= livelyKept {
		return
	}
	shown := func(other *Round) bool { return other != n.current && other.Phase == Published }
	k := max(0, slices.IndexFunc(n.lively, shown)) // the first is not the current one if none is shown: it moved last
	n.lively = slices.Delete(n.lively, k, k+1)
}

// comparing notes which comparisons stand now.
func (n *Network) comparing(r *Round) {
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		n.compared[i.ID] = r
	}
}

func (n *Network) addRound(id RoundID, template int) (*Round, error) {
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
	r := &Round{
		ID: id, Period: period, Template: template,
		Submissions: map[Slot]*Submission{},
		Predictions: map[Slot]Position{},
		Skipped:     map[OrganisationID]bool{},
		indicators:  len(t.Indicators),
		answered:    map[OrganisationID]int{},
		corrected:   map[IndicatorID]int{},
	}
	n.rounds[id] = r
	n.Rounds = slices.Insert(n.Rounds, n.before(period), r)
	return r, nil
}

// before returns how many rounds come before one of that period that is added
// now.
func (n *Network) before(p Period) int {
	return sort.Search(len(n.Rounds), func(k int) bool {
		q := n.Rounds[k].Period
		return q.Start.After(p.Start) || (q.Start.Equal(p.Start) && q.End.After(p.End))
	})
}

func (r *Round) answer(e Event, b AnswerGiven) {
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
		r.shown++
	}
	s.Versions = append(s.Versions, Version{
		Answer: b.Answer, Figure: b.Figure, Note: b.Note, Reason: b.Reason, By: e.By, At: e.At,
		Late: !r.Recorded && e.At.After(r.Due), Confirmed: b.Confirmed,
	})
	if r.Publications > 0 && !r.Recorded {
		r.corrected[b.Indicator]++
	}
}

func (r *Round) withdraw(e Event, b AnswerWithdrawn) {
	s := r.Submissions[Slot{b.Organisation, b.Indicator}]
	if s == nil || s.Current().Answer == "" {
		return
	}
	r.count(b.Organisation, -1)
	s.Versions = append(s.Versions, Version{By: e.By, At: e.At})
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
		r.shown++
	}
}
