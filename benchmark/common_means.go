package benchmark

import "math"

// mean is that of some values in a row, in their order.
type mean struct {
	from, to  int     // of the values
	read      float64 // as people read it
	low, high float64 // between which the values' sum lies, as far as that tells
}

// meanOf returns the mean of the values from one on, up to another.
func meanOf(i Indicator, values []float64, from, to int) mean {
	sum, many := 0.0, float64(to-from)
	for _, x := range values[from:to] {
		sum += x
	}
	read, unit := asRead(i, sum/many)
	return mean{from, to, read, (read - unit/2) * many, (read + unit/2) * many}
}

// asRead rounds a value as it is read, and returns the step to the next: three
// significant digits, or the decimals that values of its size are written with if those
// are fewer.
func asRead(i Indicator, x float64) (read, step float64) {
	size := math.Abs(x)
	decimals := 4
	switch {
	case size >= 1000:
		decimals = 2 - int(math.Floor(math.Log10(size)))
	case size >= 100:
		decimals = 0
	case size >= 1, size == 0, isOneOf(i.Kind, Count, Scale):
		decimals = 1
	case size >= 0.1:
		decimals = 2
	case size >= 0.01:
		decimals = 3
	}
	if decimals < 0 {
		step = math.Pow10(-decimals)
		return math.Round(x/step) * step, step
	}
	return math.Round(x*math.Pow10(decimals)) / math.Pow10(decimals), 1 / math.Pow10(decimals)
}

// What lets means be shown.
const (
	leeway = 1.0 / 10 // of a value: how much less and more it must still be able to be
	apart  = 1.0 / 8  // of the middle: how far from it the outer thirds lie at least
)

// readsTheSame says whether all that the mean is made of read the same: then it is a value
// of each of them.
func (m mean) readsTheSame(i Indicator, values []float64) bool {
	first, _ := asRead(i, values[m.from])
	last, _ := asRead(i, values[m.to-1])
	return first == last
}

// mayShowThirds says whether the means of the thirds may be shown: not where one of them
// is a value of each, nor where they lie so near to each other that they tell everybody's
// value nearly. That is decided by the means themselves: a rule that looked at the values
// would tell something of them.
func mayShowThirds(i Indicator, values []float64, low, middle, high mean) bool {
	for _, m := range []mean{low, middle, high} {
		if m.readsTheSame(i, values) {
			return false
		}
	}
	least := apart * math.Abs(middle.read)
	return middle.read-low.read >= least && high.read-middle.read >= least
}

// mayShowMiddle says whether the middle alone may be shown: not where it is a value of
// each, nor where somebody whose organisations lie far out by themselves could tell the
// highest or lowest of the others, as the middle holds nearly nothing else. Whoever
// looks, the highest of the others must still be able to be a tenth higher and the lowest
// a tenth lower, also to who knows as many as one person does. Whose a value is nobody
// can tell, so that each could be any of them.
func mayShowMiddle(i Indicator, values []float64, middle mean, known int) bool {
	if middle.readsTheSame(i, values) {
		return false
	}
	least, most := i.bounds()
	many := middle.to - middle.from
	if above := len(values) - middle.to; above <= known { // of the others, the highest is in it
		own := min(known-above, many-1)
		top := values[middle.to-1]
		sum := min(most, top+leeway*math.Abs(top), values[middle.to])
		for _, x := range values[middle.to-1-own : middle.to-1] {
			sum += x
		}
		if sum+float64(many-1-own)*least > middle.high {
			return false
		}
	}
	if below := middle.from; below <= known { // of the others, the lowest is in it
		own := min(known-below, many-1)
		bottom := values[middle.from]
		sum := max(least, bottom-leeway*math.Abs(bottom), values[middle.from-1])
		for _, x := range values[middle.from+1 : middle.from+1+own] {
			sum += x
		}
		if sum+float64(many-1-own)*most < middle.low {
			return false
		}
	}
	return true
}

// bounds returns the least and the most that a value of the indicator can be.
func (i Indicator) bounds() (least, most float64) {
	switch i.Kind {
	case Proportion:
		return 0, i.Factor()
	case Scale:
		return 1, float64(i.Levels)
	case Mean:
		return -maxFigure, maxFigure
	case Rate, Count, Duration, YesNo, Text:
	}
	return 0, maxFigure
}
