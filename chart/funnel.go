package chart

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"roundtable/benchmark/view"
	"roundtable/stats"
)

// funnel draws organisations by value, from left to right, and size, downwards, with limits
// that widen as organisations get smaller (Spiegelhalter 2005). It lies: values run the same
// way in every picture.
type funnel struct {
	viewText
	page   page
	head   head
	marks  []view.Mark
	factor float64 // from the funnel's own scale to values as shown
	values across
	sizes  axis // places are down from the upper edge
	curve  curve
	lines  []string
	names  []named // of those outside, and you
}

// named is a mark's name and where it stands.
type named struct {
	mark view.Mark
	text string
	box  box
}

const (
	funnelHeight = 226.0
	maxNamed     = 5 // names in a funnel; the others are counted
	// Names in a funnel are so wide, or where that has no room, so wide.
	mostInFunnel  = 150.0
	leastInFunnel = 76.0
)

// newFunnel returns the funnel of a view; ok is false when fewer than three have a size.
func newFunnel(c viewText) (f funnel, ok bool) {
	f = funnel{viewText: c, factor: c.v.Indicator.Factor()}
	low, high := math.Inf(1), 0.0
	for _, m := range shownMarks(c.v) {
		if n := sizeOfMark(m); m.HasValue && n > 0 {
			f.marks = append(f.marks, m)
			low, high = min(low, n), max(high, n)
		}
	}
	if len(f.marks) < c.v.Least() || !drawable(c.v.Funnel.Centre*f.factor) {
		return funnel{}, false
	}
	if high < 1.5*low {
		low, high = 0.7*low, 1.3*high
	}
	f.sizes = axis{low: low / 1.06, high: high * 1.06, log: true}
	f.curve = newCurve(c.v.Funnel, f.sizes, f.factor)
	var limits []stats.Limits
	if n := len(f.curve.exact); n > 0 {
		limits = append(limits, f.curve.exact[n/8], f.curve.exact[n-1])
	}
	f.values = c.newAcross(f.marks, limits)
	_, sizes := f.sizeTicks()
	widest := 0.0
	for _, text := range sizes {
		widest = max(widest, tickPen.width(text))
	}
	f.values.between(margin+widest+6, innerRight)
	f.page = page{headline: c.pictureHeadline(), subtitle: c.subtitle()}
	f.head = f.page.head()
	f.sizes.from = f.head.bottom() + 24
	f.sizes.to = f.sizes.from + funnelHeight
	f.setNames()
	return f, true
}

// sizeOfMark is what makes a mark more or less sure.
func sizeOfMark(m view.Mark) float64 {
	if m.Point.Measured {
		return m.Point.Size
	}
	return m.Figure.Denominator
}

// at is where a mark stands, from the upper left corner.
func (f funnel) at(m view.Mark) point { return point{f.values.at(m.Value), f.sizes.at(sizeOfMark(m))} }

// setNames finds places for the names of those outside, and for you, and writes the notes.
func (f *funnel) setNames() {
	var outside []view.Mark
	count := 0
	for _, m := range f.marks {
		if m.You || m.Point.Flag.Outside(stats.Level998) {
			outside = append(outside, m)
			if !m.You {
				count++
			}
		}
	}
	if own := slices.IndexFunc(outside, func(m view.Mark) bool { return m.You }); own > 0 { // you first, who have a place whatever happens
		outside[0], outside[own] = outside[own], outside[0]
	}
	upright := math.Inf(1)
	if x, _, ok := f.centre(); ok {
		upright = f.values.at(x)
	}
	taken := make([]box, 0, len(f.marks)+len(outside))
	for _, m := range f.marks {
		taken = append(taken, around(f.at(m), radius(m, len(f.marks))))
	}
	room := box{f.values.left, f.sizes.from, innerRight, f.sizes.to - 2}
	whole, short := f.drawnNames(outside, labelPen, mostInFunnel), f.drawnNames(outside, labelPen, leastInFunnel)
	written := 0
	for i, m := range outside {
		if !m.You && written == maxNamed {
			continue
		}
		p := labelPen(m)
		texts := []string{whole[i], short[i]}
		if m.You {
			texts = []string{f.l.T("chart.you")}
		}
		for _, text := range texts {
			t := tag{at: f.at(m), radius: radius(m, len(f.marks)), width: p.width(text), height: p.ascent() + p.descent()}
			place := bestPlace(room, t, taken, upright)
			if !place.ok || !m.You && f.mayBeAnother(text, m) {
				continue
			}
			taken = append(taken, place.box.wider(letterGap))
			f.names = append(f.names, named{m, text, place.box})
			if !m.You {
				written++
			}
			break
		}
	}
	f.page.notes = f.notesOn(count - written)
	f.lines = f.page.noteLines()
}

// mayBeAnother says whether a cut name may be that of another organisation too.
func (f funnel) mayBeAnother(text string, m view.Mark) bool {
	start, end, cut := strings.Cut(text, "…")
	if !cut {
		return false
	}
	if k := strings.LastIndex(end, "…"); k >= 0 {
		end = end[k+len("…"):]
	}
	start, end = strings.TrimSpace(start), strings.TrimSpace(end)
	return slices.ContainsFunc(f.v.Marks, func(other view.Mark) bool {
		name := nameOf(other)
		return other.Label != m.Label && strings.HasPrefix(name, start) && strings.HasSuffix(name, end)
	})
}

// notesOn are the words under the funnel, with so many outside it that have no name.
func (f funnel) notesOn(unnamed int) []Sentence {
	var notes []Sentence
	if unnamed > 0 {
		notes = append(notes, f.sayNote(Claim{Says: "more-outside", Count: unnamed}))
	}
	says := "sizes"
	switch {
	case len(f.curve.exact) > 0 && f.v.Funnel.Dispersion.Found:
		says = "funnel-spread"
	case len(f.curve.exact) > 0:
		says = "funnel"
	}
	notes = append(notes, f.note(says))
	return append(append(notes, f.withheldNotes()...), f.note("purpose"))
}

func (f funnel) height() float64 {
	return f.sizes.to + underRows + 2 + notesHeight(f.lines)
}

func (f funnel) draw(s sheet) {
	f.head.draw(s)
	f.drawBands(s)
	f.drawSizes(s)
	f.drawAdjusted(s)
	first := s.drawUprights(f.viewText, f.values, f.sizes.from-4, f.sizes.to)
	if title := f.sizeTitle(); margin+tickPen.width(title)+letterGap <= first {
		s.write(title, margin, s.down(f.sizes.from-8), tickPen, startsAt)
	}
	s.drawValuesUnder(f.viewText, f.values, f.sizes.to)
	turned := func(p point) point { return point{p.x, s.down(p.y)} }
	for _, last := range []func(view.Mark) bool{inside, outsideOthers, isYou} { // you on top of all
		for _, m := range f.marks {
			if last(m) {
				s.drawMark(turned(f.at(m)), m, len(f.marks))
			}
		}
	}
	for _, n := range f.names {
		p := labelPen(n.mark)
		text := n.text
		s.writeHaloed(text, n.box.left, s.down(n.box.top-p.descent()), p, startsAt)
	}
	s.drawNoteLines(f.lines, f.sizes.to+underRows+lineDown+1)
}

func isYou(m view.Mark) bool { return m.You }

func inside(m view.Mark) bool { return !m.You && !m.Point.Flag.Outside(stats.Level998) }

func outsideOthers(m view.Mark) bool { return !m.You && m.Point.Flag.Outside(stats.Level998) }

// labelPen is what a name beside a point is written with.
func labelPen(m view.Mark) pen {
	p := middlePen
	if m.You {
		p.colour = ownColour
	}
	return p
}

// drawBands fills what lies between the limits.
func (f funnel) drawBands(s sheet) {
	for _, band := range []struct {
		low, high func(stats.Limits) float64
		colour    color.Color
	}{
		{func(l stats.Limits) float64 { return l.Low998 }, func(l stats.Limits) float64 { return l.High998 }, outerBand},
		{func(l stats.Limits) float64 { return l.Low95 }, func(l stats.Limits) float64 { return l.High95 }, innerBand},
	} {
		outline := f.line(s, f.curve.exact, band.low)
		for _, p := range slices.Backward(f.line(s, f.curve.exact, band.high)) {
			outline = append(outline, p)
		}
		s.fill(outline, band.colour)
	}
}

// drawAdjusted draws the limits that allow for a wide spread.
func (f funnel) drawAdjusted(s sheet) {
	for _, of := range []func(stats.Limits) float64{
		func(l stats.Limits) float64 { return l.Low998 }, func(l stats.Limits) float64 { return l.High998 },
	} {
		var part []point
		for i, p := range f.line(s, f.curve.adjusted, of) {
			if x := f.values.axis.at(of(f.curve.adjusted[i])); x < f.values.left || x > f.values.right {
				s.stroke(part, 1.2, lineColour, 4, 3)
				part = nil
				continue
			}
			part = append(part, p)
		}
		s.stroke(part, 1.2, lineColour, 4, 3)
	}
}

// line is one of the curve's lines, from the smallest size down.
func (f funnel) line(s sheet, limits []stats.Limits, of func(stats.Limits) float64) []point {
	points := make([]point, len(limits))
	for i, l := range limits {
		points[i] = point{f.values.within(of(l)), s.down(f.sizes.at(f.curve.sizes[i]))}
	}
	return points
}

// sizeTicks are round sizes and how they are written.
func (f funnel) sizeTicks() (sizes []float64, texts []string) {
	for e := math.Floor(math.Log10(f.sizes.low)); e <= math.Ceil(math.Log10(f.sizes.high)); e++ {
		for _, m := range []float64{1, 2, 5} {
			if x := m * math.Pow(10, e); x >= f.sizes.low && x <= f.sizes.high {
				sizes = append(sizes, x)
				texts = append(texts, f.l.Number(x, max(0, -int(e))))
			}
		}
	}
	return sizes, texts
}

// drawSizes draws the lines and numbers of the sizes.
func (f funnel) drawSizes(s sheet) {
	sizes, texts := f.sizeTicks()
	last := math.Inf(-1)
	for i, size := range sizes {
		y := f.sizes.at(size)
		s.stroke([]point{{f.values.left, s.down(y)}, {f.values.right, s.down(y)}}, 0.8, gridColour)
		if y-last < 13 {
			continue
		}
		last = y
		s.write(texts[i], f.values.left-5, s.down(y+0.36*tickPen.size), tickPen, endsAt)
	}
}

// sizeTitle names what the sizes are of: by the indicator's own words if they are short.
func (f funnel) sizeTitle() string {
	if d := f.v.Indicator.Denominator; d != "" && len([]rune(d)) <= 24 {
		return d
	}
	return f.l.T("chart.axis." + string(f.v.Indicator.Kind))
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
		if f.Method != stats.Poisson {
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
