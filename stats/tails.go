package stats

import "gonum.org/v1/gonum/mathext"

// The tails are computed as such, never as one minus the other: near 1 that
// would leave few digits, and the limits at 99.8 % live there.

// binomialUpper returns P(R >= k) for R ~ Binomial(n, p), by the incomplete
// beta function (Abramowitz & Stegun 1964, 26.5.24).
func binomialUpper(k, n int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case k > n:
		return 0
	}
	return mathext.RegIncBeta(float64(k), float64(n-k+1), p)
}

// binomialLower returns P(R <= k).
func binomialLower(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return mathext.RegIncBeta(float64(n-k), float64(k+1), 1-p)
}

// poissonUpper returns P(O >= k) for O ~ Poisson(expected), by the incomplete
// gamma function (Abramowitz & Stegun 1964, 26.4.21).
func poissonUpper(k int, expected float64) float64 {
	if k <= 0 {
		return 1
	}
	return mathext.GammaIncReg(float64(k), expected)
}

// poissonLower returns P(O <= k).
func poissonLower(k int, expected float64) float64 {
	if k < 0 {
		return 0
	}
	return mathext.GammaIncRegComp(float64(k+1), expected)
}
