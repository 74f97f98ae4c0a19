package stats

import (
	"encoding/binary"
	"errors"
	"math"
	"testing"
)

// What is undefined or impossible is an error, and what isn't is finite.
func finite(t *testing.T, err error, xs ...float64) {
	t.Helper()
	if err != nil {
		if !errors.Is(err, ErrUndefined) && !errors.Is(err, ErrImpossible) && !errors.Is(err, ErrSegments) {
			t.Errorf("an error that callers can't test for: %v", err)
		}
		return
	}
	for i, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Errorf("number %d of %v is not finite", i, xs)
		}
	}
}

func FuzzProportion(f *testing.F) {
	f.Add(0.02, 3, 412, 10)
	f.Add(0.975, 1, 1, 0)
	f.Add(1e-300, 1, MaxSize, 5)
	f.Add(1-1e-16, MaxSize, MaxSize, 5)
	f.Add(5e-324, 0, 1, 0)
	f.Fuzz(func(t *testing.T, theta float64, r, n, other int) {
		for _, level := range []Level{Level95, Level998} {
			interval, err := Wilson(Proportion{r, n}, level)
			finite(t, err, interval.Low, interval.High)
			if share := float64(r) / float64(n); err == nil && !(0 <= interval.Low && interval.Low <= share && share <= interval.High && interval.High <= 1) {
				t.Errorf("wilson %d/%d: %+v", r, n, interval)
			}
		}
		limits, err := ProportionLimits(theta, n)
		finite(t, err, limits.Low998, limits.High998)
		if err == nil {
			inOrder(t, limits, limits.Low95)
			exact := binomial(n, theta).cutoffs()
			for _, k := range []int{0, 1, r, other, exact.low95.Count, exact.high95.Count, n - 1, n} {
				if k < 0 || k > n {
					continue
				}
				if line, count := limits.flag(float64(k)/float64(n)), exact.flag(k); line != count {
					t.Errorf("theta %g, %d/%d: by line %v, by count %v", theta, k, n, line, count)
				}
			}
		}
		funnel, err := ProportionFunnel([]Proportion{{r, n}, {other, n}, {0, 0}})
		checkFunnel(t, funnel, err)
	})
}

func FuzzRate(f *testing.F) {
	f.Add(0.02, 3, 412.5, 10)
	f.Add(1e8, 0, 1e-8, 100_000_000)
	f.Add(1e-30, 1, 1.0, 0)
	f.Fuzz(func(t *testing.T, theta float64, events int, exposure float64, other int) {
		for _, level := range []Level{Level95, Level998} {
			interval, err := RateInterval(Rate{events, exposure}, level)
			finite(t, err, interval.Low, interval.High)
			if rate := float64(events) / exposure; err == nil && !(0 <= interval.Low && interval.Low <= rate && rate <= interval.High) {
				t.Errorf("garwood %d/%g: %+v", events, exposure, interval)
			}
		}
		limits, err := RateLimits(theta, exposure)
		finite(t, err, limits.Low998, limits.High998)
		if err == nil {
			inOrder(t, limits, limits.Low95)
			exact := poisson(theta * exposure).cutoffs()
			for _, k := range []int{0, 1, events, other, exact.low95.Count, exact.high95.Count, exact.high998.Count} {
				if k < 0 || k > MaxSize {
					continue
				}
				if line, count := limits.flag(float64(k)/exposure), exact.flag(k); line != count {
					t.Errorf("theta %g, %d/%g: by line %v, by count %v", theta, k, exposure, line, count)
				}
			}
		}
		funnel, err := RateFunnel([]Rate{{events, exposure}, {other, exposure / 3}, {0, 0}})
		checkFunnel(t, funnel, err)
	})
}

func FuzzMean(f *testing.F) {
	f.Add(10.0, 3.0, 20, 12.5, 15.0)
	f.Add(1e15, 1e-15, MaxSize, -1e15, 14.0)
	f.Add(0.1, 1e-16, 2, 0.1, 0.1)
	f.Fuzz(func(t *testing.T, value, sd float64, n int, other, target float64) {
		interval, err := MeanInterval(Mean{value, sd, true, n}, Level998)
		finite(t, err, interval.Low, interval.High)
		if err == nil && !(interval.Low <= value && value <= interval.High) {
			t.Errorf("t interval of %g: %+v", value, interval)
		}
		observations := []Mean{{value, sd, true, n}, {other, 0, false, 3}, {}}
		for i := range 10 {
			observations = append(observations, Mean{value, sd, true, i + 1})
		}
		funnel, err := MeanFunnel(observations)
		checkFunnel(t, funnel, err)
		departure, err := CompareWithHistory(other, []float64{value, value, sd, other, value, sd, sd + 1})
		finite(t, err, departure.Z, departure.Median)
		assured, err := ChartPoint{HasLimits: true, Low: value, High: value + 1}.Assurance(target, HigherIsBetter)
		finite(t, err, float64(assured))
	})
}

// Bytes are read as values, counts and segments in turn, so that anything that
// can be said can be met.
func FuzzCharts(f *testing.F) {
	f.Add([]byte("a series of rounds that somebody sent in"), 0, 12, true)
	f.Add(make([]byte, 200), 7, 6, false)
	f.Fuzz(func(t *testing.T, data []byte, second, baseline int, screen bool) {
		var values []float64
		var shares []Proportion
		var rates []Rate
		for i := 0; i+8 <= len(data); i += 8 {
			values = append(values, math.Float64frombits(binary.LittleEndian.Uint64(data[i:])))
		}
		for i := 0; i+2 <= len(data); i += 2 {
			small, large := int(min(data[i], data[i+1])), int(max(data[i], data[i+1]))
			shares = append(shares, Proportion{small, large})
			rates = append(rates, Rate{small, float64(large) / 7})
		}
		plan := Plan{Segments: []Segment{{Baseline: baseline}}, ScreenRanges: screen}
		if second != 0 {
			plan.Segments = append(plan.Segments, Segment{Start: second})
		}
		check := func(c Chart, err error) {
			t.Helper()
			checkChart(t, c, err)
		}
		check(XmR(values, plan))
		counts := make([]float64, len(shares))
		for i, p := range shares {
			counts[i] = float64(p.Numerator)
		}
		plan.Counts = true
		check(XmR(counts, plan))
		check(ProportionChart(PChart, shares, plan))
		check(ProportionChart(PPrimeChart, shares, plan))
		check(RateChart(UChart, rates, plan))
		check(RateChart(UPrimeChart, rates, plan))
	})
}

func checkFunnel(t *testing.T, f Funnel, err error) {
	t.Helper()
	d := f.Dispersion
	finite(t, err, f.Centre, f.Sigma, d.Phi, d.Tau2)
	if err != nil {
		return
	}
	if d.Phi < 0 || d.Tau2 < 0 || d.Found != (d.Tau2 > 0) {
		t.Errorf("dispersion %+v", d)
	}
	for i, p := range f.Points {
		finite(t, nil, p.Value, p.Size)
		if (p.Flag == None) != (f.Reason != Drawn || !p.Measured) {
			t.Errorf("point %d is flagged %v in a funnel that is %v: %+v", i, p.Flag, f.Reason, p)
		}
		if p.Flag == None {
			continue
		}
		inOrder(t, p.Limits, p.Limits.High95)
		inOrder(t, p.Adjusted, f.Centre)
		if p.Limits.flag(p.Value) != p.Flag || p.Adjusted.flag(p.Value) != p.AdjustedFlag {
			t.Errorf("point %d: a line and its flag disagree: %+v", i, p)
		}
		shrunk, err := f.Shrunk(i)
		finite(t, err, shrunk.Value, shrunk.Weight)
		if err == nil && (shrunk.Weight < 0 || shrunk.Weight > 1) {
			t.Errorf("point %d: shrunk %+v", i, shrunk)
		}
	}
}

func checkChart(t *testing.T, c Chart, err error) {
	t.Helper()
	finite(t, err)
	for i, p := range c.Points {
		finite(t, nil, p.Value, p.Low, p.Centre, p.High, p.Sigma)
		if p.Low > p.Centre || p.Centre > p.High || p.Sigma < 0 {
			t.Errorf("point %d: lines not in order: %+v", i, p)
		}
		if !p.HasLimits && (p.Signal != NoSignal || p.High != 0) {
			t.Errorf("point %d has no limits but %+v", i, p)
		}
	}
	end := 0
	for i, s := range c.Stretches {
		finite(t, nil, s.Centre, s.MovingRange, s.SigmaZ, s.Runs.Centre)
		if s.Start != end || s.End <= s.Start || s.Baseline > s.End-s.Start {
			t.Errorf("stretch %d: %+v follows %d", i, s, end)
		}
		end = s.End
	}
	if err == nil && end != len(c.Points) {
		t.Errorf("stretches end at %d of %d", end, len(c.Points))
	}
}
