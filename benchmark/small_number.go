package benchmark

// CountsPeople says whether the indicator's figures count people, so that small ones
// could tell who they are: as the template says, or by its kind. A scale, a yes and a
// text count nobody.
func (i Indicator) CountsPeople() bool {
	if i.People != nil {
		return *i.People
	}
	return isOneOf(i.Kind, Proportion, Rate, Mean, Count, Duration)
}

// IsSmall is the rule of small numbers: events, denominators and numbers of people from
// 1 to the threshold are not shown to others, and of a proportion neither are those
// without the event. 0 and all of them are shown. An exposure that is smaller than 1 is
// small too.
func (f Figure) IsSmall(i Indicator, threshold int) bool {
	small := func(x float64) bool { return x > 0 && x <= float64(threshold) }
	switch {
	case !i.CountsPeople():
		return false
	case i.Kind == Proportion:
		return small(f.Numerator) || small(f.Denominator) || small(f.Denominator-f.Numerator)
	case i.Kind == Count:
		return small(f.Value)
	}
	return small(f.Numerator) || small(f.Denominator) || small(f.N)
}

// Withholds says whether a round's figure is kept from others: its numbers are small,
// or it would give one that is kept from them by subtracting, since shorter rounds lie
// within its period and one of them is withheld, missing or not shown yet. Today no
// round may overlap another; in journals of earlier versions some do.
func (n *Network) Withholds(r *Round, i Indicator, o OrganisationID, f Figure) bool {
	return f.IsSmall(i, n.SmallNumberIn(r)) || tellsAPart(n, r, i, o)
}
