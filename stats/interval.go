package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is how much of chance variation a pair of lines holds. There are two,
// as in Spiegelhalter (2005). The zero value is [Level95].
type Level uint8

// The two levels. In a funnel of organisations that differ by chance alone,
// about 1 in 20 lies outside the first and 1 in 500 outside the second.
const (
	Level95 Level = iota
	Level998
)

// Tail returns the probability beyond either line: 0.025 or 0.001.
func (l Level) Tail() float64 {
	if l == Level998 {
		return 0.001
	}
	return 0.025
}

// Z returns the standard normal quantile at 1 - Tail: 1.96 or 3.09, in full
// precision.
func (l Level) Z() float64 {
	if l == Level998 {
		return 3.090232306167813
	}
	return 1.959963984540054
}

// String returns "95 %" or "99.8 %".
func (l Level) String() string {
	if l == Level998 {
		return "99.8 %"
	}
	return "95 %"
}

// Interval is the range of values that one organisation's own figures agree
// with. Low <= High, both finite. It says how sure one figure is; it isn't a
// funnel limit and must not be drawn as one.
type Interval struct{ Low, High float64 }

// Wilson returns the score interval, without continuity correction, of a
// proportion (Wilson 1927; Newcombe 1998, method 3), within 0 to 1. For 0 of n
// it is exactly [0, z²/(n+z²)] and for n of n exactly [n/(n+z²), 1].
// It returns [ErrUndefined] for 0 of 0.
func Wilson(p Proportion, level Level) (Interval, error) {
	if err := p.check(); err != nil {
		return Interval{}, fmt.Errorf("wilson interval: %w", err)
	}
	if p.Denominator == 0 {
		return Interval{}, fmt.Errorf("wilson interval: %w", ErrUndefined)
	}
	r, n, z := float64(p.Numerator), float64(p.Denominator), level.Z()
	share := r / n
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z * math.Sqrt(share*(1-share)/n+z*z/(4*n*n)) / (1 + z*z/n)
	interval := Interval{Low: max(0, middle-half), High: min(1, middle+half)}
	if p.Numerator == 0 {
		interval.Low = 0
	}
	if p.Numerator == p.Denominator {
		interval.High = 1
	}
	return interval, nil
}

// Garwood returns the exact interval of an expected count, given the count
// that was seen (Garwood 1936), from chi-square quantiles:
// [χ²(tail; 2x)/2, χ²(1-tail; 2x+2)/2]. Low is 0 for a count of 0.
func Garwood(count int, level Level) (Interval, error) {
	if count < 0 || count > MaxSize {
		return Interval{}, fmt.Errorf("garwood interval: %w", ErrImpossible)
	}
	var low float64
	if count > 0 {
		low = distuv.ChiSquared{K: 2 * float64(count)}.Quantile(level.Tail()) / 2
	}
	high := distuv.ChiSquared{K: 2*float64(count) + 2}.Quantile(1-level.Tail()) / 2
	return Interval{Low: low, High: high}, nil
}

// RateInterval returns [Garwood]'s interval divided by the exposure: events
// per one unit of exposure. It returns [ErrUndefined] for an exposure of 0.
func RateInterval(r Rate, level Level) (Interval, error) {
	if err := r.check(); err != nil {
		return Interval{}, fmt.Errorf("rate interval: %w", err)
	}
	if r.Exposure == 0 {
		return Interval{}, fmt.Errorf("rate interval: %w", ErrUndefined)
	}
	events, err := Garwood(r.Events, level)
	if err != nil {
		return Interval{}, fmt.Errorf("rate interval: %w", err)
	}
	return Interval{Low: events.Low / r.Exposure, High: events.High / r.Exposure}, nil
}

// MeanInterval returns Student's t interval of a mean (Student 1908), in the
// mean's own unit. It returns [ErrUndefined] for fewer than two people or an
// unknown standard deviation. A standard deviation of 0 gives a point.
func MeanInterval(m Mean, level Level) (Interval, error) {
	if err := m.check(); err != nil {
		return Interval{}, fmt.Errorf("mean interval: %w", err)
	}
	if m.N < 2 || !m.SDKnown {
		return Interval{}, fmt.Errorf("mean interval: %w", ErrUndefined)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(m.N - 1)}.Quantile(1 - level.Tail())
	half := t * m.SD / math.Sqrt(float64(m.N))
	return Interval{Low: m.Value - half, High: m.Value + half}, nil
}
