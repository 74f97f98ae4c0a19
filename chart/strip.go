package chart

import "roundtable/benchmark/view"

// strip draws the viewer's own value beside the network's middle half, and
// nothing of others.
type strip struct {
	viewText
	own    []view.Mark // one, or none for the public
	values axis
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
	st.values = valueAxisOf(c.v, st.own)
	return st, true
}

// stripHalfHeight is half the height of the band, in units.
const stripHalfHeight = 50.0

func (st strip) draw(s sheet) {
	room := s.drawPage(page{st.headline(), st.subtitle(), st.footnote()})
	f := frame{box: room, x: st.values}
	middle := room.bottom + 0.45*room.height()
	f.left, f.right = room.left+30, room.right-30
	f.top, f.bottom = middle+stripHalfHeight, middle-stripHalfHeight
	f.x.from, f.x.to = f.left, f.right
	s.drawMiddleHalf(f, st.v)
	s.drawValuesBelow(f, st.unit)
	s.drawNotesAbove(f, st.middleNotes())
	low, high := st.unit.span(st.v.Low, st.v.High)
	s.writeWithin(room, st.l.T("chart.line.half", "Low", low, "High", high), (f.x.at(st.v.Low)+f.x.at(st.v.High))/2, f.bottom-ticksBelow-24, namePen)
	for _, m := range st.own {
		at := point{f.x.at(m.Value), middle}
		if m.HasInterval {
			from, to := max(f.x.at(m.Interval.Low), f.left), min(f.x.at(m.Interval.High), f.right)
			s.stroke([]point{{from, at.y}, {to, at.y}}, 4, ownColour)
		}
		s.stroke([]point{{at.x, f.top + notesAbove + 4}, {at.x, middle}}, 1.2, ownColour)
		s.dot(at, 11, ownColour)
		p := labelPen(m)
		p.size = 22
		s.writeWithin(room, st.l.T("chart.you-at", "Value", st.unit.short(m.Value)), at.x, f.top+notesAbove+10, p)
	}
}

// writeWithin writes words centred on x, or as near to it as the room lets them.
func (s sheet) writeWithin(room box, text string, x, y float64, p pen) {
	half := p.width(text) / 2
	s.write(text, max(min(x, room.right-half), room.left+half), y, p, centred)
}

func (st strip) footnote() string {
	for _, m := range st.own {
		if m.HasInterval {
			return st.purpose(st.l.T("chart.method.strip"))
		}
	}
	return st.purpose(st.l.T("chart.method.strip-none"))
}
