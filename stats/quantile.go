package stats

import (
	"math"
	"slices"
)

// Quartiles returns the quartiles of the values by type 7, linear between order
// statistics (Hyndman & Fan 1996). ok is false for fewer than two values, of
// which there is nothing to say. Values are finite.
func Quartiles(values []float64) (low, middle, high float64, ok bool) {
	if len(values) < 2 {
		return 0, 0, 0, false
	}
	return quantile(values, 0.25), median(values), quantile(values, 0.75), true
}

// quantile returns the q quantile of type 7, linear between order statistics
// (Hyndman & Fan 1996). xs is not empty and is left as it was.
func quantile(xs []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	at := q * float64(len(sorted)-1)
	below := int(math.Floor(at))
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (at-float64(below))*(sorted[above]-sorted[below])
}

// median is the quantile at one half. Written as half of each neighbour, it is
// exact where both are equal and can't overflow.
func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return sorted[middle-1]/2 + sorted[middle]/2
}

func mean(xs []float64) float64 {
	var sum float64
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
