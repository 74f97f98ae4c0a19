package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// ProportionChart returns the control chart of proportions over time: limits
// are pbar ± 3 sqrt(pbar (1-pbar) / n), cut at 0 and 1, with pbar the sum of
// the baseline's numerators over the sum of its denominators (Shewhart 1931;
// Montgomery 2013). kind is [PChart], or [PPrimeChart] for Laney's, which
// allows for more, or less, variation between rounds than chance has (Laney
// 2002). Rounds in which nothing was measured must be left out: 0 of 0 returns
// [ErrUndefined]. It returns [ErrImpossible] for figures that cannot be or
// another kind, and [ErrSegments].
func ProportionChart(kind ChartKind, observations []Proportion, plan Plan) (Chart, error) {
	if kind != PChart && kind != PPrimeChart {
		return Chart{}, fmt.Errorf("proportion chart of kind %v: %w", kind, ErrImpossible)
	}
	counts, sizes := make([]float64, len(observations)), make([]float64, len(observations))
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Chart{}, fmt.Errorf("proportion chart: observation %d: %w", i, err)
		}
		if o.Denominator == 0 {
			return Chart{}, fmt.Errorf("proportion chart: observation %d: %w", i, ErrUndefined)
		}
		counts[i], sizes[i] = float64(o.Numerator), float64(o.Denominator)
	}
	return attributeChart(kind, counts, sizes, plan)
}

// RateChart returns the control chart of rates over time: limits are
// ubar ± 3 sqrt(ubar / exposure), cut at 0, with ubar the sum of the baseline's
// events over the sum of its exposures (Montgomery 2013). kind is [UChart], or
// [UPrimeChart] for Laney's (2002). Rounds, errors and segments are as in
// [ProportionChart].
func RateChart(kind ChartKind, observations []Rate, plan Plan) (Chart, error) {
	if kind != UChart && kind != UPrimeChart {
		return Chart{}, fmt.Errorf("rate chart of kind %v: %w", kind, ErrImpossible)
	}
	counts, sizes := make([]float64, len(observations)), make([]float64, len(observations))
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Chart{}, fmt.Errorf("rate chart: observation %d: %w", i, err)
		}
		if o.Exposure == 0 {
			return Chart{}, fmt.Errorf("rate chart: observation %d: %w", i, ErrUndefined)
		}
		counts[i], sizes[i] = float64(o.Events), o.Exposure
	}
	return attributeChart(kind, counts, sizes, plan)
}

// attributeChart makes the charts whose chance variation follows from centre
// and size.
func attributeChart(kind ChartKind, counts, sizes []float64, plan Plan) (Chart, error) {
	values := make([]float64, len(counts))
	for i := range counts {
		values[i] = counts[i] / sizes[i]
	}
	chart, err := newChart(kind, values, plan)
	if err != nil {
		return Chart{}, fmt.Errorf("%v chart: %w", kind, err)
	}
	most := math.Inf(1)
	if kind == PChart || kind == PPrimeChart {
		most = 1
	}
	for i := range chart.Stretches {
		s := &chart.Stretches[i]
		to := s.Start + s.Baseline
		s.Centre = clampedCentre(counts[s.Start:to], sizes[s.Start:to])
		if s.LimitStatus == NoLimits {
			continue
		}
		if chart.withoutVariation(s, counts, sizes, most) {
			continue
		}
		factor := 1.0
		if kind == PPrimeChart || kind == UPrimeChart {
			factor = s.laneyFactor(kind, values[s.Start:to], sizes[s.Start:to])
		}
		for j := s.Start; j < s.End; j++ {
			chart.Points[j].setLimits(s.Centre, factor*chanceSD(kind, s.Centre, sizes[j]), 0, most)
		}
	}
	chart.addRunsAndSignals()
	return chart, nil
}

// LeastEvents is how many events a point of the baseline has at least, on average,
// where limits are drawn; of proportions as many that are none.
const LeastEvents = 1

// withoutVariation reports a baseline from whose counts no limits follow, and gives
// later points, if there are any, the limits that it leaves possible. most is the
// largest value there is: 1, or infinity.
func (c *Chart) withoutVariation(s *Stretch, counts, sizes []float64, most float64) bool {
	to := s.Start + s.Baseline
	var events, all float64
	for j := s.Start; j < to; j++ {
		events += counts[j]
		all += sizes[j]
	}
	others := math.Inf(1)
	if most == 1 {
		others = all - events
	}
	switch least := min(events, others); {
	case least >= LeastEvents*float64(s.Baseline):
		return false
	case least > 0:
		s.LimitStatus = RareEvents
		return true
	}
	s.LimitStatus = NoVariation
	if s.End == to {
		return true
	}
	for j := s.Start; j < s.End; j++ {
		p := &c.Points[j]
		p.HasLimits, p.Centre, p.Low, p.High = true, s.Centre, s.Centre, s.Centre
		switch {
		case most != 1:
			p.High = poisson(min(max(rateWithout(all)*sizes[j], smallestExpected), MaxSize)).cutoffs().limits(sizes[j], most).High998
		case events == 0:
			p.High = binomial(int(sizes[j]), shareWithout(all)).cutoffs().limits(sizes[j], 1).High998
		default:
			p.Low = binomial(int(sizes[j]), 1-shareWithout(all)).cutoffs().limits(sizes[j], 1).Low998
		}
	}
	return true
}

// shareWithout is the upper 97.5 % bound of a proportion that was 0 of n: the
// quantile of its distribution by Jeffreys' prior, Beta(1/2, n + 1/2) (Brown, Cai &
// DasGupta 2001).
func shareWithout(n float64) float64 {
	return distuv.Beta{Alpha: 0.5, Beta: n + 0.5}.Quantile(1 - Level95.Tail())
}

// rateWithout is the same of a rate that had no event in an exposure: of
// Gamma(1/2, exposure).
func rateWithout(exposure float64) float64 {
	return distuv.ChiSquared{K: 1}.Quantile(1-Level95.Tail()) / 2 / exposure
}

// chanceSD is a value's standard deviation by chance alone: binomial or Poisson.
func chanceSD(kind ChartKind, centre, size float64) float64 {
	if kind == PChart || kind == PPrimeChart {
		return math.Sqrt(centre * (1 - centre) / size)
	}
	return math.Sqrt(centre / size)
}

// laneyD2 is the expected range of two standard normal values, 2/sqrt(pi),
// rounded as Laney (2002) has it.
const laneyD2 = 1.128

// smallestSigmaZ is below what differing counts can give: what is left is the
// rounding of equal values.
const smallestSigmaZ = 1e-9

// laneyFactor returns the factor on chance variation, and records in the stretch
// what it is, or that there is none.
// Sizes may differ, so the factor is taken of standardised values.
func (s *Stretch) laneyFactor(kind ChartKind, values, sizes []float64) float64 {
	z := make([]float64, len(values))
	for i := range values {
		z[i] = (values[i] - s.Centre) / chanceSD(kind, s.Centre, sizes[i])
	}
	s.SigmaZ = meanMovingRange(z, false) / laneyD2
	if s.SigmaZ < smallestSigmaZ {
		s.SigmaZ, s.FellBack = 0, true
		return 1
	}
	return s.SigmaZ
}

// clampedCentre is the sum of counts over the sum of sizes, kept between the
// smallest and largest value as clampedMean keeps the mean.
func clampedCentre(counts, sizes []float64) float64 {
	var count, size float64
	least, most := math.Inf(1), math.Inf(-1)
	for i := range counts {
		count += counts[i]
		size += sizes[i]
		least, most = min(least, counts[i]/sizes[i]), max(most, counts[i]/sizes[i])
	}
	return min(max(count/size, least), most)
}
