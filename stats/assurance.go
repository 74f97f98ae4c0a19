package stats

import "fmt"

// Assurance is whether a target will be met by the process as it is. The zero
// value is NoAssurance.
type Assurance uint8

// The assurances (NHS England 2019, Making Data Count).
const (
	NoAssurance        Assurance = iota // no limits, or no better side
	ConsistentlyMeets                   // the target lies outside the limits, on the worse side
	ConsistentlyMisses                  // the target lies outside the limits, on the better side
	MayOrMayNot                         // the target lies within the limits, or on one
)

// String returns none, consistently-meets, consistently-misses or may-or-may-not.
func (a Assurance) String() string {
	switch a {
	case ConsistentlyMeets:
		return "consistently-meets"
	case ConsistentlyMisses:
		return "consistently-misses"
	case MayOrMayNot:
		return "may-or-may-not"
	case NoAssurance:
	}
	return "none"
}

// Assurance compares the limits at a point, commonly the latest, with a target
// on the value's own scale. It returns [ErrImpossible] for a target that is not
// finite.
func (p ChartPoint) Assurance(target float64, d Direction) (Assurance, error) {
	if !within(target, -largestValue, largestValue) {
		return NoAssurance, fmt.Errorf("assurance: target: %w", ErrImpossible)
	}
	if !p.HasLimits || d == Neutral {
		return NoAssurance, nil
	}
	switch {
	case target > p.High && d == HigherIsBetter, target < p.Low && d == LowerIsBetter:
		return ConsistentlyMisses, nil
	case target > p.High, target < p.Low:
		return ConsistentlyMeets, nil
	}
	return MayOrMayNot, nil
}
