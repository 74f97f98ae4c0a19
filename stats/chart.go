package stats

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
	Low, High float64 // three Sigma from the centre, cut at the ends of the scale
	Sigma     float64 // 0 when the baseline doesn't vary at all
	Signal    Signal  // the first rule that marks the point
}

// Stretch is what holds for one segment: points Start to End-1.
type Stretch struct {
	Start, End int
	Standing   Standing
	Baseline   int     // points from Start on which centre and limits stand
	Centre     float64 // of the baseline: mean of values, or sum over sum
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

// Standing is what limits a stretch has.
type Standing uint8

// The standings. The first three follow from the number of points, as in the
// NHS's Making Data Count (NHS England 2019).
const (
	NoLimits     Standing = iota // fewer than 6 points: a run chart
	TrialLimits                  // 6 to 11: they still move with every point
	FrozenLimits                 // from 12: they stand on the baseline
	// NoVariation: on a chart of proportions or rates the baseline has no
	// events, or nothing but events, from which no chance variation follows.
	// The centre is given, limits are not.
	NoVariation
)

// Points from which there are limits at all, and from which they are frozen.
const (
	LeastForLimits = 6
	LeastToFreeze  = 12
)

// StandingOf returns the standing of limits on so many points.
func StandingOf(points int) Standing {
	switch {
	case points < LeastForLimits:
		return NoLimits
	case points < LeastToFreeze:
		return TrialLimits
	}
	return FrozenLimits
}

// String returns no-limits, trial, frozen or no-variation.
func (s Standing) String() string {
	switch s {
	case TrialLimits:
		return "trial"
	case FrozenLimits:
		return "frozen"
	case NoVariation:
		return "no-variation"
	case NoLimits:
	}
	return "no-limits"
}
