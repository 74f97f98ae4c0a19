package chart

import (
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// lane shows all organisations of one view on a strip a finger high: values run from
// left to right.
type lane struct {
	viewText
	marks  []view.Mark // those with a value, one's own last
	values axis        // its places are across the lane
	far    *view.Mark  // one value far beyond the rest, at the right edge
	edge   float64     // of the lane, beyond the far one
	dot    float64     // radius of a dot
}

// laneHeight is how high the strip is; the numbers stand under it.
const (
	laneHeight  = 23.0
	numbersDown = 32.7 // from the top of a lane to the numbers' baseline
)

// How many organisations are drawn one by one.
const (
	mostLaneDots    = 40 // beyond, whole numbers that tie are a bar
	mostDotRows     = 24 // of dots side by side: yes and no, and levels of a scale
	mostBlockLevels = 10 // of a scale, with blocks of dots
	manyLaneDots    = 100
)

// The fewest organisations that are compared, and that have a middle half drawn.
const (
	fewestCompared = 3
	fewestHalved   = 6
)

// farRoom is how much of a lane's right end the one far beyond takes.
const farRoom = 46.0

func newLane(c viewText, left, right float64) lane {
	ln := lane{viewText: c}
	for _, m := range shownMarks(c.v) {
		if m.HasValue && drawable(m.Value) {
			ln.marks = append(ln.marks, m)
		}
	}
	// Those outside lie on top of the others, and you on top of all.
	slices.SortStableFunc(ln.marks, func(a, b view.Mark) int { return onTop(a) - onTop(b) })
	ln.setFar()
	ln.dot = ln.radius()
	ln.values = ln.axis()
	ln.values.from, ln.values.to, ln.edge = left, right, right
	if ln.far != nil {
		ln.values.to = right - farRoom
	}
	return ln
}

func onTop(m view.Mark) int {
	switch {
	case m.You:
		return 2
	case beyondChance(m):
		return 1
	}
	return 0
}

// farBeyond is how far beyond the 95th percentile of the others a value lies that
// would press them together.
const farBeyond = 1.5

// setFar finds one value far beyond all others.
func (ln *lane) setFar() {
	if len(ln.marks) < 4 || !ln.numeric() {
		return
	}
	most := 0
	values := make([]float64, 0, len(ln.marks))
	for i, m := range ln.marks {
		if m.Value > ln.marks[most].Value {
			most = i
		}
	}
	for i, m := range ln.marks {
		if i != most {
			values = append(values, m.Value)
		}
	}
	slices.Sort(values)
	percentile := values[int(math.Ceil(0.95*float64(len(values))))-1]
	if m := ln.marks[most]; percentile > 0 && m.Value > farBeyond*percentile && m.Value > farBeyond*values[len(values)-1] {
		ln.far = &m
		ln.marks = slices.Delete(slices.Clone(ln.marks), most, most+1)
	}
}

// middle is what the upright line stands for.
func (ln lane) middle() (x float64, ok bool) { return ln.common() }

// common is what all have in common: the centre of the limits, else the middle value.
// Fewer than three have nothing.
func (c viewText) common() (x float64, ok bool) {
	if c.v.Visibility != benchmark.Own && len(publicMarks(c.v)) < fewestCompared {
		return 0, false
	}
	if centre := c.v.Funnel.Centre * c.v.Indicator.Factor(); c.v.Funnel.Reason == stats.Drawn && drawable(centre) {
		return centre, true
	}
	return c.v.Middle, c.v.HasMiddle && drawable(c.v.Middle)
}

// hasLimits says whether chance's limits are drawn.
func (ln lane) hasLimits() bool {
	return ln.v.Funnel.Reason == stats.Drawn && drawable(ln.v.Funnel.Centre*ln.v.Indicator.Factor()) && ln.sizes().high > 0
}

// usualLimits are those at a size between the smallest and the largest: so much of the
// funnel is always seen.
func (ln lane) usualLimits() (stats.Limits, bool) {
	if !ln.hasLimits() {
		return stats.Limits{}, false
	}
	c := newCurve(ln.v.Funnel, ln.sizes(), ln.v.Indicator.Factor())
	if len(c.exact) == 0 {
		return stats.Limits{}, false
	}
	return c.exact[len(c.exact)/2], true
}

// sizes are those of the organisations, the smallest above; zero where there are none.
func (ln lane) sizes() axis {
	low, high := math.Inf(1), 0.0
	for _, m := range ln.allMarks() {
		if m.Point.Size > 0 {
			low, high = min(low, m.Point.Size), max(high, m.Point.Size)
		}
	}
	if high < low {
		return axis{}
	}
	return axis{low: low / 1.3, high: high * 1.3, to: 1, log: true}
}

// numeric says whether values lie on a scale of numbers.
func (ln lane) numeric() bool {
	switch ln.v.Indicator.Kind {
	case benchmark.Scale, benchmark.YesNo, benchmark.Text:
		return false
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration:
	}
	return true
}

// isDrawn says whether there is anything to draw; else words do better.
func (ln lane) isDrawn() bool {
	own := ln.v.Visibility == benchmark.Own
	public := publicMarks(ln.v)
	switch {
	case own:
		return ln.v.HasMiddle && drawable(ln.v.Middle)
	case ln.v.MuchWithheld():
		return false
	case ln.v.Indicator.Kind == benchmark.Text:
		return ln.v.Counts.Values > 0
	case len(public) < fewestCompared:
		return false
	case ln.v.Indicator.Kind == benchmark.Scale:
		return ln.v.Indicator.Levels >= 2 && ln.v.Indicator.Levels <= maxLevels
	case ln.v.Indicator.Kind == benchmark.YesNo:
		return true
	}
	return !allEqual(shownMarks(ln.v)) && !slices.ContainsFunc(shownMarks(ln.v), func(m view.Mark) bool { return !drawable(m.Value) })
}

// drawsHalf says whether the middle half has its line.
func (ln lane) drawsHalf() bool {
	return ln.numeric() && !ln.hasLimits() && ln.v.Visibility != benchmark.Own && ln.v.HasSpread && len(publicMarks(ln.v)) >= fewestHalved
}

// drawsThirds says whether the means of the outer thirds are marked.
func (ln lane) drawsThirds() bool {
	return ln.v.Visibility == benchmark.Own && ln.v.HasSpread
}

// drawsBars says whether organisations are too many to be drawn one by one.
func (ln lane) drawsBars() bool {
	return !ln.hasLimits() && ln.numeric() && len(ln.marks) > mostLaneDots && (len(ln.marks) >= manyLaneDots || ln.whole())
}

// whole says whether bars stand at whole numbers.
func (ln lane) whole() bool { return allWhole(valuesOf(ln.marks)) }

func valuesOf(marks []view.Mark) []float64 {
	values := make([]float64, len(marks))
	for i, m := range marks {
		values[i] = m.Value
	}
	return values
}

func allEqual(marks []view.Mark) bool {
	for _, m := range marks {
		if m.Value != marks[0].Value {
			return false
		}
	}
	return len(marks) > 0
}

// axis spans the values and the middle, from one round number to another.
func (ln lane) axis() axis {
	if ln.v.Indicator.Kind == benchmark.Scale && ln.v.Visibility != benchmark.Own {
		return axis{low: 0.5, high: float64(ln.v.Indicator.Levels) + 0.5}
	}
	low, high := math.Inf(1), math.Inf(-1)
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, m := range ln.marks {
		hold(m.Value)
	}
	if x, ok := ln.middle(); ok {
		hold(x)
		if ln.drawsHalf() || ln.drawsThirds() {
			hold(ln.v.Low)
			hold(ln.v.High)
		}
	}
	if limits, ok := ln.usualLimits(); ok {
		hold(limits.Low998)
		hold(limits.High998)
	}
	if !(low <= high) {
		return axis{high: 1}
	}
	if low == high {
		high += max(math.Abs(high)/2, 1)
	}
	if low >= 0 && low < 0.5*high {
		low = 0
	}
	step := roundStep((high - low) / 4)
	a := axis{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step}
	if high > a.high-0.04*(a.high-a.low) { // a dot isn't cut at the edge
		a.high += step / 2
	}
	if low > 0 && low < a.low+0.04*(a.high-a.low) {
		a.low = max(0, a.low-step/2)
	}
	if ln.drawsBars() && ln.whole() { // bars have a width
		a.low, a.high = a.low-0.5, a.high+0.5
	}
	if ln.v.Indicator.Kind == benchmark.Proportion {
		a.high = min(a.high, ln.v.Indicator.Factor())
		if high == a.high { // all of them: the dot has room
			a.high += 0.02 * (a.high - a.low)
		}
	}
	return a
}
