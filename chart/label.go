package chart

import (
	"math"
	"slices"
)

// tag is a label that looks for a place beside its point. Places are from the upper left
// corner.
type tag struct {
	at     point
	radius float64 // of what is drawn at the point
	width  float64
	height float64
}

// placed is where a label went.
type placed struct {
	box box
	// ok is false when there was no room for it.
	ok bool
}

const (
	labelGap  = 3.0  // between a label and all else
	letterGap = 5.0  // between labels on one line
	nearer    = 30.0 // what it is worth not to lie nearer to another point
	crossing  = 10.0 // nor across the upright line
	minLead   = 3.0  // how much nearer a label must lie to its own point
)

// bestPlace is where a label goes within the frame: beside its point, on the side with more
// room if it can be, so that it covers nothing of what is taken, and not across the upright
// line if there is another place. There are no lines from a label to its point: what has no
// place beside it has none. The same label among the same gets the same place.
func bestPlace(frame box, t tag, taken []box, upright float64) placed {
	var best placed
	least := math.Inf(1)
	for _, c := range candidates(frame, t) {
		if c.cost >= least || !frame.holds(c.box) {
			continue
		}
		if slices.ContainsFunc(taken, c.box.grown(labelGap/2).overlaps) {
			continue
		}
		cost := c.cost + nearer*strangers(c.box, t, taken)
		if c.box.left-1 < upright && c.box.right+1 > upright {
			cost += crossing
		}
		if cost < least {
			least, best = cost, placed{box: c.box, ok: true}
		}
	}
	return best
}

// strangers counts what else a label at b would seem to belong to.
func strangers(b box, t tag, taken []box) float64 {
	count := 0.0
	own := around(t.at, t.radius)
	reach := apart(b, own)
	for _, o := range taken {
		if o != own && apart(b, o) < reach+minLead {
			count++
		}
	}
	return count
}

// apart is how far one box is from another.
func apart(a, b box) float64 {
	return math.Hypot(max(a.left-b.right, b.left-a.right, 0), max(a.bottom-b.top, b.bottom-a.top, 0))
}

type candidate struct {
	box  box
	cost float64
}

// candidates lie beside the point, first on the side with more room, then over and under it.
func candidates(frame box, t tag) []candidate {
	var all []candidate
	side := 1.0
	if t.at.x-frame.left > frame.right-t.at.x {
		side = -1
	}
	for i, b := range []struct{ dx, dy float64 }{
		{1, 0}, {1, 0.7}, {1, -0.7}, {-1, 0}, {-1, 0.7}, {-1, -0.7}, {0, 1}, {0, -1}, {0.5, 1}, {0.5, -1}, {-0.5, 1}, {-0.5, -1}, {0.9, 1}, {0.9, -1}, {-0.9, 1}, {-0.9, -1},
	} {
		d := t.radius + labelGap
		x, y := t.at.x+side*b.dx*d, t.at.y+b.dy*d
		// The label's edge or corner that looks towards the point is put there.
		left := x - t.width*(1-side*b.dx)/2
		bottom := y - t.height*(1-b.dy)/2
		all = append(all, candidate{box{left, bottom, left + t.width, bottom + t.height}, float64(i)})
	}
	return all
}
