package chart

import (
	"math"
	"slices"

	"roundtable/stats"
)

// curve is a funnel's limits at many sizes, as shown; empty without limits.
type curve struct {
	sizes []float64
	exact []stats.Limits
	// adjusted for over-dispersion; empty unless it was found.
	adjusted []stats.Limits
}

// curveSteps is how many sizes a curve is drawn through.
const curveSteps = 120

func newCurve(f stats.Funnel, sizes axis, factor float64) curve {
	if f.Reason != stats.Drawn {
		return curve{}
	}
	var c curve
	for i := range curveSteps + 1 {
		n := sizes.share(float64(i) / curveSteps)
		if f.Method == stats.Binomial {
			n = max(1, math.Round(n))
		}
		if len(c.sizes) == 0 || n > c.sizes[len(c.sizes)-1] {
			c.sizes = append(c.sizes, n)
		}
	}
	exact, err := f.Curve(c.sizes)
	if err != nil {
		return curve{} // a size that the statistics refuse has no limits
	}
	c.exact = times(exact, factor)
	if f.Dispersion.Found {
		if adjusted, err := f.AdjustedCurve(c.sizes); err == nil {
			c.adjusted = times(adjusted, factor)
		}
	}
	for _, l := range append(slices.Clip(c.exact), c.adjusted...) {
		if !drawable(l.Low998) || !drawable(l.High998) {
			return curve{}
		}
	}
	return c
}

func times(limits []stats.Limits, factor float64) []stats.Limits {
	for i, l := range limits {
		limits[i] = stats.Limits{
			Low998: l.Low998 * factor, Low95: l.Low95 * factor, High95: l.High95 * factor, High998: l.High998 * factor,
		}
	}
	return limits
}

// line returns one of the curve's lines on a sheet.
func (c curve) line(f frame, limits []stats.Limits, of func(stats.Limits) float64) []point {
	points := make([]point, len(limits))
	for i, l := range limits {
		points[i] = point{f.x.at(c.sizes[i]), f.y.at(of(l))}
	}
	return points
}
