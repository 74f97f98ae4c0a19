package chart

import (
	"image/color"
	"math"
	"slices"

	"roundtable/benchmark/view"
	"roundtable/stats"
)

// rows draws a row for each organisation, with its value and the interval that
// its own figures agree with, over the network's middle half.
type rows struct {
	viewText
	marks  []view.Mark
	values axis
}

// maxRows is how many rows leave room for their names; more organisations are
// drawn as columns.
const maxRows = 16

// newRows returns the rows of a view; ok is false with fewer than two values.
func newRows(c viewText) (r rows, ok bool) {
	r = rows{viewText: c}
	for _, m := range shownMarks(c.v) {
		if m.HasValue {
			r.marks = append(r.marks, m)
		}
	}
	if len(r.marks) < 2 {
		return rows{}, false
	}
	r.values = valueAxisOf(c.v, r.marks, 1)
	return r, true
}

// valueAxisOf is the axis of values: all values, the middle half, the target,
// and of the intervals what lies within reach beyond these, in times of their
// spread, as a wide one would press the values together.
func valueAxisOf(v view.View, marks []view.Mark, reach float64) axis {
	low, high := math.Inf(1), math.Inf(-1)
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, m := range marks {
		hold(m.Value)
	}
	if v.HasMiddle {
		hold(v.Middle)
	}
	if v.HasSpread {
		hold(v.Low)
		hold(v.High)
	}
	if t := v.Indicator.Target; t != nil && drawable(*t) {
		hold(*t)
	}
	most := high - low
	if most > 0 {
		most *= reach
	}
	bottom, top := low-most, high+most
	for _, m := range marks {
		switch {
		case !m.HasInterval:
		case most > 0:
			hold(max(m.Interval.Low, bottom))
			hold(min(m.Interval.High, top))
		default: // all the same: their intervals are all there is to see
			hold(m.Interval.Low)
			hold(m.Interval.High)
		}
	}
	return valueAxis(low, high)
}

func (r rows) draw(s sheet) {
	room := s.drawPage(page{r.headline(), r.subtitle(), r.footnote()})
	if len(r.marks) > maxRows {
		r.drawColumns(s, room)
		return
	}
	f := frame{box: room, x: r.values}
	f.top -= notesAbove
	f.bottom += ticksBelow
	f.left += r.names() + 14
	f.right -= r.figures() + 10
	f.x.from, f.x.to = f.left, f.right
	s.drawMiddleHalf(f, r.v)
	s.drawValuesBelow(f, r.unit)
	s.drawNotesAbove(f, r.middleNotes())
	height := f.height() / float64(len(r.marks))
	for i, m := range r.marks {
		at := point{f.x.at(m.Value), f.top - height*(float64(i)+0.5)}
		p := labelPen(m)
		p.size = min(p.size, 0.82*height)
		s.write(truncate(m.Label, p, maxLabelWidth), f.left-14, at.y-0.35*p.size, p, endsAt)
		value := tickPen
		value.size = p.size
		s.write(r.unit.short(m.Value), room.right, at.y-0.35*p.size, value, endsAt)
		if m.HasInterval {
			s.drawInterval(point{f.x.at(m.Interval.Low), at.y}, point{f.x.at(m.Interval.High), at.y}, f.box, 3, colourOf(m))
		}
		s.drawMark(at, m, len(r.marks))
	}
}

// goesOn is how long the dots are that an interval ends in where it goes on beyond
// the picture.
const goesOn = 16.0

// drawInterval draws a line between two ends, as much of it as lies in the box, and
// dots where it goes on.
func (s sheet) drawInterval(low, high point, within box, width float64, colour color.Color) {
	from := point{max(low.x, within.left), max(low.y, within.bottom)}
	to := point{min(high.x, within.right), min(high.y, within.top)}
	along := point{}
	if low.y == high.y {
		along.x = min(goesOn, (to.x-from.x)/2)
	} else {
		along.y = min(goesOn, (to.y-from.y)/2)
	}
	begin, end := from, to
	if from != low {
		begin = point{from.x + along.x, from.y + along.y}
		s.stroke([]point{from, begin}, width, colour, width, width)
	}
	if to != high {
		end = point{to.x - along.x, to.y - along.y}
		s.stroke([]point{end, to}, width, colour, width, width)
	}
	s.stroke([]point{begin, end}, width, colour)
}

// names is how wide the widest name is, figures how wide the widest value.
func (r rows) names() float64 {
	widest := 0.0
	for _, m := range r.marks {
		p := labelPen(m)
		widest = max(widest, p.width(truncate(m.Label, p, maxLabelWidth)))
	}
	return widest
}

func (r rows) figures() float64 {
	widest := 0.0
	for _, m := range r.marks {
		widest = max(widest, tickPen.width(r.unit.short(m.Value)))
	}
	return widest
}

// drawColumns draws many organisations beside each other, in the order of their
// labels, and names those that stand out.
func (r rows) drawColumns(s sheet, room box) {
	notes := r.middleNotes()
	f := newFrame(room, r.values, r.unit, notes, columnsBelow)
	if r.v.HasSpread {
		s.fill(box{f.left, f.y.at(r.v.Low), f.right, f.y.at(r.v.High)}.corners(), innerBand)
	}
	s.drawValueGrid(f, r.unit)
	var lines [][]point
	if r.v.HasMiddle {
		lines = append(lines, f.across(r.v.Middle))
		s.stroke(lines[0], 1.6, lineColour)
	}
	lines = append(lines, s.drawTarget(f, r.v.Indicator.Target))
	s.drawNotes(f, notes)
	s.write(r.l.T("chart.axis.organisations"), f.left, f.bottom-1.3*linePen.size, linePen, startsAt)
	tags := make([]tag, len(r.marks))
	width := f.width() / float64(len(r.marks))
	for i, m := range r.marks {
		tags[i] = r.tag(m, len(r.marks)+manyMarks) // a crowd, however many
		tags[i].at = point{f.left + width*(float64(i)+0.5), f.y.at(m.Value)}
		if m.HasInterval {
			x := tags[i].at.x
			s.drawInterval(point{x, f.y.at(m.Interval.Low)}, point{x, f.y.at(m.Interval.High)}, f.box, 1.6, colourOf(m))
		}
	}
	s.writeLabels(f.box, r.viewText, r.marks, tags, obstacles(false, lines...))
	for i, m := range r.marks {
		s.drawMark(tags[i].at, m, len(r.marks)+manyMarks)
	}
}

// columnsBelow is the space that the title under columns needs.
const columnsBelow = 28.0

// footnote says what the bars and the band are.
func (r rows) footnote() string {
	bars := slices.ContainsFunc(r.marks, func(m view.Mark) bool { return m.HasInterval })
	method := ""
	switch {
	case bars && r.v.HasSpread:
		method = r.l.T("chart.method.rows")
	case bars:
		method = r.l.T("chart.method.rows-bars")
	case r.v.HasSpread:
		method = r.l.T("chart.method.rows-none")
	}
	for _, m := range r.marks {
		if m.Point.Flag.Outside(stats.Level998) {
			return r.purpose(method + " " + r.l.T("chart.squares"))
		}
	}
	return r.purpose(method)
}
