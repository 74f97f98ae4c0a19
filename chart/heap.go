package chart

import (
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// heap draws values of kinds without limits side by side, without names: dots in heaps,
// a bar for each number, or bars of as many as lie within a stretch.
type heap struct {
	viewText
	page   page
	head   head
	marks  []view.Mark
	values across
	form   heapForm
	bars   []bar
	lines  []string
	top    float64
	radius float64 // of a dot
}

type heapForm uint8

const (
	heapDots heapForm = iota
	heapBars          // one for each whole number or answer
	heapStretches
)

// bar is how many marks lie from one value to another; the last one's end is within it.
type bar struct {
	low, high float64
	count     int
	you       bool
}

const (
	mostScaleDots = 24  // answers on a scale that are dots; more are bars
	mostHeapDots  = 40  // values that are dots whatever they are
	manyInHeap    = 100 // from here on dots say less than bars
	mostBars      = 26
	heapHeight    = 170.0
	heapDot       = 3.9
	blockDot      = 6.0 // of answers on a scale
	leastDot      = 1.4
)

// newHeap returns the heap of a view; ok is false with fewer than three values.
func newHeap(c viewText) (h heap, ok bool) {
	h = heap{viewText: c, radius: heapDot}
	for _, m := range shownMarks(c.v) {
		if m.HasValue {
			h.marks = append(h.marks, m)
		}
	}
	if own := slices.IndexFunc(h.marks, func(m view.Mark) bool { return m.You }); own >= 0 { // you on top, where a word has room
		h.marks = append(append(h.marks[:own:own], h.marks[own+1:]...), h.marks[own])
	}
	if len(h.marks) < c.v.Least() {
		return heap{}, false
	}
	h.values = c.newAcross(h.marks, nil)
	h.setForm()
	h.page = page{headline: c.pictureHeadline(), subtitle: c.subtitle()}
	if h.hasHalf() {
		h.page.notes = append(h.page.notes, c.note("half"))
	}
	h.page.notes = append(append(h.page.notes, c.withheldNotes()...), c.note("purpose"))
	h.head, h.lines = h.page.head(), h.page.noteLines()
	h.top = h.head.bottom() + 26
	h.values.between(margin, innerRight)
	switch h.form {
	case heapBars: // bars have a width
		h.values.low, h.values.high = h.values.low-0.6, h.values.high+0.6
	case heapDots:
		if c.v.Indicator.Kind == benchmark.Scale {
			h.values.low, h.values.high = h.values.low-0.4, h.values.high+0.4
		}
		h.setRadius()
	case heapStretches:
	}
	return h, true
}

// setForm chooses dots or bars.
func (h *heap) setForm() {
	near := make([]float64, 0, len(h.marks))
	low, high := math.Inf(1), math.Inf(-1)
	for _, m := range h.marks {
		if m.Value < h.values.far {
			near = append(near, m.Value)
			low, high = min(low, m.Value), max(high, m.Value)
		}
	}
	scale := h.v.Indicator.Kind == benchmark.Scale
	most := mostHeapDots
	if scale {
		most = mostScaleDots
		low, high = 1, float64(h.v.Indicator.Levels)
	}
	switch whole := allWhole(near) && high-low < mostBars; {
	case len(h.marks) <= most:
		return
	case scale, whole:
		h.form = heapBars
		for x := low; x <= high; x++ {
			h.bars = append(h.bars, bar{low: x - 0.5, high: x + 0.5})
		}
		h.values.axis = axis{low: low, high: high}
	case len(h.marks) < manyInHeap:
		return
	default:
		h.form = heapStretches
		step := roundStep((h.values.high - h.values.low) / 18)
		for x := h.values.low; x < h.values.high-step/2; x += step {
			h.bars = append(h.bars, bar{low: x, high: x + step})
		}
	}
	for _, m := range h.marks {
		for i := range h.bars {
			b := &h.bars[i]
			if m.Value >= b.low && (m.Value < b.high || i == len(h.bars)-1 && m.Value <= b.high) && m.Value < h.values.far {
				b.count++
				b.you = b.you || m.You
			}
		}
	}
}

func (h heap) height() float64 { return h.top + h.inner() + underRows + notesHeight(h.lines) }

// inner is how high the heap itself may be.
func (h heap) inner() float64 {
	if h.form != heapDots {
		return heapHeight
	}
	words := 8.0 // over the tallest heap
	if last := h.marks[len(h.marks)-1]; last.You {
		words = 22
	}
	return max(40, h.tallest(h.radius)+words)
}

// setRadius makes the dots as small as it takes for the tallest heap.
func (h *heap) setRadius() {
	if h.v.Indicator.Kind == benchmark.Scale {
		h.radius = blockDot
	}
	for h.radius > leastDot && h.tallest(h.radius) > heapHeight {
		h.radius -= 0.25
	}
}

func (h heap) tallest(radius float64) float64 {
	_, most := h.places(radius)
	return 2 * radius * most
}

// places are where the dots stand, of a radius: along x, and how many lie under each.
func (h heap) places(radius float64) (places []point, most float64) {
	height := map[int]float64{}
	places = make([]point, len(h.marks))
	step := 2*radius + 0.6
	for i, m := range h.marks {
		x := h.values.at(m.Value)
		column := int(math.Round((x - h.values.from) / step))
		if h.v.Indicator.Kind != benchmark.Scale && m.Value < h.values.far {
			x = h.values.from + float64(column)*step
		}
		places[i] = point{x, height[column]}
		height[column]++
		most = max(most, height[column])
	}
	return places, most
}

func (h heap) draw(s sheet) {
	h.head.draw(s)
	floor := h.top + h.inner()
	s.drawUprights(h.viewText, h.values, h.top-4, floor)
	if h.form == heapDots {
		h.drawDots(s, floor)
	} else {
		h.drawBars(s, floor)
	}
	s.drawValuesUnder(h.viewText, h.values, floor)
	s.drawMiddleHalf(h.viewText, h.values, floor)
	s.drawNoteLines(h.lines, floor+underRows+lineDown-1)
}

// dotDown is how far down the middle of a dot is that so many lie under.
func (h heap) dotDown(floor, under float64) float64 { return floor - 3.5 - h.radius*(2*under+1) }

// drawDots draws the heaps, and over them who is you and what is far.
func (h heap) drawDots(s sheet, floor float64) {
	places, _ := h.places(h.radius)
	for i, m := range h.marks {
		colour := othersColour
		if m.You {
			colour = ownColour
		}
		s.dot(point{places[i].x, s.down(h.dotDown(floor, places[i].y))}, h.radius-0.3, colour)
	}
	over := func(from, to float64) float64 { // how far down words may stand there
		down := floor - 6
		for _, p := range places {
			if p.x+h.radius > from-1 && p.x-h.radius < to+1 {
				down = min(down, h.dotDown(floor, p.y)-h.radius-4)
			}
		}
		return down
	}
	last := len(h.marks) - 1
	if m := h.marks[last]; m.You && m.Value < h.values.far {
		text, p := h.l.T("chart.you"), labelPen(m)
		half := p.width(text) / 2
		x := min(max(places[last].x, margin+half), innerRight-half)
		down := over(x-half, x+half)
		if dot := h.dotDown(floor, places[last].y) - h.radius; dot-down > 6 {
			s.stroke([]point{{places[last].x, s.down(dot)}, {places[last].x, s.down(down + 2)}}, 1, ownColour)
		}
		s.writeHaloed(text, x, s.down(down), p, centred)
	}
	if text, p := h.farText(); text != "" {
		s.writeHaloed(text, innerRight, s.down(over(innerRight-p.width(text), innerRight)), p, endsAt)
	}
}

// farText is the numbers of those far beyond; of more than two, from which to which.
func (h heap) farText() (text string, p pen) {
	var far []float64
	p = wordPen
	you := false
	for _, m := range h.marks {
		if m.Value >= h.values.far {
			far = append(far, m.Value)
			you = you || m.You
		}
	}
	slices.Sort(far)
	switch n := len(far); {
	case n == 0:
		return "", p
	case n == 1 && you:
		return h.l.T("chart.you-at", "Value", h.unit.short(far[0])), pen{size: wordPen.size, bold: true, colour: ownColour}
	case n <= 2:
		for _, x := range far {
			text += ", " + h.unit.short(x)
		}
		text = text[len(", "):]
	default:
		text = h.unit.number(far[0]) + "–" + h.unit.short(far[n-1])
	}
	return text, p
}

// drawBars draws how many there are, with the number over each.
func (h heap) drawBars(s sheet, floor float64) {
	most := 1
	for _, b := range h.bars {
		most = max(most, b.count)
	}
	room := floor - h.top - 16
	for _, b := range h.bars {
		if b.count == 0 {
			continue
		}
		left, right := h.values.axis.at(b.low), h.values.axis.at(b.high)
		gap := min(3, 0.12*(right-left))
		tall := room * float64(b.count) / float64(most)
		colour, p := barFill, countPen
		if b.you {
			colour, p.colour, p.bold = ownColour, ownColour, true
		}
		s.fill(box{left + gap, s.down(floor), right - gap, s.down(floor - tall)}.corners(), colour)
		text := h.l.Integer(b.count)
		if p.width(text) <= right-left+2 || b.you {
			s.writeHaloed(text, (left+right)/2, s.down(floor-tall-3), p, centred)
		}
		if b.you {
			s.writeHaloed(h.l.T("chart.you"), min(max((left+right)/2, margin+10), innerRight-10), s.down(floor-tall-14), p, centred)
		}
	}
	down := floor - 4
	for _, m := range h.marks {
		if m.Value >= h.values.far && down > h.top+20 {
			colour := othersColour
			if m.You {
				colour = ownColour
			}
			down -= h.radius
			s.dot(point{h.values.right - axisRoom, s.down(down)}, h.radius-0.3, colour)
			down -= h.radius
		}
	}
	if text, p := h.farText(); text != "" {
		s.writeHaloed(text, innerRight, s.down(down-3), p, endsAt)
	}
}
