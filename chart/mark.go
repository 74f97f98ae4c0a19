package chart

import (
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// radius of a mark's point, among so many.
func radius(m view.Mark, of int) float64 {
	r := 3.9
	switch {
	case of >= 1000:
		r = 1.4
	case of >= 100:
		r = 2
	case of > maxRows:
		r = 2.8
	}
	switch {
	case m.You:
		return r + 1.4
	case m.Point.Flag.Outside(stats.Level998):
		return max(r, 3.4) + 0.3
	}
	return r
}

// drawMark draws an organisation's point: a blue dot for you, a vermilion square
// for those outside the 99.8 % limits (hollow when limits that allow for a wide
// spread hold it), a grey dot for the others; your dot in a square when you are
// outside.
func (s sheet) drawMark(at point, m view.Mark, of int) {
	r := radius(m, of)
	switch outside := m.Point.Flag.Outside(stats.Level998); {
	case outside && m.You:
		s.square(at, r+1.6, outsideColour)
		s.dot(at, r-1.4, ownColour)
	case outside:
		s.square(at, r, outsideColour)
		if !m.Point.AdjustedFlag.Outside(stats.Level998) {
			s.fill(around(at, r-1.6).corners(), paper)
		}
	case m.You:
		s.dot(at, r, ownColour)
	case of >= 100: // so many that they lie on each other
		s.disc(at, r, throngColour)
	default:
		s.dot(at, r, othersColour)
	}
}

// organisationPen is what a name is written with: bold outside the limits, blue for you.
func organisationPen(m view.Mark) pen {
	p := namePen
	if m.You {
		p.colour = ownColour
	}
	p.bold = beyondChance(m)
	return p
}

// writeHaloed writes words with a rim that keeps them apart from what is behind them.
func (s sheet) writeHaloed(text string, x, y float64, p pen, a align) {
	pieces, width := p.style().Set(text)
	x -= float64(a) * width
	s.canvas.SetColor(paper)
	s.canvas.SetLineDash(nil, 0)
	for _, piece := range pieces {
		s.canvas.Push()
		s.canvas.Translate(vgPoint(point{x, y}))
		s.canvas.SetLineWidth(3.2)
		s.canvas.Stroke(piece.Outline)
		s.canvas.Pop()
	}
	s.write(text, x, y, p, startsAt)
}
