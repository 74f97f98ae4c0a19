package stats

import (
	"fmt"
	"math"
)

// Funnel is one comparison of organisations around their common centre, with
// limits that widen as organisations get smaller. Centre, Sigma and limits are
// on the value's own scale: 0 to 1 for proportions, events per unit of
// exposure for rates, the mean's unit for means.
type Funnel struct {
	Method Method
	Reason Reason  // Drawn, or why there are no limits
	Centre float64 // of all organisations together; 0 when Reason is NothingMeasured
	Sigma  float64 // standard deviation between people; 0 but for means
	// SigmaFreedom is on how many degrees of freedom Sigma stands; 0 but for means.
	SigmaFreedom float64
	Points       []Point // one per organisation, in the caller's order
	// Dispersion says whether organisations differ more than chance does.
	Dispersion Dispersion
}

// Point is one organisation in a funnel. Limits are all zero, and flags None,
// when it measured nothing or when the funnel has no limits.
type Point struct {
	Measured bool    // false when its size is 0; Value is then 0 and says nothing
	Size     float64 // denominator, exposure or number of people
	Value    float64
	Limits   Limits
	Flag     Flag
	// Adjusted limits and flag allow for over-dispersion; they are the
	// unadjusted ones unless the funnel's Dispersion.Found, and never inside them.
	Adjusted     Limits
	AdjustedFlag Flag
}

// Method is how a funnel's limits were made.
type Method uint8

// The methods.
const (
	Binomial Method = iota // exact, for proportions
	Poisson                // exact, for rates
	Normal                 // for means
)

// String returns binomial, poisson or normal.
func (m Method) String() string {
	switch m {
	case Poisson:
		return "poisson"
	case Normal:
		return "normal"
	case Binomial:
	}
	return "binomial"
}

// Reason is why a funnel has no limits, or that it has.
type Reason uint8

// The reasons. The zero value, of an empty funnel, is NothingMeasured.
const (
	NothingMeasured Reason = iota // no organisation has a size over 0
	OneOrganisation               // it would be compared with itself
	NoEvents                      // all numerators or events are 0
	AllEvents                     // all numerators are their denominators
	NoSpread                      // no standard deviation is known, or all are 0
	Drawn                         // the funnel has limits
)

// String returns nothing-measured, one-organisation, no-events, all-events,
// no-spread or drawn.
func (r Reason) String() string {
	switch r {
	case OneOrganisation:
		return "one-organisation"
	case NoEvents:
		return "no-events"
	case AllEvents:
		return "all-events"
	case NoSpread:
		return "no-spread"
	case Drawn:
		return "drawn"
	case NothingMeasured:
	}
	return "nothing-measured"
}

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
	f.Reason = reasonWithoutLimits(f.Points)
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

// RateFunnel compares rates around theta, the sum of events over the sum of
// exposures, with exact Poisson limits and flags (see [RateLimits]). It needs
// two organisations with an exposure over 0; without any event it has no
// limits, and Reason says why. It returns [ErrImpossible], naming the first
// such observation by its index, for figures that cannot be.
func RateFunnel(observations []Rate) (Funnel, error) {
	f := Funnel{Method: Poisson, Points: make([]Point, len(observations))}
	var events, exposure float64
	for i, o := range observations {
		if err := o.check(); err != nil {
			return Funnel{}, fmt.Errorf("rate funnel: observation %d: %w", i, err)
		}
		if o.Exposure == 0 {
			continue
		}
		f.Points[i] = Point{Measured: true, Size: o.Exposure, Value: float64(o.Events) / o.Exposure}
		events += float64(o.Events)
		exposure += o.Exposure
	}
	f.Reason = reasonWithoutLimits(f.Points)
	if exposure > 0 {
		f.Centre = events / exposure
	}
	if f.Reason == Drawn && events == 0 {
		f.Reason = NoEvents
	}
	if f.Reason != Drawn {
		return f, nil
	}
	for i, o := range observations {
		if o.Exposure == 0 {
			continue
		}
		expected := f.Centre * o.Exposure
		if expected < smallestExpected || expected > MaxSize {
			return Funnel{}, fmt.Errorf("rate funnel: observation %d: expected count: %w", i, ErrImpossible)
		}
		exact := poisson(expected).cutoffs()
		f.Points[i].Limits = exact.limits(o.Exposure, math.Inf(1))
		f.Points[i].Flag = exact.flag(o.Events)
	}
	f.allowForDispersion()
	return f, nil
}

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
	f.Reason = reasonWithoutLimits(f.Points)
	if people > 0 {
		f.Centre = total / people
	}
	if freedom > 0 {
		f.Sigma, f.SigmaFreedom = math.Sqrt(squares/freedom), freedom
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

// reasonWithoutLimits returns why no kind of funnel could have limits on these
// points, or Drawn.
func reasonWithoutLimits(points []Point) Reason {
	measured := 0
	for _, p := range points {
		if p.Measured {
			measured++
		}
	}
	switch measured {
	case 0:
		return NothingMeasured
	case 1:
		return OneOrganisation
	}
	return Drawn
}

// PlaceProportion returns where a proportion lies in a funnel that was made
// without it, of the method Binomial. Without limits, or with a denominator of
// 0, its flag is None. It returns [ErrImpossible] as [ProportionFunnel] does, and
// for a funnel of another method.
func (f Funnel) PlaceProportion(o Proportion) (Point, error) {
	if err := o.check(); err != nil || o.Denominator == 0 {
		return Point{}, err
	}
	if f.Method != Binomial {
		return Point{}, fmt.Errorf("place a proportion in a %v funnel: %w", f.Method, ErrImpossible)
	}
	size := float64(o.Denominator)
	return f.place(Point{Measured: true, Size: size, Value: float64(o.Numerator) / size}, func() cutoffs {
		return binomial(o.Denominator, f.Centre).cutoffs()
	}, o.Numerator, 1)
}

// PlaceRate returns where a rate lies in a funnel that was made without it, of
// the method Poisson; otherwise as [Funnel.PlaceProportion].
func (f Funnel) PlaceRate(o Rate) (Point, error) {
	if err := o.check(); err != nil || o.Exposure == 0 {
		return Point{}, err
	}
	if f.Method != Poisson {
		return Point{}, fmt.Errorf("place a rate in a %v funnel: %w", f.Method, ErrImpossible)
	}
	p := Point{Measured: true, Size: o.Exposure, Value: float64(o.Events) / o.Exposure}
	expected := f.Centre * o.Exposure
	if f.Reason == Drawn && !isWithin(expected, smallestExpected, MaxSize) {
		return Point{}, fmt.Errorf("place a rate: expected count: %w", ErrImpossible)
	}
	return f.place(p, func() cutoffs { return poisson(expected).cutoffs() }, o.Events, math.Inf(1))
}

// PlaceMean returns where a mean lies in a funnel that was made without it, of
// the method Normal; otherwise as [Funnel.PlaceProportion].
func (f Funnel) PlaceMean(o Mean) (Point, error) {
	if err := o.check(); err != nil || o.N == 0 {
		return Point{}, err
	}
	if f.Method != Normal {
		return Point{}, fmt.Errorf("place a mean in a %v funnel: %w", f.Method, ErrImpossible)
	}
	p := Point{Measured: true, Size: float64(o.N), Value: o.Value}
	if f.Reason != Drawn {
		return p, nil
	}
	limits, err := MeanLimits(f.Centre, f.Sigma, o.N)
	if err != nil {
		return Point{}, err
	}
	p.Limits, p.Flag = limits, limits.flag(p.Value)
	f.adjust(&p)
	return p, nil
}

func (f Funnel) place(p Point, exact func() cutoffs, count int, most float64) (Point, error) {
	if f.Reason != Drawn {
		return p, nil
	}
	c := exact()
	p.Limits, p.Flag = c.limits(p.Size, most), c.flag(count)
	f.adjust(&p)
	return p, nil
}
