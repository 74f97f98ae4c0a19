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
