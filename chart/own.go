package chart

import (
	"fmt"
	"image/color"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// OwnRow is one indicator of a round as an organisation sees it by itself.
type OwnRow struct {
	// View of the round for the organisation.
	View view.View
	// Series are its own figures over time, with that of the round where it has one.
	Series Series
}

// Own draws what is an organisation's own in a round, for its own people and nobody
// else: a row for each indicator with its figure, the middle, its figures over time on
// their usual range, the achievable level where there is one, and its guess beside where
// it came out. Up to eight indicators are one picture, up to sixteen two; of more, those
// with something new are drawn, and first ones, and the rest said in one line. It
// returns [ErrNoPicture] where there is nothing beside figures of one round, which words
// say as well. An indicator that the organisation never had a figure of has no row.
func Own(l *locale.Locale, rows []OwnRow) ([]Picture, error) { return ownPictures(l, rows, asPNG) }

// OwnSVG is [Own] as SVGs.
func OwnSVG(l *locale.Locale, rows []OwnRow) ([]Picture, error) { return ownPictures(l, rows, asSVG) }

func ownPictures(l *locale.Locale, rows []OwnRow, f format) ([]Picture, error) {
	parts := ownParts(l, rows)
	if len(parts) == 0 {
		return nil, fmt.Errorf("own view of %d indicators: %w", len(rows), ErrNoPicture)
	}
	return f.renderAll(fileName(parts[0].period, "own"), len(parts), func(k int) (drawing, string) { return parts[k], parts[k].alt() })
}

// ownPicture is one picture of an own view.
type ownPicture struct {
	l          *locale.Locale
	period     string // its id
	whose      string
	part, of   int
	rows, rest []ownRow
	step       float64 // between two rounds
}

// ownRow is a row of it.
type ownRow struct {
	viewText
	s      Series
	chart  stats.Chart
	places []float64
	// after is how many periods lie between its last figure and the round.
	after int
	mark  view.Mark // what it answered
	did   bool      // false: it didn't answer
}

func newOwnRow(l *locale.Locale, r OwnRow) ownRow {
	row := ownRow{viewText: viewText{l: l, v: r.View, unit: unitOf(l, r.View)}, s: r.Series}
	for _, m := range r.View.Marks {
		if m.You {
			row.mark, row.did = m, true
		}
	}
	if len(row.s.Points) == 0 {
		return row
	}
	if latest := row.s.latest(); latest.ID != row.v.Period.ID {
		row.after = max(0, latest.Between(row.v.Period)) + 1
	}
	if !row.did || !row.mark.HasValue {
		values := row.s.values()
		row.unit = newUnit(l, r.View.Indicator, values[len(values)-1], values)
	}
	row.places = row.s.places()
	chart, err := row.s.controlAsShown()
	if err != nil || !drawableChart(chart) { // yes or no, and texts
		row.chart = stats.Chart{}
		return row
	}
	row.chart = chart
	return row
}

func drawableChart(c stats.Chart) bool {
	return !slices.ContainsFunc(c.Points, func(p stats.ChartPoint) bool {
		return !drawable(p.Value) || !drawable(p.Low) || !drawable(p.High)
	})
}

// hasValue says whether the organisation has a figure in the round.
func (r ownRow) hasValue() bool { return r.did && r.mark.Answer == benchmark.Value }

// numeric says whether its figures lie on a line.
func (r ownRow) numeric() bool { return len(r.chart.Points) > 0 }

// signal is that of the round's figure among its own; none where it has none.
func (r ownRow) signal() stats.Signal {
	if !r.numeric() || r.after > 0 {
		return stats.NoSignal
	}
	return r.chart.Points[len(r.chart.Points)-1].Signal
}

// isJudged says whether its own range says what is usual; one of no width doesn't.
func (r ownRow) isJudged() bool {
	if !r.numeric() || r.after > 0 {
		return false
	}
	p := r.chart.Points[len(r.chart.Points)-1]
	return p.HasLimits && p.High > p.Low
}

// isNews says whether its own people have something to look at.
func (r ownRow) isNews() bool {
	return r.signal() != stats.NoSignal || r.isBeyond()
}

// isBeyond says whether the figure lies outside what chance gives among all.
func (r ownRow) isBeyond() bool {
	_, compared := r.common()
	return compared && r.hasValue() && beyondChance(r.mark)
}

// isMore says whether there is more to a row than its one figure.
func (r ownRow) isMore() bool { return len(r.s.Points) > 1 || len(r.figureClaims()) > 1 }

// The most rounds back that a line shows.
const mostBack = 24

func ownParts(l *locale.Locale, rows []OwnRow) []ownPicture {
	whole := ownPicture{l: l}
	span := 0.0
	some := false
	for _, r := range rows {
		row := newOwnRow(l, r)
		whole.period = r.View.Period.ID
		if whole.whose == "" {
			whole.whose = r.Series.Organisation
		}
		if !row.did && len(row.s.Points) == 0 {
			continue
		}
		some = some || row.isMore()
		if n := len(row.places); n > 0 {
			span = max(span, min(mostBack-1, row.places[n-1]+float64(row.after)))
		}
		whole.rows = append(whole.rows, row)
	}
	if !some {
		return nil
	}
	whole.step = min(widestStep, (lineRight-lineLeft-2*linePad)/max(span, 1))
	if len(whole.rows) > mostInPictures {
		whole.keep()
	}
	cuts := [][]ownRow{whole.rows}
	if half := (len(whole.rows) + 1) / 2; len(whole.rows) > mostRows {
		cuts = [][]ownRow{whole.rows[:half], whole.rows[half:]}
	}
	var parts []ownPicture
	for i, rows := range cuts {
		part := whole
		part.rows, part.part, part.of = rows, i+1, len(cuts)
		if i < len(cuts)-1 {
			part.rest = nil
		}
		parts = append(parts, part)
	}
	return parts
}

// keep leaves as many rows as two pictures have beside the line about the rest: those with news, and the first of the
// others; the order stays.
func (o *ownPicture) keep() {
	const most = mostInPictures - 1 // a line of words takes the place of one
	left := most
	for _, row := range o.rows {
		if row.isNews() {
			left--
		}
	}
	var rows []ownRow
	for _, row := range o.rows {
		switch {
		case row.isNews() && len(rows) < most:
			rows = append(rows, row)
		case !row.isNews() && left > 0:
			rows = append(rows, row)
			left--
		default:
			o.rest = append(o.rest, row)
		}
	}
	o.rows = rows
}

// The places in an own view, in units.
const (
	firstOwnRow = 65.0
	lineLeft    = 146.0
	lineRight   = 264.0
	linePad     = 6.0
	widestStep  = 9.6
	tickLeft    = 266.0
	tickRight   = 278.0
	pillLeft    = 287.0
	pillRight   = 346.0
)

func (o ownPicture) height() float64 {
	return firstOwnRow + rowHeight*float64(len(o.rows)) + restLine*float64(len(o.restLines())) + keyLine*float64(len(keyLines(o.key()))) + 9
}

func (o ownPicture) draw(s sheet) {
	headline, p := fittedHeadline(o.l, o.headlineClaims())
	headlined := o.headlined()
	if len(headlined) > 0 {
		s.bar(point{barLeft, s.down(24)}, 15, ink)
	}
	s.write(headline.text, wordsLeft, s.down(21.8), p, startsAt)
	s.write(truncate(o.subtitle(), subPen, laneRight-wordsLeft), wordsLeft, s.down(38), subPen, startsAt)
	o.drawHead(s)
	titles := make([]string, len(o.rows))
	for i, row := range o.rows {
		titles[i] = row.v.Indicator.Title
	}
	names := rowNames(titles, wordsRight-wordsLeft)
	for i, row := range o.rows {
		top := firstOwnRow + rowHeight*float64(i)
		if slices.Contains(headlined, row.v.Indicator.ID) {
			s.bar(point{barLeft, s.down(top + 29.5)}, 26, ink)
		}
		s.write(names[i].text, wordsLeft, s.down(top+12.5), names[i].pen, startsAt)
		row.drawFigure(s, top)
		row.drawLine(s, top, o.step)
		row.drawPill(s, top)
		colour := gridColour
		if i == len(o.rows)-1 {
			colour = ruleColour
		}
		s.stroke([]point{{wordsLeft, s.down(top + ruleDown)}, {laneRight + 2, s.down(top + ruleDown)}}, 1, colour)
	}
	down := firstOwnRow + rowHeight*float64(len(o.rows)) + 10
	for _, line := range o.restLines() {
		s.write(line, wordsLeft, s.down(down), subPen, startsAt)
		down += restLine
	}
	drawKey(s, o.key(), down+1)
}

// drawHead writes over the columns what they are.
func (o ownPicture) drawHead(s sheet) {
	s.write(o.l.T("own-key.over-time"), lineLeft, s.down(60), numberPen, startsAt)
	if slices.ContainsFunc(o.rows, ownRow.hasPill) {
		word := o.l.T("own-key.came")
		s.disc(point{pillRight - 3.6, s.down(47)}, 3.6, ownColour)
		x := pillRight - 10
		s.write(word, x, s.down(50.5), numberPen, endsAt)
		x -= numberPen.width(word) + 9
		s.ring(point{x, s.down(47)}, 4.6, ownColour)
		s.write(o.l.T("own-key.guess"), x-8, s.down(50.5), numberPen, endsAt)
		s.write(o.l.T("own-key.lower"), pillLeft, s.down(62), smallPen, startsAt)
		s.write(o.l.T("own-key.higher"), pillRight, s.down(62), smallPen, endsAt)
	}
}

// ring draws a circle that is paper within.
func (s sheet) ring(at point, radius float64, c color.Color) {
	s.disc(at, radius, c)
	s.disc(at, radius-1.5, paper)
}

// restLines are the line of words about what isn't drawn.
func (o ownPicture) restLines() []string {
	if len(o.rest) == 0 {
		return nil
	}
	return wrap(say(o.l, unit{l: o.l}, o.restClaim()).text, subPen, laneRight-wordsLeft)
}
