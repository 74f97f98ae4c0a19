package stats

import "fmt"

// Direction is which way an indicator should move. The zero value is Neutral.
type Direction uint8

// The directions.
const (
	Neutral Direction = iota
	HigherIsBetter
	LowerIsBetter
)

// Variation is the word for a signal. The zero value is CommonCause.
type Variation uint8

// The words (NHS England 2019, Making Data Count).
const (
	CommonCause Variation = iota // none: nothing but the usual ups and downs
	Improvement
	Concern
	Change // a signal of an indicator that has no better side
)

// String returns none, improvement, concern or change.
func (v Variation) String() string {
	switch v {
	case Improvement:
		return "improvement"
	case Concern:
		return "concern"
	case Change:
		return "change"
	case CommonCause:
	}
	return "none"
}

// up reports a signal that is high or rising.
func (s Signal) up() bool {
	return s == AboveLimit || s == Rising || s == NearUpper || s == AboveMean
}

// Variation returns the word for the signal, given which way is better.
func (s Signal) Variation(d Direction) Variation {
	switch {
	case s == NoSignal:
		return CommonCause
	case d == Neutral:
		return Change
	case s.up() == (d == HigherIsBetter):
		return Improvement
	}
	return Concern
}

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
	if !isWithin(target, -largestValue, largestValue) {
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
