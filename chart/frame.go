package chart

import (
	"cmp"
	"image/color"
	"slices"

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

// values draws the lines and numbers along y.
func (s sheet) values(f frame, u unit) {
	values, texts := yTicks(f.y, u)
	for i, x := range values {
		y := f.y.at(x)
		s.stroke([]point{{f.left, y}, {f.right, y}}, 1, grid)
		s.write(texts[i], f.left-tickGap, y-0.35*tickPen.size, tickPen, endsAt)
	}
}

// sizes draws the numbers and the title along x.
func (s sheet) sizes(f frame, title string, l *locale.Locale) {
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, line)
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
		s.stroke([]point{{at, f.bottom}, {at, f.bottom - 4}}, 1.2, line)
		s.write(text, at, y, tickPen, centred)
	}
	s.write(cut(title, linePen, f.width()), f.left, y-1.35*tickPen.size, linePen, startsAt)
}

// sizesBelow is the space that sizes needs.
const sizesBelow = 50.0

// notes writes the words beside the ends of lines, moved apart where they would
// touch.
func (s sheet) notes(f frame, notes []note) {
	wanted := make([]float64, len(notes))
	for i, n := range notes {
		wanted[i] = f.y.at(n.value)
	}
	for i, y := range apart(wanted, noteSpace, f.bottom+noteSpace/2, f.top-noteSpace/2) {
		p := linePen
		p.colour = notes[i].colour
		s.write(notes[i].text, f.right+tickGap, y-0.35*p.size, p, startsAt)
	}
}

// apart moves places as little as it takes for each to be at least a space from
// the next and all within low and high, if they fit there. Their order stays.
func apart(wanted []float64, space, low, high float64) []float64 {
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
