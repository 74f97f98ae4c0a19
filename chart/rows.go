package chart

import (
	"image/color"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// rows draws a row for each organisation in the order of names: with its value, what
// chance gives one of its size, and in words what has no value.
type rows struct {
	viewText
	page   page
	head   head
	marks  []view.Mark
	names  []string
	values across
	lines  []string // of notes
	beside Sentence // the note beside the numbers under the rows
	top    float64
	each   float64
	// left of the values is room for names.
	left float64
}

// Rows, in units.
const (
	maxRows   = 22 // more organisations are drawn without names
	nameRow   = 15.0
	airyRow   = 19.0 // of few
	fewRows   = 10
	mostName  = 162.0
	leastName = 60.0
	barHeight = 11.0 // of the bands
	underRows = 18.0 // for the numbers
)

// newRows returns the rows of a view; ok is false with fewer than three values, or more
// than have room.
func newRows(c viewText) (r rows, ok bool) {
	var valued, others []view.Mark
	for _, m := range c.v.Marks {
		if m.HasValue && m.Answer == benchmark.Value && m.Withheld == "" {
			valued = append(valued, m)
			continue
		}
		others = append(others, m)
	}
	others = append(others, c.v.Absent...)
	if len(valued) < c.v.Least() || len(valued) > maxRows {
		return rows{}, false
	}
	r = rows{viewText: c, marks: append(valued, others...)}
	leftOut := 0
	if len(r.marks) > maxRows {
		leftOut = len(others)
		r.marks = valued
	}
	r.marks = c.inNameOrder(r.marks)
	var limits []stats.Limits
	for _, m := range valued {
		if l, ok := c.limitsOf(m); ok {
			limits = append(limits, l)
		}
	}
	r.values = c.newAcross(valued, limits)
	r.names = c.drawnNames(r.marks, organisationPen, mostName)
	widest, figures := leastName, 0.0
	for i, m := range r.marks {
		widest = max(widest, organisationPen(m).width(r.names[i]))
		if text, valued := r.atRight(m); valued {
			figures = max(figures, pen{size: namePen.size, bold: true}.width(text))
		}
	}
	r.left = margin + widest + 6
	r.values.between(r.left, innerRight-figures-8)
	r.lay(len(limits) > 0, leftOut)
	return r, true
}

// lay finds the heights.
func (r *rows) lay(limits bool, leftOut int) {
	r.page = page{headline: r.pictureHeadline(), subtitle: r.subtitle()}
	r.head = r.page.head()
	r.top = r.head.bottom() + 26
	order := "names"
	if r.v.Visibility == benchmark.Coded {
		order = "letters"
	}
	if limits {
		order += "-chance"
	}
	r.beside = r.note(order)
	if r.hasHalf() {
		r.page.notes = append(r.page.notes, r.note("half"))
	}
	if r.v.Funnel.Dispersion.Found && limits {
		r.page.notes = append(r.page.notes, r.note("spread-rows"))
	}
	if leftOut > 0 {
		r.page.notes = append(r.page.notes, r.sayNote(Claim{Says: "left-out", Count: leftOut}))
	}
	if tickPen.width(r.beside.text) > r.left-margin-12 {
		r.page.notes, r.beside = append([]Sentence{r.beside}, r.page.notes...), Sentence{}
	}
	if len(r.marks) <= maxRows-4 {
		r.page.notes = append(r.page.notes, r.note("purpose"))
	}
	r.lines = r.page.noteLines()
	r.each = airyRow
	if len(r.marks) > fewRows {
		r.each = nameRow
	}
	r.each = min(r.each, (phoneTall-r.top-underRows-notesHeight(r.lines))/float64(len(r.marks)))
}

func (r rows) height() float64 {
	return r.top + r.each*float64(len(r.marks)) + underRows + notesHeight(r.lines)
}

func (r rows) draw(s sheet) {
	r.head.draw(s)
	bottom := r.top + r.each*float64(len(r.marks))
	for i := 3; i < len(r.marks); i += 3 {
		y := s.down(r.top + r.each*float64(i))
		s.stroke([]point{{margin, y}, {innerRight, y}}, 1, gridColour)
	}
	for i, m := range r.marks {
		r.drawBand(s, m, r.down(i))
	}
	s.drawUprights(r.viewText, r.values, r.top-4, bottom+2)
	s.drawValuesUnder(r.viewText, r.values, bottom+2)
	s.drawMiddleHalf(r.viewText, r.values, bottom+2)
	for i, m := range r.marks {
		r.drawRow(s, i, m)
	}
	if r.beside.text != "" {
		s.write(r.beside.text, margin, s.down(bottom+2+ticksDown), tickPen, startsAt)
	}
	s.drawNoteLines(r.lines, bottom+underRows+lineDown-1)
}

// down is how far down the middle of a row is.
func (r rows) down(i int) float64 { return r.top + r.each*(float64(i)+0.5) }

// limitsOf are the limits of one organisation, as shown.
func (c viewText) limitsOf(m view.Mark) (l stats.Limits, ok bool) {
	if m.Point.Flag == stats.None || c.v.Funnel.Reason != stats.Drawn {
		return l, false
	}
	l = scaleLimits([]stats.Limits{m.Point.Limits}, c.v.Indicator.Factor())[0]
	return l, drawable(l.Low998) && drawable(l.High998)
}

// drawBand draws what chance gives one organisation, and beyond it a thin line to the limits
// that allow for a wide spread.
func (r rows) drawBand(s sheet, m view.Mark, down float64) {
	l, ok := r.limitsOf(m)
	if !ok {
		return
	}
	half := min(barHeight, r.each-3) / 2
	for _, band := range []struct {
		low, high float64
		colour    color.Color
	}{{l.Low998, l.High998, outerBand}, {l.Low95, l.High95, innerBand}} {
		s.fill(box{r.values.within(band.low), s.down(down + half), r.values.within(band.high), s.down(down - half)}.corners(), band.colour)
	}
	if !r.v.Funnel.Dispersion.Found {
		return
	}
	wide := scaleLimits([]stats.Limits{m.Point.Adjusted}, r.v.Indicator.Factor())[0]
	for _, ends := range [][2]float64{{wide.Low998, l.Low998}, {l.High998, wide.High998}} {
		if from, to := r.values.within(ends[0]), r.values.within(ends[1]); to-from > 1 {
			s.stroke([]point{{from, s.down(down)}, {to, s.down(down)}}, 1.2, bandEdge)
		}
	}
}

// atRight is what stands at the right of a row: its number or, in words, why it has none.
func (r rows) atRight(m view.Mark) (text string, valued bool) {
	return rowText(r.l, r.unit, m), m.Withheld == "" && m.Answer == benchmark.Value
}

func (r rows) drawRow(s sheet, i int, m view.Mark) {
	down := r.down(i)
	p := organisationPen(m)
	baseline := s.down(down + 0.36*p.size)
	s.write(r.names[i], margin, baseline, p, startsAt)
	text, valued := r.atRight(m)
	if !valued {
		words := tickPen
		if m.You {
			words.colour = ownColour
		}
		s.writeHaloed(text, innerRight, baseline, words, endsAt)
		return
	}
	s.drawMark(point{r.values.at(m.Value), s.down(down)}, m, len(r.marks))
	if m.Value >= r.values.far {
		for _, x := range []float64{r.values.right - edgeRoom + 6, r.values.right - edgeRoom + 9.5} {
			s.stroke([]point{{x - 1.5, s.down(down + 4)}, {x + 1.5, s.down(down - 4)}}, 1, secondary)
		}
	}
	if !p.bold && !m.You {
		p.colour = secondary
	}
	s.write(text, innerRight, baseline, p, endsAt)
}
