package chart

import (
	"image/color"
	"math"

	"roundtable/benchmark/view"
)

// strip draws the viewer's own value beside what is common to all, and nothing
// of others: the middle and, where they are shown, the means of the outer thirds.
// There is no band, as a band means chance.
type strip struct {
	viewText
	page   page
	head   head
	own    []view.Mark // one, or none for the public
	values across
	lines  []string
	top    float64
}

// newStrip returns the strip of a view; ok is false without a middle.
func newStrip(c viewText) (st strip, ok bool) {
	if !c.v.HasMiddle {
		return strip{}, false
	}
	st = strip{viewText: c}
	if m, ok := ownMark(c.v); ok && m.HasValue {
		st.own = []view.Mark{m}
	}
	st.values = c.newAcross(st.own, nil)
	st.values.far = math.Inf(1)
	if c.v.HasSpread && c.v.Indicator.Levels == 0 {
		st.values.axis = roundAxis(min(st.values.low, c.v.Low), max(st.values.high, c.v.High))
	}
	st.values.between(margin, innerRight)
	st.page = page{headline: c.pictureHeadline(), subtitle: c.subtitle()}
	if c.v.HasSpread {
		st.page.notes = append(st.page.notes, c.sayNote(Claim{Says: "thirds", Low: c.v.Low, High: c.v.High}))
	}
	st.page.notes = append(st.page.notes, c.note("own"), c.note("purpose"))
	st.head, st.lines = st.page.head(), st.page.noteLines()
	st.top = st.head.bottom() + 26
	return st, true
}

// Heights in the strip, in units.
const (
	tallTick  = 26.0 // of the middle, over and under the line of values
	shortTick = 14.0 // of a third
)

func (st strip) height() float64 { return st.top + 2*tallTick + 22 + underRows + notesHeight(st.lines) }

func (st strip) draw(s sheet) {
	st.head.draw(s)
	line := st.top + tallTick
	floor := st.top + 2*tallTick + 18
	s.stroke([]point{{st.values.left, s.down(line)}, {st.values.right, s.down(line)}}, 1, gridColour)
	s.drawUprights(st.viewText, st.values, st.top-4, line+tallTick)
	if st.v.HasSpread {
		for _, x := range []float64{st.v.Low, st.v.High} {
			s.stroke([]point{{st.values.at(x), s.down(line - shortTick)}, {st.values.at(x), s.down(line + shortTick)}}, 2.4, color.Color(lineColour))
		}
	}
	for _, m := range st.own {
		at := point{st.values.at(m.Value), s.down(line)}
		s.dot(at, 6, ownColour)
		p := labelPen(m)
		p.size = 12.5
		text := st.l.T("chart.you-at", "Value", st.unit.short(m.Value))
		half := p.width(text) / 2
		s.writeHaloed(text, max(min(at.x, innerRight-half), margin+half), s.down(line+tallTick+8), p, centred)
	}
	s.drawValuesUnder(st.viewText, st.values, floor)
	s.drawNoteLines(st.lines, floor+underRows+lineDown-1)
}
