package stats

import (
	"fmt"
	"math"
)

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

// AdjustedCurve returns the limits that allow for over-dispersion, as [Funnel.Curve]
// does the unadjusted ones. They are the same unless f.Dispersion.Found.
func (f Funnel) AdjustedCurve(sizes []float64) ([]Limits, error) {
	if !f.Dispersion.Found {
		return f.Curve(sizes)
	}
	scale := f.scale()
	return f.curve(sizes, func(size float64) (Limits, error) {
		if size == 0 {
			return Limits{}, ErrUndefined
		}
		return scale.limits(size, f.Dispersion.Tau2), nil
	})
}

func (f Funnel) curve(sizes []float64, at func(size float64) (Limits, error)) ([]Limits, error) {
	if f.Reason != Drawn {
		return nil, fmt.Errorf("funnel curve: %w", ErrUndefined)
	}
	lines := make([]Limits, len(sizes))
	for i, size := range sizes {
		if !within(size, 0, MaxSize) {
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
