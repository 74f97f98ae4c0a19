package chart

import (
	"math"

	"roundtable/benchmark"
	"roundtable/stats"
)

// drawFigure writes the organisation's figure, large and blue, and the middle beside it.
func (r ownRow) drawFigure(s sheet, top float64) {
	y := s.down(top + 28)
	figure, middle, p := r.figureWords(lineLeft - 6 - wordsLeft)
	large := pen{size: 13, bold: true, colour: ownColour}
	if !r.hasValue() {
		large = p
	}
	s.write(figure, wordsLeft, y, large, startsAt)
	if middle != "" {
		s.write(middle, wordsLeft+large.width(figure)+6, y, p, startsAt)
	}
}

// figureWords are the figure and the middle as they fit: the unit stands at one of the
// two where there isn't room for both.
func (r ownRow) figureWords(width float64) (figure, middle string, p pen) {
	large := pen{size: 13, bold: true}
	bare := r.unit
	if !bare.percent {
		bare.suffix = ""
	}
	claims := r.figureClaims()
	for _, units := range [][2]unit{{r.unit, bare}, {bare, r.unit}, {bare, bare}} {
		for _, p := range []pen{subPen, smallPen} {
			figure, middle = say(r.l, units[0], claims[0]).text, ""
			room := large.width(figure)
			if !r.hasValue() {
				room = p.width(figure)
			}
			if len(claims) > 1 {
				middle = say(r.l, units[1], claims[1]).text
				room += 6 + p.width(middle)
			}
			if room <= width {
				return figure, middle, p
			}
		}
	}
	return figure, truncate(middle, smallPen, width-6-large.width(figure)), smallPen
}

// valuesAlong spans a line's values: what is shown, their range, the middle and what is
// achievable.
func (r ownRow) valuesAlong(top float64, s sheet) axis {
	low, high, ranged := math.Inf(1), math.Inf(-1), false
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for i, p := range r.chart.Points {
		if r.along(i, widestStep) < lineLeft {
			continue
		}
		hold(p.Value)
		if p.HasLimits {
			ranged = true
			hold(r.lowest(p))
			hold(p.High)
		}
	}
	if x, ok := r.common(); ok {
		hold(x)
	}
	if level, ok := r.v.Achievable(); ok {
		hold(level)
	}
	if least := minRelativeSpan * max(math.Abs(low), math.Abs(high)); !ranged && high-low < least || high == low {
		pad := max(least, 1e-9) / 2
		if high == 0 && low == 0 {
			pad = 1
		}
		low, high = low-pad, high+pad
	}
	return axis{low: low, high: high, from: s.down(top + 29), to: s.down(top + 6)}
}

// lowest is the lower end of the range, which isn't below 0 where values aren't.
func (r ownRow) lowest(p stats.ChartPoint) float64 {
	if r.v.Indicator.Kind != benchmark.Mean {
		return max(0, p.Low)
	}
	return p.Low
}

// along is where a point lies; left of the line when it is too long ago.
func (r ownRow) along(i int, step float64) float64 {
	last := r.places[len(r.places)-1]
	return lineRight - linePad - step*(last-r.places[i]+float64(r.after))
}

// joins says whether a line leads from the point before to this one: not over a gap, nor
// into a new definition.
func (r ownRow) joins(i int) bool {
	return i > 0 && r.s.gapBefore(i) == 0 && r.s.Points[i].Since == r.s.Points[i-1].Since
}

// drawLine draws the figures over time on their usual range, and at the right the middle
// now and what is achievable.
func (r ownRow) drawLine(s sheet, top, step float64) {
	switch {
	case len(r.places) == 0:
		return
	case !r.numeric():
		r.drawAnswers(s, top, step)
		return
	}
	y := r.valuesAlong(top, s)
	r.drawRange(s, y, step)
	r.drawBreaks(s, top, step)
	var line []point
	for i, p := range r.chart.Points {
		at := point{r.along(i, step), y.at(p.Value)}
		if at.x < lineLeft {
			continue
		}
		if !r.joins(i) {
			s.stroke(line, 1.5, ownColour)
			line = nil
		}
		line = append(line, at)
	}
	s.stroke(line, 1.5, ownColour)
	for i, p := range r.chart.Points {
		at := point{r.along(i, step), y.at(p.Value)}
		last := i == len(r.chart.Points)-1
		alone := !r.joins(i) && (last || !r.joins(i+1))
		outside := p.Signal == stats.AboveLimit || p.Signal == stats.BelowLimit
		switch {
		case at.x < lineLeft:
		case outside && last && r.after == 0:
			s.square(at, 5.2, outsideColour)
			s.dot(at, 2.8, ownColour)
		case outside:
			s.square(at, 2.8, outsideColour)
		case last && r.after == 0:
			s.dot(at, 3.7, ownColour)
		case p.Signal != stats.NoSignal, alone:
			s.disc(at, 2.2, ownColour)
		}
	}
	if x, ok := r.common(); ok {
		at := y.at(x)
		s.stroke([]point{{tickLeft, at}, {tickRight, at}}, 1.8, ink)
	}
	if level, ok := r.v.Achievable(); ok {
		at := y.at(level)
		s.stroke([]point{{tickLeft, at}, {tickRight, at}}, 1.8, ink, 2, 1.5)
	}
}

// drawRange fills what is usual, and draws the centre where a run lies on one side of
// it. Over a gap, and where a new definition begins, there is none.
func (r ownRow) drawRange(s sheet, y axis, step float64) {
	for _, stretch := range r.chart.Stretches {
		run := false
		for i := stretch.Start; i < stretch.End; {
			end := i + 1
			for end < stretch.End && r.s.gapBefore(end) == 0 {
				end++
			}
			var low, high []point
			for k := i; k < end; k++ {
				p := r.chart.Points[k]
				run = run || p.Signal == stats.AboveMean || p.Signal == stats.BelowMean
				from, to := max(lineLeft, r.along(k, step)-step/2), r.along(k, step)+step/2
				if !p.HasLimits || to <= lineLeft {
					continue
				}
				if k == len(r.chart.Points)-1 && r.after == 0 {
					to = lineRight
				}
				low = append(low, point{from, y.at(r.lowest(p))}, point{to, y.at(r.lowest(p))})
				high = append(high, point{from, y.at(p.High)}, point{to, y.at(p.High)})
			}
			s.fill(bandBetween(box{lineLeft, y.from, lineRight, y.to}, low, high), outerBand)
			i = end
		}
		if first := max(lineLeft, r.along(stretch.Start, step)-step/2); run {
			at := y.at(stretch.Centre)
			s.stroke([]point{{first, at}, {min(lineRight, r.along(stretch.End-1, step)+step/2), at}}, 1, secondary)
		}
	}
}

// drawBreaks draws a dashed rule where a new definition begins.
func (r ownRow) drawBreaks(s sheet, top, step float64) {
	for _, i := range r.s.breaks() {
		x := (r.along(i, step) + r.along(i-1, step)) / 2
		if r.along(i, step) >= lineLeft && x > lineLeft {
			s.stroke([]point{{x, s.down(top + 4)}, {x, s.down(top + 31)}}, 1, secondary, 3, 2.4)
		}
	}
}

// drawAnswers draws yes as full and no as hollow dots, told texts as full ones, and rounds
// without an answer as dashes.
func (r ownRow) drawAnswers(s sheet, top, step float64) {
	y := s.down(top + 17)
	radius := min(3.2, step*0.42)
	r.drawBreaks(s, top, step)
	for i, p := range r.s.Points {
		at := point{r.along(i, step), y}
		for gap := range r.s.gapBefore(i) {
			if x := at.x - step*float64(gap+1); x >= lineLeft {
				s.stroke([]point{{x - 1.5, y}, {x + 1.5, y}}, 1.2, halfColour)
			}
		}
		if at.x < lineLeft {
			continue
		}
		size := radius
		if i == len(r.s.Points)-1 && r.after == 0 {
			size = min(4, step*0.5)
		}
		if r.v.Indicator.Kind == benchmark.YesNo && p.Value == 0 {
			s.ring(at, size, ownColour)
			continue
		}
		s.disc(at, size, ownColour)
	}
	for k := range r.after {
		if x := lineRight - linePad - step*float64(k); x >= lineLeft {
			s.stroke([]point{{x - 1.5, y}, {x + 1.5, y}}, 1.2, halfColour)
		}
	}
}

// hasPill says whether it is known where the figure came out.
func (r ownRow) hasPill() bool {
	_, compared := r.common()
	_, ok := r.ownPosition()
	return ok && compared && r.v.Indicator.Kind != benchmark.YesNo && r.v.Indicator.Kind != benchmark.Text
}

// drawPill draws the guess, a ring, beside where it came out, a dot: below, around or above
// the middle. Without a guess there is no ring.
func (r ownRow) drawPill(s sheet, top float64) {
	if !r.hasPill() {
		return
	}
	y, half := s.down(top+17), 8.0
	s.disc(point{pillLeft + half, y}, half, gridColour)
	s.disc(point{pillRight - half, y}, half, gridColour)
	s.fill(box{pillLeft + half, y - half, pillRight - half, y + half}.corners(), gridColour)
	places := map[benchmark.Position]float64{
		benchmark.Below: pillLeft + 10, benchmark.Around: (pillLeft + pillRight) / 2, benchmark.Above: pillRight - 10,
	}
	came, _ := r.ownPosition()
	for _, at := range []benchmark.Position{benchmark.Below, benchmark.Around, benchmark.Above} {
		if at != came && at != r.v.Guess {
			s.disc(point{places[at], y}, 1.3, secondary)
		}
	}
	if x, ok := places[r.v.Guess]; ok {
		s.ring(point{x, y}, 6.3, ownColour)
	}
	s.disc(point{places[came], y}, 3.6, ownColour)
}
