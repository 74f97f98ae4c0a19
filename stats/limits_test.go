package stats

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestProportionLimitsReference(t *testing.T) {
	for _, r := range referenceCSV(t, "funnel_binomial_limits.csv") {
		theta, n, level := r.float(t, "theta"), r.int(t, "n"), levelOf(t, r["tail"])
		what := fmt.Sprintf("theta %g n %d %s", theta, n, level)
		limits, err := ProportionLimits(theta, n)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		low, high := limits.at(level)
		near(t, what+" low", low, r.float(t, "lo_tail"))
		near(t, what+" high", high, r.float(t, "hi_tail"))

		exact := binomial(n, theta)
		if got, want := exact.low(level).Count, r.intOr(t, "flag_low_max_r", -1); got != want {
			t.Errorf("%s: low flags from %d, want %d", what, got, want)
		}
		if got, want := exact.high(level).Count, r.intOr(t, "flag_high_min_r", n+1); got != want {
			t.Errorf("%s: high flags from %d, want %d", what, got, want)
		}
	}
}

func TestRateLimitsReference(t *testing.T) {
	for _, r := range referenceCSV(t, "funnel_poisson_limits.csv") {
		expected, level := r.float(t, "expected"), levelOf(t, r["tail"])
		what := fmt.Sprintf("expected %g %s", expected, level)
		limits, err := RateLimits(1, expected)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		low, high := limits.at(level)
		near(t, what+" low", low, r.float(t, "lo_tail"))
		near(t, what+" high", high, r.float(t, "hi_tail"))

		exact := poisson(expected)
		if got, want := exact.low(level).Count, r.intOr(t, "flag_low_max_o", -1); got != want {
			t.Errorf("%s: low flags from %d, want %d", what, got, want)
		}
		if got, want := exact.high(level).Count, r.int(t, "flag_high_min_o"); got != want {
			t.Errorf("%s: high flags from %d, want %d", what, got, want)
		}
	}
}

func (l Limits) at(level Level) (low, high float64) {
	if level == Level998 {
		return l.Low998, l.High998
	}
	return l.Low95, l.High95
}

func TestMeanLimits(t *testing.T) {
	got, err := MeanLimits(10, 4, 16)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "low998", got.Low998, 10-3.090232306167813)
	near(t, "low95", got.Low95, 10-1.959963984540054)
	near(t, "high95", got.High95, 10+1.959963984540054)
	near(t, "high998", got.High998, 10+3.090232306167813)
}

// The line and the flag come from one count and must say the same at every
// other: over a grid of centres and all integers from 0 to n.
func TestLineAndFlagAgree(t *testing.T) {
	for _, theta := range []float64{1e-9, 0.001, 0.02, 0.025, 0.1, 1. / 3, 0.5, 0.85, 0.975, 0.98, 0.999, 1 - 1e-9} {
		for _, n := range []int{1, 2, 3, 5, 10, 20, 37, 100, 412, 1000} {
			exact := binomial(n, theta).cutoffs()
			limits := exact.limits(float64(n), 1)
			inOrder(t, limits, theta)
			for r := range n + 1 {
				byLine, byTail := limits.flag(float64(r)/float64(n)), flagByTails(r, n, theta)
				if byCount := exact.flag(r); byCount != byTail || byLine != byTail {
					t.Errorf("theta %g, %d/%d: by count %v, by line %v, by tails %v", theta, r, n, byCount, byLine, byTail)
				}
			}
		}
	}
}

// flagByTails is the definition, without any search.
func flagByTails(r, n int, theta float64) Flag {
	upper, lower := binomialUpper(r, n, theta), binomialLower(r, n, theta)
	switch {
	case upper <= 0.001:
		return High998
	case lower <= 0.001:
		return Low998
	case upper <= 0.025:
		return High95
	case lower <= 0.025:
		return Low95
	}
	return In
}

func inOrder(t interface {
	Helper()
	Errorf(string, ...any)
}, l Limits, centre float64,
) {
	t.Helper()
	lines := []float64{l.Low998, l.Low95, centre, l.High95, l.High998}
	for i, line := range lines {
		if math.IsNaN(line) || math.IsInf(line, 0) || i > 0 && line < lines[i-1] {
			t.Errorf("lines with their centre are not in order: %v", lines)
			return
		}
	}
}

// The upper line of the 2005 paper would flag 20 of 20 at theta 0.98, which
// happens two times of three by chance.
func TestFullMarksAreNoNews(t *testing.T) {
	if got := binomial(20, 0.98).cutoffs().flag(20); got != In {
		t.Errorf("20 of 20 at theta 0.98 is %v, want in", got)
	}
}

func TestLimitsErrors(t *testing.T) {
	proportion := func(theta float64, n int) error { _, err := ProportionLimits(theta, n); return err }
	rate := func(theta, exposure float64) error { _, err := RateLimits(theta, exposure); return err }
	mean := func(mu, sigma float64, n int) error { _, err := MeanLimits(mu, sigma, n); return err }
	for _, c := range []struct {
		what string
		err  error
		want error
	}{
		{"theta 0", proportion(0, 5), ErrUndefined},
		{"theta 1", proportion(1, 5), ErrUndefined},
		{"n 0", proportion(0.5, 0), ErrUndefined},
		{"theta over 1", proportion(1.1, 5), ErrImpossible},
		{"theta NaN", proportion(math.NaN(), 5), ErrImpossible},
		{"n negative", proportion(0.5, -1), ErrImpossible},
		{"no events expected", rate(0, 5), ErrUndefined},
		{"no exposure", rate(1, 0), ErrUndefined},
		{"rate NaN", rate(math.NaN(), 1), ErrImpossible},
		{"rate infinite", rate(math.Inf(1), 1), ErrImpossible},
		{"sigma 0", mean(1, 0, 5), ErrUndefined},
		{"nobody", mean(1, 1, 0), ErrUndefined},
		{"sigma negative", mean(1, -1, 5), ErrImpossible},
		{"mu infinite", mean(math.Inf(-1), 1, 5), ErrImpossible},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: error %v, want %v", c.what, c.err, c.want)
		}
	}
}
