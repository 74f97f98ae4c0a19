package stats

import (
	"fmt"
	"math"
)

// The constants of an XmR chart, rounded as the NHS has them. Exactly, they are
// 3 sqrt(pi)/2 = 2.658681 and 1 + 3 sqrt(pi/2 - 1) = 3.266533.
const (
	xmrLimit   = 2.66
	rangeLimit = 3.267
)

// XmR returns the control chart of individual values, one a round, such as
// means, durations or counts: limits are the baseline's mean ± 2.66 times its
// mean moving range (Shewhart 1931; Wheeler 1993; constants of NHS England's
// Making Data Count). Limits aren't cut at 0. When all values of the baseline
// are the same, Low = Centre = High, and only other values lie outside. It
// returns [ErrImpossible] for values that are not finite or beyond 1e15, or of
// counts not whole or below 0, and [ErrSegments].
func XmR(values []float64, plan Plan) (Chart, error) {
	for i, x := range values {
		if !isWithin(x, -largestValue, largestValue) || plan.Counts && (x < 0 || x != math.Trunc(x)) {
			return Chart{}, fmt.Errorf("xmr chart: value %d: %w", i, ErrImpossible)
		}
	}
	chart, err := newChart(XmRChart, values, plan)
	if err != nil {
		return Chart{}, fmt.Errorf("xmr chart: %w", err)
	}
	sizes := make([]float64, len(values)) // of counts: each point as large as the next
	for i := range sizes {
		sizes[i] = 1
	}
	for i := range chart.Stretches {
		s := &chart.Stretches[i]
		baseline := values[s.Start : s.Start+s.Baseline]
		s.Centre = clampedMean(baseline)
		if s.LimitStatus == NoLimits || plan.Counts && chart.withoutVariation(s, values, sizes, math.Inf(1)) {
			continue
		}
		s.MovingRange = meanMovingRange(baseline, plan.ScreenRanges)
		sigma := xmrLimit * s.MovingRange / 3
		for j := s.Start; j < s.End; j++ {
			chart.Points[j].setLimits(s.Centre, sigma, math.Inf(-1), math.Inf(1))
		}
	}
	chart.addRunsAndSignals()
	return chart, nil
}

// meanMovingRange of at least two values.
func meanMovingRange(values []float64, screen bool) float64 {
	ranges := make([]float64, len(values)-1)
	for i := range ranges {
		ranges[i] = math.Abs(values[i+1] - values[i])
	}
	all := mean(ranges)
	if !screen || all == 0 {
		return all
	}
	var kept []float64
	for _, r := range ranges {
		if r < rangeLimit*all {
			kept = append(kept, r)
		}
	}
	return mean(kept) // never empty: the smallest range isn't over the mean
}

// clampedMean is the mean, kept between the smallest and largest value, so that
// rounding never puts equal values beside their own mean.
func clampedMean(values []float64) float64 {
	least, most := values[0], values[0]
	for _, x := range values {
		least, most = min(least, x), max(most, x)
	}
	return min(max(mean(values), least), most)
}
