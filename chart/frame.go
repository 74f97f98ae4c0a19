package chart

import (
	"cmp"
	"image/color"
	"slices"

	"roundtable/benchmark/view"
	"roundtable/locale"
)

// note is a word at the right end of a line, so that no legend is needed.
type note struct {
	text   string
	value  float64 // of the line's end
	colour color.Color
}

const (
	noteSpace = 17.0 // between the baselines of two notes
	tickGap   = 7.0
)

// frame is the part of a picture that has axes.
type frame struct {
	box
	x, y axis
}

// newFrame lays a frame into a room: on the left there is space for the values
// along y, on the right for notes, below for the places along x and a title.
func newFrame(room box, y axis, u unit, notes []note, below float64) frame {
	f := frame{box: room, y: y}
	f.left += tickSpace(y, u)
	f.bottom += below
	f.top -= 4
	widest := 0.0
	for _, n := range notes {
		widest = max(widest, linePen.width(n.text)+tickGap)
	}
	f.right -= widest
	f.y.from, f.y.to = f.bottom, f.top
	f.x.from, f.x.to = f.left, f.right
	return f
}

// yTicks are the values along y as they are written.
func yTicks(y axis, u unit) (values []float64, texts []string) {
	values, decimals := y.ticks(5)
	for _, x := range values {
		text := u.l.Number(x, decimals)
		if u.percent {
			text = u.l.Percent(x/100, decimals)
		}
		texts = append(texts, text)
	}
	return values, texts
}

func tickSpace(y axis, u unit) float64 {
	widest := 0.0
	_, texts := yTicks(y, u)
	for _, text := range texts {
		widest = max(widest, tickPen.width(text))
	}
	return widest + tickGap
}

// across is the line at a value.
func (f frame) across(value float64) []point {
	y := f.y.at(value)
	return []point{{f.left, y}, {f.right, y}}
}

// drawValueGrid draws the lines and numbers along y.
func (s sheet) drawValueGrid(f frame, u unit) {
	values, texts := yTicks(f.y, u)
	for i, x := range values {
		y := f.y.at(x)
		s.stroke([]point{{f.left, y}, {f.right, y}}, 1, gridColour)
		s.write(texts[i], f.left-tickGap, y-0.35*tickPen.size, tickPen, endsAt)
	}
}

// drawSizes draws the numbers and the title along x.
func (s sheet) drawSizes(f frame, title string, l *locale.Locale) {
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, lineColour)
	values, decimals := f.x.ticks(6)
	y := f.bottom - tickGap - tickPen.ascent()
	end := 0.0
	for _, x := range values {
		at, text := f.x.at(x), l.Number(x, decimals)
		half := tickPen.width(text) / 2
		if at-half < end || at+half > sheetWidth-4 {
			continue
		}
		end = at + half + tickGap
		s.stroke([]point{{at, f.bottom}, {at, f.bottom - 4}}, 1.2, lineColour)
		s.write(text, at, y, tickPen, centred)
	}
	s.write(truncate(title, linePen, f.width()), f.left, y-1.35*tickPen.size, linePen, startsAt)
}

// sizesBelow is the space that sizes needs.
const sizesBelow = 50.0

// drawTarget draws the line at a target, if there is one.
func (s sheet) drawTarget(f frame, target *float64) []point {
	if target == nil || !drawable(*target) {
		return nil
	}
	l := f.across(*target)
	s.stroke(l, 1.8, targetColour, 2, 4)
	return l
}

// drawNotes writes the words beside the ends of lines, moved apart where they
// would touch.
func (s sheet) drawNotes(f frame, notes []note) {
	wanted := make([]float64, len(notes))
	for i, n := range notes {
		wanted[i] = f.y.at(n.value)
	}
	for i, y := range spreadApart(wanted, noteSpace, f.bottom+noteSpace/2, f.top-noteSpace/2) {
		p := linePen
		p.colour = notes[i].colour
		s.write(notes[i].text, f.right+tickGap, y-0.35*p.size, p, startsAt)
	}
}

// spreadApart moves places as little as it takes for each to be at least a
// space from the next and all within low and high, if they fit there. Their
// order stays.
func spreadApart(wanted []float64, space, low, high float64) []float64 {
	order := make([]int, len(wanted))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(wanted[a], wanted[b]) })
	places := make([]float64, len(wanted))
	for k, i := range order {
		places[i] = min(max(wanted[i], low), high)
		if k > 0 {
			places[i] = max(places[i], places[order[k-1]]+space)
		}
	}
	ceiling := high
	for _, o := range slices.Backward(order) {
		places[o] = min(places[o], ceiling)
		ceiling = places[o] - space
	}
	return places
}

const (
	notesAbove = 40.0 // space for two lines of words over a frame
	ticksBelow = 30.0 // space for numbers under a frame
)

// drawMiddleHalf fills the band between the quartiles and draws the middle and
// the target as upright lines.
func (s sheet) drawMiddleHalf(f frame, v view.View) {
	if v.HasSpread {
		s.fill(box{f.x.at(v.Low), f.bottom, f.x.at(v.High), f.top}.corners(), innerBand)
	}
	if v.HasMiddle {
		s.stroke([]point{{f.x.at(v.Middle), f.bottom}, {f.x.at(v.Middle), f.top}}, 1.6, lineColour)
	}
	if t := v.Indicator.Target; t != nil && drawable(*t) {
		s.stroke([]point{{f.x.at(*t), f.bottom}, {f.x.at(*t), f.top}}, 1.8, targetColour, 2, 4)
	}
}

// drawValuesBelow writes the values under a frame whose x is an axis of values.
func (s sheet) drawValuesBelow(f frame, u unit) {
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, lineColour)
	values, texts := yTicks(f.x, u)
	end := 0.0
	for i, x := range values {
		at, half := f.x.at(x), tickPen.width(texts[i])/2
		if at-half < end || at+half > sheetWidth-4 {
			continue
		}
		end = at + half + 2*tickGap
		s.stroke([]point{{at, f.bottom}, {at, f.bottom - 4}}, 1.2, lineColour)
		s.write(texts[i], at, f.bottom-tickGap-tickPen.ascent(), tickPen, centred)
	}
}

// drawNotesAbove writes words over upright lines, on two levels so that they
// don't touch.
func (s sheet) drawNotesAbove(f frame, notes []note) {
	notes = slices.SortedFunc(slices.Values(notes), func(a, b note) int { return cmp.Compare(a.value, b.value) })
	end := [2]float64{}
	for _, n := range notes {
		p := linePen
		p.colour = n.colour
		half := p.width(n.text) / 2
		at := min(max(f.x.at(n.value), margin+half), sheetWidth-margin-half)
		for level := range end {
			if at-half < end[level] && level == 0 {
				continue
			}
			end[level] = at + half + tickGap
			s.write(n.text, at, f.top+6+noteSpace*float64(level), p, centred)
			break
		}
	}
}
