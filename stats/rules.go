package stats

// Signal is the rule that marks a point of a control chart, and the side on
// which it does. The zero value is no signal.
type Signal uint8

// The signals, in the order in which the rules are tried. They are the four
// rules of the NHS's Making Data Count (NHS England 2019), of which the first
// that applies is the point's.
const (
	NoSignal   Signal = iota
	AboveLimit        // over the upper limit
	BelowLimit        // under the lower limit
	Rising            // one of 7 or more points, each over the one before
	Falling           // one of 7 or more points, each under the one before
	NearUpper         // with another of 3 points beyond two thirds of the upper limit
	NearLower         // with another of 3 points beyond two thirds of the lower limit
	AboveMean         // one of 7 or more points over the centre
	BelowMean         // one of 7 or more points under the centre
)

// runLength is the number of points in a trend or a shift.
const runLength = 7

// String returns none, above-limit, below-limit, rising, falling, near-upper,
// near-lower, above-mean or below-mean.
func (s Signal) String() string {
	switch s {
	case AboveLimit:
		return "above-limit"
	case BelowLimit:
		return "below-limit"
	case Rising:
		return "rising"
	case Falling:
		return "falling"
	case NearUpper:
		return "near-upper"
	case NearLower:
		return "near-lower"
	case AboveMean:
		return "above-mean"
	case BelowMean:
		return "below-mean"
	case NoSignal:
	}
	return "none"
}

// markSignals sets the signals of one stretch. Rules are tried from the last in
// order to the first, each overwriting, so that the first that applies remains.
func markSignals(points []ChartPoint) {
	markShifts(points)
	markTwoOfThree(points)
	markTrends(points)
	markOutside(points)
}

// markOutside marks the points outside the limits.
func markOutside(points []ChartPoint) {
	for i, p := range points {
		switch {
		case p.Value > p.High:
			points[i].Signal = AboveLimit
		case p.Value < p.Low:
			points[i].Signal = BelowLimit
		}
	}
}

// markShifts marks all points of every 7 on one side of the centre. A point on
// the centre ends a shift.
func markShifts(points []ChartPoint) {
	for start := 0; start < len(points); {
		end := start + 1
		for end < len(points) && points[end].side() == points[start].side() {
			end++
		}
		if side := points[start].side(); side != 0 && end-start >= runLength {
			setSignals(points[start:end], side, AboveMean, BelowMean)
		}
		start = end
	}
}

// markTrends marks all points of every 7 that strictly rise or fall. The turning
// point between two trends belongs to the later one.
func markTrends(points []ChartPoint) {
	for start := 0; start+1 < len(points); {
		slope := sign(points[start+1].Value - points[start].Value)
		end := start + 1
		for end+1 < len(points) && sign(points[end+1].Value-points[end].Value) == slope {
			end++
		}
		if slope != 0 && end-start+1 >= runLength {
			setSignals(points[start:end+1], slope, Rising, Falling)
		}
		start = end
	}
}

// markTwoOfThree marks, in every three neighbours on one side of the centre of
// which two or more lie beyond two thirds of the limit, those that do. Points
// outside the limit count among them, as in Western Electric (1956).
func markTwoOfThree(points []ChartPoint) {
	for i := 0; i+3 <= len(points); i++ {
		three := points[i : i+3]
		side := three[0].side()
		if side == 0 || three[1].side() != side || three[2].side() != side {
			continue
		}
		near := 0
		for _, p := range three {
			if p.nearLimit() {
				near++
			}
		}
		for j := range three {
			if near >= 2 && three[j].nearLimit() {
				setSignals(three[j:j+1], side, NearUpper, NearLower)
			}
		}
	}
}

func setSignals(points []ChartPoint, side int, up, down Signal) {
	signal := up
	if side < 0 {
		signal = down
	}
	for i := range points {
		points[i].Signal = signal
	}
}

// side is 1 over the centre, -1 under it, 0 on it.
func (p ChartPoint) side() int { return sign(p.Value - p.Centre) }

// nearLimit reports a point beyond two thirds of the way from the centre to a
// limit, or outside it.
func (p ChartPoint) nearLimit() bool {
	return p.Value > p.Centre+2*p.Sigma || p.Value < p.Centre-2*p.Sigma
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
