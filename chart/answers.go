package chart

import (
	"math"
	"strconv"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// levels draws how many organisations gave each answer on a scale.
type levels struct {
	viewText
	counts []int // of answer 1, 2, ...
	you    int   // the viewer's answer; 0: none
}

// maxLevels is how many columns fit.
const maxLevels = 20

// newLevels returns the distribution of a view; ok is false with fewer than two
// answers.
func newLevels(c viewText) (lv levels, ok bool) {
	if n := c.v.Indicator.Levels; n < 2 || n > maxLevels {
		return levels{}, false
	}
	lv = levels{viewText: c, counts: make([]int, c.v.Indicator.Levels)}
	answers := 0
	for _, m := range shownMarks(c.v) {
		k := int(math.Round(m.Value))
		if !m.HasValue || k < 1 || k > len(lv.counts) {
			continue
		}
		lv.counts[k-1]++
		answers++
		if m.You {
			lv.you = k
		}
	}
	return lv, answers >= 2
}

func (lv levels) draw(s sheet) {
	room := s.drawPage(page{lv.headline(), lv.subtitle(), lv.purpose(lv.l.T("chart.method.levels"))})
	f := room
	f.bottom += ticksBelow
	f.top -= 2 * namePen.size
	most := 1
	for _, n := range lv.counts {
		most = max(most, n)
	}
	width := f.width() / float64(len(lv.counts))
	for i, n := range lv.counts {
		x := f.left + width*(float64(i)+0.5)
		half := min(0.38*width, 60)
		top := f.bottom + f.height()*float64(n)/float64(most)
		colour, p := bandEdge, namePen
		if i+1 == lv.you {
			colour, p = ownColour, pen{size: namePen.size, bold: true, colour: ownColour}
		}
		s.fill(box{x - half, f.bottom, x + half, top}.corners(), colour)
		if n > 0 {
			s.write(lv.l.Integer(n), x, top+6, p, centred)
		}
		if i+1 == lv.you {
			s.writeWithin(room, lv.l.T("chart.you"), x, top+8+p.size, p)
		}
		s.write(strconv.Itoa(i+1), x, f.bottom-tickGap-tickPen.ascent(), tickPen, centred)
	}
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, lineColour)
}

// cells draws who has answered what to a question of yes or no: each
// organisation that gave any answer, in the view's order.
type cells struct {
	viewText
	marks []view.Mark
}

// maxCells is how many cells can be read.
const maxCells = 80

// maxCellWidth keeps an answer near its name.
const maxCellWidth = 500.0

// newCells returns the cells of a view; ok is false with fewer than two.
func newCells(c viewText) (ce cells, ok bool) {
	n := len(c.v.Marks)
	return cells{c, c.v.Marks}, n >= 2 && n <= maxCells
}

func (ce cells) draw(s sheet) {
	room := s.drawPage(page{ce.headline(), ce.subtitle(), ce.purpose(ce.l.T("chart.method.cells"))})
	columns := 1
	for _, more := range []int{12, 26, 48} {
		if len(ce.marks) > more {
			columns++
		}
	}
	perColumn := (len(ce.marks) + columns - 1) / columns
	width := min(room.width()/float64(columns), maxCellWidth)
	height := min(room.height()/float64(perColumn), 40)
	for i, m := range ce.marks {
		x := room.left + width*float64(i/perColumn)
		y := room.top - height*(float64(i%perColumn)+0.5)
		ce.drawCell(s, box{x, y - height/2, x + width - 30, y + height/2}, m)
	}
}

// drawCell draws a sign, the answer in a word and the name.
func (ce cells) drawCell(s sheet, b box, m view.Mark) {
	colour := othersColour
	name := labelPen(m)
	if m.You {
		colour = ownColour
	}
	name.size = min(20, 0.68*b.height())
	r := min(8, 0.32*b.height())
	at := point{b.left + r, (b.bottom + b.top) / 2}
	answer := answerWord(m)
	switch answer {
	case "yes":
		s.disc(at, r, colour)
	case "no":
		s.disc(at, r, colour)
		s.disc(at, r-2, paper)
	default:
		s.stroke([]point{{at.x - r, at.y}, {at.x + r, at.y}}, 2, colour)
	}
	word := name
	word.bold, word.colour = false, secondary
	text := ce.l.T("chart.answer." + answer)
	baseline := at.y - 0.35*name.size
	s.write(text, b.right, baseline, word, endsAt)
	left := at.x + r + 8
	s.write(truncate(m.Label, name, b.right-left-word.width(text)-10), left, baseline, name, startsAt)
}

// answerWord is the answer as the messages call it.
func answerWord(m view.Mark) string {
	switch {
	case m.Answer != benchmark.Value:
		return string(m.Answer)
	case m.Withheld != "":
		return "withheld"
	case m.Value == 1:
		return "yes"
	}
	return "no"
}
