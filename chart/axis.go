package chart

import "math"

// axis maps values to places along one side of a frame.
type axis struct {
	low, high float64 // values at its ends; low < high
	from, to  float64 // places of its ends
	// log: sizes that differ much would lie on top of each other on an even scale.
	log bool
}

// at returns the place of a value; values beyond the ends lie beyond the ends.
func (a axis) at(x float64) float64 {
	if a.log {
		share := (math.Log(max(x, math.SmallestNonzeroFloat64)) - math.Log(a.low)) / (math.Log(a.high) - math.Log(a.low))
		return a.from + share*(a.to-a.from)
	}
	return a.from + (x-a.low)/(a.high-a.low)*(a.to-a.from)
}

// share returns the value a share of the way along.
func (a axis) share(s float64) float64 {
	if a.log {
		return math.Exp(math.Log(a.low) + s*(math.Log(a.high)-math.Log(a.low)))
	}
	return a.low + s*(a.high-a.low)
}

// ticks returns about so many round values within the ends of an even scale, and the
// decimals that tell them apart.
func (a axis) ticks(about int) (values []float64, decimals int) {
	step := roundStep((a.high - a.low) / float64(max(about, 1)))
	decimals = max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	for k := math.Ceil(a.low/step - 1e-9); k*step <= a.high+step*1e-9 && len(values) < 4*about+8; k++ {
		values = append(values, k*step+0) // +0 takes the sign off -0
	}
	return values, decimals
}

// roundStep is the next of 1, 2, 5, 10 times a power of ten.
func roundStep(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}
