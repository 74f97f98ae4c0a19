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
	st.values = valueAxisOf(c.v, st.own, math.Inf(1))
	return st, true
}

// Heights in the strip, in units.
const (
	tallTick  = 50.0 // of the middle, above and below the line of values
	shortTick = 30.0 // of a third
)

func (st strip) draw(s sheet) {
	room := s.drawPage(page{st.headline(), st.subtitle(), st.footnote()})
	f := frame{box: room, x: st.values}
	line := room.bottom + 0.45*room.height()
	f.left, f.right = room.left+30, room.right-30
	f.top, f.bottom = line+tallTick, line-tallTick
	f.x.from, f.x.to = f.left, f.right
	s.stroke([]point{{f.left, line}, {f.right, line}}, 1, gridColour)
	s.drawValuesBelow(f, st.unit)
	tick := func(x, half, width float64, colour color.Color, dashes ...float64) {
		s.stroke([]point{{f.x.at(x), line - half}, {f.x.at(x), line + half}}, width, colour, dashes...)
	}
	tick(st.v.Middle, tallTick, 3, ink)
	if st.v.HasSpread {
		tick(st.v.Low, shortTick, 3, lineColour)
		tick(st.v.High, shortTick, 3, lineColour)
	}
	if t := st.v.Indicator.Target; t != nil && drawable(*t) {
		tick(*t, tallTick, 1.8, targetColour, 2, 4)
	}
	s.drawNotesAbove(f, st.middleNotes())
	if st.v.HasSpread {
		words := st.l.T("chart.line.thirds", "Low", st.unit.short(st.v.Low), "High", st.unit.short(st.v.High))
		s.writeWithin(room, words, (f.x.at(st.v.Low)+f.x.at(st.v.High))/2, f.bottom-ticksBelow-24, namePen)
	}
	for _, m := range st.own {
		at := point{f.x.at(m.Value), line}
		if m.HasInterval {
			s.stroke([]point{{f.x.at(m.Interval.Low), at.y}, {f.x.at(m.Interval.High), at.y}}, 4, ownColour)
		}
		s.stroke([]point{{at.x, f.top + notesAbove + 4}, {at.x, line}}, 1.2, ownColour)
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
