package benchmark

// Hides is the rule of small numbers, whether a figure is too small to be shown to
// others: events, denominators and numbers of people from 1 to the threshold, and an
// exposure that is smaller still. A count is itself a number of events.
func (s Settings) Hides(i Indicator, f Figure) bool {
	small := func(x float64) bool { return x > 0 && x <= float64(s.SmallNumber) }
	return small(f.Numerator) || small(f.Denominator) || small(f.N) || i.Kind == Count && small(f.Value)
}
