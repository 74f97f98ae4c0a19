package chart

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

const (
	crowd     = 20  // more organisations than this have smaller points, and not all names
	longestID = 270 // units that a label may be wide
)

// radius of a mark's point.
func radius(m benchmark.Mark, of int) float64 {
	switch {
	case m.You && m.Point.Flag.Outside(stats.Level998):
		return 12
	case m.You:
		return 9
	case m.Point.Flag.Outside(stats.Level998):
		return 7
	case of > crowd:
		return 5
	}
	return 6
}

// across is the line at a value.
func (f frame) across(value float64) []point {
	y := f.y.at(value)
	return []point{{f.left, y}, {f.right, y}}
}

// target draws the line at a target, if there is one.
func (s sheet) target(f frame, target *float64) []point {
	if target == nil || !drawable(*target) {
		return nil
	}
	l := f.across(*target)
	s.stroke(l, 1.8, aim, 2, 4)
	return l
}

// mark draws an organisation's point: a blue dot for you, a vermilion square
// for those outside the 99.8 % limits (hollow when limits that allow for a wide
// spread hold it), a grey dot for the others; your dot in a square when you are
// outside.
func (s sheet) mark(at point, m benchmark.Mark, of int) {
	outside := m.Point.Flag.Outside(stats.Level998)
	r := radius(m, of)
	switch {
	case outside && m.You:
		s.square(at, r, beyond)
		s.dot(at, r-5, yours)
	case outside:
		s.square(at, r, beyond)
		if !m.Point.AdjustedFlag.Outside(stats.Level998) {
			s.fill(around(at, r-2.6).corners(), paper)
		}
	case m.You:
		s.dot(at, r, yours)
	default:
		s.dot(at, r, others)
	}
}

// points draws the organisations and names those that there is room for.
func (f funnel) points(s sheet, at frame, lines []obstacle) {
	tags := make([]tag, len(f.marks))
	for i, m := range f.marks {
		tags[i] = f.tag(m, len(f.marks))
		tags[i].at = point{at.x.at(m.Figure.Denominator), at.y.at(m.Value)}
	}
	s.name(at.box, f.captioner, f.marks, tags, lines)
	for _, last := range []bool{false, true} { // you on top of all
		for i, m := range f.marks {
			if m.You == last {
				s.mark(tags[i].at, m, len(f.marks))
			}
		}
	}
}

// tag is how a mark asks for its label. In a crowd, only those that stand out
// ask.
func (c captioner) tag(m benchmark.Mark, of int) tag {
	p := labelPen(m)
	t := tag{radius: radius(m, of), width: p.width(c.labelOf(m)), height: p.ascent() + p.descent(), rank: 2}
	switch {
	case m.You, c.beyond(m):
		t.rank = 0
	case m.Point.Flag.Outside(stats.Level95):
		t.rank = 1
	case of > crowd:
		t.width = 0 // asks for none
	}
	return t
}

// labelOf is the words beside a mark.
func (c captioner) labelOf(m benchmark.Mark) string {
	if m.You {
		return c.l.T("chart.you")
	}
	return cut(m.Label, labelPen(m), longestID)
}

func labelPen(m benchmark.Mark) pen {
	p := namePen
	switch {
	case m.You:
		p.bold, p.colour = true, yours
	case m.Point.Flag.Outside(stats.Level998):
		p.bold = true
	}
	return p
}

// name finds places for the labels and writes them.
func (s sheet) name(in box, c captioner, marks []benchmark.Mark, tags []tag, lines []obstacle) {
	for i, p := range placeLabels(in, tags, nil, lines) {
		if !p.ok {
			continue
		}
		if p.leader {
			s.stroke([]point{tags[i].at, p.box.nearest(tags[i].at)}, 1, line)
		}
		pen := labelPen(marks[i])
		s.write(c.labelOf(marks[i]), p.box.left, p.box.bottom+pen.descent(), pen, startsAt)
	}
}
