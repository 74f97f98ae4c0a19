package chart

import (
	"image/color"
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// funnel draws organisations by size and value, with limits that widen as
// organisations get smaller (Spiegelhalter 2005).
type funnel struct {
	viewText
	marks  []view.Mark
	factor float64 // from the funnel's own scale to values as shown
	sizes  axis
	curve  curve
}

// newFunnel returns the funnel of a view; ok is false when fewer than two have
// a size.
func newFunnel(c viewText) (f funnel, ok bool) {
	f = funnel{viewText: c, factor: c.v.Indicator.Factor()}
	low, high := math.Inf(1), 0.0
	for _, m := range shownMarks(c.v) {
		if n := m.Figure.Denominator; m.HasValue && n > 0 {
			f.marks = append(f.marks, m)
			low, high = min(low, n), max(high, n)
		}
	}
	if len(f.marks) < 2 || !drawable(c.v.Funnel.Centre*f.factor) {
		return funnel{}, false
	}
	f.sizes = sizeAxis(low, high, 0, 1)
	f.curve = newCurve(c.v.Funnel, f.sizes, f.factor)
	return f, true
}

// values returns the axis of values: all points, centre, target, and as much of
// the limits as doesn't press the points together.
func (f funnel) values() axis {
	low, high := math.Inf(1), math.Inf(-1)
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, m := range f.marks {
		hold(m.Value)
	}
	hold(f.v.Funnel.Centre * f.factor)
	if t := f.v.Indicator.Target; t != nil && drawable(*t) {
		hold(*t)
	}
	if n := len(f.curve.exact); n > 0 {
		hold(f.curve.exact[n/2].Low998)
		hold(f.curve.exact[n/2].High998)
		most := (high - low) * 0.35
		hold(max(f.curve.exact[0].Low998, low-most))
		hold(min(f.curve.exact[0].High998, high+most))
	}
	if n := len(f.curve.adjusted); n > 0 {
		hold(f.curve.adjusted[n/2].Low998)
		hold(f.curve.adjusted[n/2].High998)
	}
	y := valueAxis(low, high)
	if f.v.Indicator.Kind == benchmark.Proportion && high <= f.factor {
		y.high = min(y.high, f.factor*1.02)
	}
	return y
}

// notes are the words at the ends of the lines.
func (f funnel) notes() []note {
	var notes []note
	if n := len(f.curve.exact); n > 0 {
		last := f.curve.exact[n-1]
		notes = append(notes,
			note{f.l.T("chart.line.outer"), last.High998, secondary},
			note{f.l.T("chart.line.inner"), last.High95, secondary})
	}
	if n := len(f.curve.adjusted); n > 0 {
		notes = append(notes, note{f.l.T("chart.line.adjusted"), f.curve.adjusted[n-1].High998, secondary})
	}
	centre := f.v.Funnel.Centre * f.factor
	notes = append(notes, note{f.l.T("chart.line.together", "Value", f.unit.short(centre)), centre, ink})
	return append(notes, f.targetNote()...)
}

func (f funnel) draw(s sheet) {
	room := s.drawPage(page{f.headline(), f.subtitle(), f.footnote()})
	notes := f.notes()
	frame := newFrame(room, f.values(), f.unit, notes, sizesBelow)
	frame.x = f.sizes
	frame.x.from, frame.x.to = frame.left, frame.right
	lines := f.drawBands(s, frame)
	s.drawValueGrid(frame, f.unit)
	for _, l := range lines {
		s.stroke(l, 1, bandEdge)
	}
	labels := append(obstacles(true, lines...), obstacles(false, f.drawAdjusted(s, frame)...)...)
	centre := frame.across(f.v.Funnel.Centre * f.factor)
	s.stroke(centre, 1.6, lineColour)
	labels = append(labels, obstacles(false, centre, s.drawTarget(frame, f.v.Indicator.Target))...)
	s.drawSizes(frame, f.sizeTitle(), f.l)
	s.drawNotes(frame, notes)
	f.drawPoints(s, frame, labels)
}

// drawBands fills what lies between the limits, and returns the lines.
func (f funnel) drawBands(s sheet, at frame) [][]point {
	if len(f.curve.exact) == 0 {
		return nil
	}
	low998 := func(l stats.Limits) float64 { return l.Low998 }
	low95 := func(l stats.Limits) float64 { return l.Low95 }
	high95 := func(l stats.Limits) float64 { return l.High95 }
	high998 := func(l stats.Limits) float64 { return l.High998 }
	var lines [][]point
	for _, band := range []struct {
		low, high func(stats.Limits) float64
		colour    color.Color
	}{{low998, high998, outerBand}, {low95, high95, innerBand}} {
		low, high := f.curve.line(at, f.curve.exact, band.low), f.curve.line(at, f.curve.exact, band.high)
		s.fill(bandBetween(at.box, low, high), band.colour)
		lines = append(lines, clipLine(at.box, low)...)
		lines = append(lines, clipLine(at.box, high)...)
	}
	return lines
}

// drawAdjusted draws the limits that allow for a wide spread.
func (f funnel) drawAdjusted(s sheet, at frame) [][]point {
	var lines [][]point
	for _, of := range []func(stats.Limits) float64{
		func(l stats.Limits) float64 { return l.Low998 }, func(l stats.Limits) float64 { return l.High998 },
	} {
		lines = append(lines, clipLine(at.box, f.curve.line(at, f.curve.adjusted, of))...)
	}
	for _, l := range lines {
		s.stroke(l, 1.4, lineColour, 7, 5)
	}
	return lines
}

// drawPoints draws the organisations and names those that there is room for.
func (f funnel) drawPoints(s sheet, at frame, lines []obstacle) {
	tags := make([]tag, len(f.marks))
	for i, m := range f.marks {
		tags[i] = f.tag(m, len(f.marks))
		tags[i].at = point{at.x.at(m.Figure.Denominator), at.y.at(m.Value)}
	}
	s.writeLabels(at.box, f.viewText, f.marks, tags, lines)
	for _, last := range []bool{false, true} { // you on top of all
		for i, m := range f.marks {
			if m.You == last {
				s.drawMark(tags[i].at, m, len(f.marks))
			}
		}
	}
}

// sizeTitle names what lies along x: by the indicator's own words if they are
// short.
func (f funnel) sizeTitle() string {
	if d := f.v.Indicator.Denominator; d != "" && len([]rune(d)) <= 60 {
		return d
	}
	return f.l.T("chart.axis." + string(f.v.Indicator.Kind))
}

// footnote says how the limits were made, and what the picture is for.
func (f funnel) footnote() string {
	method := "none"
	switch {
	case len(f.curve.exact) == 0:
	case f.v.Indicator.Kind == benchmark.Proportion:
		method = "binomial"
	default:
		method = "poisson"
	}
	text := f.l.T("chart.method." + method)
	if len(f.curve.adjusted) > 0 {
		text += " " + f.l.T("chart.dashed")
	}
	return f.purpose(text)
}

// curve is a funnel's limits at many sizes, as shown; empty without limits.
type curve struct {
	sizes []float64
	exact []stats.Limits
	// adjusted for over-dispersion; empty unless it was found.
	adjusted []stats.Limits
}

// curveSteps is how many sizes a curve is drawn through.
const curveSteps = 120

func newCurve(f stats.Funnel, sizes axis, factor float64) curve {
	if f.Reason != stats.Drawn {
		return curve{}
	}
	var c curve
	for i := range curveSteps + 1 {
		n := sizes.share(float64(i) / curveSteps)
		if f.Method == stats.Binomial {
			n = max(1, math.Round(n))
		}
		if len(c.sizes) == 0 || n > c.sizes[len(c.sizes)-1] {
			c.sizes = append(c.sizes, n)
		}
	}
	exact, err := f.Curve(c.sizes)
	if err != nil {
		return curve{} // a size that the statistics refuse has no limits
	}
	c.exact = scaleLimits(exact, factor)
	if f.Dispersion.Found {
		if adjusted, err := f.AdjustedCurve(c.sizes); err == nil {
			c.adjusted = scaleLimits(adjusted, factor)
		}
	}
	for _, l := range append(slices.Clip(c.exact), c.adjusted...) {
		if !drawable(l.Low998) || !drawable(l.High998) {
			return curve{}
		}
	}
	return c
}

func scaleLimits(limits []stats.Limits, factor float64) []stats.Limits {
	for i, l := range limits {
		limits[i] = stats.Limits{
			Low998: l.Low998 * factor, Low95: l.Low95 * factor, High95: l.High95 * factor, High998: l.High998 * factor,
		}
	}
	return limits
}

// line returns one of the curve's lines on a sheet.
func (c curve) line(f frame, limits []stats.Limits, of func(stats.Limits) float64) []point {
	points := make([]point, len(limits))
	for i, l := range limits {
		points[i] = point{f.x.at(c.sizes[i]), f.y.at(of(l))}
	}
	return points
}
