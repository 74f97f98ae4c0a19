package stats

import "fmt"

// Chart is one organisation's control chart over time. It is cut into
// stretches by the segments that the caller gave; nothing is computed across
// such a cut, and no cut is ever made by the chart itself.
type Chart struct {
	Kind      ChartKind
	Points    []ChartPoint // in the caller's order
	Stretches []Stretch    // one per segment; none for an empty series
}

// ChartPoint is one point of a chart. Centre, Low, High and Sigma are on the
// value's own scale, and are all 0 unless HasLimits. Low <= Centre <= High.
type ChartPoint struct {
	Value     float64
	HasLimits bool
	Centre    float64
	// Low and High are three Sigma from the centre, cut at the ends of the scale.
	// Where a baseline has no variation they are what it leaves possible of later
	// points (see [NoVariation]).
	Low, High float64
	Sigma     float64 // 0 when the baseline doesn't vary at all
	Signal    Signal  // the first rule that marks the point
}

// Stretch is what holds for one segment: points Start to End-1.
type Stretch struct {
	Start, End  int
	LimitStatus LimitStatus
	Baseline    int     // points from Start on which centre and limits stand
	Centre      float64 // of the baseline: mean of values, or sum over sum
	// MovingRange is the mean moving range of an XmR chart's baseline, after
	// screening if that was asked for. 0 on other charts.
	MovingRange float64
	// SigmaZ is Laney's factor on a p' or u' chart: over 1 when the series
	// varies more than counts do by chance. 0 on other charts.
	SigmaZ float64
	// FellBack says that SigmaZ couldn't be had on a p' or u' chart, because
	// the baseline's points are all the same; the limits are those of the plain
	// p or u chart.
	FellBack bool
	// Outside is how many points of the baseline lie outside the limits that stand
	// on it. Where they are more than a third on a p or u chart, rounds differ by
	// more than counts do by chance, as large ones do, and Laney's chart suits.
	Outside int
	// Runs is the runs analysis around the median of the baseline.
	Runs Runs
}

// ChartKind is how a chart's limits were made.
type ChartKind uint8

// The kinds of chart.
const (
	XmRChart    ChartKind = iota // individual values and their moving ranges
	PChart                       // proportions
	PPrimeChart                  // proportions, Laney
	UChart                       // rates
	UPrimeChart                  // rates, Laney
)

// String returns xmr, p, p', u or u'.
func (k ChartKind) String() string {
	switch k {
	case PChart:
		return "p"
	case PPrimeChart:
		return "p'"
	case UChart:
		return "u"
	case UPrimeChart:
		return "u'"
	case XmRChart:
	}
	return "xmr"
}

// LimitStatus is what limits a stretch has. The zero value is NoLimits.
type LimitStatus uint8

// The statuses. The first three follow from the number of points, as in the
// NHS's Making Data Count (NHS England 2019).
const (
	NoLimits     LimitStatus = iota // fewer than 6 points: a run chart
	TrialLimits                     // 6 to 11: they still move with every point
	FrozenLimits                    // from 12: they stand on the baseline
	// NoVariation: of proportions, rates or counts the baseline has no events, or
	// nothing but events, from which no chance variation follows. Once there are
	// later points, limits are what the baseline leaves possible of them: the exact
	// 99.8 % lines around the upper (lower) 97.5 % bound of its level (Jeffreys), and
	// no rule but these marks a point.
	NoVariation
	// RareEvents: the baseline has less than one event a point, or less than one that
	// is none. Limits would say nothing, and there are none: a run chart.
	RareEvents
)

// Points from which there are limits at all, and from which they are frozen.
const (
	LeastForLimits = 6
	LeastToFreeze  = 12
)

// limitStatusOf returns the status of limits that stand on so many points.
func limitStatusOf(points int) LimitStatus {
	switch {
	case points < LeastForLimits:
		return NoLimits
	case points < LeastToFreeze:
		return TrialLimits
	}
	return FrozenLimits
}

// String returns no-limits, trial, frozen, no-variation or rare-events.
func (s LimitStatus) String() string {
	switch s {
	case TrialLimits:
		return "trial"
	case FrozenLimits:
		return "frozen"
	case NoVariation:
		return "no-variation"
	case RareEvents:
		return "rare-events"
	case NoLimits:
	}
	return "no-limits"
}

// Plan is what the people who read a chart have decided about it. The zero
// value is one segment with the usual baseline and no screening.
type Plan struct {
	// Segments are in order of Start, the first at 0. None means one that
	// starts at 0.
	Segments []Segment
	// ScreenRanges drops, once, moving ranges of 3.267 times their mean or
	// more before an XmR chart's limits are computed.
	ScreenRanges bool
	// Counts says that the values of an XmR chart count events: whole, and none
	// below 0. It may then have no variation, or rare events.
	Counts bool
}

// Segment is a part of a series with limits of its own, from Start up to the
// next one's. A facilitator starts one to rebase, and a new version of the
// indicator's definition starts one as a break.
type Segment struct {
	Start int // index of its first point
	// Baseline is the number of points, from Start on, that centre and limits
	// stand on: at least LeastForLimits, or 0 for LeastToFreeze. While the
	// segment is shorter, all its points are taken.
	Baseline int
}

// stretches lays the plan over n points. Only Start, End, Baseline and
// LimitStatus are filled in.
func (p Plan) stretches(n int) ([]Stretch, error) {
	segments := p.Segments
	if len(segments) == 0 {
		segments = []Segment{{}}
	}
	if segments[0].Start != 0 {
		return nil, fmt.Errorf("segment 0 starts at %d: %w", segments[0].Start, ErrSegments)
	}
	if n == 0 && len(segments) == 1 {
		return nil, nil
	}
	var stretches []Stretch
	for i, segment := range segments {
		end := n
		if i+1 < len(segments) {
			end = segments[i+1].Start
		}
		if segment.Start >= end || end > n {
			return nil, fmt.Errorf("segment %d holds no point: %w", i, ErrSegments)
		}
		baseline := segment.Baseline
		if baseline == 0 {
			baseline = LeastToFreeze
		}
		if baseline < LeastForLimits {
			return nil, fmt.Errorf("baseline of segment %d: %w", i, ErrSegments)
		}
		baseline = min(baseline, end-segment.Start)
		stretches = append(stretches, Stretch{
			Start: segment.Start, End: end, Baseline: baseline, LimitStatus: limitStatusOf(baseline),
		})
	}
	return stretches, nil
}

// newChart sets up the points and stretches that all charts share.
func newChart(kind ChartKind, values []float64, plan Plan) (Chart, error) {
	stretches, err := plan.stretches(len(values))
	if err != nil {
		return Chart{}, err
	}
	chart := Chart{Kind: kind, Points: make([]ChartPoint, len(values)), Stretches: stretches}
	for i, x := range values {
		chart.Points[i].Value = x
	}
	return chart, nil
}

// setLimits puts the limits at three sigma, cut at the ends of the scale.
func (p *ChartPoint) setLimits(centre, sigma, least, most float64) {
	p.HasLimits, p.Centre, p.Sigma = true, centre, sigma
	p.Low, p.High = max(least, centre-3*sigma), min(most, centre+3*sigma)
}

// addRunsAndSignals fills in, stretch by stretch, what follows from values and
// limits.
func (c *Chart) addRunsAndSignals() {
	for i := range c.Stretches {
		s := &c.Stretches[i]
		values := make([]float64, 0, s.End-s.Start)
		for _, p := range c.Points[s.Start:s.End] {
			values = append(values, p.Value)
		}
		s.Runs = runsBeside(values, median(values[:s.Baseline]))
		points := c.Points[s.Start:s.End]
		switch {
		case !points[0].HasLimits:
			continue
		case s.LimitStatus == NoVariation:
			markOutside(points)
		default:
			markSignals(points)
		}
		for _, p := range points[:s.Baseline] {
			if p.Value > p.High || p.Value < p.Low {
				s.Outside++
			}
		}
	}
}
