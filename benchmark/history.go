package benchmark

import (
	"maps"
	"slices"

	"roundtable/benchmark/refusal"
)

// Past is one figure of an organisation's own history.
type Past struct {
	Round   *Round
	Version Version
	Value   float64
}

// History returns the organisation's own figures for the indicator in rounds
// before the given one (nil: in all), oldest first: in those that whoever looks may see,
// as [Network.OwnRounds] says (nil: all, for figures that are nobody else's).
func (n *Network) History(o OrganisationID, i Indicator, before *Round, own func(*Round, OrganisationID) bool) []Past {
	var past []Past
	for _, r := range n.Rounds {
		if before != nil && (r == before || r.Period.Start.After(before.Period.Start)) {
			continue
		}
		v, ok := answerOrBefore(n, r, o, i.ID, own)
		if !ok || v.Answer != Value {
			continue
		}
		if x, ok := v.Figure.Of(i); ok {
			past = append(past, Past{Round: r, Version: v, Value: x})
		}
	}
	return past
}

// answerOrBefore is what an organisation answered or, where it didn't, one that was merged
// into it with its figures: what is own (nil: all).
func answerOrBefore(n *Network, r *Round, o OrganisationID, i IndicatorID, own func(*Round, OrganisationID) bool) (Version, bool) {
	v, ok := r.Submission(o, i)
	if ok && own != nil {
		ok = own(r, o)
	}
	for k := 0; !ok && k < len(n.Organisations); k++ {
		if was := n.Organisations[k]; was.Into == o && was.kept {
			v, ok = answerOrBefore(n, r, was.ID, i, own)
		}
	}
	return v, ok
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
// all or none of those that are likely; the others are left out ([UnlikelyRecorded]).
// What is recorded already changes nothing; a figure that differs
// is a new version, and needs a reason. Rounds that the network has lived itself are
// not touched.
type RecordHistory struct {
	Figures []Recorded
	// Reason for changing what is recorded already.
	Reason string
	// Unlikely: figures that are unlikely are right, and taken too.
	Unlikely bool
}

func (h RecordHistory) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	t := d.n.Template()
	if t.Version == 0 {
		return refuse(refusal.NoTemplate)
	}
	reason, err := d.checkText(h.Reason, maxText, "reason")
	if err != nil {
		return err
	}
	recording := recording{reason: reason, unlikely: UnlikelyRecorded(d.n, h.Figures)}
	added, recorded := map[RoundID]Period{}, map[RoundID]*Round{}
	for k, f := range h.Figures {
		if _, unlikely := recording.unlikely[k]; unlikely && !h.Unlikely {
			continue
		}
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
		if _, has := added[id]; !known && !has {
			if bad := d.checkRecordedPeriod(period, added); bad != nil {
				return bad
			}
			d.emit(roundRecorded{Round: id, Template: t.Version})
			dealRecorded(d, id)
			added[id] = period
			recorded[id] = newRound(d.n, period, t.Version)
		}
		if known {
			recorded[id] = r
		}
		if err := d.record(&recording, r, version, id, k, f); err != nil {
			return err
		}
	}
	if recording.differ > 0 && reason == "" {
		return refuse(refusal.HistoryReason, "Count", recording.differ).at("reason")
	}
	for _, id := range slices.Sorted(maps.Keys(recorded)) {
		d.emitCommon(recorded[id])
	}
	return nil
}

// recording is how a reading of past figures goes.
type recording struct {
	reason   string
	text     TextID           // the reason, once it is written
	differ   int              // figures that are recorded otherwise
	unlikely map[int]*Refusal // by the place of the figure
}

// record adds the figure at place k that isn't recorded yet, or differs.
func (d *decision) record(h *recording, r *Round, t Template, id RoundID, k int, f Recorded) error {
	i, ok := t.Indicator(f.Indicator)
	if !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", f.Indicator)
	}
	o, ok := d.n.Organisation(f.Organisation)
	switch {
	case !ok || o.Gone:
		return refuse(refusal.NoSuchOrganisation, "Organisation", string(f.Organisation))
	case !o.Vouched:
		return refuse(refusal.OrganisationUnvouched, "Organisation", o.Name)
	}
	item := Item{Indicator: f.Indicator, Answer: Value, Figure: f.Figure, Note: f.Note}
	note, err := d.checkText(f.Note, maxText, "note")
	if err != nil {
		return err
	}
	if bad := item.check(i, note); bad != nil {
		return bad.at(string(f.Indicator))
	}
	var reason TextID
	if r != nil {
		was, ok := r.Submission(f.Organisation, f.Indicator)
		if ok && was.Figure.same(f.Figure) && d.n.Text(was.Note) == note {
			return nil
		}
		if ok {
			h.differ++
			if h.text == "" {
				if h.text, err = d.writeText(h.reason, "reason"); err != nil {
					return err
				}
			}
			reason = h.text
		}
	}
	text, err := d.writeText(note, "note")
	if err != nil {
		return err
	}
	d.emit(answerGiven{Round: id, Organisation: f.Organisation, Indicator: f.Indicator, Answer: Value, Figure: f.Figure, Note: text, Reason: reason, Confirmed: h.unlikely[k] != nil})
	return nil
}

// roundRecorded adds a past round whose figures were collected elsewhere.
// It counts as published; nothing is posted of it.
type roundRecorded struct {
	Round    RoundID `json:"round"`
	Template int     `json:"template"`
}

var roundRecordedKind = newKind[roundRecorded]("round.recorded", 1)

func (roundRecorded) kind() *eventKind { return roundRecordedKind }

func (b roundRecorded) apply(n *Network, e Event) error {
	r, err := n.addRound(e, b.Round, b.Template)
	if err != nil {
		return err
	}
	r.Phase, r.Recorded, r.Opened, r.Closed, r.Published = Published, true, e.At, e.At, e.At
	return nil
}
