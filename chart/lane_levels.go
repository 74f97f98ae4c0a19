package chart

import (
	"image/color"
	"math"
	"strconv"

	"roundtable/benchmark"
)

// drawLevels draws how many chose each level: blocks of dots, or bars with numbers
// where they are many.
func (ln lane) drawLevels(s sheet, top float64) {
	levels := ln.v.Indicator.Levels
	counts := make([]int, levels+1)
	most, yours := 1, 0
	for _, m := range ln.marks {
		if k := int(math.Round(m.Value)); k >= 1 && k <= levels {
			counts[k]++
			most = max(most, counts[k])
			if m.You {
				yours = k
			}
		}
	}
	floor := s.down(top + laneHeight + 0.5)
	y := s.down(top + numbersDown)
	s.stroke([]point{{ln.values.from, floor}, {ln.values.to, floor}}, 1, gridColour)
	room := ln.values.at(2) - ln.values.at(1)
	free := ln.values.from // to the right of the last number below
	for k := 1; k <= levels; k++ {
		x := ln.values.at(float64(k))
		p := numberPen
		if counts[k] == most {
			p.bold, p.colour = true, ink
		}
		if text := strconv.Itoa(k); x-p.width(text)/2 > free {
			s.write(text, x, y, p, centred)
			free = x + p.width(text)/2 + 2
		}
		if len(ln.marks) <= mostDotRows && levels <= mostBlockLevels {
			ln.drawBlock(s, point{x, floor}, counts[k], k == yours, min(room-2, 30))
			continue
		}
		half, high := min(9, room*0.3), 13*float64(counts[k])/float64(most)
		colour := color.Color(othersColour)
		if k == yours {
			colour = ownColour
		}
		s.fill(box{x - half, floor, x + half, floor + high}.corners(), colour)
		if text := ln.l.Integer(counts[k]); counts[k] > 0 && smallPen.width(text) <= room {
			s.write(text, x, floor+high+1.5, smallPen, centred)
		}
	}
}

// drawBlock piles so many dots on a floor, one's own first.
func (ln lane) drawBlock(s sheet, at point, n int, yours bool, room float64) {
	const high = 4 // dots on top of each other
	r := 2.6
	columns := max(1, (n+high-1)/high)
	if w := float64(columns) * (2*r + 0.6); w > room {
		r = max(1.2, (room/float64(columns)-0.6)/2)
	}
	step := 2*r + 0.6
	for i := range n {
		x := at.x + step*(float64(i%columns)-float64(columns-1)/2)
		colour := othersColour
		if yours && i == 0 {
			colour = ownColour
		}
		s.disc(point{x, at.y + 2 + r + step*float64(i/columns)}, r, colour)
	}
}

// drawSigns draws how many said yes, or told how they do it: full dots first, so that
// no place is anybody's; a divided bar of many.
func (ln lane) drawSigns(s sheet, top float64) {
	yes, all, mine := ln.signs()
	if all == 0 {
		return
	}
	y, words := s.down(top+9.5), s.down(top+numbersDown-7)
	bold := numberPen
	bold.bold, bold.colour = true, ink
	what := "round-key.lane.yes"
	if ln.v.Indicator.Kind == benchmark.Text {
		what = "round-key.lane.told"
	}
	width := ln.values.to - ln.values.from
	end := ln.values.to
	if all > mostDotRows {
		split := ln.values.from + width*float64(yes)/float64(all)
		s.fill(box{ln.values.from, y - 5, split, y + 5}.corners(), othersColour)
		s.outline(box{ln.values.from, y - 5, ln.values.to, y + 5}, 1, othersColour)
	} else {
		step := min(14.5, width/float64(all))
		r := min(4.4, step*0.42)
		for i := range all {
			at := point{ln.values.from + 7.25 + step*float64(i), y}
			colour := color.Color(othersColour)
			if mine == "yes" && i == 0 || mine == "no" && i == all-1 {
				colour = ownColour
			}
			s.disc(at, r, colour)
			if i >= yes {
				s.disc(at, r-1.1, paper)
			}
		}
		end = ln.values.from + 7.25 + step*float64(all-1) + r
	}
	if yes > 0 {
		s.write(ln.l.T(what), ln.values.from, words, bold, startsAt)
	}
	if no := ln.l.T("round-key.lane.no"); yes < all && ln.v.Indicator.Kind == benchmark.YesNo && (yes == 0 || end-numberPen.width(no) > ln.values.from+bold.width(ln.l.T(what))+8) {
		s.write(no, end, words, numberPen, endsAt)
	}
}

// signs counts the full dots and all, and says which is the viewer's: "yes", "no" or
// none.
func (ln lane) signs() (yes, all int, mine string) {
	told := ln.v.Indicator.Kind == benchmark.Text
	if told {
		return ln.v.Counts.Values, ln.v.Counts.Organisations, ""
	}
	for _, m := range shownMarks(ln.v) {
		all++
		answer := "no"
		if m.Value == 1 {
			yes++
			answer = "yes"
		}
		if m.You {
			mine = answer
		}
	}
	return yes, all, mine
}
