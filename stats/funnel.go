package stats

// Funnel is one comparison of organisations around their common centre, with
// limits that widen as organisations get smaller. Centre, Sigma and limits are
// on the value's own scale: 0 to 1 for proportions, events per unit of
// exposure for rates, the mean's unit for means.
type Funnel struct {
	Method Method
	Reason Reason  // Drawn, or why there are no limits
	Centre float64 // of all organisations together; 0 when Reason is NothingMeasured
	Sigma  float64 // standard deviation between people; 0 but for means
	Points []Point // one per organisation, in the caller's order
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
	// unadjusted ones unless the funnel's Dispersion.Found.
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

// withoutLimits finds the reasons that all kinds of funnel share; it returns
// Drawn when there is none.
func withoutLimits(points []Point) Reason {
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
