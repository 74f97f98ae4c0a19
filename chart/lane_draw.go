package chart

import (
	"image/color"
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// radius of a dot among so many.
func (ln lane) radius() float64 {
	r := 3.1
	switch n := len(ln.marks); {
	case n >= 5*manyLaneDots:
		r = 1
	case n >= manyLaneDots:
		r = 1.4
	case n > mostLaneDots:
		r = 1.9
	case n > 15:
		r = 2.6
	}
	if _, ties := commonest(ln.marks); !ln.hasLimits() && ties > 3 { // they stand on top of each other
		r = max(1.4, min(r, (swarmHeight/float64(ties)-0.3)/2))
	}
	return r
}

// draw draws the lane under a top, the distance from the sheet's upper edge.
func (ln lane) draw(s sheet, top float64) {
	switch kind := ln.v.Indicator.Kind; {
	case !ln.isDrawn():
	case kind == benchmark.Scale && ln.v.Visibility != benchmark.Own:
		ln.drawLevels(s, top)
	case kind == benchmark.YesNo, kind == benchmark.Text:
		ln.drawSigns(s, top)
	case ln.hasLimits():
		ln.drawFunnel(s, top)
		ln.drawNumbers(s, top)
	default:
		ln.drawStrip(s, top)
		ln.drawNumbers(s, top)
	}
}

// drawFunnel draws the limits narrowing downwards, as sizes grow, and the
// organisations at their sizes.
func (ln lane) drawFunnel(s sheet, top float64) {
	sizes := ln.sizes()
	sizes.from, sizes.to = s.down(top), s.down(top+laneHeight)
	c := newCurve(ln.v.Funnel, sizes, ln.v.Indicator.Factor())
	for _, band := range []struct {
		low, high func(stats.Limits) float64
		colour    color.Color
	}{{lowest, highest, outerBand}, {lower, higher, innerBand}} {
		var outline []point
		for i, l := range c.exact {
			outline = append(outline, point{ln.within(band.high(l)), sizes.at(c.sizes[i])})
		}
		for i, l := range slices.Backward(c.exact) {
			outline = append(outline, point{ln.within(band.low(l)), sizes.at(c.sizes[i])})
		}
		s.fill(outline, band.colour)
	}
	crowd := len(ln.marks) >= manyLaneDots // the middle would be lost under it
	if !crowd {
		ln.drawMiddle(s, top)
	}
	for i, m := range ln.marks {
		if crowd && onTop(m) > 0 && (i == 0 || onTop(ln.marks[i-1]) == 0) {
			ln.drawMiddle(s, top)
		}
		ln.drawMark(s, point{ln.values.at(m.Value), sizes.at(max(m.Point.Size, sizes.low))}, m)
	}
	if crowd && onTop(ln.marks[len(ln.marks)-1]) == 0 {
		ln.drawMiddle(s, top)
	}
	if ln.far != nil {
		ln.drawFar(s, sizes.at(ln.far.Point.Size))
	}
}

func lowest(l stats.Limits) float64 { return l.Low998 }

func lower(l stats.Limits) float64 { return l.Low95 }

func higher(l stats.Limits) float64 { return l.High95 }

func highest(l stats.Limits) float64 { return l.High998 }

// within is the place of a value, or the edge that is nearest to it.
func (ln lane) within(x float64) float64 {
	return max(ln.values.from, min(ln.values.to, ln.values.at(x)))
}

func (ln lane) drawMiddle(s sheet, top float64) {
	if x, ok := ln.middle(); ok {
		at := ln.values.at(x)
		s.stroke([]point{{at, s.down(top)}, {at, s.down(top + laneHeight)}}, 1.5, ink)
	}
}

// drawMark draws one organisation in a lane: a dot, blue and larger for you, a square
// for those outside what chance gives; both where it is you.
func (ln lane) drawMark(s sheet, at point, m view.Mark) {
	r := ln.dot
	switch {
	case m.You && beyondChance(m):
		s.square(at, 5.4, outsideColour)
		s.dot(at, 3.1, ownColour)
	case m.You:
		s.dot(at, max(4.2, r+1.4), ownColour)
	case beyondChance(m):
		s.square(at, max(3.3, r), outsideColour)
	case r < 1.9:
		s.disc(at, r, crowdColour)
	default:
		s.disc(at, r+1, paper)
		s.disc(at, r, othersColour)
	}
}

// drawFar draws the one that is far beyond the others at the right edge, after its
// number and a sign that the scale is broken.
func (ln lane) drawFar(s sheet, y float64) {
	at := point{ln.edge - 4, y}
	switch far := *ln.far; {
	case onTop(far) > 0:
		ln.drawMark(s, at, far)
	default:
		s.disc(at, max(2.6, ln.dot), othersColour)
	}
	text := ln.unit.short(ln.far.Value)
	right := at.x - 7.5
	s.write(text, right, y-3.7, numberPen, endsAt)
	left := max(right-numberPen.width(text)-11, ln.values.to+1)
	for _, x := range []float64{left, left + 3} {
		s.stroke([]point{{x, y - 4}, {x + 3, y + 4}}, 1, secondary)
	}
}

// widestMiddle is how wide the middle's number may be with its unit; the unit of a wider
// one is left to whoever asks.
const widestMiddle = 130.0

// drawNumbers writes the ends of the scale and, at the middle, its value; an end that
// would touch it is left out. A triangle points the way that the indicator is meant
// to go.
func (ln lane) drawNumbers(s sheet, top float64) {
	y := s.down(top + numbersDown)
	left, right := ln.values.from, ln.values.to
	switch ln.v.Indicator.Direction {
	case benchmark.Lower:
		s.fill([]point{{left, y + 3.7}, {left + 5, y + 6.7}, {left + 5, y + 0.7}}, secondary)
		left += 8
	case benchmark.Higher:
		s.fill([]point{{right, y + 3.7}, {right - 5, y + 6.7}, {right - 5, y + 0.7}}, secondary)
		right -= 8
	case "", benchmark.Neutral:
	}
	taken := box{left: math.Inf(1), right: math.Inf(-1)}
	if x, ok := ln.middle(); ok {
		p := numberPen
		p.bold, p.colour = true, ink
		text := ln.unit.value(x)
		if p.width(text) > widestMiddle {
			text = ln.unit.short(x)
		}
		half := p.width(text) / 2
		at := max(left+half, min(right-half, ln.values.at(x)))
		s.write(text, at, y, p, centred)
		taken = box{left: at - half - 5, right: at + half + 5}
	}
	ends := ln.values
	if ln.drawsBars() && ln.whole() {
		ends.low, ends.high = ends.low+0.5, ends.high-0.5
	}
	low, high := ln.endText(ends.low), ln.endText(ends.high)
	if left+numberPen.width(low) < taken.left {
		s.write(low, left, y, numberPen, startsAt)
	}
	if right-numberPen.width(high) > taken.right {
		s.write(high, right, y, numberPen, endsAt)
	}
}

// endText writes an end of the scale, which is a round number.
func (ln lane) endText(x float64) string {
	if ln.v.Indicator.Kind == benchmark.Proportion {
		x = min(x, ln.v.Indicator.Factor())
	}
	if x == 0 {
		return ln.l.Number(0, 0)
	}
	_, decimals := ln.values.ticks(4)
	if ln.unit.percent {
		return ln.l.Percent(x/100, decimals)
	}
	return ln.l.Number(x, decimals)
}
