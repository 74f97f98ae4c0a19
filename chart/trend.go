package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// Trend draws a series over its rounds: fewer than 6 points are a run chart
// around their median, from 6 on there are trial limits (dashed), from 12 on
// limits that stand on the first 12. A new definition is a break, drawn, and not
// compared across; a rebase is drawn with its reason, and actions where they
// began. It returns [ErrNoPicture] for texts, for yes or no, and for fewer than
// two values.
func Trend(l *locale.Locale, s Series) (Picture, error) { return trendPicture(l, s, asPNG) }

// TrendSVG is [Trend] as an SVG.
func TrendSVG(l *locale.Locale, s Series) (Picture, error) { return trendPicture(l, s, asSVG) }

func trendPicture(l *locale.Locale, s Series, f format) (Picture, error) {
	t, err := newTrend(l, s)
	if err != nil {
		return Picture{}, err
	}
	if len(s.Points) < 2 || !t.drawable() {
		return Picture{}, fmt.Errorf("trend of %s: %w", s.Indicator.ID, ErrNoPicture)
	}
	return f.render(t, fileName(string(s.Indicator.ID), "trend"), t.alt())
}

// trend is a series in one language.
type trend struct {
	l     *locale.Locale
	s     Series
	chart stats.Chart
	unit  unit
	// places of the points along x, and the edges of their rooms.
	places, edges []float64
}

func newTrend(l *locale.Locale, s Series) (trend, error) {
	chart, err := s.controlAsShown()
	if err != nil {
		return trend{}, err
	}
	_, typical, _, _ := stats.Quartiles(s.values())
	if len(s.Points) == 1 {
		typical = s.Points[0].Value
	}
	places := s.places()
	return trend{l, s, chart, newUnit(l, s.Indicator, typical, s.values()), places, edges(places)}, nil
}

func (t trend) drawable() bool {
	for _, p := range t.chart.Points {
		if !drawable(p.Value) || !drawable(p.Low) || !drawable(p.High) {
			return false
		}
	}
	return true
}

// last is the stretch in which the latest point lies.
func (t trend) last() stats.Stretch { return t.chart.Stretches[len(t.chart.Stretches)-1] }

// neverNegative says whether the indicator's values can't be below 0, where a
// limit then isn't drawn.
func (t trend) neverNegative() bool {
	return t.s.Indicator.Kind != benchmark.Mean
}

func (t trend) values() axis {
	low, high, limited := math.Inf(1), math.Inf(-1), false
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, p := range t.chart.Points {
		hold(p.Value)
		if p.HasLimits {
			limited = true
			hold(p.High)
			if p.Low >= 0 || !t.neverNegative() {
				hold(p.Low)
			} else {
				hold(0)
			}
		}
	}
	if g := t.s.Indicator.Target; g != nil && drawable(*g) {
		hold(*g)
	}
	if least := minRelativeSpan * max(math.Abs(low), math.Abs(high)); !limited && high-low < least {
		low, high = (low+high-least)/2, (low+high+least)/2
		if t.neverNegative() {
			low = max(low, 0)
		}
	}
	return valueAxis(low, high)
}

// minRelativeSpan is the part of the values' size that an axis without limits
// shows at least: without them, nothing says how little a small step may mean.
const minRelativeSpan = 0.25

func (t trend) draw(s sheet) {
	room := s.drawPage(page{t.headline(), t.subtitle(), t.footnote()})
	notes := t.notes()
	segments, actions := t.s.segments(), t.s.shownActions()
	if len(segments) > 0 {
		room.top -= markerRow
	}
	if len(actions) > 0 {
		room.top -= markerRow
	}
	f := newFrame(room, t.values(), t.unit, notes, ticksBelow)
	f.x = axis{low: t.edges[0], high: t.edges[len(t.places)], from: f.left, to: f.right}
	for _, stretch := range t.chart.Stretches {
		t.drawLimitBand(s, f, stretch)
	}
	s.drawValueGrid(f, t.unit)
	s.drawTarget(f, t.s.Indicator.Target)
	for _, stretch := range t.chart.Stretches {
		t.drawLines(s, f, stretch)
	}
	t.drawSegmentStarts(s, f, segments, len(actions) > 0)
	t.drawActions(s, f, actions)
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, lineColour)
	t.drawPeriods(s, f)
	s.drawNotes(f, notes)
	t.drawPoints(s, f)
}

// steps returns a line over the places of a stretch, level at each point.
func (t trend) steps(f frame, stretch stats.Stretch, of func(stats.ChartPoint) float64) []point {
	var points []point
	for i := stretch.Start; i < stretch.End; i++ {
		y := f.y.at(of(t.chart.Points[i]))
		points = append(points, point{f.x.at(t.edges[i]), y}, point{f.x.at(t.edges[i+1]), y})
	}
	return points
}

func lowOf(p stats.ChartPoint) float64 { return p.Low }

func highOf(p stats.ChartPoint) float64 { return p.High }

func centreOf(p stats.ChartPoint) float64 { return p.Centre }

func (t trend) drawLimitBand(s sheet, f frame, stretch stats.Stretch) {
	if t.chart.Points[stretch.Start].HasLimits {
		s.fill(bandBetween(f.box, t.steps(f, stretch, lowOf), t.steps(f, stretch, highOf)), outerBand)
	}
}

// drawLines draws a stretch's centre and limits, trial limits dashed.
func (t trend) drawLines(s sheet, f frame, stretch stats.Stretch) {
	if !t.chart.Points[stretch.Start].HasLimits {
		y := f.y.at(stretch.Runs.Centre)
		s.stroke([]point{{f.x.at(t.edges[stretch.Start]), y}, {f.x.at(t.edges[stretch.End]), y}}, 1.6, lineColour)
		return
	}
	var dashes []float64
	if stretch.LimitStatus == stats.TrialLimits {
		dashes = []float64{7, 5}
	}
	for _, of := range []func(stats.ChartPoint) float64{lowOf, highOf} {
		for _, part := range clipLine(f.box, t.steps(f, stretch, of)) {
			s.stroke(part, 1.4, lineColour, dashes...)
		}
	}
	s.stroke(t.steps(f, stretch, centreOf), 1.6, lineColour)
}

// drawPoints draws the values: blue dots, a vermilion square outside the
// limits, a hollow one for the other signals.
func (t trend) drawPoints(s sheet, f frame) {
	r := 7.0
	if t.edges[len(t.places)]-t.edges[0] > 24 {
		r = 4.5
	}
	places := make([]point, len(t.chart.Points))
	for i, p := range t.chart.Points {
		places[i] = point{f.x.at(t.places[i]), f.y.at(p.Value)}
	}
	for _, stretch := range t.chart.Stretches {
		for _, part := range t.unbroken(stretch) {
			s.stroke(places[part.Start:part.End], 2, ownColour)
		}
	}
	for i, p := range t.chart.Points {
		switch p.Signal {
		case stats.NoSignal:
			s.dot(places[i], r, ownColour)
		case stats.AboveLimit, stats.BelowLimit:
			s.square(places[i], r, outsideColour)
		case stats.Rising, stats.Falling, stats.NearUpper, stats.NearLower, stats.AboveMean, stats.BelowMean:
			s.square(places[i], r, outsideColour)
			s.fill(around(places[i], r-2.4).corners(), paper)
		}
	}
	t.drawLatest(s, f, places, r)
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

// drawLatest writes the value at the last point.
func (t trend) drawLatest(s sheet, f frame, places []point, r float64) {
	last := len(places) - 1
	p := pen{size: namePen.size, bold: true, colour: color.Color(ownColour)}
	text := t.unit.short(t.chart.Points[last].Value)
	want := tag{at: places[last], radius: r, width: p.width(text), height: p.ascent() + p.descent(), rank: 1}
	var taken []box
	for _, at := range places[:last] {
		taken = append(taken, around(at, r))
	}
	lines := [][]point{places[t.last().Start:], t.steps(f, t.last(), centreOf), t.steps(f, t.last(), highOf)}
	if place := placeLabels(f.box, []tag{want}, taken, obstacles(false, lines...))[0]; place.ok {
		if place.leader {
			to := place.box.nearest(want.at)
			s.stroke([]point{around(want.at, r+2).nearest(to), to}, 1, lineColour)
		}
		for _, l := range lines {
			if crosses(place.box, l) { // there is no better place: the words stand before the line
				s.fill(place.box.grown(-1).corners(), outerBand)
				break
			}
		}
		s.write(text, place.box.left, place.box.bottom+p.descent(), p, startsAt)
	}
}

const (
	markerRow      = 20.0 // over a frame, for a row of words
	minActionWidth = 60.0 // for which an action's words are begun
	actionMarkSize = 5.0  // half of an action's sign
)

// drawSegmentStarts marks where limits of their own begin, and says why.
func (t trend) drawSegmentStarts(s sheet, f frame, segments []segment, actions bool) {
	up := 6.0
	if actions {
		up += markerRow
	}
	end := 0.0
	for _, c := range segments {
		x := f.x.at(t.edges[c.at])
		s.stroke([]point{{x, f.bottom}, {x, f.top + up}}, 1.2, secondary, 3, 3)
		text := t.l.T("chart.rebase", "Reason", withoutFullStop(c.reason))
		if c.version > 0 {
			text = t.l.T("chart.break", "Version", c.version)
		}
		text = truncate(text, linePen, sheetWidth-margin-f.left)
		width := linePen.width(text)
		left := min(max(x-6, f.left), sheetWidth-margin-width)
		if left < end {
			continue
		}
		s.write(text, left, f.top+up+4, linePen, startsAt)
		end = left + width + 2*tickGap
	}
}

// drawActions draws a sign where an action began, with as much of its words as
// there is room for.
func (t trend) drawActions(s sheet, f frame, actions []Action) {
	y := f.top + 4 + actionMarkSize
	for i, a := range actions {
		place, _ := t.s.positionOf(a.At)
		x := f.x.at(place)
		s.stroke([]point{{x, f.bottom}, {x, y}}, 1, ink, 2, 3)
		s.fill([]point{{x - actionMarkSize, y + actionMarkSize}, {x + actionMarkSize, y + actionMarkSize}, {x, y - actionMarkSize}}, ink)
		next := sheetWidth - margin
		if i+1 < len(actions) {
			following, _ := t.s.positionOf(actions[i+1].At)
			next = f.x.at(following) - actionMarkSize
		}
		left := x + actionMarkSize + 4
		p := linePen
		p.colour = ink
		if next-left >= minActionWidth {
			text := truncate(a.Text, p, next-left-tickGap)
			s.fill(box{left - 2, y - p.size/2, left + p.width(text) + 2, y + p.size/2}.corners(), paper) // over the line where a segment starts
			s.write(text, left, y-0.35*p.size, p, startsAt)
		}
	}
}

// drawPeriods writes the rounds along x, as many as there is room for, and the
// last of all.
func (t trend) drawPeriods(s sheet, f frame) {
	next := f.right + tickGap
	for i, v := range slices.Backward(t.s.Points) {
		text := locale.ShortPeriod(v.Period.ID)
		at, half := f.x.at(t.places[i]), tickPen.width(text)/2
		at = min(at, f.right+margin-half)
		if at+half > next+1 && i < len(t.s.Points)-1 || at-half < 2 {
			continue
		}
		s.stroke([]point{{f.x.at(t.places[i]), f.bottom}, {f.x.at(t.places[i]), f.bottom - 4}}, 1.2, lineColour)
		s.write(text, at, f.bottom-tickGap-tickPen.ascent(), tickPen, centred)
		next = at - half - 2*tickGap
	}
}

// notes are the words at the ends of the last stretch's lines.
func (t trend) notes() []note {
	stretch, p := t.last(), t.chart.Points[len(t.chart.Points)-1]
	var notes []note
	switch {
	case !p.HasLimits:
		notes = append(notes, note{t.l.T("chart.line.median", "Value", t.unit.short(stretch.Runs.Centre)), stretch.Runs.Centre, ink})
	case p.Low == p.High:
		notes = append(notes, note{t.l.T("chart.line.mean", "Value", t.unit.short(p.Centre)), p.Centre, ink})
	default:
		id := "chart.line.limit"
		if stretch.LimitStatus == stats.TrialLimits {
			id = "chart.line.trial"
		}
		if p.High > p.Centre {
			notes = append(notes, note{t.l.T(id, "Value", t.unit.short(p.High)), p.High, secondary})
		}
		notes = append(notes, note{t.l.T("chart.line.mean", "Value", t.unit.short(p.Centre)), p.Centre, ink})
		if (p.Low >= 0 || !t.neverNegative()) && p.Low < p.Centre {
			notes = append(notes, note{t.l.T(id, "Value", t.unit.short(p.Low)), p.Low, secondary})
		}
	}
	if g := t.s.Indicator.Target; g != nil && drawable(*g) {
		notes = append(notes, note{t.l.T("chart.line.target", "Value", t.unit.agreedShort(*g)), *g, targetColour})
	}
	return notes
}

func (t trend) subtitle() string {
	title := t.unit.title(t.s.Indicator)
	if t.s.Organisation != "" {
		title = t.l.T("chart.subtitle-of", "Organisation", t.s.Organisation, "Title", title)
	}
	if t.s.Indicator.Since == 0 {
		return title
	}
	return t.l.T("chart.subtitle-trend", "Title", title, "Version", t.s.Indicator.Since)
}

func (t trend) footnote() string {
	method := t.l.T("chart.trend."+t.method(), "Count", t.last().Baseline)
	if s := t.last(); s.LimitStatus == stats.FrozenLimits {
		method += " " + t.l.T("chart.trend.frozen", "Count", s.Baseline)
	}
	return method + " " + t.l.T("chart.purpose-own")
}

// method names how the last stretch's lines were made.
func (t trend) method() string {
	switch t.last().LimitStatus {
	case stats.NoLimits, stats.RareEvents:
		return "run"
	case stats.NoVariation:
		if t.latest().HasLimits {
			return "exact"
		}
		return "no-variation"
	case stats.TrialLimits, stats.FrozenLimits:
	}
	switch t.chart.Kind {
	case stats.PChart:
		return "p"
	case stats.PPrimeChart:
		return "pprime"
	case stats.UChart:
		return "u"
	case stats.UPrimeChart:
		return "uprime"
	case stats.XmRChart:
	}
	return "xmr"
}
