package chart

import "math"

// point is a place on a sheet.
type point struct{ x, y float64 }

// box is an upright rectangle on a sheet.
type box struct{ left, bottom, right, top float64 }

func around(at point, radius float64) box {
	return box{at.x - radius, at.y - radius, at.x + radius, at.y + radius}
}

func (b box) width() float64  { return b.right - b.left }
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
