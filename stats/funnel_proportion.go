package stats

import "fmt"

// ProportionFunnel compares proportions around theta, the sum of numerators
// over the sum of denominators, with exact binomial limits and flags (see
// [ProportionLimits]). It needs two organisations with a denominator over 0;
// with theta 0 or 1 it has no limits, and Reason says why. It returns
// [ErrImpossible], naming the first such observation by its index, for figures
// that cannot be.
func ProportionFunnel(observations []Proportion) (Funnel, error) {
	f := Funnel{Method: Binomial, Points: make([]Point, len(observations))}
	var events, all int
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Funnel{}, fmt.Errorf("proportion funnel: observation %d: %w", i, err)
		}
		if o.Denominator == 0 {
			continue
		}
		size := float64(o.Denominator)
		f.Points[i] = Point{Measured: true, Size: size, Value: float64(o.Numerator) / size}
		events += o.Numerator
		all += o.Denominator
	}
	f.Reason = withoutLimits(f.Points)
	if all > 0 {
		f.Centre = float64(events) / float64(all)
	}
	if f.Reason == Drawn && events == 0 {
		f.Reason = NoEvents
	}
	if f.Reason == Drawn && events == all {
		f.Reason = AllEvents
	}
	if f.Reason != Drawn {
		return f, nil
	}
	for i, o := range observations {
		if o.Denominator == 0 {
			continue
		}
		exact := binomial(o.Denominator, f.Centre).cutoffs()
		f.Points[i].Limits = exact.limits(f.Points[i].Size, 1)
		f.Points[i].Flag = exact.flag(o.Numerator)
	}
	f.allowForDispersion()
	return f, nil
}
