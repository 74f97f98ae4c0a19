package stats

import (
	"fmt"
	"math"
)

// PlaceProportion returns where a proportion lies in a funnel that was made
// without it, of the method Binomial. Without limits, or with a denominator of
// 0, its flag is None. It returns [ErrImpossible] as [ProportionFunnel] does, and
// for a funnel of another method.
func (f Funnel) PlaceProportion(o Proportion) (Point, error) {
	if err := o.check(); err != nil || o.Denominator == 0 {
		return Point{}, err
	}
	if f.Method != Binomial {
		return Point{}, fmt.Errorf("place a proportion in a %v funnel: %w", f.Method, ErrImpossible)
	}
	size := float64(o.Denominator)
	return f.place(Point{Measured: true, Size: size, Value: float64(o.Numerator) / size}, func() cutoffs {
		return binomial(o.Denominator, f.Centre).cutoffs()
	}, o.Numerator, 1)
}

// PlaceRate returns where a rate lies in a funnel that was made without it, of
// the method Poisson; otherwise as [Funnel.PlaceProportion].
func (f Funnel) PlaceRate(o Rate) (Point, error) {
	if err := o.check(); err != nil || o.Exposure == 0 {
		return Point{}, err
	}
	if f.Method != Poisson {
		return Point{}, fmt.Errorf("place a rate in a %v funnel: %w", f.Method, ErrImpossible)
	}
	p := Point{Measured: true, Size: o.Exposure, Value: float64(o.Events) / o.Exposure}
	expected := f.Centre * o.Exposure
	if f.Reason == Drawn && !within(expected, smallestExpected, MaxSize) {
		return Point{}, fmt.Errorf("place a rate: expected count: %w", ErrImpossible)
	}
	return f.place(p, func() cutoffs { return poisson(expected).cutoffs() }, o.Events, math.Inf(1))
}

// PlaceMean returns where a mean lies in a funnel that was made without it, of
// the method Normal; otherwise as [Funnel.PlaceProportion].
func (f Funnel) PlaceMean(o Mean) (Point, error) {
	if err := o.check(); err != nil || o.N == 0 {
		return Point{}, err
	}
	if f.Method != Normal {
		return Point{}, fmt.Errorf("place a mean in a %v funnel: %w", f.Method, ErrImpossible)
	}
	p := Point{Measured: true, Size: float64(o.N), Value: o.Value}
	if f.Reason != Drawn {
		return p, nil
	}
	limits, err := MeanLimits(f.Centre, f.Sigma, o.N)
	if err != nil {
		return Point{}, err
	}
	p.Limits, p.Flag = limits, limits.flag(p.Value)
	return f.adjust(p)
}

func (f Funnel) place(p Point, exact func() cutoffs, count int, most float64) (Point, error) {
	if f.Reason != Drawn {
		return p, nil
	}
	c := exact()
	p.Limits, p.Flag = c.limits(p.Size, most), c.flag(count)
	return f.adjust(p)
}

func (f Funnel) adjust(p Point) (Point, error) {
	p.Adjusted, p.AdjustedFlag = p.Limits, p.Flag
	if !f.Dispersion.Found {
		return p, nil
	}
	lines, err := f.AdjustedCurve([]float64{p.Size})
	if err != nil {
		return Point{}, err
	}
	p.Adjusted, p.AdjustedFlag = lines[0], lines[0].flag(p.Value)
	return p, nil
}

// Quartiles returns the quartiles of the values by type 7, linear between order
// statistics (Hyndman & Fan 1996). ok is false for fewer than two values, of
// which there is nothing to say. Values are finite.
func Quartiles(values []float64) (low, middle, high float64, ok bool) {
	if len(values) < 2 {
		return 0, 0, 0, false
	}
	return quantile(values, 0.25), median(values), quantile(values, 0.75), true
}
