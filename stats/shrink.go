package stats

import "fmt"

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
