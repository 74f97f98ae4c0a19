package chart

import "slices"

// between returns the outline of what lies between two lines with the same xs,
// cut at the top and bottom of a box.
func between(b box, low, high []point) []point {
	outline := make([]point, 0, len(low)+len(high))
	for _, p := range high {
		outline = append(outline, point{p.x, min(max(p.y, b.bottom), b.top)})
	}
	for _, l := range slices.Backward(low) {
		outline = append(outline, point{l.x, min(max(l.y, b.bottom), b.top)})
	}
	return outline
}

// within returns the parts of a line that lie between the top and the bottom of
// a box.
func within(b box, line []point) [][]point {
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
