package chart

import (
	"image/color"
	"math"

	"roundtable/benchmark"
	"roundtable/stats"
)

// funnel draws organisations by size and value, with limits that widen as
// organisations get smaller (Spiegelhalter 2005).
type funnel struct {
	captioner
	marks  []benchmark.Mark
	factor float64 // from the funnel's own scale to values as shown
	sizes  axis
	curve  curve
}

// newFunnel returns the funnel of a view; ok is false when fewer than two have
// a size.
func newFunnel(c captioner) (f funnel, ok bool) {
	f = funnel{captioner: c, factor: c.v.Indicator.Factor()}
	low, high := math.Inf(1), 0.0
	for _, m := range shown(c.v) {
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
			note{f.l.T("chart.line.outer"), last.High998, quiet},
			note{f.l.T("chart.line.inner"), last.High95, quiet})
	}
	if n := len(f.curve.adjusted); n > 0 {
		notes = append(notes, note{f.l.T("chart.line.adjusted"), f.curve.adjusted[n-1].High998, quiet})
	}
	centre := f.v.Funnel.Centre * f.factor
	notes = append(notes, note{f.l.T("chart.line.together", "Value", f.unit.short(centre)), centre, ink})
	return append(notes, f.targetNote()...)
}

func (c captioner) targetNote() []note {
	t := c.v.Indicator.Target
	if t == nil || !drawable(*t) {
		return nil
	}
	return []note{{c.l.T("chart.line.target", "Value", c.unit.agreedShort(*t)), *t, aim}}
}

func (f funnel) draw(s sheet) {
	room := s.page(page{f.headline(), f.subtitle(), f.footnote()})
	notes := f.notes()
	frame := newFrame(room, f.values(), f.unit, notes, sizesBelow)
	frame.x = f.sizes
	frame.x.from, frame.x.to = frame.left, frame.right
	lines := f.bands(s, frame)
	s.values(frame, f.unit)
	for _, l := range lines {
		s.stroke(l, 1, bandEdge)
	}
	labels := append(obstacles(true, lines...), obstacles(false, f.wide(s, frame)...)...)
	centre := frame.across(f.v.Funnel.Centre * f.factor)
	s.stroke(centre, 1.6, line)
	labels = append(labels, obstacles(false, centre, s.target(frame, f.v.Indicator.Target))...)
	s.sizes(frame, f.sizeTitle(), f.l)
	s.notes(frame, notes)
	f.points(s, frame, labels)
}

// bands fills what lies between the limits, and returns the lines.
func (f funnel) bands(s sheet, at frame) [][]point {
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
		s.fill(between(at.box, low, high), band.colour)
		lines = append(lines, within(at.box, low)...)
		lines = append(lines, within(at.box, high)...)
	}
	return lines
}

// wide draws the limits that allow for a wide spread.
func (f funnel) wide(s sheet, at frame) [][]point {
	var lines [][]point
	for _, of := range []func(stats.Limits) float64{
		func(l stats.Limits) float64 { return l.Low998 }, func(l stats.Limits) float64 { return l.High998 },
	} {
		lines = append(lines, within(at.box, f.curve.line(at, f.curve.adjusted, of))...)
	}
	for _, l := range lines {
		s.stroke(l, 1.4, line, 7, 5)
	}
	return lines
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

// purpose adds to a method what every picture says.
func (c captioner) purpose(method string) string {
	if c.v.Counts.Withheld > 0 && !onlyYouSee(c.v) {
		method += " " + c.l.T("chart.withheld", "Count", c.v.Counts.Withheld)
	}
	return method + " " + c.l.T("chart.purpose")
}
