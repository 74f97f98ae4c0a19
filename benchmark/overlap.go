package benchmark

import (
	"maps"
	"slices"

	"roundtable/benchmark/refusal"
)

// Two rounds whose periods have a day in common give away by subtracting what is withheld
// in one of them: the year without three of its quarters is the fourth.

// checkPeriod refuses one that a round is about already, wholly or in part.
func (d *decision) checkPeriod(p Period) *Refusal {
	if _, used := d.n.Round(RoundID(p.ID)); used {
		return refuse(refusal.PeriodUsed, "Round", p.ID)
	}
	for _, r := range d.n.Rounds {
		if bad := d.checkOverlap(p, r.Period); bad != nil {
			return bad
		}
	}
	return nil
}

// checkOverlap refuses one of two periods that have a day in common: what is withheld in
// one could be had from the other by subtracting. Where nothing is withheld nothing can.
func (d *decision) checkOverlap(p, other Period) *Refusal {
	hides := d.n.Settings.SmallNumber > 0 || d.n.Settings.Visibility != Named
	if hides && p.ID != other.ID && p.overlaps(other) {
		return refuse(refusal.PeriodOverlaps, "Round", p.ID, "Other", other.ID)
	}
	return nil
}

// checkRecordedPeriod refuses one that overlaps another, of the network or of those that
// are recorded with it.
func (d *decision) checkRecordedPeriod(p Period, others map[RoundID]Period) *Refusal {
	if bad := d.checkPeriod(p); bad != nil {
		return bad
	}
	for _, id := range slices.Sorted(maps.Keys(others)) {
		if bad := d.checkOverlap(p, others[id]); bad != nil {
			return bad
		}
	}
	return nil
}

// overlap notes which of two rounds lies within the other's period, of a new one and
// those that were there.
func (r *Round) overlap(others []*Round) {
	for _, other := range others {
		if !r.Period.overlaps(other.Period) {
			continue
		}
		whole, part := r, other
		if r.Period.isShorterThan(other.Period) {
			whole, part = other, r
		}
		whole.parts = slices.Insert(whole.parts, before(part.Period, whole.parts), part)
	}
}

// tellsAPart says whether a figure of a round tells by subtracting what others may not
// know of a shorter one within it: one that is withheld, that is missing, so that it could
// be small, or that isn't shown yet. It tells nothing when all that is known of the
// organisation is the whole, or all of its parts are.
func tellsAPart(n *Network, r *Round, i Indicator, o OrganisationID) bool {
	if !i.CountsPeople() {
		return false
	}
	uncovered, answered, gap := r.Period.Start, false, false
	for _, part := range r.parts { // in the order of their periods
		v, ok := part.Submission(o, i.ID)
		if !ok || v.Answer != Value {
			continue
		}
		if part.Phase != Published || n.Withholds(part, i, o, v.Figure) {
			return true
		}
		answered, gap = true, gap || part.Period.Start.After(uncovered)
		uncovered = later(uncovered, part.Period.End)
	}
	gap = gap || !uncovered.Equal(r.Period.End)
	return answered && gap && n.SmallNumberIn(r) > 0
}
