package chart

import (
	"cmp"
	"image/color"
	"slices"

	"roundtable/benchmark/period"
	"roundtable/locale"
	"roundtable/stats"
)

// trendDrawing is a trend and where its parts stand, in units from the upper left corner.
type trendDrawing struct {
	trend
	page    page
	head    head
	lines   []string // of notes
	markers []marker
	x, y    axis
	// The field of the points: its edges.
	left, right, top, bottom float64
	ends                     []endNote
	run                      *runNote // of the latest run
	gaps                     []gapNote
}

// endNote is a word at the right end of a line.
type endNote struct {
	text  string
	value float64
	pen   pen
}

const (
	trendHeight = 140.0
	endGap      = 7.0
	endSpace    = 12.5 // between the baselines of two words at the right
	mostEnd     = 84.0
)

func newTrendDrawing(t trend) *trendDrawing {
	d := &trendDrawing{trend: t}
	d.page = page{headline: say(t.l, t.unit, t.pictureClaim()), subtitle: t.subtitle(), notes: sayAll(t.l, t.unit, t.noteClaims())}
	d.head, d.lines = d.page.head(), d.page.noteLines()
	d.y = t.values()
	d.ends = t.endNotes()
	widest := 0.0
	for _, e := range d.ends {
		widest = max(widest, e.pen.width(e.text))
	}
	d.right = innerRight - min(widest, mostEnd) - endGap
	_, texts := d.valueTicks()
	widest = 0
	for _, text := range texts {
		widest = max(widest, wordPen.width(text))
	}
	d.left = margin + widest + 5
	d.x = axis{low: t.edges[0], high: t.edges[len(t.places)], from: d.left, to: d.right}
	d.top = d.head.bottom() + 16
	d.markers = d.placedMarkers()
	if n := linesOf(d.markers); n > 0 {
		d.top += 6 + float64(n)*lineDown
	}
	d.bottom = d.top + trendHeight
	d.setNotes()
	return d
}

func (d *trendDrawing) height() float64 { return d.bottom + underRows + notesHeight(d.lines) + 4 }

func (d *trendDrawing) draw(s sheet) {
	d.head.draw(s)
	for _, stretch := range d.chart.Stretches {
		d.drawLimitBand(s, stretch)
	}
	values, texts := d.valueTicks()
	for i, x := range values {
		y := d.y.at(x)
		s.stroke([]point{{d.left, s.down(y)}, {d.right, s.down(y)}}, 0.9, gridColour)
		s.write(texts[i], d.left-5, s.down(y+0.36*wordPen.size), wordPen, endsAt)
	}
	if g := d.s.Indicator.Target; g != nil && drawable(*g) {
		s.stroke([]point{{d.left, s.down(d.y.at(*g))}, {d.right, s.down(d.y.at(*g))}}, 1.3, ink, 1.3, 2.6)
	}
	for _, stretch := range d.chart.Stretches {
		d.drawLines(s, stretch)
	}
	s.stroke([]point{{d.left, s.down(d.bottom)}, {d.right, s.down(d.bottom)}}, 1, secondary)
	d.drawPeriods(s)
	d.drawMarkers(s)
	d.drawPoints(s)
	d.drawRun(s)
	d.drawGaps(s)
	d.drawEnds(s)
	s.drawNoteLines(d.lines, d.bottom+underRows+lineDown+3)
}

func (d *trendDrawing) valueTicks() (values []float64, texts []string) {
	values, decimals := d.y.ticks(4)
	for i, x := range values {
		text := d.l.Number(x, decimals)
		if d.unit.percent && i == len(values)-1 {
			text = d.l.Percent(x/100, decimals)
		}
		texts = append(texts, text)
	}
	return values, texts
}

// steps returns a line over the places from one point to another, level at each.
func (d *trendDrawing) steps(s sheet, from, to int, of func(stats.ChartPoint) float64) []point {
	var points []point
	for i := from; i < to; i++ {
		y := s.down(min(max(d.y.at(of(d.chart.Points[i])), d.top), d.bottom))
		left, right := max(d.edges[i], d.places[i]-0.5), min(d.edges[i+1], d.places[i]+0.5)
		points = append(points, point{d.x.at(left), y}, point{d.x.at(right), y})
	}
	return points
}

func lowOf(p stats.ChartPoint) float64 { return p.Low }

func highOf(p stats.ChartPoint) float64 { return p.High }

func centreOf(p stats.ChartPoint) float64 { return p.Centre }

// drawLimitBand fills what lies between the limits, paler where values are missing.
func (d *trendDrawing) drawLimitBand(s sheet, stretch stats.Stretch) {
	if !d.chart.Points[stretch.Start].HasLimits {
		return
	}
	for i := stretch.Start + 1; i < stretch.End; i++ {
		if d.s.gapBefore(i) > 0 {
			p := d.chart.Points[i-1]
			s.fill(box{d.x.at(d.places[i-1] + 0.5), s.down(min(d.bottom, d.y.at(p.Low))), d.x.at(d.places[i] - 0.5), s.down(max(d.top, d.y.at(p.High)))}.corners(), paleBand)
		}
	}
	for _, part := range d.unbroken(stretch) {
		outline := d.steps(s, part.Start, part.End, lowOf)
		for _, p := range slices.Backward(d.steps(s, part.Start, part.End, highOf)) {
			outline = append(outline, p)
		}
		s.fill(outline, outerBand)
	}
}

// drawLines draws a stretch's centre and limits, trial limits dashed.
func (d *trendDrawing) drawLines(s sheet, stretch stats.Stretch) {
	for _, part := range d.unbroken(stretch) {
		if !d.chart.Points[stretch.Start].HasLimits {
			y := s.down(d.y.at(stretch.Runs.Centre))
			s.stroke([]point{{d.x.at(d.places[part.Start] - 0.5), y}, {d.x.at(d.places[part.End-1] + 0.5), y}}, 1.2, secondary)
			continue
		}
		s.stroke(d.steps(s, part.Start, part.End, centreOf), 1.2, secondary)
		if stretch.LimitStatus == stats.TrialLimits {
			s.stroke(d.steps(s, part.Start, part.End, lowOf), 1, secondary, 4, 3)
			s.stroke(d.steps(s, part.Start, part.End, highOf), 1, secondary, 4, 3)
		}
	}
}

// dot is how large the points are.
func (d *trendDrawing) dot() float64 {
	switch room := (d.right - d.left) / (d.x.high - d.x.low); {
	case room < 5:
		return 1.8
	case room < 8:
		return 2.6
	}
	return 3.1
}

// place is where a point stands, from the upper left corner.
func (d *trendDrawing) place(i int) point {
	return point{d.x.at(d.places[i]), d.y.at(d.chart.Points[i].Value)}
}

// drawPoints draws the values, joined where none is missing between: blue dots, the latest
// larger, and a vermilion square outside the limits.
func (d *trendDrawing) drawPoints(s sheet) {
	r := d.dot()
	places := make([]point, len(d.chart.Points))
	for i := range places {
		p := d.place(i)
		places[i] = point{p.x, s.down(p.y)}
	}
	if len(places) >= stats.LeastForLimits {
		for _, stretch := range d.chart.Stretches {
			for _, part := range d.unbroken(stretch) {
				s.stroke(places[part.Start:part.End], 1.6, ownColour)
			}
		}
	}
	for i, p := range d.chart.Points {
		at := r
		if i == len(places)-1 {
			at = r + 1.4
		}
		if p.Signal == stats.AboveLimit || p.Signal == stats.BelowLimit {
			s.square(places[i], at+0.4, outsideColour)
			continue
		}
		s.dot(places[i], at, ownColour)
	}
}

// unbroken returns the parts of a stretch without a gap between their points.
func (t trend) unbroken(stretch stats.Stretch) []stats.Stretch {
	parts := []stats.Stretch{stretch}
	for i := stretch.Start + 1; i < stretch.End; i++ {
		if t.s.gapBefore(i) > 0 {
			last := &parts[len(parts)-1]
			parts = append(parts, stats.Stretch{Start: i, End: last.End})
			parts[len(parts)-2].End = i
		}
	}
	return parts
}

// endNotes are the words at the right: limits, centre, target, and the latest value.
func (t trend) endNotes() []endNote {
	stretch, p := t.last(), t.latest()
	var notes []endNote
	line := func(id string, x float64, pen pen) {
		notes = append(notes, endNote{t.l.T("chart.line."+id, "Value", t.unit.short(x)), x, pen})
	}
	inked := wordPen
	inked.colour = ink
	limit := "limit"
	if stretch.LimitStatus == stats.TrialLimits {
		limit = "trial"
	}
	switch {
	case !p.HasLimits:
		line("median", stretch.Runs.Centre, inked)
	default:
		if p.High > p.Centre {
			line(limit, p.High, wordPen)
		}
		line("mean", p.Centre, inked)
		if (p.Low > 0 || !t.neverNegative()) && p.Low < p.Centre {
			line(limit, p.Low, wordPen)
		}
	}
	if g := t.s.Indicator.Target; g != nil && drawable(*g) {
		notes = append(notes, endNote{t.l.T("chart.line.target", "Value", t.unit.agreedShort(*g)), *g, wordPen})
	}
	return append(notes, endNote{t.unit.short(p.Value), p.Value, pen{size: 12.5, bold: true, colour: color.Color(ownColour)}})
}

// drawEnds writes the words at the right, moved apart where they would touch.
func (d *trendDrawing) drawEnds(s sheet) {
	wanted := make([]float64, len(d.ends))
	for i, e := range d.ends {
		wanted[i] = d.y.at(e.value)
	}
	for i, y := range spreadApart(wanted, endSpace, d.top, d.bottom) {
		e := d.ends[i]
		s.write(truncate(e.text, e.pen, mostEnd), d.right+endGap, s.down(y+0.36*e.pen.size), e.pen, startsAt)
	}
}

// drawPeriods writes along x: where years begin, for shorter periods over more than one year;
// else periods, as many as there is room for, and the last of all.
func (d *trendDrawing) drawPeriods(s sheet) {
	tick := func(x float64) {
		s.stroke([]point{{x, s.down(d.bottom)}, {x, s.down(d.bottom + 4)}}, 1, secondary)
	}
	if years := d.years(); len(years) > 1 {
		end := 0.0
		for _, y := range years {
			x := d.x.at(y.at)
			tick(x)
			if left := x + 3; left > end && left+tickPen.width(y.text) <= d.right+endGap {
				s.write(y.text, left, s.down(d.bottom+ticksDown), tickPen, startsAt)
				end = left + tickPen.width(y.text) + 4
			}
		}
		return
	}
	next := innerRight + endGap
	for i, v := range slices.Backward(d.s.Points) {
		text := locale.ShortPeriod(v.Period.ID)
		at, half := d.x.at(d.places[i]), tickPen.width(text)/2
		at = min(at, innerRight-half)
		if at+half > next+1 && i < len(d.s.Points)-1 || at-half < 2 {
			continue
		}
		tick(d.x.at(d.places[i]))
		s.write(text, at, s.down(d.bottom+ticksDown), tickPen, centred)
		next = at - half - 8
	}
}

// yearMark is where a year begins.
type yearMark struct {
	at   float64
	text string
}

func (d *trendDrawing) years() []yearMark {
	if !slices.Contains([]period.Length{period.Week, period.Month, period.Quarter, period.Third, period.Half}, d.s.length()) {
		return nil
	}
	var years []yearMark
	for i, p := range d.s.Points {
		year := p.Period.Start.Format("2006")
		if len(years) > 0 && years[len(years)-1].text == year {
			continue
		}
		years = append(years, yearMark{d.places[i] - 0.5, year})
	}
	return years
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
