package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// LeastForDispersion is the fewest organisations from which over-dispersion is
// assessed. With fewer, its estimate says more about chance than about them.
const LeastForDispersion = 10

// Dispersion says whether organisations differ more than chance alone would
// have it (Spiegelhalter 2005; Spiegelhalter et al. 2012). When they do, many
// small causes lie behind it that the funnel doesn't know, and the unadjusted
// limits flag too readily.
type Dispersion struct {
	// Assessed is false with fewer organisations than LeastForDispersion, or
	// without limits; everything else is then zero and says nothing.
	Assessed bool
	// Phi is the mean squared z after winsorising at the 10 % and 90 %
	// quantiles: about 1 or less by chance alone.
	Phi float64
	// Tau2 is the variance between organisations that chance doesn't explain,
	// by the method of moments, on the scale on which z is taken: arcsine of
	// the root for proportions (radians squared), the root of the ratio to the
	// centre for rates, the value itself for means. 0 or more.
	Tau2 float64
	// Pearson is X² about the centre, of values as they are: the sum over
	// organisations of (observed - expected)² over the variance that chance
	// gives (Pearson 1900). About the number of organisations less one by chance
	// alone.
	Pearson float64
	// Found says that organisations differ more than chance alone would have it,
	// so that adjusted limits differ: Pearson beyond its 99 % quantile, Phi over 1
	// and Tau2 over 0, where at least LeastExpected events, and of proportions as
	// many non-events, are expected of every organisation. Phi or Tau2 alone would
	// claim it of one network of pure chance in eight.
	Found bool
}

// LeastExpected is how many events, and of proportions non-events, have to be
// expected of every organisation before more is said of their spread. With fewer,
// X² doesn't follow its distribution.
const LeastExpected = 5

// allowForDispersion fills in Dispersion and the points' adjusted limits and
// flags.
func (f *Funnel) allowForDispersion() {
	f.Dispersion = f.dispersion()
	for i := range f.Points {
		if p := &f.Points[i]; p.Measured {
			f.adjust(p)
		}
	}
}

// adjust fills in a point's adjusted limits, and its flag by what is drawn.
func (f Funnel) adjust(p *Point) {
	p.Adjusted, p.AdjustedFlag = p.Limits, p.Flag
	if f.Dispersion.Found {
		p.Adjusted = f.adjusted(p.Limits, p.Size)
		p.AdjustedFlag = p.Adjusted.flag(p.Value)
	}
}

// adjusted returns the limits at a size that allow for dispersion: those of the
// additive model, variance s² + tau², and nowhere inside the exact ones. The
// model's scale makes chance's own limits normal, and near 0 or 1 these are inside
// the exact ones.
func (f Funnel) adjusted(exact Limits, size float64) Limits {
	wide := f.scale().limits(size, f.Dispersion.Tau2)
	return Limits{
		Low998: min(exact.Low998, wide.Low998), Low95: min(exact.Low95, wide.Low95),
		High95: max(exact.High95, wide.High95), High998: max(exact.High998, wide.High998),
	}
}

// dispersion estimates phi and tau², the latter as DerSimonian & Laird (1986)
// do, from z that are winsorised so that a few far organisations don't make
// all others look alike; and decides on X² whether there is more than chance.
func (f *Funnel) dispersion() Dispersion {
	scale := f.scale()
	y0 := scale.to(f.Centre)
	var z []float64
	var weights, squaredWeights, pearson float64
	expected := true
	for _, p := range f.Points {
		if !p.Measured {
			continue
		}
		se := scale.standardError(p.Size)
		w := 1 / (se * se)
		z = append(z, (scale.to(p.Value)-y0)/se)
		weights += w
		squaredWeights += w * w
		off := p.Value - f.Centre
		pearson += off * off / f.chanceVariance(p.Size)
		expected = expected && f.expects(LeastExpected, p.Size)
	}
	if len(z) < LeastForDispersion {
		return Dispersion{}
	}
	low, high := quantile(z, 0.1), quantile(z, 0.9)
	var squares float64
	for _, z := range z {
		z = min(max(z, low), high)
		squares += z * z
	}
	organisations := float64(len(z))
	d := Dispersion{Assessed: true, Phi: squares / organisations, Pearson: pearson}
	if excess := squares - (organisations - 1); excess > 0 {
		d.Tau2 = excess / (weights - squaredWeights/weights)
	}
	d.Found = expected && d.Tau2 > 0 && d.Phi > 1 && pearson > f.mostByChance(len(z))
	return d
}

// chanceVariance is that of a value at a size, by chance alone.
func (f Funnel) chanceVariance(size float64) float64 {
	switch f.Method {
	case Binomial:
		return f.Centre * (1 - f.Centre) / size
	case Poisson:
		return f.Centre / size
	case Normal:
	}
	return f.Sigma * f.Sigma / size
}

// expects reports whether so many events, and non-events, are expected at a size.
func (f Funnel) expects(least, size float64) bool {
	switch f.Method {
	case Binomial:
		return size*f.Centre >= least && size*(1-f.Centre) >= least
	case Poisson:
		return size*f.Centre >= least
	case Normal:
	}
	return true
}

// mostByChance is the 99 % quantile of Pearson for so many organisations that
// differ by chance alone: of chi-square with one degree of freedom less. For means,
// whose Sigma is estimated, it is that many times the quantile of F, which is the
// same where Sigma stands on many people.
func (f Funnel) mostByChance(organisations int) float64 {
	const beyond = 0.99
	freedom := float64(organisations - 1)
	if f.Method == Normal {
		return freedom * distuv.F{D1: freedom, D2: f.SigmaFreedom}.Quantile(beyond)
	}
	return distuv.ChiSquared{K: freedom}.Quantile(beyond)
}

// varianceScale is where a value's chance variation depends on size alone, so
// that one variance between organisations can be added to it. Spiegelhalter
// (2005) gives these transformations:
//
//   - proportions: y = asin sqrt p, s = 1 / (2 sqrt n)
//   - rates: y = sqrt(O/E), the ratio to the centre, s = 1 / (2 sqrt E)
//   - means: y is the mean itself, s = sigma / sqrt n
type varianceScale struct {
	method        Method
	centre, sigma float64
}

func (f Funnel) scale() varianceScale { return varianceScale{f.Method, f.Centre, f.Sigma} }

// to carries a value to the scale.
func (s varianceScale) to(value float64) float64 {
	switch s.method {
	case Binomial:
		return math.Asin(math.Sqrt(value))
	case Poisson:
		return math.Sqrt(value / s.centre)
	case Normal:
	}
	return value
}

// from carries y back. An angle is first clamped to 0 to pi/2, and a root to 0
// and up, beyond which the square would turn back.
func (s varianceScale) from(y float64) float64 {
	switch s.method {
	case Binomial:
		sine := math.Sin(min(max(y, 0), math.Pi/2))
		return sine * sine
	case Poisson:
		root := max(y, 0)
		return s.centre * root * root
	case Normal:
	}
	return y
}

// standardError is of y, by chance alone, at a size.
func (s varianceScale) standardError(size float64) float64 {
	switch s.method {
	case Binomial:
		return 1 / (2 * math.Sqrt(size))
	case Poisson:
		return 1 / (2 * math.Sqrt(s.centre*size))
	case Normal:
	}
	return s.sigma / math.Sqrt(size)
}

// limits returns the centre ± z sqrt(s² + tau²), carried back.
func (s varianceScale) limits(size, tau2 float64) Limits {
	y0, se := s.to(s.centre), s.standardError(size)
	spread := math.Sqrt(se*se + tau2)
	line := func(z float64) float64 { return s.from(y0 + z*spread) }
	return Limits{
		Low998: line(-Level998.Z()), Low95: line(-Level95.Z()),
		High95: line(Level95.Z()), High998: line(Level998.Z()),
	}
}

// Shrunk is an organisation's value drawn towards the centre, the more the
// less its own figures say. It is secondary: good for "what would we expect of
// a small place", never a base for an order.
type Shrunk struct {
	Value  float64 // on the value's own scale, between the centre and the value
	Weight float64 // of the centre: 0 none, 1 all
}

// Shrunk returns the empirical Bayes estimate of the i-th point (Efron & Morris
// 1975; Spiegelhalter et al. 2012): Weight = s² / (s² + tau²), and on the scale
// of [Dispersion].Tau2, Weight x centre + (1 - Weight) x value. Without
// over-dispersion the weight is 1. It returns [ErrUndefined] when the point
// measured nothing, i is no point's, or dispersion wasn't assessed.
func (f Funnel) Shrunk(i int) (Shrunk, error) {
	if i < 0 || i >= len(f.Points) || !f.Points[i].Measured || !f.Dispersion.Assessed {
		return Shrunk{}, fmt.Errorf("shrunken value: %w", ErrUndefined)
	}
	scale := f.scale()
	se := scale.standardError(f.Points[i].Size)
	weight := se * se / (se*se + f.Dispersion.Tau2)
	y := weight*scale.to(f.Centre) + (1-weight)*scale.to(f.Points[i].Value)
	return Shrunk{Value: scale.from(y), Weight: weight}, nil
}
