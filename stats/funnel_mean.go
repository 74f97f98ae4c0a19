package stats

import (
	"fmt"
	"math"
)

// MeanFunnel compares means around mu, their mean weighted by the number of
// people, with normal limits (see [MeanLimits]). Sigma is the pooled standard
// deviation sqrt(sum (n-1) sd² / sum (n-1)) over the organisations that know
// theirs; the others are compared too. It needs two organisations with people,
// and a Sigma over 0; else it has no limits, and Reason says why. It returns
// [ErrImpossible], naming the first such observation by its index, for figures
// that cannot be.
func MeanFunnel(observations []Mean) (Funnel, error) {
	f := Funnel{Method: Normal, Points: make([]Point, len(observations))}
	var total, people, squares, freedom float64
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Funnel{}, fmt.Errorf("mean funnel: observation %d: %w", i, err)
		}
		if o.N == 0 {
			continue
		}
		n := float64(o.N)
		f.Points[i] = Point{Measured: true, Size: n, Value: o.Value}
		total += n * o.Value
		people += n
		if o.SDKnown {
			squares += (n - 1) * o.SD * o.SD
			freedom += n - 1
		}
	}
	f.Reason = withoutLimits(f.Points)
	if people > 0 {
		f.Centre = total / people
	}
	if freedom > 0 {
		f.Sigma = math.Sqrt(squares / freedom)
	}
	if f.Reason == Drawn && f.Sigma < smallestSD {
		f.Reason = NoSpread
	}
	if f.Reason != Drawn {
		return f, nil
	}
	for i, o := range observations {
		if o.N == 0 {
			continue
		}
		limits, err := MeanLimits(f.Centre, f.Sigma, o.N)
		if err != nil {
			return Funnel{}, fmt.Errorf("mean funnel: observation %d: %w", i, err)
		}
		f.Points[i].Limits = limits
		f.Points[i].Flag = limits.flag(o.Value)
	}
	f.allowForDispersion()
	return f, nil
}
