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

// leeway is how much less and more every organisation's value must still be able to be,
// as a share of it, whoever looks.
const leeway = 0.1

// mayBeShown says whether the means may be shown of the values, which are sorted. None
// may where all that it is made of read the same, since it is a value of each of them
// then. And for each organisation that looks, with its own value in mind, the highest of
// the others must still be able to be a tenth higher and the lowest a tenth lower. Whose
// a value is nobody can tell, so that each could be any of them.
func mayBeShown(i Indicator, values []float64, means []mean) bool {
	for _, m := range means {
		first, _ := asRead(i, values[m.from])
		last, _ := asRead(i, values[m.to-1])
		if first == last {
			return false
		}
	}
	least, most := i.bounds()
	s := sight{means, len(values), least, most}
	for own, x := range values {
		lowest, highest := values[0], values[len(values)-1]
		if own == 0 {
			lowest = values[1]
		}
		if own == len(values)-1 {
			highest = values[len(values)-2]
		}
		if !s.allows(x, max(least, lowest-leeway*math.Abs(lowest)), lowest) || !s.allows(x, min(most, highest+leeway*math.Abs(highest)), highest) {
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

// sight is what somebody sees: means of so many sorted values, which lie within bounds.
type sight struct {
	means       []mean
	many        int
	least, most float64
}

// allows says whether, with one's own value among them, another one that is something
// could as well be this extreme.
func (s sight) allows(own, extreme, truth float64) bool {
	if extreme == truth {
		return true
	}
	at, ownFrom, ownTo := 0, 1, s.many
	switch {
	case extreme > truth && own > extreme: // one's own alone is higher
		at, ownFrom = s.many-2, s.many-1
	case extreme > truth:
		at, ownFrom, ownTo = s.many-1, 0, s.many-1
	case own < extreme: // one's own alone is lower
		at, ownFrom, ownTo = 1, 0, 1
	}
	for k := ownFrom; k < ownTo; k++ {
		if s.isPossible(k, own, at, extreme) {
			return true
		}
	}
	return false
}

// isPossible says whether there are sorted values with these two at their places and the
// means that are seen.
func (s sight) isPossible(ownAt int, own float64, at int, extreme float64) bool {
	lowest, highest := make([]float64, s.many), make([]float64, s.many)
	for k := range s.many {
		lowest[k], highest[k] = s.least, s.most
		for place, x := range map[int]float64{ownAt: own, at: extreme} {
			if place <= k {
				lowest[k] = max(lowest[k], x)
			}
			if place >= k {
				highest[k] = min(highest[k], x)
			}
		}
	}
	floor := s.least // of the next mean's values: what those before can't be without
	ceilings := s.ceilings(lowest, highest)
	for k, m := range s.means {
		low, high, many := lowest[m.from:m.to], highest[m.from:m.to], m.to-m.from
		ceiling := ceilings[k]
		least, most := 0.0, 0.0
		for j := range many {
			if max(low[j], floor) > min(high[j], ceiling) {
				return false
			}
			least += max(low[j], floor)
			most += min(high[j], ceiling)
		}
		if least > m.high || most < m.low {
			return false
		}
		floor = max(floor, low[many-1], leastCeiling(high, m.low))
	}
	return true
}

// ceilings returns, for the values of each mean, how high they may be at most so that
// those of the means after it can be low enough.
func (s sight) ceilings(lowest, highest []float64) []float64 {
	ceilings := make([]float64, len(s.means))
	ceiling := s.most
	for k := len(s.means) - 1; k >= 0; k-- {
		ceilings[k] = ceiling
		m := s.means[k]
		ceiling = min(ceiling, highest[m.from], greatestFloor(lowest[m.from:m.to], m.high))
	}
	return ceilings
}

// leastCeiling returns the lowest ceiling under which values that may be as high as these
// reach the sum.
func leastCeiling(highest []float64, sum float64) float64 {
	for k, x := range highest {
		if ceiling := sum / float64(len(highest)-k); ceiling <= x {
			return ceiling
		}
		sum -= x
	}
	return math.Inf(1)
}

// greatestFloor returns the highest floor on which values that may be as low as these
// keep to the sum.
func greatestFloor(lowest []float64, sum float64) float64 {
	for k := len(lowest) - 1; k >= 0; k-- {
		if floor := sum / float64(k+1); floor >= lowest[k] {
			return floor
		}
		sum -= lowest[k]
	}
	return math.Inf(-1)
}
