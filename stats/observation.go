package stats

import (
	"errors"
	"fmt"
	"math"
)

// Proportion is one organisation's share: Numerator of Denominator, both
// counts of the same people or occasions. 0 of 0 means that nothing was there
// to measure.
type Proportion struct{ Numerator, Denominator int }

// Rate is one organisation's events over its exposure, such as bed days.
// Exposure has the caller's unit; results are per one of that unit. An
// exposure of 0 means that nothing was there to measure.
type Rate struct {
	Events   int
	Exposure float64
}

// Mean is one organisation's mean over N people or occasions. SD is the
// standard deviation between people within the organisation (not the standard
// error), and counts only when SDKnown. An N of 0 means that nothing was there
// to measure, and Value is then ignored.
type Mean struct {
	Value   float64
	SD      float64
	SDKnown bool
	N       int
}

func (p Proportion) check() error {
	if p.Numerator < 0 || p.Numerator > p.Denominator || p.Denominator > MaxSize {
		return ErrImpossible
	}
	return nil
}

func (r Rate) check() error {
	if r.Events < 0 || r.Events > MaxSize || !isWithin(r.Exposure, 0, MaxSize) {
		return ErrImpossible
	}
	if r.Exposure == 0 && r.Events > 0 {
		return fmt.Errorf("events without exposure: %w", ErrImpossible)
	}
	// An exposure this small would carry the rate over what a float can hold.
	if r.Exposure > 0 && r.Exposure < 1/float64(MaxSize) {
		return ErrImpossible
	}
	return nil
}

// Means and standard deviations over largestValue are refused and standard
// deviations under smallestSD count as 0, so that squares stay finite.
const (
	largestValue = 1e15
	smallestSD   = 1e-15
)

func (m Mean) check() error {
	if m.N < 0 || m.N > MaxSize {
		return ErrImpossible
	}
	if m.N > 0 && !isWithin(m.Value, -largestValue, largestValue) {
		return ErrImpossible
	}
	if m.SDKnown && !isWithin(m.SD, 0, largestValue) {
		return ErrImpossible
	}
	return nil
}

// isWithin reports low <= x <= high; false for NaN.
func isWithin(x, low, high float64) bool {
	return x >= low && x <= high && !math.IsNaN(x)
}

// ErrUndefined says that the figures are possible but too few for what was
// asked: an interval of 0 of 0, a t interval of one person. It isn't a mistake
// of anybody's, and it is never shown as zero.
var ErrUndefined = errors.New("too few figures: the result is undefined")

// ErrImpossible says that a figure cannot be: negative, not finite, a
// numerator over its denominator, or a size over [MaxSize].
var ErrImpossible = errors.New("impossible figure")

// ErrSegments says that the segments of a chart don't start at 0, aren't in
// order, hold no point, or have a baseline that is too short.
var ErrSegments = errors.New("segments do not fit the series")

// MaxSize is the largest denominator, exposure, expected count or number of
// people that the package takes: one hundred million. Above it the incomplete
// beta function of gonum v0.17.0, on which exact limits stand, loses more than
// six digits.
const MaxSize = 100_000_000
