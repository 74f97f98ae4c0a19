package chart

import "math"

// axis maps values to places along one side of a frame.
type axis struct {
	low, high float64 // values at its ends; low < high
	from, to  float64 // places of its ends
	// log: sizes that differ by more than a factor of 30 would lie on top of
	// each other on an even scale.
	log bool
}

// maxLinearRatio is the ratio of sizes that an even scale still shows.
const maxLinearRatio = 30

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

// ticks returns about so many round values within the ends, and the decimals
// that tell them apart.
func (a axis) ticks(about int) (values []float64, decimals int) {
	if a.log {
		return a.logTicks(), max(0, -int(math.Floor(math.Log10(a.low))))
	}
	step := roundStep((a.high - a.low) / float64(max(about, 1)))
	decimals = max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	for k := math.Ceil(a.low/step - 1e-9); k*step <= a.high+step*1e-9 && len(values) < 4*about+8; k++ {
		values = append(values, k*step+0) // +0 takes the sign off -0
	}
	return values, decimals
}

// logTicks are 1, 2 and 5 times the powers of ten, or the powers only.
func (a axis) logTicks() []float64 {
	var all, powers []float64
	for e := math.Floor(math.Log10(a.low)); e <= math.Ceil(math.Log10(a.high)); e++ {
		for _, m := range []float64{1, 2, 5} {
			x := m * math.Pow(10, e)
			if x < a.low || x > a.high {
				continue
			}
			all = append(all, x)
			if m == 1 {
				powers = append(powers, x)
			}
		}
	}
	if len(all) > 7 && len(powers) > 1 {
		return powers
	}
	return all
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

// valueAxis spans the values, from place 0 to 1, with some room at both ends,
// and begins at 0 when they come near it and none is below.
func valueAxis(low, high float64) axis {
	if !(high > low) {
		pad := max(math.Abs(high)*0.5, math.SmallestNonzeroFloat64)
		if high == 0 {
			pad = 1
		}
		low, high = low-pad, high+pad
		if low < 0 && high-pad >= 0 {
			low = 0
		}
		return axis{low: low, high: high, to: 1}
	}
	room := (high - low) * 0.06
	padded := axis{low: low - room, high: high + room, to: 1}
	if low >= 0 && low < 0.4*high {
		padded.low = 0
	}
	return padded
}

// sizeAxis spans organisations' sizes, all over 0.
func sizeAxis(low, high, from, to float64) axis {
	if high > maxLinearRatio*low {
		return axis{low: low / 1.3, high: high * 1.2, from: from, to: to, log: true}
	}
	if high <= low {
		return axis{low: low * 0.7, high: high * 1.3, from: from, to: to}
	}
	room := (high - low) * 0.08
	return axis{low: max(low-room, low*0.6), high: high + room, from: from, to: to}
}
