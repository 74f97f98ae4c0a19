package chart

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
)

// A series holds one length of period: a quarter's falls are no month's. Periods of it
// without a value are gaps: said, and left open in the line.

// length is how long the series' periods are; empty without points.
func (s Series) length() period.Length {
	if len(s.Points) == 0 {
		return ""
	}
	return s.Points[0].Period.Length()
}

// byLength returns the series' points as series of one length of period each, those with
// the latest point last.
func (s Series) byLength() []Series {
	var all []Series
	for _, p := range s.Points {
		k := slices.IndexFunc(all, func(one Series) bool { return one.length() == p.Period.Length() })
		if k < 0 {
			k = len(all)
			one := s
			one.Points = nil
			all = append(all, one)
		}
		all[k].Points = append(all[k].Points, p)
	}
	slices.SortStableFunc(all, func(a, b Series) int {
		return a.latest().Start.Compare(b.latest().Start)
	})
	for k := range all {
		all[k].Others = len(s.Points) - len(all[k].Points)
	}
	return all
}

// latest is the last period that has a value.
func (s Series) latest() benchmark.Period { return s.Points[len(s.Points)-1].Period }

// gapBefore is how many periods without a value lie before a point and after the one
// before it.
func (s Series) gapBefore(i int) int {
	if i == 0 {
		return 0
	}
	return s.Points[i-1].Period.Between(s.Points[i].Period)
}

// Missing is how many periods between the first and the last have no value.
func (s Series) Missing() int {
	missing := 0
	for i := range s.Points {
		missing += s.gapBefore(i)
	}
	return missing
}

// places are where the points lie along the series, in its periods: the first at 0, and
// the next ones after as many as lie between.
func (s Series) places() []float64 {
	places := make([]float64, len(s.Points))
	for i := 1; i < len(places); i++ {
		places[i] = places[i-1] + 1 + float64(s.gapBefore(i))
	}
	return places
}

// edges are where the room of each point along the series begins, and at the end where
// the last one's ends: half of the way to its neighbours.
func edges(places []float64) []float64 {
	all := make([]float64, len(places)+1)
	for i := range all {
		switch i {
		case 0:
			all[i] = -0.5
		case len(places):
			all[i] = places[i-1] + 0.5
		default:
			all[i] = (places[i-1] + places[i]) / 2
		}
	}
	return all
}

// gapClaims say how many periods have no value, and how many values of other lengths
// are left out.
func (t trend) gapClaims() []Claim {
	var claims []Claim
	if n := t.s.Missing(); n > 0 {
		claims = append(claims, Claim{Says: "caption.trend.missing." + string(t.length()), Count: n})
	}
	if t.s.Others > 0 {
		claims = append(claims, Claim{Says: "caption.trend.other-lengths", Count: t.s.Others})
	}
	return claims
}
