package stats

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
	// Found says that Tau2 > 0, so that adjusted limits differ.
	Found bool
}

// allowForDispersion fills in Dispersion and the points' adjusted limits and
// flags. The model is additive: variance s² + tau².
func (f *Funnel) allowForDispersion() {
	f.Dispersion = f.dispersion()
	scale := f.scale()
	for i := range f.Points {
		p := &f.Points[i]
		p.Adjusted, p.AdjustedFlag = p.Limits, p.Flag
		if f.Dispersion.Found && p.Measured {
			p.Adjusted = scale.limits(p.Size, f.Dispersion.Tau2)
			p.AdjustedFlag = p.Adjusted.flag(p.Value)
		}
	}
}

// dispersion estimates phi and tau², the latter as DerSimonian & Laird (1986)
// do, from z that are winsorised so that a few far organisations don't make
// all others look alike.
func (f *Funnel) dispersion() Dispersion {
	scale := f.scale()
	y0 := scale.to(f.Centre)
	var z []float64
	var weights, squaredWeights float64
	for _, p := range f.Points {
		if !p.Measured {
			continue
		}
		se := scale.standardError(p.Size)
		w := 1 / (se * se)
		z = append(z, (scale.to(p.Value)-y0)/se)
		weights += w
		squaredWeights += w * w
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
	d := Dispersion{Assessed: true, Phi: squares / organisations}
	if excess := squares - (organisations - 1); excess > 0 {
		d.Tau2 = excess / (weights - squaredWeights/weights)
		d.Found = d.Tau2 > 0
	}
	return d
}
