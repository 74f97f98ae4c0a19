package stats

import (
	"fmt"
	"math"
)

// RateFunnel compares rates around theta, the sum of events over the sum of
// exposures, with exact Poisson limits and flags (see [RateLimits]). It needs
// two organisations with an exposure over 0; without any event it has no
// limits, and Reason says why. It returns [ErrImpossible], naming the first
// such observation by its index, for figures that cannot be.
func RateFunnel(observations []Rate) (Funnel, error) {
	f := Funnel{Method: Poisson, Points: make([]Point, len(observations))}
	var events, exposure float64
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Funnel{}, fmt.Errorf("rate funnel: observation %d: %w", i, err)
		}
		if o.Exposure == 0 {
			continue
		}
		f.Points[i] = Point{Measured: true, Size: o.Exposure, Value: float64(o.Events) / o.Exposure}
		events += float64(o.Events)
		exposure += o.Exposure
	}
	f.Reason = withoutLimits(f.Points)
	if exposure > 0 {
		f.Centre = events / exposure
	}
	if f.Reason == Drawn && events == 0 {
		f.Reason = NoEvents
	}
	if f.Reason != Drawn {
		return f, nil
	}
	for i, o := range observations {
		if o.Exposure == 0 {
			continue
		}
		expected := f.Centre * o.Exposure
		if expected < smallestExpected || expected > MaxSize {
			return Funnel{}, fmt.Errorf("rate funnel: observation %d: expected count: %w", i, ErrImpossible)
		}
		exact := poisson(expected).cutoffs()
		f.Points[i].Limits = exact.limits(o.Exposure, math.Inf(1))
		f.Points[i].Flag = exact.flag(o.Events)
	}
	f.allowForDispersion()
	return f, nil
}
