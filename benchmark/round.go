package benchmark

import (
	"fmt"
	"slices"
	"sort"
	"time"
)

// Round is one reporting period of one template version.
type Round struct {
	ID       RoundID
	Period   Period
	Template int
	Phase    Phase
	// Recorded: a past round whose figures were collected elsewhere.
	Recorded bool
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

	indicators      int                    // of its template
	answered        map[OrganisationID]int // indicators with an answer
	openingRevision int                    // counts changes of what its opening post shows
	corrected       map[IndicatorID]int    // corrections after publishing
}

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

// Corrected says whether the answer was changed after the round had closed.
func (r *Round) Corrected(o OrganisationID, i IndicatorID) bool {
	s := r.Submissions[Slot{o, i}]
	return s != nil && s.Current().Reason != ""
}

// Answered is how many of the round's indicators the organisation has answered.
func (r *Round) Answered(o OrganisationID) int { return r.answered[o] }

// Complete says whether the organisation has answered every indicator.
func (r *Round) Complete(o OrganisationID) bool {
	return r.indicators > 0 && r.answered[o] >= r.indicators
}

// Progress is how far a round has come, in organisations.
type Progress struct {
	Organisations int // in the network
	Complete      int // have answered everything
	Begun         int // have answered something, not everything
	Skipped       int // said "not this round"
}

// Progress returns how far the round has come.
func (n *Network) Progress(r *Round) Progress {
	p := Progress{Organisations: len(n.Organisations)}
	for _, o := range n.Organisations {
		switch {
		case r.Complete(o.ID):
			p.Complete++
		case r.Skipped[o.ID]:
			p.Skipped++
		case r.Answered(o.ID) > 0:
			p.Begun++
		}
	}
	return p
}

// Missing returns the indicators that the organisation has not answered, in the
// template's order.
func (n *Network) Missing(r *Round, o OrganisationID) []Indicator {
	var missing []Indicator
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		if _, ok := r.Submission(o, i.ID); !ok {
			missing = append(missing, i)
		}
	}
	return missing
}

// Past is one figure of an organisation's own history.
type Past struct {
	Round   *Round
	Version Version
	Value   float64
}

// History returns the organisation's own figures for the indicator in rounds
// before the given one (nil: in all), oldest first.
func (n *Network) History(o OrganisationID, i Indicator, before *Round) []Past {
	var past []Past
	for _, r := range n.Rounds {
		if before != nil && (r == before || r.Period.Start.After(before.Period.Start)) {
			continue
		}
		v, ok := r.Submission(o, i.ID)
		if !ok || v.Answer != Value {
			continue
		}
		if x, ok := v.Figure.Of(i); ok {
			past = append(past, Past{Round: r, Version: v, Value: x})
		}
	}
	return past
}

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
// corrected long after.
const activeKept = 4

// changed makes the round the one that changed last, and lets go of the one that has been quiet
// for longest: one that is shown if there is any, and never the current one.
func (n *Network) changed(r *Round) {
	n.active = slices.DeleteFunc(n.active, func(other *Round) bool { return other == r })
	n.active = append(n.active, r)
	if len(n.active) <= activeKept {
		return
	}
	shown := func(other *Round) bool { return other != n.current && other.Phase == Published }
	k := max(0, slices.IndexFunc(n.active, shown)) // the first is not the current one if none is shown: it moved last
	n.active = slices.Delete(n.active, k, k+1)
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
	n.Rounds = slices.Insert(n.Rounds, before(period, n.Rounds), r)
	return r, nil
}

// before returns how many of the rounds come before one of that period.
func before(p Period, rounds []*Round) int {
	return sort.Search(len(rounds), func(k int) bool {
		q := rounds[k].Period
		return q.Start.After(p.Start) || (q.Start.Equal(p.Start) && q.End.After(p.End))
	})
}

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
		r.openingRevision++
	}
	s.Versions = append(s.Versions, Version{
		Answer: b.Answer, Figure: b.Figure, Note: b.Note, Reason: b.Reason, By: e.By, At: e.At,
		Late: !r.Recorded && e.At.After(r.Due), Confirmed: b.Confirmed,
	})
	if r.Publications > 0 && !r.Recorded {
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
		r.openingRevision++
	}
}
