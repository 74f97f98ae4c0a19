package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// cutoff is where one tail of a count begins: counts at Count or further out
// have a tail probability of at most the level's tail. Line lies between Count
// and its neighbour nearer the centre, where the tail probability, joined by
// straight lines between counts, is the level's tail itself. Lines thus move
// smoothly with size while flags stay exact.
//
// With r the quantile of Spiegelhalter (2005, appendix) and
// alpha = (F(r)-p)/(F(r)-F(r-1)), the lower Line is r - alpha and the upper
// one r + 1 - alpha, as in his code of 2016. The upper r - alpha of the paper
// is one event too low.
type cutoff struct {
	Count int
	Line  float64
}

// countDistribution is a distribution of counts from 0 to last.
type countDistribution struct {
	upper, lower func(k int) float64 // P(X >= k), P(X <= k)
	mean, sd     float64
	skew         float64 // third central moment over the variance
	last         int
}

func binomial(n int, p float64) countDistribution {
	return countDistribution{
		upper: func(k int) float64 { return binomialUpper(k, n, p) },
		lower: func(k int) float64 { return binomialLower(k, n, p) },
		mean:  float64(n) * p, sd: math.Sqrt(float64(n) * p * (1 - p)), skew: 1 - 2*p,
		last: n,
	}
}

func poisson(expected float64) countDistribution {
	sd := math.Sqrt(expected)
	return countDistribution{
		upper: func(k int) float64 { return poissonUpper(k, expected) },
		lower: func(k int) float64 { return poissonLower(k, expected) },
		mean:  expected, sd: sd, skew: 1,
		// Beyond this the tail is below 1e-9, and no level asks for that.
		last: int(expected + 10*sd + 20),
	}
}

// high returns the upper cutoff at a level. Count is last+1 when even the
// largest count isn't far enough out.
func (c countDistribution) high(l Level) cutoff {
	k, at, before := firstWithin(c.upper, l.Tail(), c.guess(l.Z())+1, 1, c.last+1)
	return cutoff{Count: k, Line: float64(k) - (l.Tail()-at)/(before-at)}
}

// low returns the lower cutoff at a level. Count is -1 when even 0 isn't far
// enough out.
func (c countDistribution) low(l Level) cutoff { return c.lowAt(l.Tail(), l.Z()) }

// lowAt is low for any tail; z is its standard normal quantile, roughly.
func (c countDistribution) lowAt(tail, z float64) cutoff {
	mirrored := func(k int) float64 { return c.lower(-k) }
	k, at, before := firstWithin(mirrored, tail, 1-c.guess(-z), 1-c.last, 1)
	return cutoff{Count: -k, Line: -float64(k) + (tail-at)/(before-at)}
}

// guess returns a count close to the quantile at z, by the first terms of
// Cornish & Fisher (1938). It saves time and decides nothing.
func (c countDistribution) guess(z float64) int {
	return int(math.Floor(c.mean + z*c.sd + c.skew*(z*z-1)/6 + 0.5))
}

// firstWithin returns the smallest k in first..last with tail(k) <= limit, and
// the tail there and one before. tail falls in k, tail(first-1) > limit and
// tail(last) <= limit. It walks from the guess in doubling steps, then halves.
func firstWithin(tail func(int) float64, limit float64, guess, first, last int) (k int, at, before float64) {
	guess = min(max(guess, first), last)
	inside, outside := guess, guess
	at = tail(guess)
	before = at
	for step := 1; at > limit; step *= 2 { // walk out
		inside, before = outside, at
		outside = min(outside+step, last)
		at = tail(outside)
	}
	for step := 1; before <= limit; step *= 2 { // walk in
		outside, at = inside, before
		inside = max(inside-step, first-1)
		before = tail(inside)
	}
	for outside-inside > 1 {
		middle := inside + (outside-inside)/2
		if p := tail(middle); p <= limit {
			outside, at = middle, p
		} else {
			inside, before = middle, p
		}
	}
	return outside, at, before
}

// The tails are computed as such, never as one minus the other: near 1 that
// would leave few digits, and the limits at 99.8 % live there.

// binomialUpper returns P(R >= k) for R ~ Binomial(n, p), by the incomplete
// beta function (Abramowitz & Stegun 1964, 26.5.24).
func binomialUpper(k, n int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case k > n:
		return 0
	}
	return mathext.RegIncBeta(float64(k), float64(n-k+1), p)
}

// binomialLower returns P(R <= k).
func binomialLower(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return mathext.RegIncBeta(float64(n-k), float64(k+1), 1-p)
}

// poissonUpper returns P(O >= k) for O ~ Poisson(expected), by the incomplete
// gamma function (Abramowitz & Stegun 1964, 26.4.21).
func poissonUpper(k int, expected float64) float64 {
	if k <= 0 {
		return 1
	}
	return mathext.GammaIncReg(float64(k), expected)
}

// poissonLower returns P(O <= k).
func poissonLower(k int, expected float64) float64 {
	if k < 0 {
		return 0
	}
	return mathext.GammaIncRegComp(float64(k+1), expected)
}
