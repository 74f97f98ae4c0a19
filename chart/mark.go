package chart

import (
	"image/color"

	"roundtable/benchmark/view"
	"roundtable/stats"
)

const (
	manyMarks     = 20  // more organisations than this have smaller points, and not all names
	maxLabelWidth = 270 // units that a label may be wide
)

// radius of a mark's point.
func radius(m view.Mark, of int) float64 {
	switch {
	case m.You && m.Point.Flag.Outside(stats.Level998):
		return 12
	case m.You:
		return 9
	case m.Point.Flag.Outside(stats.Level998):
		return 7
	case of > manyMarks:
		return 5
	}
	return 6
}

// drawMark draws an organisation's point: a blue dot for you, a vermilion square
// for those outside the 99.8 % limits (hollow when limits that allow for a wide
// spread hold it), a grey dot for the others; your dot in a square when you are
// outside.
func (s sheet) drawMark(at point, m view.Mark, of int) {
	outside := m.Point.Flag.Outside(stats.Level998)
	r := radius(m, of)
	switch {
	case outside && m.You:
		s.square(at, r, outsideColour)
		s.dot(at, r-5, ownColour)
	case outside:
		s.square(at, r, outsideColour)
		if !m.Point.AdjustedFlag.Outside(stats.Level998) {
			s.fill(around(at, r-2.6).corners(), paper)
		}
	case m.You:
		s.dot(at, r, ownColour)
	default:
		s.dot(at, r, othersColour)
	}
}

// tag is how a mark asks for its label. In a crowd, only those that stand out
// ask.
func (c viewText) tag(m view.Mark, of int) tag {
	p := labelPen(m)
	t := tag{radius: radius(m, of), width: p.width(c.labelOf(m)), height: p.ascent() + p.descent(), rank: 2}
	switch {
	case m.You, beyondChance(m):
		t.rank = 0
	case m.Point.Flag.Outside(stats.Level95):
		t.rank = 1
	case of > manyMarks:
		t.width = 0 // asks for none
	}
	return t
}

// labelOf is the words beside a mark.
func (c viewText) labelOf(m view.Mark) string {
	if m.You {
		return c.l.T("chart.you")
	}
	return truncate(m.Label, labelPen(m), maxLabelWidth)
}

func labelPen(m view.Mark) pen {
	p := namePen
	switch {
	case m.You:
		p.bold, p.colour = true, ownColour
	case m.Point.Flag.Outside(stats.Level998):
		p.bold = true
	}
	return p
}

// writeLabels finds places for the labels and writes them.
func (s sheet) writeLabels(in box, c viewText, marks []view.Mark, tags []tag, lines []obstacle) {
	for i, p := range placeLabels(in, tags, nil, lines) {
		if !p.ok {
			continue
		}
		if p.leader {
			s.stroke([]point{tags[i].at, p.box.nearest(tags[i].at)}, 1, lineColour)
		}
		pen := labelPen(marks[i])
		s.write(c.labelOf(marks[i]), p.box.left, p.box.bottom+pen.descent(), pen, startsAt)
	}
}

func colourOf(m view.Mark) color.Color {
	switch {
	case m.You:
		return ownColour
	case m.Point.Flag.Outside(stats.Level998):
		return outsideColour
	}
	return barColour
}
