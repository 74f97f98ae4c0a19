package chart

import (
	"cmp"
	"math"
	"slices"
)

// tag is a label that looks for a place beside its point.
type tag struct {
	at     point
	radius float64 // of what is drawn at the point
	width  float64 // 0: it wants no label
	height float64
	// rank says how much it matters: 0 is placed first, and wherever there is
	// room, with a leader when that is away from it; others only close by.
	rank int
}

// placed is where a label went.
type placed struct {
	box box
	// leader says that it lies too far from its point to do without a line.
	leader bool
	// ok is false when there was no room for it.
	ok bool
}

const (
	labelGap    = 3.0 // between a label and all else
	letterGap   = 5.0 // between labels on one line
	leaderFrom  = 8.0
	crossing    = 40.0 // how many units of distance it is worth not to cross a line
	grazing     = 10.0 // nor one that is so faint that words over it are read
	nearer      = 30.0 // and not to lie nearer to another point than to its own
	leaderSteps = 24
	fewSteps    = 3
	leaderStep  = 12.0
)

// obstacle is a line that labels had better not cross.
type obstacle struct {
	points []point
	faint  bool
}

// obstacles are lines that are all as faint, or not.
func obstacles(faint bool, lines ...[]point) []obstacle {
	all := make([]obstacle, len(lines))
	for i, l := range lines {
		all[i] = obstacle{l, faint}
	}
	return all
}

// placeLabels finds places for labels within the frame, so that none covers
// another, a point or what stands there, and as few as can be cross a line. It
// returns one place for each tag, in order; the same tags get the same places.
func placeLabels(frame box, tags []tag, standing []box, lines []obstacle) []placed {
	places := make([]placed, len(tags))
	order := make([]int, len(tags))
	taken := slices.Clone(standing)
	for i, t := range tags {
		order[i] = i
		taken = append(taken, around(t.at, t.radius))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(tags[a].rank, tags[b].rank) })
	for _, i := range order {
		if tags[i].width == 0 {
			continue
		}
		places[i] = bestPlace(frame, tags, i, taken, lines)
		if places[i].ok {
			taken = append(taken, places[i].box.wider(letterGap))
		}
	}
	return places
}

// bestPlace is the free candidate with the least cost.
func bestPlace(frame box, tags []tag, i int, taken []box, lines []obstacle) placed {
	t := tags[i]
	var best placed
	least := math.Inf(1)
	for _, c := range candidates(t) {
		if c.cost >= least || !frame.holds(c.box) || slices.ContainsFunc(taken, c.box.grown(labelGap/2).overlaps) {
			continue
		}
		cost := c.cost
		for _, l := range lines {
			switch {
			case !crosses(c.box.grown(1), l.points):
			case l.faint:
				cost += grazing
			default:
				cost += crossing
			}
		}
		cost += pointsAsNear(c.box, tags, i) * nearer
		far := distance(c.box.nearest(t.at), t.at) > t.radius+leaderFrom
		if far && blocked(t, c.box, taken) {
			cost += 2 * crossing
		}
		if cost < least {
			least, best = cost, placed{box: c.box, leader: far, ok: true}
		}
	}
	return best
}

// pointsAsNear counts the other points that a label at b would seem to belong
// to.
func pointsAsNear(b box, tags []tag, own int) float64 {
	count := 0.0
	reach := distance(b.nearest(tags[own].at), tags[own].at) - tags[own].radius
	for i, t := range tags {
		if i != own && distance(b.nearest(t.at), t.at)-t.radius < reach+minLead {
			count++
		}
	}
	return count
}

// minLead is how much nearer a label must lie to its own point.
const minLead = 4.0

type candidate struct {
	box  box
	cost float64
}

// candidates lie beside the point first, then above and below, then farther.
func candidates(t tag) []candidate {
	var all []candidate
	add := func(dx, dy, reach, cost float64) {
		d := t.radius + labelGap + reach
		x, y := t.at.x+dx*d, t.at.y+dy*d
		// The label's edge or corner that looks towards the point is put there.
		left := x - t.width*(1-dx)/2
		bottom := y - t.height*(1-dy)/2
		all = append(all, candidate{box{left, bottom, left + t.width, bottom + t.height}, cost})
	}
	beside := []struct{ dx, dy float64 }{
		{1, 0},
		{-1, 0},
		{1, 0.7},
		{1, -0.7},
		{-1, 0.7},
		{-1, -0.7},
		{0, 1},
		{0, -1},
		{0.5, 1},
		{0.5, -1},
		{-0.5, 1},
		{-0.5, -1},
		{0.9, 1},
		{0.9, -1},
		{-0.9, 1},
		{-0.9, -1},
	}
	for i, b := range beside {
		add(b.dx, b.dy, 0, float64(i))
	}
	most := leaderSteps
	if t.rank > 0 {
		most = fewSteps
	}
	for step := 1; step <= most; step++ {
		reach := leaderStep * float64(step)
		for k := range 16 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 16)
			add(cos, sin, reach, 16+reach+2*math.Abs(sin))
		}
	}
	return all
}

func crosses(b box, line []point) bool {
	for i := 1; i < len(line); i++ {
		if b.meets(line[i-1], line[i]) {
			return true
		}
	}
	return false
}

// blocked says whether a leader to the box would run through something.
func blocked(t tag, b box, taken []box) bool {
	to := b.nearest(t.at)
	return slices.ContainsFunc(taken, func(o box) bool {
		return o != around(t.at, t.radius) && o.meets(t.at, to)
	})
}
