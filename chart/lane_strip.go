package chart

import (
	"cmp"
	"math"
	"slices"
)

// drawStrip draws the organisations side by side, with a line under the middle half; a
// band would mean chance.
func (ln lane) drawStrip(s sheet, top float64) {
	if ln.drawsThirds() {
		ln.drawThirds(s, top)
	}
	if ln.drawsHalf() {
		y := s.down(top + laneHeight - 1)
		s.fill(box{ln.within(ln.v.Low) - 1, y - 1.6, ln.within(ln.v.High) + 1, y + 1.6}.corners(), halfColour)
	}
	ln.drawMiddle(s, top)
	if ln.drawsBars() {
		ln.drawBars(s, top)
	} else {
		for i, at := range ln.swarm(s.down(top + 9.5)) {
			ln.drawMark(s, at, ln.marks[i])
		}
	}
	if ln.far != nil {
		ln.drawFar(s, s.down(top+9.5))
	}
}

// drawThirds marks the means of the outer thirds, where organisations don't see each
// other.
func (ln lane) drawThirds(s sheet, top float64) {
	for _, x := range []float64{ln.v.Low, ln.v.High} {
		at := ln.within(x)
		s.stroke([]point{{at, s.down(top + 5)}, {at, s.down(top + laneHeight - 5)}}, 1.5, othersColour)
	}
}

// swarmHeight is how high dots side by side may stand on top of each other.
const swarmHeight = 19.4

// swarm returns places around a line, each at its value, moved up or down so that
// dots don't cover each other while there is room.
func (ln lane) swarm(y float64) []point {
	r := ln.dot
	order := make([]int, len(ln.marks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ln.marks[a].Value, ln.marks[b].Value) })
	places := make([]point, len(ln.marks))
	var taken []point
	for _, i := range order {
		x := ln.values.at(ln.marks[i].Value)
		best, widest := point{x, y}, -1.0
		for k := range 4*int(swarmHeight/r) + 1 {
			off := (r + 0.15) / 2 * float64((k+1)/2)
			if k%2 == 1 {
				off = -off
			}
			p, room := point{x, y + off}, math.Inf(1)
			if math.Abs(off) > swarmHeight/2-r+0.05 {
				break
			}
			for _, q := range taken {
				room = min(room, distance(p, q))
			}
			if room = min(room, 2*r+0.3); room > widest+1e-9 {
				best, widest = p, room
			}
		}
		places[i] = best
		taken = append(taken, best)
	}
	return places
}

// bins is into how many parts a lane of many is divided.
const bins = 40

// drawBars draws how many have each value, or lie in each part of the lane.
func (ln lane) drawBars(s sheet, top float64) {
	counts := map[float64]int{}
	width := (ln.values.to - ln.values.from) / bins
	whole := ln.whole() && ln.values.high-ln.values.low <= bins
	if whole {
		width = ln.values.at(1) - ln.values.at(0)
	}
	most := 0
	for _, m := range ln.marks {
		at := ln.values.at(m.Value)
		if !whole {
			at = ln.values.from + width*(math.Floor((at-ln.values.from)/width)+0.5)
		}
		counts[at]++
		most = max(most, counts[at])
	}
	floor := s.down(top + laneHeight - 3.5)
	for _, m := range ln.marks {
		at := ln.values.at(m.Value)
		if !whole {
			at = ln.values.from + width*(math.Floor((at-ln.values.from)/width)+0.5)
		}
		n, ok := counts[at]
		if !ok {
			continue
		}
		delete(counts, at)
		half := min(width*0.42, 6)
		s.fill(box{at - half, floor, at + half, floor + 18*float64(n)/float64(most)}.corners(), othersColour)
	}
	for _, m := range ln.marks {
		if m.You {
			ln.drawMark(s, point{ln.values.at(m.Value), floor + 4}, m)
		}
	}
}
