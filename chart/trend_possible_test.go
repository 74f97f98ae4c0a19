package chart

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"roundtable/benchmark"
)

// isPossible says of the limit of a last value, after a baseline without events (or, low,
// without anything else), why it isn't what that leaves possible: the bound of the level that
// is exceeded in one of forty by Jeffreys' prior, and the count that is exceeded in one of a
// thousand there. Both are computed here from tails alone.
func (so *course) isPossible(limit float64, low bool) string {
	if !so.still {
		return "the baseline varies"
	}
	points := so.s.Points[so.from:]
	size := func(at int) float64 {
		if so.s.Indicator.Kind == benchmark.Count {
			return 1
		}
		return points[at].Figure.Denominator
	}
	n, m := 0.0, size(len(points)-1)
	for k := range so.baseline {
		n += size(k)
	}
	method, _ := so.s.chosenMethod()
	share := method == P || method == PPrime
	below := func(x float64) float64 { return mathext.GammaIncReg(0.5, x*n) }
	if share {
		below = func(x float64) float64 { return mathext.RegIncBeta(0.5, n+0.5, x) }
	}
	from, to := 0.0, 1.0
	for !share && below(to) < 0.975 {
		to *= 2
	}
	for range 200 {
		if middle := (from + to) / 2; below(middle) < 0.975 {
			from = middle
		} else {
			to = middle
		}
	}
	atLeast := func(k float64) float64 {
		switch {
		case k <= 0:
			return 1
		case share && k > m:
			return 0
		case share:
			return mathext.RegIncBeta(k, m-k+1, from)
		}
		return mathext.GammaIncReg(k, from*m)
	}
	events := limit / so.s.Indicator.Factor() * m
	if low {
		events = m - events
	}
	over, at := atLeast(math.Ceil(events-1e-6)+1), atLeast(math.Floor(events+1e-6))
	return expect(over <= 0.001+1e-6 && at >= 0.001-1e-6, "%g events of %g: as many have a chance of %g, and more of %g", events, m, at, over)
}
