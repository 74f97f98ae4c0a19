package stats

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

// Up reports a signal that is high or rising.
func (s Signal) Up() bool {
	return s == AboveLimit || s == Rising || s == NearUpper || s == AboveMean
}

// Variation returns the word for the signal, given which way is better.
func (s Signal) Variation(d Direction) Variation {
	switch {
	case s == NoSignal:
		return CommonCause
	case d == Neutral:
		return Change
	case s.Up() == (d == HigherIsBetter):
		return Improvement
	}
	return Concern
}
