package chart

import (
	"math"
	"slices"
)

// point is a place on a sheet.
type point struct{ x, y float64 }

// box is an upright rectangle on a sheet.
type box struct{ left, bottom, right, top float64 }

func around(at point, radius float64) box {
	return box{at.x - radius, at.y - radius, at.x + radius, at.y + radius}
}

func (b box) width() float64 { return b.right - b.left }

func (b box) height() float64 { return b.top - b.bottom }

// corners in order around the box.
func (b box) corners() []point {
	return []point{{b.left, b.bottom}, {b.right, b.bottom}, {b.right, b.top}, {b.left, b.top}}
}

// grown by a margin on every side.
func (b box) grown(by float64) box {
	return box{b.left - by, b.bottom - by, b.right + by, b.top + by}
}

// wider by a margin at both sides.
func (b box) wider(by float64) box { return box{b.left - by, b.bottom, b.right + by, b.top} }

// overlaps says whether the boxes share more than an edge.
func (b box) overlaps(o box) bool {
	return b.left < o.right && o.left < b.right && b.bottom < o.top && o.bottom < b.top
}

// holds says whether o lies within b.
func (b box) holds(o box) bool {
	return o.left >= b.left && o.right <= b.right && o.bottom >= b.bottom && o.top <= b.top
}

// meets says whether the line from p to q passes through the box (Liang &
// Barsky 1984).
func (b box) meets(p, q point) bool {
	from, to := 0.0, 1.0
	dx, dy := q.x-p.x, q.y-p.y
	for _, edge := range [4][2]float64{{-dx, p.x - b.left}, {dx, b.right - p.x}, {-dy, p.y - b.bottom}, {dy, b.top - p.y}} {
		slope, room := edge[0], edge[1]
		switch {
		case slope == 0 && room < 0:
			return false
		case slope < 0:
			from = max(from, room/slope)
		case slope > 0:
			to = min(to, room/slope)
		}
	}
	return from < to
}

// nearest returns the point of the box nearest to p.
func (b box) nearest(p point) point {
	return point{min(max(p.x, b.left), b.right), min(max(p.y, b.bottom), b.top)}
}

func distance(p, q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// bandBetween returns the outline of what lies between two lines with the same
// xs, cut at the top and bottom of a box.
func bandBetween(b box, low, high []point) []point {
	outline := make([]point, 0, len(low)+len(high))
	for _, p := range high {
		outline = append(outline, point{p.x, min(max(p.y, b.bottom), b.top)})
	}
	for _, l := range slices.Backward(low) {
		outline = append(outline, point{l.x, min(max(l.y, b.bottom), b.top)})
	}
	return outline
}

// clipLine returns the parts of a line that lie between the top and the bottom of
// a box.
func clipLine(b box, line []point) [][]point {
	var parts [][]point
	var part []point
	end := func() {
		if len(part) > 1 {
			parts = append(parts, part)
		}
		part = nil
	}
	for i, p := range line {
		inside := p.y >= b.bottom && p.y <= b.top
		if i > 0 {
			if edge, ok := crossingOf(b, line[i-1], p); ok {
				part = append(part, edge)
				if !inside {
					end()
				}
			}
		}
		if inside {
			part = append(part, p)
		}
	}
	end()
	return parts
}

// crossingOf returns where the line from p to q crosses the top or the bottom
// of the box, when one end is inside and the other isn't.
func crossingOf(b box, p, q point) (point, bool) {
	in := func(y float64) bool { return y >= b.bottom && y <= b.top }
	if in(p.y) == in(q.y) {
		return point{}, false
	}
	outside, inside := p, q
	if in(p.y) {
		outside, inside = q, p
	}
	edge := b.top
	if outside.y < b.bottom {
		edge = b.bottom
	}
	if outside.y == inside.y {
		return inside, true
	}
	t := (edge - inside.y) / (outside.y - inside.y)
	return point{inside.x + t*(outside.x-inside.x), edge}, true
}
