package chart

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
)

func sortRows(rows []CoverageRow) {
	slices.SortStableFunc(rows, func(a, b CoverageRow) int {
		return cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
	})
}

// coverage draws how far a round has come, in one language.
type coverage struct {
	l *locale.Locale
	Coverage
}

// named says whether organisations are drawn by name, rather than counted.
func (c coverage) named() bool { return len(c.Rows) > 0 && len(c.Rows) <= mostCoveredRows }

func (c coverage) draw(s sheet) {
	method := "bars"
	if c.named() {
		method = "grid"
	}
	room := s.page(page{
		ProgressCaption(c.l, c.Coverage).Headline,
		c.l.T("chart.progress.subtitle", "Period", c.l.Period(c.Period.ID)),
		c.l.T("chart.progress." + method),
	})
	if c.named() {
		c.grid(s, room)
		return
	}
	c.bars(s, room)
}

// leastTitle is how wide a column must be to have its title over it; narrower
// ones have numbers.
const leastTitle = 80.0

// grid draws a row for each organisation and a column for each indicator.
func (c coverage) grid(s sheet, room box) {
	names := 0.0
	for _, r := range c.Rows {
		names = max(names, namePen.width(cut(r.Label, namePen, longestID)))
	}
	left := room.left + names + 14
	width := min((room.right-left)/float64(len(c.Indicators)), 180)
	top := room.top - 26
	height := min((top-room.bottom)/float64(len(c.Rows)), 34)
	for k, i := range c.Indicators {
		text := cut(i.Title, linePen, width-10)
		if width < leastTitle {
			text = strconv.Itoa(k + 1)
		}
		s.write(text, left+width*(float64(k)+0.5), top+8, linePen, centred)
	}
	for j, r := range c.Rows {
		y := top - height*(float64(j)+0.5)
		name := namePen
		name.size = min(name.size, 0.82*height)
		s.stroke([]point{{room.left, y - height/2}, {left + width*float64(len(c.Indicators)), y - height/2}}, 1, grid)
		s.write(cut(r.Label, name, longestID), room.left, y-0.35*name.size, name, startsAt)
		for k, a := range r.Answers {
			s.answer(point{left + width*(float64(k)+0.5), y}, min(7, 0.32*height), a, r.Skipped)
		}
	}
}

// answer draws a disc for a value, a ring for another answer, and a short line
// where there is none; nothing for those who skip the round.
func (s sheet) answer(at point, r float64, a benchmark.Answer, skipped bool) {
	switch {
	case a == benchmark.Value:
		s.disc(at, r, yours)
	case a != "":
		s.disc(at, r, yours)
		s.disc(at, r-2, paper)
	case !skipped:
		s.stroke([]point{{at.x - r, at.y}, {at.x + r, at.y}}, 2, barColour)
	}
}

// bars draws how many have answered each indicator.
func (c coverage) bars(s sheet, room box) {
	height := min(room.height()/float64(len(c.Indicators)), 40)
	name := namePen
	name.size = min(name.size, 0.8*height)
	names, figures := 0.0, name.width(c.answered(c.Progress.Organisations))
	for _, i := range c.Indicators {
		names = max(names, name.width(cut(i.Title, name, longestID)))
	}
	left, right := room.left+names+14, room.right-figures-12
	for k, i := range c.Indicators {
		y := room.top - height*(float64(k)+0.5)
		half := min(9, 0.36*height)
		end := left + (right-left)*float64(i.Answered)/float64(c.Progress.Organisations)
		s.write(cut(i.Title, name, longestID), left-14, y-0.35*name.size, name, endsAt)
		s.fill(box{left, y - half, right, y + half}.corners(), innerBand)
		s.fill(box{left, y - half, end, y + half}.corners(), yours)
		s.write(c.answered(i.Answered), room.right, y-0.35*name.size, name, endsAt)
	}
}

func (c coverage) answered(n int) string {
	return c.l.T("chart.progress.of", "Answered", n, "Organisations", c.Progress.Organisations)
}

// alt says what the picture shows: how many have answered each indicator.
func (c coverage) alt() string {
	text := c.l.T("alt.progress", "Period", c.l.Period(c.Period.ID)) + " " + ProgressCaption(c.l, c.Coverage).String()
	items := make([]string, len(c.Indicators))
	for k, i := range c.Indicators {
		items[k] = c.l.T("caption.pair", "Label", i.Title, "Value", c.answered(i.Answered))
	}
	return listed(c.l, text, c.l.T("alt.answered"), items)
}
