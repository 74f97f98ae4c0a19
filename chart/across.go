package chart

import (
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// across is the values of a picture, running from left to right, as in all of them.
type across struct {
	axis
	left, right float64 // of the line under the values
	far         float64 // values from here on stand at the right edge; infinite: none do
}

const (
	oneInFar  = 8    // values may be far beyond; more are the rest
	leastRest = 4    // values that one can be far beyond
	edgeRoom  = 24.0 // at the right edge
	axisRoom  = 5.0  // at both ends of the line, for a mark
)

// farFrom is the value from which a few lie so far beyond all others that a line for all of
// them would press the others together; infinite when none do.
func farFrom(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n <= leastRest {
		return math.Inf(1)
	}
	most := max(1, n/oneInFar)
	rest := sorted[:n-most]
	end := farBeyond * rest[max(0, int(math.Ceil(0.95*float64(len(rest))))-1)]
	first, _ := slices.BinarySearchFunc(sorted, end, func(x, end float64) int {
		if x > end {
			return 1
		}
		return -1
	})
	if end <= 0 || first == n || n-first > most || sorted[first] <= 1.2*sorted[first-1] {
		return math.Inf(1)
	}
	return sorted[first]
}

// newAcross is the line for values, and for what else has to be seen beside them; limits
// are seen as far as they don't press the values together.
func (c viewText) newAcross(marks []view.Mark, limits []stats.Limits) across {
	if c.v.Indicator.Kind == benchmark.Scale {
		return across{axis: axis{low: 1, high: max(2, float64(c.v.Indicator.Levels))}, far: math.Inf(1)}
	}
	values := make([]float64, 0, len(marks))
	for _, m := range marks {
		values = append(values, m.Value)
	}
	a := c.acrossTo(farFrom(values), values, limits)
	if !math.IsInf(a.far, 1) && a.far <= farBeyond*a.high { // it doesn't press them together
		return c.acrossTo(math.Inf(1), values, limits)
	}
	return a
}

// acrossTo is the line for the values that aren't far.
func (c viewText) acrossTo(far float64, values []float64, limits []stats.Limits) across {
	a := across{far: far}
	low, high := math.Inf(1), math.Inf(-1)
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, x := range values {
		if x < a.far {
			hold(x)
		}
	}
	if x, _, ok := c.centre(); ok {
		hold(x)
	}
	if t := c.v.Indicator.Target; t != nil && drawable(*t) {
		hold(*t)
	}
	reach := max(high-low, 0.25*math.Abs(high)) * 0.7
	bottom, top := low-reach, high+reach
	for _, l := range limits {
		hold(max(l.Low998, bottom))
		hold(min(l.High998, top))
	}
	a.axis = roundAxis(low, high)
	if k := c.v.Indicator; k.Kind == benchmark.Proportion && high <= k.Factor() {
		a.high = min(a.high, k.Factor())
	}
	return a
}

// roundAxis spans the values from one round number to another, from 0 when they come near it.
func roundAxis(low, high float64) axis {
	if !(high > low) {
		pad := max(math.Abs(high)*0.5, 1e-9)
		if high == 0 {
			pad = 1
		}
		least := math.Inf(-1)
		if low >= 0 {
			least = 0
		}
		low, high = max(low-pad, least), high+pad
	}
	if low >= 0 && low < 0.5*high {
		low = 0
	}
	step := roundStep((high - low) / 4)
	return axis{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step}
}

// between puts the line between two places.
func (a *across) between(left, right float64) {
	a.left, a.right = left, right
	a.from, a.to = left+axisRoom, right-axisRoom
	if !math.IsInf(a.far, 1) {
		a.to -= edgeRoom
	}
}

// at is the place of a value, at the right edge where it lies far beyond.
func (a across) at(x float64) float64 {
	if x >= a.far {
		return a.right - axisRoom
	}
	return a.axis.at(x)
}

// within is the place of a limit, at most at the end of the line.
func (a across) within(x float64) float64 {
	end := a.right
	if !math.IsInf(a.far, 1) {
		end -= edgeRoom
	}
	return min(max(a.axis.at(x), a.left), end)
}

// centre is what the upright line stands for, and the message for its words: what all have
// together where there are limits around it, else the middle value.
func (c viewText) centre() (x float64, says string, ok bool) {
	together := c.v.Funnel.Centre * c.v.Indicator.Factor()
	if c.v.Funnel.Reason == stats.Drawn && drawable(together) && c.v.Visibility != benchmark.Own {
		return together, "chart.line.together", true
	}
	return c.v.Middle, "chart.line.middle", c.v.HasMiddle && drawable(c.v.Middle)
}

// drawUprights draws the lines at the middle and the target between two heights, and
// their words over the upper one; it returns where the first of these begins.
func (s sheet) drawUprights(c viewText, a across, top, bottom float64) float64 {
	var middle, target box
	first := innerRight
	x, says, ok := c.centre()
	if ok {
		text := c.centreText(says, x)
		s.stroke([]point{{a.at(x), s.down(top)}, {a.at(x), s.down(bottom)}}, 1.5, ink)
		middle = s.writeOver(text, a.at(x), top-4, middlePen)
		first = middle.left
	}
	if t := c.v.Indicator.Target; t != nil && drawable(*t) {
		text := c.l.T("chart.line.target", "Value", c.unit.agreedShort(*t))
		s.stroke([]point{{a.at(*t), s.down(top)}, {a.at(*t), s.down(bottom)}}, 1.3, ink, 1.3, 2.6)
		width := wordPen.width(text)
		left := min(max(a.at(*t)-width/2, margin), innerRight-width)
		target = box{left, s.down(top - 2), left + width, s.down(top - 13)}
		switch {
		case !ok || !target.grown(letterGap).overlaps(middle):
		case *t >= x && middle.right+letterGap+width <= innerRight:
			left = middle.right + letterGap
		case *t < x && middle.left-letterGap-width >= margin:
			left = middle.left - letterGap - width
		case middle.right+letterGap+width <= innerRight:
			left = middle.right + letterGap
		default:
			left = max(margin, middle.left-letterGap-width)
		}
		s.write(text, left, s.down(top-4), wordPen, startsAt)
		first = min(first, left)
	}
	return first
}

// centreText is the centre in words, with its unit where that is a short one; the subtitle has
// it too.
func (c viewText) centreText(says string, x float64) string {
	if len([]rune(c.unit.name())) <= shortUnit {
		return c.l.T(says, "Value", c.unit.value(x))
	}
	return c.l.T(says, "Value", c.unit.short(x))
}

// shortUnit is how long a unit may be, in letters, to stand at the middle's number.
const shortUnit = 6

// writeOver writes words centred on a place or as near as the page lets them, and returns
// where they stand.
func (s sheet) writeOver(text string, x, down float64, p pen) box {
	width := p.width(text)
	left := min(max(x-width/2, margin), innerRight-width)
	s.write(text, left, s.down(down), p, startsAt)
	return box{left, s.down(down + p.descent()), left + width, s.down(down - p.ascent())}
}

// drawValuesUnder draws the line under the values with its numbers, so far down.
func (s sheet) drawValuesUnder(c viewText, a across, down float64) {
	end := a.right
	if !math.IsInf(a.far, 1) {
		end -= edgeRoom
		for _, x := range []float64{end + 6, end + 9.5} {
			s.stroke([]point{{x - 1.5, s.down(down + 4)}, {x + 1.5, s.down(down - 4)}}, 1, secondary)
		}
	}
	s.stroke([]point{{a.left, s.down(down)}, {end, s.down(down)}}, 1, secondary)
	values, texts := a.texts(c)
	last := 0.0
	for i, x := range values {
		at, half := a.axis.at(x), tickPen.width(texts[i])/2
		if at-half < last || at > end || at+half > innerRight+axisRoom {
			continue
		}
		last = at + half + 6
		s.stroke([]point{{at, s.down(down)}, {at, s.down(down + 3)}}, 1, secondary)
		s.write(texts[i], at, s.down(down+ticksDown), tickPen, centred)
	}
}

// ticksDown is how far under a line the numbers have their baseline.
const ticksDown = 13.0

// texts are the numbers along the line; a percent sign stands at the last.
func (a across) texts(c viewText) (values []float64, texts []string) {
	if c.v.Indicator.Kind == benchmark.Scale {
		for k := range c.v.Indicator.Levels {
			values = append(values, float64(k+1))
			texts = append(texts, c.l.Integer(k+1))
		}
		return values, texts
	}
	values, decimals := a.ticks(4)
	for i, x := range values {
		text := c.l.Number(x, decimals)
		if c.unit.percent && i == len(values)-1 {
			text = c.l.Percent(x/100, decimals)
		}
		texts = append(texts, text)
	}
	return values, texts
}

// drawMiddleHalf draws a short thick line from one quartile to the other: a band would mean
// chance.
func (s sheet) drawMiddleHalf(c viewText, a across, down float64) {
	if c.hasHalf() {
		s.stroke([]point{{a.within(c.v.Low), s.down(down)}, {a.within(c.v.High), s.down(down)}}, 4.5, halfColour)
	}
}

// hasHalf says whether the middle half is drawn: of kinds without limits, from six on.
func (c viewText) hasHalf() bool {
	k := c.v.Indicator.Kind
	return c.v.HasSpread && c.v.Visibility != benchmark.Own && (k == benchmark.Count || k == benchmark.Duration) &&
		c.v.Low < c.v.High && len(publicMarks(c.v)) >= fewestHalved
}
