package stats

import (
	"fmt"
	"math"
)

// LeastForHistory is the fewest earlier values that a new one is compared with.
const LeastForHistory = 6

// AskBeyond is the robust z beyond which a new value is worth a question. It is
// never a reason to refuse one.
const AskBeyond = 3.0

// Departure is how far a new value lies from an organisation's own history.
type Departure struct {
	Reason DepartureReason
	Median float64 // of the history; 0 when TooShort
	// Z is 0.6745 (x - median) / MAD, signed; 0 unless Reason is Compared.
	Z float64
	// Ask says that the value should be asked about: beyond AskBeyond, or any
	// other than the median when the history doesn't vary.
	Ask bool
}

// DepartureReason is how a new value was compared. The zero value is TooShort.
type DepartureReason uint8

// The reasons.
const (
	TooShort  DepartureReason = iota // fewer than LeastForHistory values; nothing is asked
	Compared                         // by robust z
	AnyChange                        // at least half of the history is one value: any other is asked about
)

// String returns too-short, compared or any-change.
func (r DepartureReason) String() string {
	switch r {
	case Compared:
		return "compared"
	case AnyChange:
		return "any-change"
	case TooShort:
	}
	return "too-short"
}

// madFactor is the standard normal's upper quartile, by which the median
// absolute deviation (MAD) estimates a standard deviation.
const madFactor = 0.6745

// CompareWithHistory returns how far a new value lies from its history, by
// robust z (Iglewicz & Hoaglin 1993). History may be in any order. It returns
// [ErrImpossible] for values that are not finite or beyond 1e15.
func CompareWithHistory(value float64, history []float64) (Departure, error) {
	if !isWithin(value, -largestValue, largestValue) {
		return Departure{}, fmt.Errorf("departure: %w", ErrImpossible)
	}
	for i, x := range history {
		if !isWithin(x, -largestValue, largestValue) {
			return Departure{}, fmt.Errorf("departure: history %d: %w", i, ErrImpossible)
		}
	}
	if len(history) < LeastForHistory {
		return Departure{Reason: TooShort}, nil
	}
	middle := median(history)
	deviations := make([]float64, len(history))
	for i, x := range history {
		deviations[i] = math.Abs(x - middle)
	}
	mad := median(deviations)
	if mad < smallestSD {
		return Departure{Reason: AnyChange, Median: middle, Ask: value != middle}, nil
	}
	z := madFactor * (value - middle) / mad
	return Departure{Reason: Compared, Median: middle, Z: z, Ask: math.Abs(z) > AskBeyond}, nil
}
