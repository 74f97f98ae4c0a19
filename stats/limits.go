package stats

import (
	"fmt"
	"math"
)

// Limits are a funnel's four lines at one size, on the value's own scale:
// Low998 <= Low95 <= High95 <= High998, all finite. A value is flagged exactly
// when it lies strictly beyond a line. A line that would leave the scale (below
// 0, or above 1 for a proportion) is cut there, so that nothing lies beyond it.
type Limits struct{ Low998, Low95, High95, High998 float64 }

// Flag is where one organisation lies in a funnel. It points to where a
// conversation may start. It says nothing of good or bad, and no order among
// organisations follows from it. The zero value is [None].
type Flag uint8

// The flags. High998 implies being outside the 95 % lines too.
const (
	None    Flag = iota // nothing measured, or no funnel to lie in
	In                  // within the 95 % lines
	High95              // above the upper 95 % line, not the 99.8 % one
	High998             // above the upper 99.8 % line
	Low95               // below the lower 95 % line, not the 99.8 % one
	Low998              // below the lower 99.8 % line
)

// String returns none, in, high95, high998, low95 or low998.
func (f Flag) String() string {
	switch f {
	case In:
		return "in"
	case High95:
		return "high95"
	case High998:
		return "high998"
	case Low95:
		return "low95"
	case Low998:
		return "low998"
	case None:
	}
	return "none"
}

// Outside reports whether the flag is beyond the lines of the level.
func (f Flag) Outside(l Level) bool {
	switch f {
	case High998, Low998:
		return true
	case High95, Low95:
		return l == Level95
	case None, In:
	}
	return false
}

// ProportionLimits returns the exact binomial limits around a centre theta, at
// denominator n, within 0 to 1 (Spiegelhalter 2005, appendix; the upper
// line as in his code of 2016). It returns [ErrUndefined] for n = 0 and for a
// theta of 0 or 1, around which there is no variation.
func ProportionLimits(theta float64, n int) (Limits, error) {
	if !isWithin(theta, 0, 1) || n < 0 || n > MaxSize {
		return Limits{}, fmt.Errorf("proportion limits: %w", ErrImpossible)
	}
	if n == 0 || theta == 0 || theta == 1 {
		return Limits{}, fmt.Errorf("proportion limits: %w", ErrUndefined)
	}
	return binomial(n, theta).cutoffs().limits(float64(n), 1), nil
}

// RateLimits returns the exact Poisson limits around a centre theta, in events
// per unit of exposure, at an exposure; never below 0 (Spiegelhalter 2005,
// appendix, with an expected count of theta x exposure). It returns
// [ErrUndefined] for an exposure of 0 and for a theta of 0.
func RateLimits(theta, exposure float64) (Limits, error) {
	expected := theta * exposure
	if !isWithin(theta, 0, MaxSize*MaxSize) || !isWithin(exposure, 0, MaxSize) || expected > MaxSize {
		return Limits{}, fmt.Errorf("rate limits: %w", ErrImpossible)
	}
	if expected < smallestExpected {
		return Limits{}, fmt.Errorf("rate limits: %w", ErrUndefined)
	}
	return poisson(expected).cutoffs().limits(exposure, math.Inf(1)), nil
}

// smallestExpected is an expected count that is as good as none. It keeps
// 1/expected finite.
const smallestExpected = 1e-30

// MeanLimits returns the normal limits mu ± z sigma / sqrt(n) around a centre
// mu, in its unit, at n people; sigma is the standard deviation between people
// (Spiegelhalter 2005, appendix). It returns [ErrUndefined] for n = 0
// and for a sigma of 0.
func MeanLimits(mu, sigma float64, n int) (Limits, error) {
	if !isWithin(mu, -largestValue, largestValue) || !isWithin(sigma, 0, largestValue) || n < 0 || n > MaxSize {
		return Limits{}, fmt.Errorf("mean limits: %w", ErrImpossible)
	}
	if n == 0 || sigma < smallestSD {
		return Limits{}, fmt.Errorf("mean limits: %w", ErrUndefined)
	}
	error95 := Level95.Z() * sigma / math.Sqrt(float64(n))
	error998 := Level998.Z() * sigma / math.Sqrt(float64(n))
	return Limits{mu - error998, mu - error95, mu + error95, mu + error998}, nil
}

// flag decides by the lines.
func (l Limits) flag(value float64) Flag {
	switch {
	case value > l.High998:
		return High998
	case value < l.Low998:
		return Low998
	case value > l.High95:
		return High95
	case value < l.Low95:
		return Low95
	}
	return In
}

// cutoffs are the four cutoffs of a count.
type cutoffs struct{ low998, low95, high95, high998 cutoff }

func (c countDistribution) cutoffs() cutoffs {
	return cutoffs{c.low(Level998), c.low(Level95), c.high(Level95), c.high(Level998)}
}

// flag decides by exact tails: high when P(X >= count) <= tail, low when
// P(X <= count) <= tail.
func (c cutoffs) flag(count int) Flag {
	switch {
	case count >= c.high998.Count:
		return High998
	case count <= c.low998.Count:
		return Low998
	case count >= c.high95.Count:
		return High95
	case count <= c.low95.Count:
		return Low95
	}
	return In
}

// limits divides the cutoffs' lines by size and cuts them at 0 and most. A
// line that rounding put on its count is moved off it by the least step, so
// that counts out to Count lie beyond the line and the next one doesn't.
func (c cutoffs) limits(size, most float64) Limits {
	low := func(c cutoff) float64 {
		beyond, next := float64(c.Count)/size, float64(c.Count+1)/size
		return max(0, min(next, max(c.Line/size, math.Nextafter(beyond, next))))
	}
	high := func(c cutoff) float64 {
		beyond, next := float64(c.Count)/size, float64(c.Count-1)/size
		return min(most, max(next, min(c.Line/size, math.Nextafter(beyond, next))))
	}
	return Limits{low(c.low998), low(c.low95), high(c.high95), high(c.high998)}
}

// Curve returns the funnel's unadjusted limits at many sizes, for drawing its
// lines: one per size, in order. Sizes are denominators (rounded to whole
// ones), exposures or numbers of people (rounded), as the funnel's method has
// it. It returns [ErrUndefined] when the funnel has no limits, or a size is 0,
// and [ErrImpossible] for sizes that cannot be.
func (f Funnel) Curve(sizes []float64) ([]Limits, error) {
	return f.curve(sizes, func(size float64) (Limits, error) {
		switch f.Method {
		case Binomial:
			return ProportionLimits(f.Centre, int(size))
		case Poisson:
			return RateLimits(f.Centre, size)
		case Normal:
		}
		return MeanLimits(f.Centre, f.Sigma, int(size))
	})
}

// AdjustedCurve returns the limits that allow for over-dispersion, as
// [Funnel.Curve] does the unadjusted ones, and nowhere inside those. They are the
// same unless f.Dispersion.Found.
func (f Funnel) AdjustedCurve(sizes []float64) ([]Limits, error) {
	lines, err := f.Curve(sizes)
	if err != nil || !f.Dispersion.Found {
		return lines, err
	}
	for i, size := range sizes {
		if f.Method != Poisson {
			size = math.Round(size)
		}
		lines[i] = f.adjusted(lines[i], size)
	}
	return lines, nil
}

func (f Funnel) curve(sizes []float64, at func(size float64) (Limits, error)) ([]Limits, error) {
	if f.Reason != Drawn {
		return nil, fmt.Errorf("funnel curve: %w", ErrUndefined)
	}
	lines := make([]Limits, len(sizes))
	for i, size := range sizes {
		if !isWithin(size, 0, MaxSize) {
			return nil, fmt.Errorf("funnel curve: size %d: %w", i, ErrImpossible)
		}
		if f.Method != Poisson {
			size = math.Round(size)
		}
		limits, err := at(size)
		if err != nil {
			return nil, fmt.Errorf("funnel curve: size %d: %w", i, err)
		}
		lines[i] = limits
	}
	return lines, nil
}
