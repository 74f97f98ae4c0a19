package benchmark

import (
	"maps"
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// ReopenRound unlocks the round that was closed last, until Closes.
type ReopenRound struct {
	Closes time.Time
	Reason string
}

func (o ReopenRound) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	r, err := d.anyRound("")
	if err != nil {
		return err
	}
	if r.Phase == Open {
		return refuse(refusal.RoundOpen, "Round", r.ID)
	}
	var wrongDay error
	switch {
	case !o.Closes.After(d.now):
		wrongDay = refuse(refusal.ClosesPast, "Closes", o.Closes).at("closes")
	case o.Closes.Sub(d.now) > longestRound:
		wrongDay = refuse(refusal.ClosesFar, "Closes", o.Closes).at("closes")
	}
	reason, err := d.writeText(o.Reason, "reason")
	if err == nil && reason == "" {
		err = refuse(refusal.ReasonMissing).at("reason")
	}
	if err := together(wrongDay, err); err != nil {
		return err
	}
	d.emit(roundReopened{Round: r.ID, Closes: o.Closes.UTC(), Reason: reason})
	return nil
}

// roundReopened unlocks a round again.
type roundReopened struct {
	Round  RoundID   `json:"round"`
	Closes time.Time `json:"closes"`
	Reason TextID    `json:"reason,omitempty"`
}

var roundReopenedKind = newKind[roundReopened]("round.reopened", 1)

func (roundReopened) kind() *eventKind { return roundReopenedKind }

func (b roundReopened) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		if r.Phase == Published {
			r.reopened = r.asShown(e.At)
			r.reopenings++
		}
		r.Phase, r.Closes = Open, b.Closes
		r.openingRevision++
		n.markActive(r)
		announce(n, e, Notice{About: ReopenedNotice, Round: r.ID}, r)
	})
}

// shownResults is what a round's results were when it was opened again after they had
// been shown.
type shownResults struct {
	at time.Time
	// standing is how many versions of each answer there were, sent how many when everybody
	// got their own view.
	standing, sent map[Slot]int
	corrected      map[IndicatorID]int
	common         map[IndicatorID]Common
}

// asShown notes what the results are now.
func (r *Round) asShown(at time.Time) shownResults {
	shown := shownResults{at: at, standing: map[Slot]int{}, sent: map[Slot]int{}, corrected: maps.Clone(r.corrected), common: map[IndicatorID]Common{}}
	for i, c := range r.common {
		shown.common[i] = c.Common
	}
	for slot, s := range r.Submissions {
		shown.standing[slot] = len(s.Versions)
		for _, v := range s.Versions {
			if !v.At.After(r.Published) {
				shown.sent[slot]++
			}
		}
	}
	return shown
}

// corrects says whether an answer is another one than the one that was shown in that slot,
// in a round that is open again.
func (r *Round) corrects(slot Slot, b answerGiven) bool {
	many, s := r.reopened.standing[slot], r.Submissions[slot]
	if r.Phase == Published || s == nil || many == 0 || many > len(s.Versions) {
		return false
	}
	was := s.Versions[many-1]
	return was.Answer != "" && (was.Answer != b.Answer || !was.Figure.same(b.Figure) || was.Note != b.Note || was.corrects || was.Reason != "")
}

// drop takes an answer out of what stands of the results: that is to be brought up to date.
func (s shownResults) drop(slot Slot) {
	if _, stood := s.standing[slot]; stood {
		s.corrected[slot.Indicator]++
	}
	delete(s.standing, slot)
	delete(s.sent, slot)
}

// resultRevision counts the states of what is posted of the round's results: of an
// indicator's comparison or, with none, of the summary. What comes in while the round
// is open again changes nothing of it.
func (r *Round) resultRevision(i IndicatorID) int {
	corrected := r.corrected
	if r.Phase != Published {
		corrected = r.reopened.corrected
	}
	if i != "" {
		return r.Publications + r.reopenings + corrected[i] + r.reworded[i]
	}
	revision := r.Publications + r.reopenings
	for _, many := range corrected {
		revision += many
	}
	return revision
}

// AsShown returns the network with the round as it was when its results were shown
// last, for a round that is open again: nothing that came in since is in it. Of any
// other round it is the network itself.
func (r *Round) AsShown(n *Network) *Network {
	if r.Phase == Published || r.reopenings == 0 {
		return n
	}
	shown := *r
	shown.Phase = Published
	shown.Submissions, shown.answered = map[Slot]*Submission{}, map[OrganisationID]int{}
	shown.common = map[IndicatorID]frozen{}
	for i, c := range r.reopened.common {
		shown.common[i] = frozen{Common: c}
	}
	for slot, many := range r.reopened.standing {
		now := r.Submissions[slot]
		if now == nil {
			continue // its figures are gone
		}
		s := &Submission{Versions: now.Versions[:many:many]}
		shown.Submissions[slot] = s
		if s.Current().Answer != "" {
			shown.answered[slot.Organisation]++
		}
	}
	then := *n
	then.rounds = maps.Clone(n.rounds)
	then.rounds[r.ID] = &shown
	then.Rounds = slices.Clone(n.Rounds)
	then.Rounds[slices.Index(n.Rounds, r)] = &shown
	if then.current == r {
		then.current = &shown
	}
	return &then
}

// ReopenedAt returns when the round was opened again after its results had been shown;
// ok is false unless that is so now, and nothing newer is shown.
func (r *Round) ReopenedAt() (at time.Time, ok bool) {
	return r.reopened.at, r.Phase != Published && r.reopenings > 0
}

// hasChangedFor says whether an organisation's own view differs from the one that it got
// when the round was shown before: by its own answers or, where nobody sees those of others,
// by what is common. What others changed is told where all see it.
func (r *Round) hasChangedFor(o OrganisationID) bool { return len(ChangedSinceShown(r, o)) > 0 }

// ChangedSinceShown returns the indicators of which an organisation's own view differs from
// the one that it got when the round was shown before, sorted.
func ChangedSinceShown(r *Round, o OrganisationID) []IndicatorID {
	changed := map[IndicatorID]bool{}
	for i, c := range r.common {
		if _, answers := r.Submission(o, i); answers && c.Common != r.reopened.common[i] {
			changed[i] = true
		}
	}
	for slot, s := range r.Submissions {
		if slot.Organisation != o {
			continue
		}
		was := Version{}
		if sent := r.reopened.sent[slot]; sent > 0 {
			was = s.Versions[sent-1]
		}
		now := s.Current()
		if was.Answer != now.Answer || !was.Figure.same(now.Figure) || was.Note != now.Note {
			changed[slot.Indicator] = true
		}
	}
	return slices.Sorted(maps.Keys(changed))
}
