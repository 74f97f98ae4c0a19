package chart

import (
	"fmt"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// The rows in one picture of a round; one of more has two, and one of very many only
// those worth a talk.
const (
	mostRows       = 8
	mostInPictures = 2 * mostRows
)

// Round draws a whole round: a row for each indicator, with what there is to say in
// three words, the spread, the middle and chance's limits. The views are of one viewer,
// in the template's order, and rows stand in it; no organisation is named. Up to eight
// indicators are one picture, up to sixteen two, cut between sections where that can be;
// of more, those worth a talk are drawn and the rest said in one line. Indicators
// that nobody answered have no row. It returns [ErrNoPicture] where nothing is left to
// draw.
func Round(l *locale.Locale, views []view.View) ([]Picture, error) {
	return roundPictures(l, views, asPNG)
}

// RoundSVG is [Round] as SVGs.
func RoundSVG(l *locale.Locale, views []view.View) ([]Picture, error) {
	return roundPictures(l, views, asSVG)
}

func roundPictures(l *locale.Locale, views []view.View, f format) ([]Picture, error) {
	parts := roundParts(l, views)
	if len(parts) == 0 {
		return nil, fmt.Errorf("round of %d indicators: %w", len(views), ErrNoPicture)
	}
	return f.renderAll(fileName(parts[0].period, "round"), len(parts), func(k int) (drawing, string) { return parts[k], parts[k].alt() })
}

// roundPicture is one picture of a round.
type roundPicture struct {
	l             *locale.Locale
	period        string // its id
	organisations int
	part, of      int // of so many pictures this is which
	rows          []roundRow
	rest          []roundRow // what isn't drawn, said in one line
	unanswered    int
}

// roundRow is one indicator in a picture of a round.
type roundRow struct {
	lane
	talk *view.Talk // nil: it isn't worth one
}

// roundParts are the pictures of a round.
func roundParts(l *locale.Locale, views []view.View) []roundPicture {
	whole := roundPicture{l: l}
	talks := worthATalk(views)
	for _, v := range views {
		whole.period, whole.organisations = v.Period.ID, max(whole.organisations, v.Counts.Organisations)
		if !isAnswered(v) {
			whole.unanswered++
			continue
		}
		row := roundRow{lane: newLane(viewText{l: l, v: v, unit: unitOf(l, v)}, laneLeft, laneRight)}
		if k := slices.IndexFunc(talks, func(t view.Talk) bool { return t.Indicator == v.Indicator.ID }); k >= 0 {
			row.talk = &talks[k]
		}
		whole.rows = append(whole.rows, row)
	}
	if len(whole.rows) > mostInPictures {
		for _, row := range whole.rows {
			if row.talk == nil {
				whole.rest = append(whole.rest, row)
			}
		}
		whole.rows = slices.DeleteFunc(whole.rows, func(r roundRow) bool { return r.talk == nil })
	}
	if !slices.ContainsFunc(whole.rows, func(r roundRow) bool { return r.isDrawn() }) {
		return nil
	}
	cuts := [][]roundRow{whole.rows}
	if len(whole.rows) > mostRows {
		k := cutBySection(whole.rows)
		cuts = [][]roundRow{whole.rows[:k], whole.rows[k:]}
	}
	var parts []roundPicture
	for i, rows := range cuts {
		part := whole
		part.rows, part.part, part.of = rows, i+1, len(cuts)
		parts = append(parts, part)
	}
	return parts
}

// worthATalk are the indicators that have a bar.
func worthATalk(views []view.View) []view.Talk { return view.Worth(views) }

// isAnswered says whether a view has anything to show or to say.
func isAnswered(v view.View) bool {
	if v.Visibility == benchmark.Own {
		_, own := ownMark(v)
		return v.HasMiddle || v.OthersAnswered || own
	}
	return v.Counts.Values > 0
}

// cutBySection returns where the second picture begins: where a section does, as near to
// the middle as can be, so that neither has more than its rows.
func cutBySection(rows []roundRow) int {
	half := (len(rows) + 1) / 2
	for off := range half {
		for _, k := range []int{half - off, half + off} {
			if k > 0 && k <= mostRows && k < len(rows) && len(rows)-k <= mostRows && rows[k].v.Indicator.Section != rows[k-1].v.Indicator.Section {
				return k
			}
		}
	}
	return half
}

// The places in a picture of rows, in units: words to the left, lanes to the right.
const (
	firstRow   = 51.0
	rowHeight  = 37.0
	laneLeft   = 150.0
	laneRight  = 344.0
	wordsLeft  = 14.0
	wordsRight = 142.0
	barLeft    = 5.0
	barWidth   = 3.0
	ruleDown   = 34.3 // from the top of a row
	keyLine    = 14.0
	restLine   = 15.0
)

var (
	titlePen  = pen{size: 15.5, bold: true, colour: ink}
	subPen    = pen{size: 11, colour: secondary}
	rowPen    = pen{size: 12.5, bold: true, colour: ink}
	numberPen = pen{size: 10.5, colour: secondary}
	smallPen  = pen{size: 10, colour: secondary}
)

func (r roundPicture) height() float64 {
	return firstRow + rowHeight*float64(len(r.rows)) + restLine*float64(len(r.restLines())) + keyLine*float64(len(keyLines(r.key()))) + 10
}

func (r roundPicture) draw(s sheet) {
	if r.anyWorth() {
		s.bar(point{barLeft, s.down(24)}, 15, ink)
	}
	headline, p := fittedHeadline(r.l, r.headlineClaims())
	s.write(headline.text, wordsLeft, s.down(21.8), p, startsAt)
	s.write(truncate(r.subtitle(), subPen, laneRight-wordsLeft), wordsLeft, s.down(38.5), subPen, startsAt)
	names := rowNames(r.titles(), wordsRight-wordsLeft)
	for i, row := range r.rows {
		top := firstRow + rowHeight*float64(i)
		if row.talk != nil {
			s.bar(point{barLeft, s.down(top + 29.5)}, 26, ink)
		}
		row.drawWords(s, names[i], top)
		row.draw(s, top)
		colour := gridColour
		if i == len(r.rows)-1 {
			colour = ruleColour
		}
		s.stroke([]point{{wordsLeft, s.down(top + ruleDown)}, {laneRight + 2, s.down(top + ruleDown)}}, 1, colour)
	}
	down := firstRow + rowHeight*float64(len(r.rows)) + 10
	for _, line := range r.restLines() {
		s.write(line, wordsLeft, s.down(down), subPen, startsAt)
		down += restLine
	}
	drawKey(s, r.key(), down+1)
}

// drawWords writes an indicator's name and, below, what there is to say; beside the
// whole row where nothing is drawn.
func (r roundRow) drawWords(s sheet, name rowName, top float64) {
	width := wordsRight - wordsLeft
	if !r.isDrawn() {
		width = laneRight - wordsLeft
	}
	s.write(name.text, wordsLeft, s.down(top+12.5), name.pen, startsAt)
	words, p := r.fittedWords(width)
	if r.talk != nil {
		p.colour = ink
	}
	s.write(words, wordsLeft, s.down(top+27.5), p, startsAt)
}

func (r roundPicture) titles() []string {
	titles := make([]string, len(r.rows))
	for i, row := range r.rows {
		titles[i] = row.v.Indicator.Title
	}
	return titles
}

func (r roundPicture) anyWorth() bool {
	return slices.ContainsFunc(r.rows, func(row roundRow) bool { return row.talk != nil })
}

// restLines are the line of words about what isn't drawn, broken where it must be.
func (r roundPicture) restLines() []string {
	if len(r.rest) == 0 {
		return nil
	}
	return wrap(say(r.l, unit{l: r.l}, r.restClaim()).text, subPen, laneRight-wordsLeft)
}
