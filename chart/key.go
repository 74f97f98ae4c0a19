package chart

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// keyItem is a mark and the word for it.
type keyItem struct {
	draw  func(s sheet, left, y float64)
	width float64
	word  string
}

// The spaces in a key.
const (
	keyGap  = 3.5 // between a mark and its word
	keyNext = 8.5 // between a word and the next mark
)

// keyLines are the items of a key, as many on a line as there is room for.
func keyLines(items []keyItem) [][]keyItem {
	var lines [][]keyItem
	x := 0.0
	for _, item := range items {
		width := item.width + keyGap + numberPen.width(item.word) + keyNext
		if len(lines) == 0 || x+width-keyNext > laneRight-wordsLeft {
			lines, x = append(lines, nil), 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], item)
		x += width
	}
	return lines
}

func drawKey(s sheet, items []keyItem, down float64) {
	for _, line := range keyLines(items) {
		x := wordsLeft
		for _, item := range line {
			item.draw(s, x, s.down(down-3.6))
			x += item.width + keyGap
			s.write(item.word, x, s.down(down), numberPen, startsAt)
			x += numberPen.width(item.word) + keyNext
		}
		down += keyLine
	}
}

// keyMarks are the marks of a key by the name of their word, in the order in which they
// always stand.
var keyMarks = []struct {
	name  string
	width float64
	draw  func(s sheet, left, y float64)
}{
	{"one", 7, func(s sheet, left, y float64) { s.disc(point{left + 3.5, y}, 3.1, othersColour) }},
	{"you", 9, func(s sheet, left, y float64) { s.disc(point{left + 4.5, y}, 4.2, ownColour) }},
	{"middle", 3, func(s sheet, left, y float64) {
		s.stroke([]point{{left + 1.5, y - 5.5}, {left + 1.5, y + 5.5}}, 1.5, ink)
	}},
	{"thirds", 3, func(s sheet, left, y float64) {
		s.stroke([]point{{left + 1.5, y - 5.5}, {left + 1.5, y + 5.5}}, 1.5, othersColour)
	}},
	{"chance", 14, func(s sheet, left, y float64) {
		s.fill(box{left, y - 5.5, left + 14, y + 5.5}.corners(), outerBand)
		s.fill(box{left + 3, y - 5.5, left + 11, y + 5.5}.corners(), innerBand)
	}},
	{"outside", 8, func(s sheet, left, y float64) { s.fill(around(point{left + 4, y}, 4).corners(), outsideColour) }},
	{"half", 14, func(s sheet, left, y float64) {
		s.fill(box{left, y - 1.6, left + 14, y + 1.6}.corners(), halfColour)
	}},
	{"aim", 5, func(s sheet, left, y float64) {
		s.fill([]point{{left + 5, y}, {left, y + 3}, {left, y - 3}}, secondary)
	}},
}

// keyOf are the items of those names that are there.
func keyOf(l *locale.Locale, there map[string]bool) []keyItem {
	var items []keyItem
	for _, m := range keyMarks {
		if there[m.name] {
			items = append(items, keyItem{m.draw, m.width, l.T("round-key." + m.name)})
		}
	}
	return items
}

// key are the marks that the rows have.
func (r roundPicture) key() []keyItem {
	there := map[string]bool{}
	for _, row := range r.rows {
		if !row.isDrawn() {
			continue
		}
		for _, m := range row.allMarks() {
			there["you"] = there["you"] || m.You
			there["one"] = there["one"] || !m.You && !row.drawsBars()
			there["outside"] = there["outside"] || beyondChance(m) && row.hasLimits()
		}
		i := row.v.Indicator
		scaled := row.numeric() || i.Kind == benchmark.Scale && row.v.Visibility == benchmark.Own
		_, middle := row.middle()
		there["one"] = there["one"] || i.Kind == benchmark.Text && row.v.Counts.Organisations <= mostDotRows
		there["middle"] = there["middle"] || scaled && middle
		there["thirds"] = there["thirds"] || row.drawsThirds()
		there["chance"] = there["chance"] || row.hasLimits()
		there["half"] = there["half"] || row.drawsHalf()
		there["aim"] = there["aim"] || scaled && slices.Contains([]benchmark.Direction{benchmark.Lower, benchmark.Higher}, i.Direction)
	}
	return keyOf(r.l, there)
}

// allMarks are those drawn in a lane, the one far beyond too.
func (ln lane) allMarks() []view.Mark {
	if ln.far == nil {
		return ln.marks
	}
	return append(slices.Clip(ln.marks), *ln.far)
}
