package chart

import (
	"cmp"
	"image/color"
	"slices"

	"roundtable/benchmark"
	"roundtable/stats"
)

const (
	notesAbove = 40.0 // space for two lines of words over a frame
	ticksBelow = 30.0 // space for numbers under a frame
)

// middleHalf fills the band between the quartiles and draws the middle and the
// target as upright lines.
func (s sheet) middleHalf(f frame, v benchmark.View) {
	if v.HasMiddle {
		s.fill(box{f.x.at(v.Low), f.bottom, f.x.at(v.High), f.top}.corners(), innerBand)
		s.stroke([]point{{f.x.at(v.Middle), f.bottom}, {f.x.at(v.Middle), f.top}}, 1.6, line)
	}
	if t := v.Indicator.Target; t != nil && drawable(*t) {
		s.stroke([]point{{f.x.at(*t), f.bottom}, {f.x.at(*t), f.top}}, 1.8, aim, 2, 4)
	}
}

// valuesBelow writes the values under a frame whose x is an axis of values.
func (s sheet) valuesBelow(f frame, u unit) {
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, line)
	values, texts := yTicks(f.x, u)
	end := 0.0
	for i, x := range values {
		at, half := f.x.at(x), tickPen.width(texts[i])/2
		if at-half < end || at+half > sheetWidth-4 {
			continue
		}
		end = at + half + 2*tickGap
		s.stroke([]point{{at, f.bottom}, {at, f.bottom - 4}}, 1.2, line)
		s.write(texts[i], at, f.bottom-tickGap-tickPen.ascent(), tickPen, centred)
	}
}

// notesAbove writes words over upright lines, on two levels so that they don't
// touch.
func (s sheet) notesAbove(f frame, notes []note) {
	notes = slices.SortedFunc(slices.Values(notes), func(a, b note) int { return cmp.Compare(a.value, b.value) })
	end := [2]float64{}
	for _, n := range notes {
		p := linePen
		p.colour = n.colour
		half := p.width(n.text) / 2
		at := min(max(f.x.at(n.value), margin+half), sheetWidth-margin-half)
		for level := range end {
			if at-half < end[level] && level == 0 {
				continue
			}
			end[level] = at + half + tickGap
			s.write(n.text, at, f.top+6+noteSpace*float64(level), p, centred)
			break
		}
	}
}

// middleNotes are the words at the middle and the target.
func (c captioner) middleNotes() []note {
	var notes []note
	if c.v.HasMiddle {
		notes = append(notes, note{c.l.T("chart.line.middle", "Value", c.unit.short(c.v.Middle)), c.v.Middle, ink})
	}
	return append(notes, c.targetNote()...)
}

func colourOf(m benchmark.Mark) color.Color {
	switch {
	case m.You:
		return yours
	case m.Point.Flag.Outside(stats.Level998):
		return beyond
	}
	return barColour
}

// strip draws the viewer's own value beside the network's middle half, and
// nothing of others.
type strip struct {
	captioner
	own    []benchmark.Mark // one, or none for the public
	values axis
}

// newStrip returns the strip of a view; ok is false without a middle.
func newStrip(c captioner) (st strip, ok bool) {
	if !c.v.HasMiddle {
		return strip{}, false
	}
	st = strip{captioner: c}
	if m, ok := you(c.v); ok && m.HasValue {
		st.own = []benchmark.Mark{m}
	}
	st.values = spread(c.v, st.own)
	return st, true
}

// thickness of a strip's band, half of it.
const thickness = 50.0

func (st strip) draw(s sheet) {
	room := s.page(page{st.headline(), st.subtitle(), st.footnote()})
	f := frame{box: room, x: st.values}
	middle := room.bottom + 0.45*room.height()
	f.left, f.right = room.left+30, room.right-30
	f.top, f.bottom = middle+thickness, middle-thickness
	f.x.from, f.x.to = f.left, f.right
	s.middleHalf(f, st.v)
	s.valuesBelow(f, st.unit)
	s.notesAbove(f, st.middleNotes())
	low, high := st.unit.span(st.v.Low, st.v.High)
	s.within(room, st.l.T("chart.line.half", "Low", low, "High", high), (f.x.at(st.v.Low)+f.x.at(st.v.High))/2, f.bottom-ticksBelow-24, namePen)
	for _, m := range st.own {
		at := point{f.x.at(m.Value), middle}
		if m.HasInterval {
			from, to := max(f.x.at(m.Interval.Low), f.left), min(f.x.at(m.Interval.High), f.right)
			s.stroke([]point{{from, at.y}, {to, at.y}}, 4, yours)
		}
		s.stroke([]point{{at.x, f.top + notesAbove + 4}, {at.x, middle}}, 1.2, yours)
		s.dot(at, 11, yours)
		p := labelPen(m)
		p.size = 22
		s.within(room, st.l.T("chart.you-at", "Value", st.unit.short(m.Value)), at.x, f.top+notesAbove+10, p)
	}
}

// within writes words centred on x, or as near to it as the room lets them.
func (s sheet) within(room box, text string, x, y float64, p pen) {
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
